/// Eliom's sections `{client{ … }}`, client values `{{ e }}` and `{t{ e }}`, shared values `{shared#t{ e }}`, and
/// injections `%x`. Its preprocessor glues the braces; so they count only where they touch.
///
/// - `eliomSection`: `name` (`client`, `server`, `shared`), `structureBody` or `signatureBody`.
/// - `eliomClientValue`: the type where one is given, expression. `eliomSharedValue`: `name` (`shared`, `client`,
///   `server`), the type where one is given, expression.
/// - `eliomInjection`: an expression: a name, or what stands in parentheses.
extension Parser {
    /// `{client{ items }}`; false where none begins here.
    mutating func eliomSection(_ item: Mark, inSignature: Bool) -> Bool {
        guard startsEliomSection else { return false }
        advance()
        leaf(.name)
        advance()
        nested { parser in
            if inSignature { parser.signatureBody(until: []) } else { parser.structureBody(until: []) }
        }
        eliomEnd()
        close(.eliomSection, item)
        return true
    }

    /// Whether `{client{`, `{server{` or `{shared{` is at hand.
    var startsEliomSection: Bool {
        dialects.contains(.eliom) && current == .leftBrace && peek(1) == .lowercaseIdentifier && peek(2) == .leftBrace
            && isGlued() && isGlued(ahead: 1)
            && (reads("client", ahead: 1) || reads("server", ahead: 1) || reads("shared", ahead: 1))
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
        if current == .leftDelimiter { return reads("(%") }
        guard current == .percent,
            peek(1) == .lowercaseIdentifier || peek(1) == .leftParen
                || peek(1) == .uppercaseIdentifier, isGlued()
        else { return false }
        // An operator has blanks on both sides, or none.
        if position == 0 || !isGlued(ahead: -1) { return true }
        switch kinds[position - 1] {
        case .label, .optionalLabel, .leftParen, .leftBracket, .leftBrace, .semicolon, .comma, .equal, .arrow:
            return true
        default: return false
        }
    }

    /// Reads one; false where none begins here.
    mutating func eliomSimple(_ mark: Mark) -> Bool {
        if current == .leftDelimiter, reads("(%") {
            nested { parser in
                parser.advance()
                parser.gluedInjection(limit: Precedence.sequence)
                let isConstrained = parser.current == .colon || parser.current == .colonGreater
                if isConstrained { parser.typeConstraint() }
                parser.closeBracket(.rightParen, ") was expected")
                parser.close(isConstrained ? .constrained : .parenthesised, mark)
            }
            return true
        }
        guard current == .percent, isGlued() else { return false }
        advance()
        injected()
        close(.eliomInjection, mark)
        return true
    }

    /// Whether `[%client …]` or `[%show: t]` is at hand, in a file that is converted in part.
    var startsExtensionOfPPX: Bool {
        guard current == .leftBracketPercent, peek(1) == .lowercaseIdentifier else { return false }
        if ["client", "server", "shared", "derive"].contains(where: { reads($0, ahead: 1) }) {
            return peek(2) != .semicolon && peek(2) != .rightBracket
        }
        return peek(2) == .colon
    }

    /// `[%x; %y]`, whose first two bytes camlp4 glues.
    mutating func eliomList(_ mark: Mark) {
        advance()
        gluedInjection(limit: Precedence.element)
        while take(.semicolon), current != .rightBracket { expr() }
        closeBracket(.rightBracket, "] was expected")
        close(.list, mark)
    }

    /// The injection behind a glued `(%` or `[%`, and the expression that it begins. Its node lacks the `%`, which is
    /// part of the bracket's token.
    private mutating func gluedInjection(limit: UInt8) {
        let value = mark()
        injected()
        close(.eliomInjection, value)
        let base = pending.count
        let head = accesses(value, .other)
        operators(base: base, limit: limit, operand: applied(value, head))
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
                .comma, .underscore, .hash, .colon, .greaterRightBracket, .question, .label, .optionalLabel:
                place += 1
            default: return nil
            }
        }
        return nil
    }

    /// A client or shared value whose opening takes `length` tokens.
    mutating func eliomBraces(_ mark: Mark, opening length: Int) {
        let opened = position + length
        advance()
        let isShared = current == .lowercaseIdentifier && peek(1) == .hash
        if isShared {
            leaf(.name)
            advance()
        }
        if position < opened - 1 { typexpr() }
        if position == opened - 1 {
            advance()
        } else {
            fail("a type was expected")
            while position < opened { advance() }
        }
        seqExpr()
        eliomEnd()
        close(isShared ? .eliomSharedValue : .eliomClientValue, mark)
    }

    /// A name, or an expression in parentheses; what `.` and `##` glue on belongs to the injection's user.
    private mutating func injected() {
        switch current {
        case .leftParen:
            let mark = mark()
            nested { _ = $0.parenthesised(mark) }
        case .lowercaseIdentifier, .rawIdentifier, .extensionKeyword: leaf(.valuePath)
        case .uppercaseIdentifier:
            let mark = mark()
            while current == .uppercaseIdentifier, peek(1) == .dot {
                advance()
                advance()
            }
            if !take(.uppercaseIdentifier) { lowercaseName("a name was expected") }
            close(.valuePath, mark)
        default: missing("a name was expected")
        }
    }
}
