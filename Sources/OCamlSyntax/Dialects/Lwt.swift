/// Lwt's syntax (`lwt.syntax`, pa_lwt): `lwt`, `try_lwt`, `match_lwt`, `for_lwt`, `while_lwt`, `raise_lwt`,
/// `assert_lwt`. Its `>>` is an operator to any lexer, at the level of comparisons.
extension Parser {
    /// `lwt p = e and … in`, putting the body on the stack.
    mutating func lwtPrefix(_ mark: Mark) -> Bool {
        lwtBindings(mark)
        expect(.in, "in was expected")
        pending.append(PendingOperator(node: .lwtLet, mark: mark, precedence: Precedence.body))
        return true
    }

    private mutating func lwtBindings(_ first: Mark) {
        var mark = first
        repeat {
            advance()
            pattern()
            // pa_lwt takes no type here, but people's older code has it.
            if take(.colon) { typexpr() }
            expect(.equal, "= was expected")
            seqExpr()
            close(.letBinding, mark)
            mark = self.mark()
        } while current == .and
    }

    /// `lwt p = e` at the top of a structure, which runs it.
    mutating func lwtItem(_ item: Mark) {
        lwtBindings(item)
        guard take(.in) else { return close(.lwtItem, item) }
        let base = pending.count
        pending.append(PendingOperator(node: .lwtLet, mark: item, precedence: Precedence.body))
        continueExpression(base: base)
        close(.lwtItem, item)
    }

    /// The phrases that a keyword of Lwt's opens and that end by themselves.
    mutating func lwtPhrase(_ mark: Mark) {
        switch word {
        case .tryLwt:
            advance()
            seqExpr()
            if take(.with) { matchCases() }
            if word == .finally {
                advance()
                seqExpr()
            }
            close(.lwtTry, mark)
        case .matchLwt:
            advance()
            seqExpr()
            expect(.with, "with was expected")
            matchCases()
            close(.lwtMatch, mark)
        case .whileLwt:
            advance()
            seqExpr()
            doBlock()
            close(.lwtWhile, mark)
        default:
            advance()
            pattern()
            if take(.in) {
                seqExpr()
            } else {
                expect(.equal, "= or in was expected")
                forRange()
            }
            doBlock()
            close(.lwtFor, mark)
        }
    }
}
