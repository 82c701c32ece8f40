/// ulex's `lexer regexp -> e | …` and `let regexp name = …`; regular expressions are kept as tokens.
extension Parser {
    mutating func lexerDefinition(_ mark: Mark) {
        advance()
        _ = take(.bar)
        repeat {
            let mark = self.mark()
            while current != .arrow, current != .endOfFile, !KindSet.itemStarts.contains(current), current != .let {
                advance()
            }
            expect(.arrow, "-> was expected")
            seqExpr()
            close(.matchCase, mark)
        } while take(.bar)
        close(.lexerDefinition, mark)
    }

    /// Whether `let regexp name =` begins here.
    var startsRegexpDefinition: Bool {
        dialects.contains(.ulex) && current == .let && reads("regexp", ahead: 1) && peek(2) == .lowercaseIdentifier
    }

    mutating func regexpDefinition(_ item: Mark) {
        for _ in 0..<3 { advance() }
        expect(.equal, "= was expected")
        while current != .endOfFile, current != .let, !KindSet.itemStarts.contains(current), current != .in {
            advance()
        }
        close(.extensionPhrase, item)
    }
}
