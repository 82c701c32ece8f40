/// camlp4's stream parsers and stream expressions, and list comprehensions.
extension Parser {
    /// `parser [name] [|] [< … >] [name] -> e | …`, from `parser`.
    mutating func streamParser(_ mark: Mark) {
        streamCases()
        close(.streamParser, mark)
    }

    /// From `parser` to the last case.
    mutating func streamCases() {
        advance()
        if !take(.underscore) { _ = take(.lowercaseIdentifier) }
        _ = take(.bar)
        repeat { streamCase() } while take(.bar)
    }

    private mutating func streamCase() {
        let mark = mark()
        if current == .leftBracketLess || current == .leftBracketColon {
            nested { parser in
                let inner = parser.mark()
                parser.streamPattern(inner)
            }
        } else {
            missing("[< was expected")
        }
        if !take(.underscore) { _ = take(.lowercaseIdentifier) }
        expect(.arrow, "-> was expected")
        seqExpr()
        close(.streamCase, mark)
    }

    /// `[< 'p when e; p = parser; rest >]`.
    mutating func streamPattern(_ mark: Mark) {
        advance()
        while !isStreamEnd, current != .endOfFile {
            let before = position
            streamPatternComponent()
            if position == before || !take(.semicolon) { break }
        }
        closeStream()
        close(.streamPattern, mark)
    }

    private mutating func streamPatternComponent() {
        let mark = mark()
        if take(.quote) || current == .backquote && isRelaxed && take(.backquote) {
            pattern()
            if take(.when) { expr() }
        } else {
            pattern()
            if take(.equal) { expr() }
        }
        if current == .prefixOperator, reads("??") {
            advance()
            expr()
        }
        close(.streamComponent, mark)
    }

    /// `[< 'e; e >]`.
    mutating func streamExpression(_ mark: Mark) {
        advance()
        while !isStreamEnd, current != .endOfFile {
            let before = position
            let component = self.mark()
            _ = take(.quote)
            expr()
            close(.streamComponent, component)
            if position == before || !take(.semicolon) { break }
        }
        closeStream()
        close(.streamExpression, mark)
    }

    private var isStreamEnd: Bool { current == .greaterRightBracket || current == .colonRightBracket }

    private mutating func closeStream() {
        if isStreamEnd { advance() } else { missing(">] was expected") }
    }

    /// `| p <- l; condition ]` behind the first expression of a list.
    mutating func comprehensionRest() {
        advance()
        repeat {
            let component = mark()
            if isGeneratorAhead {
                pattern()
                expect(.leftArrow, "<- was expected")
            }
            expr()
            close(.streamComponent, component)
        } while take(.semicolon)
        closeBracket(.rightBracket, "] was expected")
    }

    /// Whether `<-` stands before the next `;` or closing bracket, within a thousand tokens: no pattern is longer, and
    /// brackets nested in brackets must not be looked through again and again.
    private var isGeneratorAhead: Bool {
        var place = position
        var open = 0
        while place < min(kinds.count, position + 1000) {
            switch kinds[place] {
            case .leftParen, .leftBracket, .leftBracketBar, .leftBrace: open += 1
            case .rightParen, .barRightBracket, .rightBrace: open -= 1
            case .rightBracket:
                if open == 0 { return false }
                open -= 1
            case .semicolon where open == 0: return false
            case .leftArrow where open == 0: return true
            case .endOfFile: return false
            default: break
            }
            place += 1
        }
        return false
    }
}
