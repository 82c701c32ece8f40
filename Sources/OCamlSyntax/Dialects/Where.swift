/// pa_where's `e where x = …`: weaker than all operators but `;`.
///
/// - `whereExpression`: expression, `letBinding`s. `where` is own; so are `let` and `rec` behind it.
extension Parser {
    /// Whether `where` binds here: only before a name, `let` or `rec` is it a word of its own.
    var startsWhere: Bool {
        guard dialects.contains(.where), current == .lowercaseIdentifier, reads("where") else { return false }
        switch peek(1) {
        case .lowercaseIdentifier, .let, .rec, .leftParen, .underscore: return true
        default: return false
        }
    }

    /// From `where` to the end of its bindings; what it explains began at `mark`.
    mutating func whereBindings(_ mark: Mark) {
        advance()
        _ = take(.val)
        _ = take(.let)
        letBindings(self.mark(), mayPun: false)
        close(.whereExpression, mark)
    }
}
