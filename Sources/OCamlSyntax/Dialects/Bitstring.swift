/// bitstring's `bitmatch e with { … } -> e | …`, `BITSTRING { … }`, `let bitmatch name = { … }` and
/// `open bitmatch "file"`.
///
/// - `bitstringMatch`: keyword, what is matched, `matchCase`s. A case: `bitstringFields`, or a pattern where it is `_`;
///   a `valuePath` where `as name` follows; the guard; the body.
/// - `bitstringConstructor`: keyword, `bitstringFields`. `bitstringItem`: keyword `bitmatch`, `name`, `bitstringFields`;
///   or keyword and `constant` behind `open`.
/// - `bitstringFields`: `bitstringField`s. A field: pattern (an expression in a constructor), length,
///   `bitstringQualifier`s; or one `name` alone for `:name`; or one wildcard for `_`.
/// - `bitstringQualifier`: `name`, and an expression where it has an argument.
extension Parser {
    mutating func bitstringPhrase(_ mark: Mark) {
        let isConstructor = word == .bitstring
        keyword()
        if isConstructor {
            bitstringFields(ofConstructor: true)
            return close(.bitstringConstructor, mark)
        }
        seqExpr()
        expect(.with, "with was expected")
        _ = take(.bar)
        repeat { bitstringCase() } while take(.bar)
        close(.bitstringMatch, mark)
    }

    private mutating func bitstringCase() {
        let mark = mark()
        if current == .leftBrace {
            bitstringFields(ofConstructor: false)
        } else if current == .underscore {
            leaf(.wildcardPattern)
        } else {
            missing("{ was expected")
        }
        if take(.as) {
            if valueNameLength != nil { valueName() } else { missing("a name was expected") }
        }
        if take(.when) { seqExpr() }
        expect(.arrow, "-> was expected")
        seqExpr()
        close(.matchCase, mark)
    }

    /// `let bitmatch name = { … }`.
    mutating func bitmatchDefinition(_ item: Mark) {
        advance()
        keyword()
        name("a name was expected")
        expect(.equal, "= was expected")
        bitstringFields(ofConstructor: false)
        close(.bitstringItem, item)
    }

    /// `open bitmatch "file"`.
    mutating func bitmatchOpening(_ item: Mark) {
        keyword()
        constant(.string, "a file was expected")
        close(.bitstringItem, item)
    }

    private mutating func bitstringFields(ofConstructor: Bool) {
        let mark = mark()
        guard current == .leftBrace else { return missing("{ was expected") }
        nested { parser in
            parser.advance()
            while parser.current != .rightBrace, parser.current != .endOfFile {
                let before = parser.position
                parser.bitstringField(ofConstructor: ofConstructor)
                if parser.position == before || !parser.take(.semicolon) { break }
            }
            parser.closeBracket(.rightBrace, "} was expected")
        }
        close(.bitstringFields, mark)
    }

    private mutating func bitstringField(ofConstructor: Bool) {
        let mark = mark()
        if !ofConstructor, take(.colon) {
            name("a name was expected")
            return close(.bitstringField, mark)
        }
        if !ofConstructor, current == .underscore, peek(1) != .colon {
            leaf(.wildcardPattern)
            return close(.bitstringField, mark)
        }
        if ofConstructor { expr() } else { pattern() }
        expect(.colon, ": was expected")
        expr()
        if take(.colon) {
            repeat { bitstringQualifier() } while take(.comma)
        }
        close(.bitstringField, mark)
    }

    private mutating func bitstringQualifier() {
        let mark = mark()
        name("a qualifier was expected")
        if take(.leftParen) {
            nested { $0.seqExpr() }
            closeBracket(.rightParen, ") was expected")
        }
        close(.bitstringQualifier, mark)
    }
}
