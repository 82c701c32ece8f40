/// Lwt's syntax (`lwt.syntax`, pa_lwt): `lwt`, `try_lwt`, `match_lwt`, `for_lwt`, `while_lwt`, `raise_lwt`,
/// `assert_lwt`, and `>>`.
///
/// Nodes and their children, in order; `keyword` is the extension's word, all other words and symbols are own tokens:
/// - `lwtLet`: keyword, `letBinding` for each binding (pattern, expression), body.
/// - `lwtItem` (at the top of a structure): keyword, bindings, and a body where `in` follows.
/// - `lwtTry`: keyword, body, `matchCase` for each case if there is `with`, then keyword `finally` and an expression.
/// - `lwtMatch`: keyword, what is matched, cases.
/// - `lwtFor` (`i = a to b`): keyword, pattern, first, last, body. `lwtForIn` (`p in stream`): keyword, pattern, stream,
///   body.
/// - `lwtWhile`: keyword, condition, body.
/// - `lwtRaise`, `lwtAssert`: keyword, expression: all up to `;`, operators and tuples included, as camlp4's level
///   `top` says.
/// - `e >> f` is an `infixOperation` of two children, at the level of comparisons, to the left.
extension Parser {
    /// `lwt p = e and … in`, putting the body on the stack.
    mutating func lwtPrefix(_ mark: Mark) -> Bool {
        lwtBindings()
        expect(.in, "in was expected")
        pending.append(PendingOperator(node: .lwtLet, mark: mark, precedence: Precedence.body))
        return true
    }

    private mutating func lwtBindings() {
        keyword()
        repeat {
            let mark = mark()
            pattern()
            // pa_lwt takes no type here, but people's older code has it.
            if take(.colon) { typexpr() }
            expect(.equal, "= was expected")
            seqExpr()
            close(.letBinding, mark)
        } while take(.and)
    }

    /// `lwt p = e` at the top of a structure, which runs it.
    mutating func lwtItem(_ item: Mark) {
        lwtBindings()
        guard take(.in) else { return close(.lwtItem, item) }
        let base = pending.count
        pending.append(PendingOperator(node: .lwtItem, mark: item, precedence: Precedence.body))
        continueExpression(base: base)
    }

    /// The phrases that a keyword of Lwt's opens and that end by themselves.
    mutating func lwtPhrase(_ mark: Mark) {
        let word = word
        keyword()
        switch word {
        case .tryLwt:
            seqExpr()
            if take(.with) { matchCases() }
            if self.word == .finally {
                keyword()
                seqExpr()
            }
            close(.lwtTry, mark)
        case .matchLwt:
            seqExpr()
            expect(.with, "with was expected")
            matchCases()
            close(.lwtMatch, mark)
        case .whileLwt:
            seqExpr()
            doBlock()
            close(.lwtWhile, mark)
        default:
            pattern()
            let overStream = take(.in)
            if overStream {
                seqExpr()
            } else {
                expect(.equal, "= or in was expected")
                forRange()
            }
            doBlock()
            close(overStream ? .lwtForIn : .lwtFor, mark)
        }
    }
}
