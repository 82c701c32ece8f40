/// pa_monad's `perform [with …] in p <-- e; …`. `<--` is an operator to any lexer, so statements read as a sequence.
extension Parser {
    mutating func performHead() {
        guard take(.with) else { return }
        if take(.module) { modulePath() } else { expr() }
        while take(.and) { expr() }
        expect(.in, "in was expected")
    }
}
