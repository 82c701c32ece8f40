/// pa_openin's `open M, N in e`, `struct … end in e`, and `open M, N` as an item.
///
/// - `localOpenIn`: the modules, then the body. `openItem` has one child more for each further module.
/// - Behind `open M with e` the expression stands between the modules and what follows.
extension Parser {
    /// Whether `open` or `struct` begins an expression here.
    var startsOpenIn: Bool {
        dialects.contains(.openIn) && (current == .open || current == .struct)
    }

    /// From `open` or `struct` up to the body, which goes on the stack.
    mutating func openInPrefix(_ mark: Mark) {
        if current == .open { advance() }
        openedModules()
        expect(.in, "in was expected")
        pending.append(PendingOperator(node: .localOpenIn, mark: mark, precedence: Precedence.body))
    }

    private mutating func openedModules() {
        moduleExpr()
        if take(.with) { expr(Precedence.assignment) }
        while take(.comma) { moduleExpr() }
    }

    /// What may stand behind the first module of an `open` item; true where the item was an expression after all.
    mutating func openItemRest(_ item: Mark) -> Bool {
        guard dialects.contains(.openIn) else { return false }
        if take(.with) { expr(Precedence.assignment) }
        while take(.comma) { moduleExpr() }
        guard take(.in) else { return false }
        let base = pending.count
        pending.append(PendingOperator(node: .localOpenIn, mark: item, precedence: Precedence.body))
        continueExpression(base: base)
        close(.expressionItem, item)
        return true
    }
}
