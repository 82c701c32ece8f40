/// bitstring's `bitmatch e with { … } -> e | …` and `BITSTRING { … }`; what stands between the braces is kept as tokens.
extension Parser {
    mutating func bitstringPhrase(_ mark: Mark) {
        let isConstructor = word == .bitstring
        advance()
        if isConstructor {
            bitstringFields()
            return close(.bitstring, mark)
        }
        seqExpr()
        expect(.with, "with was expected")
        _ = take(.bar)
        repeat {
            let mark = self.mark()
            bitstringFields()
            if take(.as) { lowercaseName("a name was expected") }
            if take(.when) { seqExpr() }
            expect(.arrow, "-> was expected")
            seqExpr()
            close(.matchCase, mark)
        } while take(.bar)
        close(.bitstring, mark)
    }

    /// `let bitmatch name = { … }`.
    mutating func bitmatchDefinition(_ item: Mark) {
        advance()
        advance()
        lowercaseName("a name was expected")
        expect(.equal, "= was expected")
        bitstringFields()
        close(.letItem, item)
    }

    private mutating func bitstringFields() {
        let mark = mark()
        if current == .leftBrace { skipBrackets() } else { missing("{ was expected") }
        close(.extensionPhrase, mark)
    }
}
