package import Findings

/// What makes a use of camlp4 the same use in another state of the sources: rule, path, a hash of the structure item or
/// metadata line around it, and which of several equal ones it is.
///
/// No message text and no line numbers: moved code and reworded messages stay what they are. An edit inside the item
/// makes another identity of it, and so does a swap of one use for another.
package struct FindingIdentity: Hashable, Sendable, Comparable {
    package let rule: String
    /// Relative to the repository's root.
    package let path: String
    /// Sixteen hexadecimal digits.
    package let surroundings: String
    /// From 0.
    package let ordinal: Int

    package init(rule: String, path: String, surroundings: String, ordinal: Int) {
        self.rule = rule
        self.path = path
        self.surroundings = surroundings
        self.ordinal = ordinal
    }

    package init(_ finding: Finding) {
        self.init(
            rule: finding.rule, path: finding.path, surroundings: finding.surroundings, ordinal: finding.ordinal)
    }

    package func at(_ path: String) -> FindingIdentity {
        FindingIdentity(rule: rule, path: path, surroundings: surroundings, ordinal: ordinal)
    }

    /// By path, rule, surroundings, ordinal: the order of a baseline.
    package static func < (left: FindingIdentity, right: FindingIdentity) -> Bool {
        if left.path != right.path { return left.path.utf8.lexicographicallyPrecedes(right.path.utf8) }
        if left.rule != right.rule { return left.rule.utf8.lexicographicallyPrecedes(right.rule.utf8) }
        if left.surroundings != right.surroundings { return left.surroundings < right.surroundings }
        return left.ordinal < right.ordinal
    }
}
