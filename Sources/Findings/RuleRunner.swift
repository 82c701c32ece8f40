import OCamlSyntax
import Text

/// Asks every rule at the nodes and tokens of the kinds that it waits for, and at no others: one walk over the tree.
package struct RuleRunner: Sendable {
    private let rules: [Rule]
    /// By kind of node: rules that wait for it.
    private let byNode: [[Int]]
    private let byToken: [[Int]]

    package init(_ rules: [Rule]) {
        self.rules = rules
        var byNode = [[Int]](repeating: [], count: 256)
        var byToken = byNode
        for (index, rule) in rules.enumerated() {
            for kind in rule.kinds { byNode[Int(kind.rawValue)].append(index) }
            for kind in rule.tokenKinds { byToken[Int(kind.rawValue)].append(index) }
        }
        self.byNode = byNode
        self.byToken = byToken
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
                let key = [rule, draft.range.start, draft.range.end]
                if contexts.count > 1, !seen.insert(key).inserted { return }
                found.append(Found(rule: rules[rule], draft: draft))
            }
        }
        return found.enumerated().sorted { left, right in
            let (a, b) = (left.element.draft.range, right.element.draft.range)
            if a.start != b.start { return a.start < b.start }
            return a.end != b.end ? a.end > b.end : left.offset < right.offset
        }.map(\.element)
    }

    private func constructs(in context: SourceContext, _ take: (Int, Draft) -> Void) {
        let tree = context.tree
        for node in 0..<tree.count {
            for rule in byNode[Int(tree.kinds[node].rawValue)] {
                if let draft = rules[rule].find(SyntaxNode(context, node)) { take(rule, draft) }
            }
        }
        for (place, kind) in tree.tokens.kinds.enumerated() {
            for rule in byToken[Int(kind.rawValue)] {
                if let draft = rules[rule].findToken(SyntaxToken(context, place)) { take(rule, draft) }
            }
        }
    }
}
