import Universe

/// Everything that can be said about one version and the roots: whether it needs them, by which way, what would free it,
/// and which other versions do without.
package struct NeedExplanation: Sendable {
    package enum Answer: String, Sendable {
        /// Installable, and not without the roots.
        case needs
        /// Installable without the roots.
        case free
        /// Not installable, with or without the roots.
        case notInstallable = "not-installable"
        /// A root itself.
        case root
    }

    package let position: Int
    package let answer: Answer
    /// A shortest way to a root; for a version that is not installable, to what it lacks. Nil where there is none to show.
    package let path: DependencyPath?
    /// The minimal sets of migrations that free the version; nil unless it needs the roots.
    package let freeing: FreeingSets?
    /// What would do instead.
    package let alternatives: Alternatives

    /// - Parameter limit: how many sets of migrations to look for.
    package init(of position: Int, in analysis: MigrationAnalysis, limit: Int) {
        let needs = analysis.needs
        self.position = position
        if needs.roots.contains(position) {
            answer = .root
        } else if needs.needsRoots[position] {
            answer = .needs
        } else {
            answer = needs.installable[position] ? .free : .notInstallable
        }
        switch answer {
        case .needs:
            path = DependencyPath(toRootsFrom: position, in: analysis.universe, needs)
            freeing = FreeingSets(of: position, in: analysis, limit: limit)
        case .notInstallable:
            path = DependencyPath(toObstacleFrom: position, in: analysis.universe, needs)
            freeing = nil
        case .free, .root:
            path = nil
            freeing = nil
        }
        alternatives = Alternatives(to: position, along: path, in: analysis)
    }
}
