/// How much there is to convert in a package.
package struct Effort: Sendable, Hashable {
    /// Uses of syntax extensions.
    package let constructs: Int
    /// Source lines that they span.
    package let lines: Int
    /// Whether nobody has read the sources: the numbers are what packages with the same extensions have (`EffortEstimate`).
    package let isEstimated: Bool

    package init(constructs: Int, lines: Int, isEstimated: Bool) {
        self.constructs = constructs
        self.lines = lines
        self.isEstimated = isEstimated
    }

    /// Nothing to convert.
    package static let none = Effort(constructs: 0, lines: 0, isEstimated: true)
}
