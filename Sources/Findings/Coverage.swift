/// What a scan looked at, and what it did not look at and why.
package struct Coverage: Sendable {
    package struct Skipped: Sendable, Hashable {
        package let path: String
        package let reason: String

        package init(path: String, reason: String) {
            self.path = path
            self.reason = reason
        }
    }

    /// Source files read.
    package var files = 0
    package var bytes = 0
    /// Files understood from their first byte to their last.
    package var parsed = 0
    /// Files with a part that was not understood; their entry says which.
    package var partial = 0
    /// Sorted by path.
    package var skipped: [Skipped] = []

    package init() {}
}
