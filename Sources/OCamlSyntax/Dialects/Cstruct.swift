/// `cstruct` and `cenum` (`cstruct.syntax`): items of structures and signatures.
///
/// - `cstructItem`: keyword, `name`, `cstructField`s, `name` of the byte order. `cstructField`: `name` of the type,
///   `name` of the field, and a `constant` (the length) where it is an array.
/// - `cenumItem`: keyword, `name`, `cenumConstructor`s, `name` of the integer type, and `name` of the decorator where
///   `(sexp)` follows. `cenumConstructor`: `name`, and a `constant` where a number is given.
extension Parser {
    /// `cstruct name { type field[length]; … } as endian`.
    mutating func cstructItem(_ item: Mark) {
        keyword()
        name("a name was expected")
        braces { parser in
            let field = parser.mark()
            parser.name("a type was expected")
            parser.name("a field's name was expected")
            if parser.take(.leftBracket) {
                parser.constant(.integer, "a length was expected")
                parser.expect(.rightBracket, "] was expected")
            }
            parser.close(.cstructField, field)
        }
        expect(.as, "as was expected")
        name("a byte order was expected")
        close(.cstructItem, item)
    }

    /// `cenum name { A; B = 5 } as type(sexp)`.
    mutating func cenumItem(_ item: Mark) {
        keyword()
        name("a name was expected")
        braces { parser in
            let field = parser.mark()
            if parser.current == .lowercaseIdentifier || parser.current == .string {
                parser.unexpected("a constructor was expected")
            } else {
                parser.name(uppercase: true, "a constructor was expected")
            }
            if parser.take(.equal) { parser.constant(.integer, "a number was expected") }
            parser.close(.cenumConstructor, field)
        }
        expect(.as, "as was expected")
        name("a type was expected")
        if take(.leftParen) {
            name("a word was expected")
            expect(.rightParen, ") was expected")
        }
        close(.cenumItem, item)
    }

    /// `{ element; … }`, of which pa_cstruct wants one at least.
    private mutating func braces(_ element: (inout Parser) -> Void) {
        expect(.leftBrace, "{ was expected")
        if current == .rightBrace { missing("a field was expected") }
        while current != .rightBrace, current != .endOfFile {
            let before = position
            element(&self)
            if position == before || !take(.semicolon) { break }
        }
        closeBracket(.rightBrace, "} was expected")
    }
}
