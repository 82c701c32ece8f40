import OpamFormat
import Planning
import Testing
import Universe

/// What a burn-down says of packages that leave, and of the order in which they do.
@Suite struct HistoryTests {
    private func point(_ packages: [(String, String)]) -> BurnDownPoint {
        let universe = Universe(
            entries: packages.compactMap { identifier, text in
                RepositoryLayout.identity(folder: identifier).map { identity in
                    Universe.Entry(
                        name: identity.name, version: identity.version, path: "packages/\(identifier)/opam",
                        file: OpamFile(parsing: Array("opam-version: \"2.0\"\n\(text)".utf8)))
                }
            })
        return BurnDownPoint(universe: universe, roots: ["camlp4"], commit: "", date: "2016-01-01", world: nil)
    }

    private static let needs = "depends: [\"camlp4\"]"

    @Test func whatBecameOfThem() {
        let old = point([
            ("camlp4.1", ""), ("moved.1", Self.needs), ("mended.1", Self.needs), ("gone.1", Self.needs),
            ("kept-elsewhere.1", Self.needs), ("hidden.1", Self.needs),
        ])
        let new = point([
            ("camlp4.1", ""), ("moved.1", Self.needs), ("moved.2", ""), ("mended.1", ""),
            ("hidden.1", "available: false\n\(Self.needs)"), ("came.1", Self.needs),
        ])
        let step = BurnDownStep(from: old, to: new, archive: ["kept-elsewhere", "came"])
        #expect(step.migrated == ["moved"])
        #expect(step.corrected == ["mended"])
        #expect(step.removed == ["gone"])
        #expect(step.archived == ["kept-elsewhere"])
        #expect(step.appeared == ["came"])
        #expect(new.direct["hidden"] == "1")
    }

    /// A library whose camlp4 form hangs on an optional dependency goes when that does.
    @Test func providersGoWithTheirOptionalPart() {
        let optional = "depopts: [\"camlp4\"]"
        let points = [
            point([("camlp4.1", ""), ("library.1", optional), ("user.1", Self.needs), ("late.1", Self.needs)]),
            point([("camlp4.1", ""), ("library.1", optional), ("user.2", ""), ("late.1", Self.needs)]),
            point([("camlp4.1", ""), ("library.2", ""), ("user.2", ""), ("late.1", Self.needs)]),
        ]
        let pairs = [("user", "library"), ("late", "library"), ("library", "user"), ("camlp4", "user")]
        let check = OrderCheck(pairs.map { OrderCheck.Pair(first: $0.0, second: $0.1) }, points)
        #expect(check.outcomes.map(\.outcome) == [.kept, .contradicted, .contradicted, .unseen])
    }
}
