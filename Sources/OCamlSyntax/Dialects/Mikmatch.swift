/// mikmatch: regular expressions in patterns and as functions, views, `let try`.
///
/// - `regexpItem` (`RE name = regexp`): keyword, `name`, regexp.
/// - `regexpPattern` (`RE regexp`, `/ regexp /`): keyword where it is `RE`, regexp. `viewPattern` (`%View p`): `name`,
///   and a pattern where one follows.
/// - `regexpExpression` (`REPLACE regexp -> e`, `SPLIT regexp`, …): keyword, regexp, and an expression behind `->`.
/// - `letTry` (`let try x = a in b with …`): `letBinding`s, body, `matchCase`s.
/// - Regexps are ulex's, and: `regexpRepetition` may have `{2-3}`, `~`, `Lazy` and the like behind its child;
///   `regexpReference` (`!name`, `%pos`, `@e`): an expression; `regexpBinding` (`r as x : int`, `r as x := f`, `r as x = e`): regexp, `name`, and an expression or `name`.
extension Parser {
    mutating func regexpNameItem(_ item: Mark) {
        keyword()
        name("a name was expected")
        expect(.equal, "= was expected")
        regexp()
        close(.regexpItem, item)
    }

    mutating func regexpPattern(_ mark: Mark) {
        let isSlashed = word != .re
        if isSlashed { advance() } else { keyword() }
        regexp()
        if isSlashed {
            if isSlash { advance() } else { missing("/ was expected") }
        }
        close(.regexpPattern, mark)
    }

    /// Whether `/` is at hand.
    var isSlash: Bool { dialects.contains(.mikmatch) && current == .infixOperator3 && reads("/") }

    mutating func viewPattern(_ mark: Mark) {
        advance()
        name(uppercase: true, "a view's name was expected")
        if KindSet.simplePatternStarts.contains(current) { simplePattern() }
        close(.viewPattern, mark)
    }

    mutating func regexpExpression(_ mark: Mark) {
        keyword()
        regexp()
        if take(.arrow) { seqExpr() }
        close(.regexpExpression, mark)
    }

    /// Whether `let try` or `let view` begins here.
    var startsLetTry: Bool { dialects.contains(.mikmatch) && current == .let && peek(1) == .try }

    mutating func letTry(_ mark: Mark) {
        advance()
        advance()
        letBindings(self.mark(), mayPun: false)
        expect(.in, "in was expected")
        seqExpr()
        expect(.with, "with was expected")
        matchCases()
        close(.letTry, mark)
    }

    /// What mikmatch lets stand behind a part of a regexp; false where nothing of the kind follows.
    mutating func regexpSuffix(_ mark: Mark) -> Bool {
        guard dialects.contains(.mikmatch) else { return false }
        switch current {
        case .leftBrace:
            while current != .rightBrace, current != .endOfFile { advance() }
            closeBracket(.rightBrace, "} was expected")
        case .tilde, .prefixOperator: advance()
        case .uppercaseIdentifier where reads("Lazy") || reads("Greedy") || reads("Possessive"): advance()
        case .as:
            advance()
            name("a name was expected")
            if take(.colon) {
                name("a type was expected")
            } else if take(.colonEqual) || take(.equal) {
                simpleExpr()
            }
            close(.regexpBinding, mark)
            return true
        default: return false
        }
        close(.regexpRepetition, mark)
        return true
    }
}
