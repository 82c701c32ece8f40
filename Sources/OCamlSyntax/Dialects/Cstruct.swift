/// `cstruct` and `cenum` (`cstruct.syntax`): items of structures and signatures.
extension Parser {
    /// `cstruct name { type field[length]; … } as endian`.
    mutating func cstructItem(_ item: Mark) {
        advance()
        lowercaseName("a name was expected")
        braces { parser in
            let field = parser.mark()
            parser.lowercaseName("a type was expected")
            parser.lowercaseName("a field's name was expected")
            if parser.take(.leftBracket) {
                parser.expect(.integer, "a length was expected")
                parser.expect(.rightBracket, "] was expected")
            }
            parser.close(.cstructField, field)
        }
        expect(.as, "as was expected")
        lowercaseName("a byte order was expected")
        close(.cstructItem, item)
    }

    /// `cenum name { A; B = 5 } as type(sexp)`.
    mutating func cenumItem(_ item: Mark) {
        advance()
        lowercaseName("a name was expected")
        braces { parser in
            let field = parser.mark()
            if parser.current == .lowercaseIdentifier || parser.current == .string {
                parser.unexpected("a constructor was expected")
            } else {
                parser.expect(.uppercaseIdentifier, "a constructor was expected")
            }
            if parser.take(.equal) { parser.expect(.integer, "a number was expected") }
            parser.close(.cstructField, field)
        }
        expect(.as, "as was expected")
        lowercaseName("a type was expected")
        if take(.leftParen) {
            lowercaseName("a word was expected")
            expect(.rightParen, ") was expected")
        }
        close(.cenumItem, item)
    }

    /// `{ element; … }`.
    private mutating func braces(_ element: (inout Parser) -> Void) {
        expect(.leftBrace, "{ was expected")
        while current != .rightBrace, current != .endOfFile {
            let before = position
            element(&self)
            if position == before || !take(.semicolon) { break }
        }
        closeBracket(.rightBrace, "} was expected")
    }
}
