import OCamlSyntax
import Text

/// Asks every rule at the tokens that it waits for, and at no others.
package struct RuleRunner: Sendable {
    private let rules: [Rule]
    /// By kind of token: rules that wait for it.
    private let byKind: [[Int]]
    /// By spelling of identifiers.
    private let byWord: [[UInt8]: [Int]]
    /// Lengths and first bytes that occur among the words, so that most identifiers need no look-up.
    private let firstBytes: [Bool]

    package init(_ rules: [Rule]) {
        self.rules = rules
        var byKind = [[Int]](repeating: [], count: 256)
        var byWord: [[UInt8]: [Int]] = [:]
        var firstBytes = [Bool](repeating: false, count: 256)
        for (index, rule) in rules.enumerated() {
            for trigger in rule.triggers {
                switch trigger {
                case .kind(let kind): byKind[Int(kind.rawValue)].append(index)
                case .word(let word):
                    byWord[Array(word.utf8), default: []].append(index)
                    if let first = word.utf8.first { firstBytes[Int(first)] = true }
                }
            }
        }
        self.byKind = byKind
        self.byWord = byWord
        self.firstBytes = firstBytes
    }

    /// Everything that any rule finds, in source order, and the words among those waited for that the file binds.
    package func drafts(in context: SourceContext) -> (found: [(rule: Rule, draft: Draft)], bound: Set<String>) {
        var found: [(rule: Rule, draft: Draft)] = []
        var bound: Set<String> = []
        let tokens = context.tokens
        for index in 0..<tokens.count {
            let kind = tokens.kind(index)
            for rule in byKind[Int(kind.rawValue)] { ask(rule, context, index, &found) }
            guard kind == .lowercaseIdentifier || kind == .uppercaseIdentifier else { continue }
            let range = tokens.range(index)
            guard range.count <= 24, let first = tokens.bytes(range).first, firstBytes[Int(first)],
                let waiting = byWord[Array(tokens.bytes(range))]
            else { continue }
            let isParameter = tokens.kind(index + 1) == .equal && tokens.kind(index - 1) == .lowercaseIdentifier
            if isParameter || [.let, .rec, .and, .val, .external, .fun].contains(tokens.kind(index - 1)) {
                bound.insert(tokens.text(index))
            }
            for rule in waiting { ask(rule, context, index, &found) }
        }
        let sorted = found.enumerated().sorted { left, right in
            let (a, b) = (left.element.draft.range, right.element.draft.range)
            return a != b ? a < b : left.offset < right.offset
        }.map(\.element)
        return (sorted, bound)
    }

    private func ask(
        _ rule: Int, _ context: SourceContext, _ index: Int, _ found: inout [(rule: Rule, draft: Draft)]
    ) {
        if let draft = rules[rule].find(context, index) { found.append((rules[rule], draft)) }
    }
}
