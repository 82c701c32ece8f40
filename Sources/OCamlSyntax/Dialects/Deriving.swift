/// The deriving extension: `deriving (Show, Eq)` behind types, and `Show.show<t>` in expressions.
///
/// - `derivingClause`: keyword, a `name` for each class.
/// - `derivedMethod`: `valuePath`, type.
extension Parser {
    mutating func derivingClause() {
        let mark = mark()
        keyword()
        if take(.leftParen) {
            if current != .rightParen {
                repeat { name(uppercase: true, "a class was expected") } while take(.comma)
            }
            closeBracket(.rightParen, ") was expected")
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
        guard isQualifiedName, current == .less, isTypeArgumentAhead else { return false }
        advance()
        typexpr()
        expect(.greater, "> was expected")
        close(.derivedMethod, mark)
        return true
    }

    /// Whether a `>` closes the `<` at hand, with nothing between but what a type is made of.
    private var isTypeArgumentAhead: Bool {
        var place = position + 1
        var open = 0
        while place < min(kinds.count, position + 200) {
            switch kinds[place] {
            case .leftParen, .leftBracket, .leftBracketLess, .leftBracketGreater, .less: open += 1
            case .rightParen, .rightBracket, .greaterRightBracket: open -= 1
            case .greater:
                if open == 0 { return place > position + 1 }
                open -= 1
            case .lowercaseIdentifier, .uppercaseIdentifier, .dot, .quote, .star, .arrow, .comma, .backquote, .bar,
                .of, .colon, .semicolon, .dotDot, .underscore, .hash, .as:
                break
            default: return false
            }
            if open < 0 { return false }
            place += 1
        }
        return false
    }
}
