/// js_of_ocaml's syntax: `o##p`, `o##p <- v`, `o##m(a, b)`, `jsnew c (a, b)`, `jsobject … end`.
extension Parser {
    /// `##label` and its arguments behind an object that began at `mark`.
    mutating func jsAccess(_ mark: Mark) {
        advance()
        advance()
        if current == .lowercaseIdentifier || current == .uppercaseIdentifier || current == .extensionKeyword {
            advance()
        } else {
            missing("a property's name was expected")
        }
        guard current == .leftParen else { return close(.jsAccess, mark) }
        nested { $0.jsArguments() }
        close(.jsMethodCall, mark)
    }

    /// `(a, b)`, `()`.
    private mutating func jsArguments() {
        advance()
        if current != .rightParen { seqExpr() }
        closeBracket(.rightParen, ") was expected")
    }

    mutating func jsNew(_ mark: Mark) {
        advance()
        simpleExpr(accessesOnly: true)
        if current == .leftParen { nested { $0.jsArguments() } } else { missing("( was expected") }
        close(.jsNew, mark)
    }

    mutating func jsObject(_ mark: Mark) {
        advance()
        classBodyRest()
        close(.jsObject, mark)
    }
}
