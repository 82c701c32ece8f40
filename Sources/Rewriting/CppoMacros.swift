import OCamlSyntax

/// Whether cppo can expand the macros that a text defines for itself: `#define F(x, y) …` and what stands behind each `F`.
///
/// cppo takes an argument's text as it is and parts arguments at every comma outside of parentheses, so `F(a, let b, c = d in e)`
/// has three for it; camlp4's DEFINE had expressions there. A macro with parameters has to stand right before a parenthesis, one
/// without must not. Texts are not expanded: a comma that parts an argument elsewhere, with the right number of them, is not seen
/// (tried with cppo 1.6.9: "expects 2 arguments but is applied to …", "expects no arguments").
struct CppoMacros {
    /// A use that cppo refuses.
    struct Misuse {
        let offset: Int
        let reason: String
    }

    private let tokens: TokenList
    /// The numbers of parameters of the macros that are defined where the walk stands; 0 for those without.
    private var arities: [[UInt8]: Int] = [:]

    /// The first use of a macro that cppo refuses; nil where there is none.
    ///
    /// - Parameters:
    ///   - bytes: the text.
    ///   - lines: the offsets at which its lines of cppo begin, ascending.
    static func misuse(in bytes: [UInt8], lines: [Int]) -> Misuse? {
        guard !lines.isEmpty else { return nil }
        var walk = CppoMacros(tokens: Lexer.tokenize(bytes, rules: .stock))
        return walk.misuse(lines: Set(lines))
    }

    private init(tokens: TokenList) {
        self.tokens = tokens
    }

    private mutating func misuse(lines: Set<Int>) -> Misuse? {
        var place = 0
        while place < tokens.count {
            let kind = tokens.kind(place)
            if kind == .hash, startsLine(place, in: lines), let behind = definition(from: place) {
                place = behind
                continue
            }
            if !arities.isEmpty, kind == .uppercaseIdentifier || kind == .lowercaseIdentifier,
                let expected = arities[Array(tokens.text(place))]
            {
                let given = arguments(behind: place) ?? 0
                if given != expected || isTornApart(behind: place) { return misuse(at: place, given, expected) }
            }
            place += 1
        }
        return nil
    }

    private func misuse(at place: Int, _ given: Int, _ expected: Int) -> Misuse {
        let name = tokens.string(place)
        if given == expected {
            return Misuse(
                offset: tokens.start(place),
                reason: "cppo parts the arguments of \(name) at a comma inside of brackets: "
                    + "put parentheses around what holds it")
        }
        let advice =
            switch (given, expected) {
            case (_, 0): "put a blank before the parenthesis"
            case (0, _): "its arguments have to follow it at once, in parentheses"
            default: "it parts them at commas, so put parentheses around what holds one"
            }
        return Misuse(
            offset: tokens.start(place),
            reason: "cppo counts \(given) argument\(given == 1 ? "" : "s") of \(name) here, "
                + "which has \(expected): \(advice)")
    }

    /// Whether only blanks stand between the line's begin and the token.
    private func startsLine(_ place: Int, in lines: Set<Int>) -> Bool {
        var start = tokens.start(place)
        while start > 0, tokens.bytes[start - 1] == 0x20 || tokens.bytes[start - 1] == 0x09 { start -= 1 }
        return lines.contains(start)
    }

    /// Reads the head of `#define NAME(…)` or `#undef NAME`: the token behind it; nil for other lines.
    private mutating func definition(from hash: Int) -> Int? {
        let word = tokens.significant(from: hash + 1)
        let name = tokens.significant(from: word + 1)
        if tokens.text(word, equals: "undef") {
            arities[Array(tokens.text(name))] = nil
            return name + 1
        }
        guard tokens.text(word, equals: "define") else { return nil }
        let count = arguments(behind: name)
        arities[Array(tokens.text(name))] = count ?? 0
        return count == nil ? name + 1 : closing(of: name + 1).map { $0 + 1 } ?? name + 1
    }

    /// How many arguments stand in the parenthesis that follows the token at once; nil where none follows or it has no end.
    private func arguments(behind place: Int) -> Int? {
        guard tokens.kind(place + 1) == .leftParen, let end = closing(of: place + 1) else { return nil }
        var (depth, commas) = (0, 0)
        for inner in (place + 1)..<end {
            switch tokens.kind(inner) {
            case .leftParen: depth += 1
            case .rightParen: depth -= 1
            case .comma where depth == 1: commas += 1
            default: continue
            }
        }
        return commas + 1
    }

    /// Whether a comma that parts arguments stands inside of other brackets, so that none of the arguments is whole.
    private func isTornApart(behind place: Int) -> Bool {
        guard tokens.kind(place + 1) == .leftParen, let end = closing(of: place + 1) else { return false }
        var (depth, brackets) = (0, 0)
        for inner in (place + 1)..<end {
            switch tokens.kind(inner) {
            case .leftParen: depth += 1
            case .rightParen: depth -= 1
            case .leftBracket, .leftBracketBar, .leftBracketLess, .leftBracketGreater, .leftBrace, .leftBraceLess,
                .begin:
                if depth == 1 { brackets += 1 }
            case .rightBracket, .barRightBracket, .greaterRightBracket, .rightBrace, .greaterRightBrace, .end:
                if depth == 1 { brackets -= 1 }
            case .comma where depth == 1 && brackets > 0: return true
            default: continue
            }
        }
        return false
    }

    private func closing(of opening: Int) -> Int? {
        var depth = 0
        for place in opening..<max(opening, tokens.count) {
            if tokens.kind(place) == .leftParen { depth += 1 }
            if tokens.kind(place) == .rightParen {
                depth -= 1
                if depth == 0 { return place }
            }
        }
        return nil
    }
}
