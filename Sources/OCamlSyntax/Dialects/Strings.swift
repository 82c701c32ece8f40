/// Strings that extensions mark: estring's `u"…"` (and sqlexpr's `sqlc"…"`, which is made with it), pgocaml's
/// `PGSQL(db) "…"`, xstrp4's `interpolate "…"`.
///
/// - `taggedString`: `name`, `constant`; nothing may stand between them, nor a dot before them.
/// - `pgsqlExpression`: keyword, the expression in parentheses, a `constant` for each string.
/// - `interpolation`: keyword (`interpolate`, `include_file`), `constant`.
extension Parser {
    /// Whether a name with a string glued on is at hand.
    var startsTaggedString: Bool {
        dialects.contains(.estring) && peek(1) == .string && isGlued()
    }

    mutating func taggedString(_ mark: Mark) {
        leaf(.name)
        leaf(.constant)
        close(.taggedString, mark)
    }

    mutating func pgsqlExpression(_ mark: Mark) {
        keyword()
        expect(.leftParen, "( was expected")
        seqExpr()
        closeBracket(.rightParen, ") was expected")
        if current != .string { missing("a string was expected") }
        while current == .string { leaf(.constant) }
        close(.pgsqlExpression, mark)
    }

    mutating func interpolation(_ mark: Mark) {
        keyword()
        if current == .lowercaseIdentifier, reads("file") { advance() }
        constant(.string, "a string was expected")
        close(.interpolation, mark)
    }
}
