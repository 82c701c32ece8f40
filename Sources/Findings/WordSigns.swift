import OCamlSyntax

/// The words, operators and quotations of all extensions, found in a file's tokens in one pass: what tells at next to no cost
/// that a file shows no extension at all.
struct WordSigns: Sendable {
    /// What one file shows.
    struct Shown {
        /// Words of extensions, wherever they stand.
        var words: Set<Int> = []
        /// Operators that mean something only where their extension is on.
        var operators: Set<Int> = []
        /// Words that the file binds as names: it is not written in the extension whose keywords they are.
        var bound: Set<Int> = []
        /// Whether stock's tokens have what can only be the start of a quotation.
        var isQuoted = false
    }

    struct Word: Sendable {
        let text: [UInt8]
        let `extension`: Int
        let isOperator: Bool
        let defines: Bool
    }

    let words: [Word]
    /// By first byte: the words that begin with it.
    private let byFirst: [[Int]]
    /// By first byte: bit n is set where a word of n bytes begins with it.
    private let lengths: [UInt32]

    init(_ index: ExtensionIndex) {
        var words: [Word] = []
        for (place, entry) in index.all.enumerated() {
            for text in entry.keywords {
                words.append(
                    Word(
                        text: Array(text.utf8), extension: place, isOperator: false,
                        defines: entry.definingWords.contains(text)))
            }
            for text in entry.operators {
                words.append(Word(text: Array(text.utf8), extension: place, isOperator: true, defines: false))
            }
        }
        var byFirst = [[Int]](repeating: [], count: 256)
        var lengths = [UInt32](repeating: 0, count: 256)
        for (place, word) in words.enumerated() {
            guard let first = word.text.first, word.text.count < 32 else { continue }
            byFirst[Int(first)].append(place)
            lengths[Int(first)] |= 1 << UInt32(word.text.count)
        }
        self.words = words
        self.byFirst = byFirst
        self.lengths = lengths
    }

    /// What tokens of stock's rules show.
    func shown(in tokens: TokenList) -> Shown {
        var shown = Shown()
        var previous = TokenKind.endOfFile
        for place in tokens.kinds.indices {
            let kind = tokens.kinds[place]
            switch kind {
            case .lowercaseIdentifier, .uppercaseIdentifier, .hashOperator:
                look(tokens, place, kind, previous, &shown)
            case .infixOperator0:
                look(tokens, place, kind, previous, &shown)
                if !shown.isQuoted { shown.isQuoted = opensQuotation(tokens, place, previous) }
            case .less: if !shown.isQuoted { shown.isQuoted = opensQuotation(tokens, place, previous) }
            default: if kind.isTrivia { continue }
            }
            previous = kind
        }
        return shown
    }

    @inline(__always)
    private func look(
        _ tokens: TokenList, _ place: Int, _ kind: TokenKind, _ previous: TokenKind, _ shown: inout Shown
    ) {
        let start = tokens.start(place)
        let count = tokens.end(place) - start
        guard count < 32 else { return }
        let first = Int(tokens.bytes[start])
        if lengths[first] >> UInt32(count) & 1 == 0 { return }
        for candidate in byFirst[first] where tokens.text(place, equals: words[candidate].text) {
            if words[candidate].isOperator {
                shown.operators.insert(candidate)
                continue
            }
            shown.words.insert(candidate)
            // No program can bind a capitalised word as a value.
            if kind == .lowercaseIdentifier, isBinding(tokens, place, previous, words[candidate]) {
                shown.bound.insert(candidate)
            }
        }
    }

    /// Whether the word is bound as a name here: behind `let` and its like, or as the last parameter before `=`.
    private func isBinding(_ tokens: TokenList, _ place: Int, _ previous: TokenKind, _ word: Word) -> Bool {
        switch previous {
        case .let where word.defines:
            return tokens.kind(tokens.significant(from: place + 1)) != .lowercaseIdentifier
        case .let, .rec, .and, .val, .external, .fun: return true
        case .lowercaseIdentifier: return tokens.kind(tokens.significant(from: place + 1)) == .equal
        default: return false
        }
    }

    /// `<:tag<`, or `<<` where no operator fits.
    private func opensQuotation(_ tokens: TokenList, _ place: Int, _ previous: TokenKind) -> Bool {
        if tokens.text(place, equals: "<:"), tokens.kind(place + 1) == .lowercaseIdentifier { return true }
        return tokens.text(place, equals: "<<") && Self.wantsOperand(previous)
            && tokens.kind(tokens.significant(from: place + 1)) != .rightParen
    }

    /// Whether an expression must begin after this token.
    private static func wantsOperand(_ kind: TokenKind) -> Bool {
        switch kind {
        case .equal, .leftParen, .arrow, .comma, .semicolon, .leftBracket, .leftBracketBar, .in, .then, .else, .begin,
            .with, .do, .bar, .of, .colonColon, .when:
            true
        default: false
        }
    }
}
