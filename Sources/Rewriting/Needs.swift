import BuildFiles
package import Findings
import Text

/// Which lines of build files the leftovers of sources still need: as long as a source uses an extension, what turns it on
/// must stay.
package struct Needs: Sendable {
    private let leftovers: [(leftover: Leftover, extension: String)]
    private let declarations: [String: [BuildKnowledge.Declaration]]
    private let index: ExtensionIndex
    /// What every extension implies: a leftover of these needs camlp4 itself, not each extension that stands on it.
    private let common: Set<String>

    package init(_ leftovers: [Leftover], _ knowledge: BuildKnowledge, _ index: ExtensionIndex) {
        self.leftovers = leftovers.map { ($0, String($0.rule.prefix { $0 != "/" })) }
        declarations = Dictionary(grouping: knowledge.declarations, by: \.place)
        self.index = index
        common = Set(index.closure(of: ["camlp4"]))
    }

    /// Why the line of this finding has to stay; nil where it may go.
    package func reason(_ finding: Finding) -> String? {
        let declared = declarations["\(finding.path):\(finding.start.line)"] ?? []
        let directory = directoryName(of: finding.path)
        for (leftover, used) in leftovers where needs(used, finding.extension) {
            let isReached =
                declared.isEmpty || declared.contains { $0.scope == nil }
                ? directory.isEmpty || leftover.path.hasPrefix(directory + "/")
                : declared.contains { $0.scope?.contains(leftover.path) ?? false }
            if isReached { return "\(leftover.path):\(leftover.place.line) still needs it (\(leftover.rule))" }
        }
        return nil
    }

    /// Whether a source that uses one extension needs another to be on: one that it implies, or one that may be a part of
    /// what was left, as a generator is of a `with` clause.
    private func needs(_ used: String, _ other: String) -> Bool {
        // What stock OCaml rejects without a rule that explains it may need camlp4.
        if index.named(used) == nil { return common.contains(other) }
        if used == other || index.closure(of: [used]).contains(other) { return true }
        return !common.contains(used) && index.closure(of: [other]).contains(used)
    }
}
