/// pa_monad's and pa_monad_custom's `perform [with …] in p <-- e; …`.
///
/// - `monadExpression`: keyword; `monadWith` where `with … in` stands; then the statements in order.
/// - `monadWith`: a `modulePath` behind `with module`, else the bind function and, behind `and`, the failing one.
/// - Statements: `monadBind` (pattern, expression) for `p <-- e`; `monadLet` (`letBinding`s) for `let … in`; `monadRec`
///   (`monadBind`s) for `rec p <-- e and … ;`; else an expression, before which `\` may stand.
extension Parser {
    mutating func monadExpression(_ mark: Mark) {
        keyword()
        monadWith()
        repeat {
            if !monadStatement() { break }
        } while takeSeparator()
        close(.monadExpression, mark)
    }

    private mutating func monadWith() {
        guard current == .with else { return }
        let mark = mark()
        advance()
        if take(.module) {
            modulePath()
        } else {
            expr()
            if take(.and) { expr() }
        }
        close(.monadWith, mark)
        expect(.in, "in was expected")
    }

    /// `;` between statements; a last one ends them.
    private mutating func takeSeparator() -> Bool {
        // `let … in` needs none behind it.
        if builder.lastKind == .monadLet { return true }
        guard take(.semicolon) else { return false }
        return startsExpression || isStatementAhead
    }

    private var isStatementAhead: Bool {
        current == .rec || current == .backslashOperator || isAheadInBrackets(arrow: "<--")
    }

    private mutating func monadStatement() -> Bool {
        let before = position
        let mark = mark()
        if take(.rec) {
            repeat { monadBind() } while take(.and)
            close(.monadRec, mark)
        } else if current == .let, peek(1) != .module, peek(1) != .open {
            advance()
            letBindings(self.mark(), mayPun: false)
            close(.monadLet, mark)
            expect(.in, "in was expected")
            return position > before
        } else if isAheadInBrackets(arrow: "<--") {
            monadBind()
        } else {
            _ = take(.backslashOperator)
            expr()
        }
        return position > before
    }

    private mutating func monadBind() {
        let mark = mark()
        pattern()
        if isInfix("<--") { advance() } else { missing("<-- was expected") }
        expr()
        close(.monadBind, mark)
    }

    /// Whether the operator `text` stands before the end of the statement.
    private func isAheadInBrackets(arrow text: StaticString) -> Bool {
        var place = position
        var open = 0
        while place < min(kinds.count, position + 300) {
            switch kinds[place] {
            case .leftParen, .leftBracket, .leftBracketBar, .leftBrace: open += 1
            case .rightParen, .barRightBracket, .rightBrace, .rightBracket: open -= 1
            case .infixOperator0 where open == 0 && reads(text, ahead: place - position): return true
            case .semicolon where open == 0, .endOfFile: return false
            // No pattern holds one of these.
            case .let, .fun, .function, .match, .try, .if, .begin, .in, .arrow, .equal, .and:
                if open == 0 { return false }
            default: break
            }
            if open < 0 { return false }
            place += 1
        }
        return false
    }

    func isInfix(_ text: StaticString) -> Bool { current == .infixOperator0 && reads(text) }
}
