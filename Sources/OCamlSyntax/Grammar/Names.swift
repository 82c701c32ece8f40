/// Names and paths (manual, section 11.3).
extension Parser {
    /// How many tokens the parenthesised operator name that begins here takes, parentheses included; nil where none does.
    var operatorNameLength: Int? {
        guard current == .leftParen else { return nil }
        let kind = peek(1)
        if KindSet.operatorNames.contains(kind) { return peek(2) == .rightParen ? 3 : nil }
        if isRelaxed, kind == .backslashOperator || kind == .hash || kind == .leftArrow {
            return peek(2) == .rightParen ? 3 : nil
        }
        guard kind == .dotOperator else { return nil }
        let closing: TokenKind
        switch peek(2) {
        case .leftParen: closing = .rightParen
        case .leftBracket: closing = .rightBracket
        case .leftBrace: closing = .rightBrace
        default: return isRelaxed && peek(2) == .rightParen ? 3 : nil
        }
        var length = 3
        if peek(length) == .semicolon, peek(length + 1) == .dotDot { length += 2 }
        guard peek(length) == closing else { return nil }
        length += 1
        if length < 7, peek(length) == .leftArrow { length += 1 }
        return length < 8 && peek(length) == .rightParen ? length + 1 : nil
    }

    /// How many tokens the value name that begins here takes.
    var valueNameLength: Int? {
        current == .lowercaseIdentifier || current == .rawIdentifier ? 1 : operatorNameLength
    }

    /// A value's name where it is bound.
    mutating func valueName() {
        guard let length = valueNameLength else { return missing("a name was expected") }
        let mark = mark()
        for _ in 0..<length { advance() }
        close(.valuePath, mark)
    }

    /// The name of a module where it is bound.
    mutating func moduleName() {
        if take(.uppercaseIdentifier) || take(.underscore) { return }
        missing("a module's name was expected")
    }

    mutating func lowercaseName(_ reason: StaticString) {
        if take(.lowercaseIdentifier) || take(.rawIdentifier) { return }
        missing(reason)
    }

    /// The name behind a backquote.
    mutating func variantName() {
        if take(.lowercaseIdentifier) || take(.uppercaseIdentifier) || take(.rawIdentifier) { return }
        if isRelaxed, current == .extensionKeyword { return advance() }
        missing("a tag's name was expected")
    }

    /// `M.N.c`.
    mutating func classPath() {
        let mark = mark()
        while current == .uppercaseIdentifier, peek(1) == .dot {
            advance()
            advance()
        }
        lowercaseName("a class's name was expected")
        close(.classPath, mark)
    }

    /// A constructor's name where it is declared.
    mutating func constructorName() {
        switch (current, peek(1)) {
        case (.leftParen, .rightParen), (.leftBracket, .rightBracket):
            advance()
            advance()
        case (.leftParen, .colonColon):
            advance()
            advance()
            expect(.rightParen, ") was expected")
        case (.true, _), (.false, _), (.uppercaseIdentifier, _): advance()
        default:
            if isRelaxed, current == .extensionKeyword { return advance() }
            missing("a constructor's name was expected")
        }
    }

    /// `M.N`, with functors applied where `applied`: `F(X).N`.
    mutating func modulePath(applied: Bool = false) {
        let mark = mark()
        expect(.uppercaseIdentifier, "a module's name was expected")
        while true {
            if current == .dot, peek(1) == .uppercaseIdentifier {
                advance()
                advance()
            } else if applied, current == .leftParen, peek(1) == .uppercaseIdentifier {
                nested { parser in
                    parser.advance()
                    parser.modulePath(applied: true)
                    parser.expect(.rightParen, ") was expected")
                }
            } else {
                break
            }
        }
        close(.modulePath, mark)
    }
}
