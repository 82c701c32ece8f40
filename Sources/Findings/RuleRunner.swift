import OCamlSyntax
import Text

/// Asks every rule at the nodes and tokens of the kinds that it waits for, and at no others: one walk over the tree.
package struct RuleRunner: Sendable {
    private let rules: [Rule]
    /// By kind of node: rules that wait for it.
    private let byNode: [[Int]]
    private let byToken: [[Int]]
    private let byWord: [[UInt8]: Int]
    /// Rules that wait for nodes that begin with a word: names are in every file by the thousand, and these are few.
    private let openings: [(word: [UInt8], rule: Int)]
    /// By first byte of such words, their lengths as bits.
    private let openingLengths: [UInt32]

    package init(_ rules: [Rule]) {
        self.rules = rules
        var byNode = [[Int]](repeating: [], count: 256)
        var byToken = byNode
        var byWord: [[UInt8]: Int] = [:]
        var openings: [(word: [UInt8], rule: Int)] = []
        for (index, rule) in rules.enumerated() {
            for word in rule.words { byWord[Array(word.utf8)] = index }
            for word in rule.openings { openings.append((Array(word.utf8), index)) }
            if rule.openings.isEmpty {
                for kind in rule.kinds { byNode[Int(kind.rawValue)].append(index) }
            }
            for kind in rule.tokenKinds { byToken[Int(kind.rawValue)].append(index) }
        }
        self.byNode = byNode
        self.byToken = byToken
        self.byWord = byWord
        self.openings = openings
        openingLengths = openings.reduce(into: [UInt32](repeating: 0, count: 256)) { lengths, opening in
            assert(opening.word.count < 32, "a word too long for the table")
            guard let first = opening.word.first else { return }
            lengths[Int(first)] |= 1 << UInt32(opening.word.count)
        }
    }

    /// The rules that wait for a node of this kind that begins with its first word.
    private func rulesOpened(by node: Int, in tree: SyntaxTree) -> [Int] {
        let first = tree.tokens(of: node).lowerBound
        let start = tree.tokens.start(first)
        let count = tree.tokens.end(first) - start
        guard count > 0, count < 32, openingLengths[Int(tree.tokens.bytes[start])] >> UInt32(count) & 1 == 1 else {
            return []
        }
        return openings.filter { opening in
            tree.tokens.text(first, equals: opening.word) && rules[opening.rule].kinds.contains(tree.kinds[node])
        }.map(\.rule)
    }

    /// A construct, and the rule that found it.
    struct Found: Sendable {
        let rule: Rule
        let draft: Draft

        var ofExtension: String { draft.extension ?? rule.extension }
    }

    /// Everything that any rule finds, in source order: what begins first, and of what begins together the longer.
    ///
    /// - Parameter contexts: the trees of one file, most often one; what several of them show is found once.
    func constructs(in contexts: [SourceContext]) -> [Found] {
        var found: [Found] = []
        var seen: Set<[Int]> = []
        for context in contexts {
            constructs(in: context) { rule, draft in
                if contexts.count > 1,
                    !seen.insert([rule, draft.range.start, draft.range.end]).inserted
                {
                    return
                }
                found.append(Found(rule: rules[rule], draft: draft))
            }
        }
        let ranges = found.map { ($0.draft.range.start, -$0.draft.range.end) }
        return found.indices.sorted { (ranges[$0].0, ranges[$0].1, $0) < (ranges[$1].0, ranges[$1].1, $1) }
            .map { found[$0] }
    }

    private func constructs(in context: SourceContext, _ take: (Int, Draft) -> Void) {
        let tree = context.tree
        // The insides of revised items are no tree either.
        let isRevised = tree.dialects.contains(.revised)
        var starts: Set<Int> = []
        func takeNode(_ rule: Int, _ draft: Draft) {
            if isRevised { starts.insert(draft.range.start) }
            take(rule, draft)
        }
        for node in 0..<tree.count {
            if !isRevised, tree.kinds[node] == .unexpected || tree.kinds[node] == .tooDeep {
                lookAtWords(in: tree.tokens(of: node), context, take)
            }
            for rule in byNode[Int(tree.kinds[node].rawValue)] {
                if let draft = rules[rule].find(SyntaxNode(context, node)) { takeNode(rule, draft) }
            }
            for rule in rulesOpened(by: node, in: tree) {
                if let draft = rules[rule].find(SyntaxNode(context, node)) { takeNode(rule, draft) }
            }
        }
        for (place, kind) in tree.tokens.kinds.enumerated() {
            for rule in byToken[Int(kind.rawValue)] {
                if let draft = rules[rule].findToken(SyntaxToken(context, place)) { take(rule, draft) }
            }
        }
        if isRevised {
            lookAtWords(in: 0..<tree.tokens.count, context) { rule, draft in
                if !starts.contains(draft.range.start) { take(rule, draft) }
            }
        }
    }

    /// What cannot be read as a tree may still hold constructs: their words are reported, so that nothing is lost silently.
    private func lookAtWords(in places: Range<Int>, _ context: SourceContext, _ take: (Int, Draft) -> Void) {
        for place in places {
            let kind = context.tokens.kind(place)
            guard kind == .lowercaseIdentifier || kind == .uppercaseIdentifier else { continue }
            let text = context.tokens.text(place)
            guard text.count < 32, let rule = byWord[Array(text)],
                let dialects = context.index.named(rules[rule].extension)?.dialects,
                !dialects.isDisjoint(with: context.tree.dialects)
            else { continue }
            let token = SyntaxToken(context, place)
            if kind == .lowercaseIdentifier, token.standsAsName { continue }
            let isHead = kind == .uppercaseIdentifier && token.isFirstOnLine
            take(
                rule,
                Draft(
                    token.range, isHead ? .likely : .possible,
                    .manual("`\(token.text)` stands in a part of the file that cannot be read: see what it belongs to"))
            )
        }
    }
}
