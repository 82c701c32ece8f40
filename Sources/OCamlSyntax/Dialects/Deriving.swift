/// The deriving extension: `deriving (Show, Eq)` behind types, and `Show.show<t>` in expressions.
extension Parser {
    mutating func derivingClause() {
        let mark = mark()
        advance()
        if current == .leftParen {
            skipBrackets()
        } else {
            missing("( was expected")
        }
        close(.derivingClause, mark)
    }

    /// `<t>` behind a qualified name that began at `mark`; false where the `<` compares.
    mutating func derivedMethod(_ mark: Mark) -> Bool {
        let isQualifiedName =
            position - mark.token >= 3 && kinds[mark.token] == .uppercaseIdentifier
            && kinds[position - 1] == .lowercaseIdentifier && builder.lastKind == .valuePath
        guard isQualifiedName, current == .less else { return false }
        advance()
        typexpr()
        expect(.greater, "> was expected")
        close(.derivedMethod, mark)
        return true
    }
}
