/// camlp4's stream parsers and stream expressions, and list comprehensions.
///
/// - `streamParser`: keyword; the pattern of the position where one is named; `streamCase`s. Behind `match e with` the
///   same children stand in the `match`, and behind `try e with` in the `try`.
/// - `streamCase`: `streamPattern`, the pattern of the end position where one is named, body.
/// - `streamPattern`: components. `streamTerminal` (`'p when e`): pattern, guard. `streamNonterminal` (`p = e`):
///   pattern, parser. `streamRest` (`p`): pattern. Behind `??` each has an expression more.
/// - `streamExpression`: `streamTerminal` (`'e`) and `streamRest` (`e`), one expression each.
/// - `comprehension`: element, then `comprehensionGenerator` (pattern, source) and `comprehensionGuard` (expression).
///   pa_comprehension's `[? M : e | … ?]` is one too; there a `name` stands before the element and before the source
///   where a module is given.
extension Parser {
    /// `parser [name] [|] [< … >] [name] -> e | …`, from `parser`.
    mutating func streamParser(_ mark: Mark) {
        streamCases()
        close(.streamParser, mark)
    }

    /// From `parser` to the last case.
    mutating func streamCases() {
        keyword()
        if current == .lowercaseIdentifier || current == .underscore { simplePattern() }
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
        if current == .lowercaseIdentifier || current == .underscore { simplePattern() }
        expect(.arrow, "-> was expected")
        seqExpr()
        close(.streamCase, mark)
    }

    /// `[< 'p when e; p = parser; rest >]`.
    mutating func streamPattern(_ mark: Mark) {
        advance()
        let first = position
        while !isStreamEnd, current != .endOfFile {
            let before = position
            streamPatternComponent(isFirst: position == first)
            if position == before || !take(.semicolon) { break }
        }
        closeStream()
        close(.streamPattern, mark)
    }

    private mutating func streamPatternComponent(isFirst: Bool) {
        let mark = mark()
        var kind = NodeKind.streamRest
        if take(.quote) || current == .backquote && isRelaxed && take(.backquote) {
            kind = .streamTerminal
            pattern()
            if take(.when) { expr() }
        } else {
            pattern()
            if take(.equal) {
                kind = .streamNonterminal
                expr()
            }
        }
        if startsStreamMessage {
            if isFirst { fail("only behind the first component may a message stand") }
            advance()
            expr()
        }
        close(kind, mark)
    }

    /// Whether `??` is at hand, which is no operator where streams are parsed.
    var startsStreamMessage: Bool {
        dialects.contains(.streams) && current == .prefixOperator && reads("??")
    }

    /// `[< 'e; e >]`.
    mutating func streamExpression(_ mark: Mark) {
        advance()
        while !isStreamEnd, current != .endOfFile {
            let before = position
            let component = self.mark()
            let isTerminal = take(.quote)
            expr()
            close(isTerminal ? .streamTerminal : .streamRest, component)
            if position == before || !take(.semicolon) { break }
        }
        closeStream()
        close(.streamExpression, mark)
    }

    private var isStreamEnd: Bool { current == .greaterRightBracket || current == .colonRightBracket }

    private mutating func closeStream() {
        if isStreamEnd { advance() } else { missing(">] was expected") }
    }

    // MARK: Comprehensions

    /// `| p <- l; condition ]` behind the first expression of a list.
    mutating func comprehensionRest() {
        comprehensionComponents()
        closeBracket(.rightBracket, "] was expected")
    }

    /// `[? M : e | p <- M : l; condition ?]` of pa_comprehension, whose brackets any lexer reads as two tokens.
    mutating func bracketedComprehension(_ mark: Mark) {
        advance()
        advance()
        comprehensionModule()
        expr()
        if current == .bar { comprehensionComponents() } else { missing("| was expected") }
        if !take(.question) { missing("?] was expected") }
        closeBracket(.rightBracket, "] was expected")
        close(.comprehension, mark)
    }

    /// Whether `[?` is at hand and may open a comprehension.
    var startsBracketedComprehension: Bool {
        dialects.contains(.enumComprehensions) && current == .leftBracket && peek(1) == .question
    }

    private mutating func comprehensionModule() {
        guard dialects.contains(.enumComprehensions), current == .uppercaseIdentifier, peek(1) == .colon else { return }
        leaf(.name)
        advance()
    }

    private mutating func comprehensionComponents() {
        advance()
        repeat {
            let component = mark()
            let isGenerator = isAheadInBrackets(.leftArrow)
            if isGenerator {
                pattern()
                expect(.leftArrow, "<- was expected")
                comprehensionModule()
            }
            expr()
            close(isGenerator ? .comprehensionGenerator : .comprehensionGuard, component)
        } while take(.semicolon)
    }

    /// Whether `kind` stands before the next `;` or closing bracket, within a thousand tokens: no pattern is longer, and
    /// brackets nested in brackets must not be looked through again and again.
    func isAheadInBrackets(_ kind: TokenKind) -> Bool {
        var place = position
        var open = 0
        while place < min(kinds.count, position + 1000) {
            let next = kinds[place]
            if open == 0, next == kind { return true }
            switch next {
            case .leftParen, .leftBracket, .leftBracketBar, .leftBrace, .begin: open += 1
            case .rightParen, .barRightBracket, .rightBrace, .rightBracket, .end:
                if open == 0 { return false }
                open -= 1
            case .semicolon where open == 0: return false
            case .endOfFile: return false
            default: break
            }
            place += 1
        }
        return false
    }
}
