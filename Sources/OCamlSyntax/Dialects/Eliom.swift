/// Eliom's sections `{client{ … }}`, client values `{{ e }}` and `{t{ e }}`, shared values `{shared#t{ e }}`, and
/// injections `%x`. Its preprocessor glues the braces; so they count only where they touch.
extension Parser {
    /// `{client{ items }}`; false where none begins here.
    mutating func eliomSection(_ item: Mark, inSignature: Bool) -> Bool {
        guard current == .leftBrace, peek(1) == .lowercaseIdentifier, peek(2) == .leftBrace, isGlued(),
            isGlued(ahead: 1),
            reads("client", ahead: 1) || reads("server", ahead: 1) || reads("shared", ahead: 1)
        else { return false }
        for _ in 0..<3 { advance() }
        nested { parser in
            if inSignature { parser.signatureBody(until: []) } else { parser.structureBody(until: []) }
        }
        eliomEnd()
        close(.eliomSection, item)
        return true
    }

    private mutating func eliomEnd() {
        if current == .rightBrace, peek(1) == .rightBrace {
            advance()
            advance()
        } else {
            missing("}} was expected")
        }
    }

    /// Whether an injection or client value begins here.
    var startsEliomSimple: Bool {
        guard current == .percent,
            peek(1) == .lowercaseIdentifier || peek(1) == .leftParen
                || peek(1) == .uppercaseIdentifier, isGlued()
        else { return false }
        // An operator has blanks on both sides, or none.
        return position == 0 || significant[position - 1] + 1 != significant[position]
    }

    /// Reads one; false where none begins here.
    mutating func eliomSimple(_ mark: Mark) -> Bool {
        guard current == .percent, isGlued() else { return false }
        advance()
        if current == .leftParen { simpleExpr() } else { simpleExpr(accessesOnly: true) }
        close(.eliomValue, mark)
        return true
    }

    /// How many tokens open the client or shared value that begins here; nil where the brace opens a record.
    var eliomValueOpening: Int? {
        guard dialects.contains(.eliom), current == .leftBrace else { return nil }
        var place = position + 1
        if kinds[place] == .leftBrace { return isGlued() ? 2 : nil }
        while place + 1 < kinds.count {
            switch kinds[place] {
            case .leftBrace: return place - position + 1
            case .lowercaseIdentifier, .uppercaseIdentifier, .dot, .quote, .leftParen, .rightParen, .star, .arrow,
                .leftBracket, .rightBracket, .leftBracketGreater, .leftBracketLess, .backquote, .bar, .less, .greater,
                .comma, .underscore, .hash, .colon, .greaterRightBracket:
                place += 1
            default: return nil
            }
        }
        return nil
    }

    /// A client or shared value whose opening takes `length` tokens.
    mutating func eliomBraces(_ mark: Mark, opening length: Int) {
        for _ in 0..<length { advance() }
        seqExpr()
        eliomEnd()
        close(.eliomValue, mark)
    }
}
