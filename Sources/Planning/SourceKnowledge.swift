package import Survey

/// What reading a package's sources has shown: those of its latest release, and the newest ones.
package struct SourceKnowledge: Sendable, Hashable {
    /// One state of the sources.
    package struct State: Sendable, Hashable {
        /// A tag, a commit, a folder.
        package let origin: String
        /// By the catalogue's ids.
        package let uses: [String: SourceSurvey.Use]

        package init(origin: String, uses: [String: SourceSurvey.Use]) {
            self.origin = origin
            self.uses = uses
        }

        /// The extensions that source files use, sorted.
        var used: [String] { uses.filter { $0.value.constructs > 0 }.keys.sorted() }
        /// Whether neither sources nor build files have anything to do with an extension.
        var isClean: Bool { uses.values.allSatisfy { $0.constructs == 0 && $0.declarations == 0 } }
        var effort: Effort {
            Effort(
                constructs: uses.values.map(\.constructs).reduce(0, +), lines: uses.values.map(\.lines).reduce(0, +),
                isEstimated: false)
        }
    }

    /// The sources of the latest release; nil where they were not found.
    package let release: State?
    /// The newest sources; nil where they are no others than those of the release, or were not found.
    package let newest: State?

    package init(release: State?, newest: State?) {
        self.release = release
        self.newest = newest
    }
}
