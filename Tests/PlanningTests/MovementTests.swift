import OpamFormat
import Planning
import Survey
import Testing
import Universe

/// Windows, starts, precedences and flag days: who can move before whom.
@Suite struct MovementTests {
    private func plan(
        _ packages: [(String, String)], sources: [String: SourceKnowledge] = [:], first: [String] = []
    ) -> Plan {
        let universe = Universe(
            entries: packages.compactMap { identifier, text in
                RepositoryLayout.identity(folder: identifier).map { identity in
                    Universe.Entry(
                        name: identity.name, version: identity.version, path: "packages/\(identifier)/opam",
                        file: OpamFile(parsing: Array("opam-version: \"1.2\"\n\(text)".utf8)))
                }
            })
        return Planner(
            universe: universe, world: World(ocaml: Version("4.02.3")), roots: ["camlp4"], date: "2016-03-02",
            first: first, sources: sources
        ).plan()
    }

    private let lwtUsers = [
        ("camlp4.4.02", ""), ("lwt.2.4.5", "depopts: [\"camlp4\"]"), ("lwt.2.5.1", "depopts: [\"camlp4\"]"),
        ("shop.1", "depends: [\"lwt\" \"camlp4\"]"),
    ]

    /// lwt 2.5.1 ships both forms, so its user moves when it likes, and before lwt drops the old one.
    @Test func aLibraryWithBothForms() throws {
        let plan = plan(lwtUsers)
        let shop = try #require(plan.entry("shop"))
        let window = try #require(shop.windows.first { $0.dependency == "lwt" })
        #expect(window.camlp4 == "2.4.5 – 2.5.1")
        #expect(window.both == "2.5.1")
        #expect(window.isOpen)
        #expect(shop.startsIn == 1)
        #expect(plan.flagDays.isEmpty)
        #expect(plan.precedences == [Precedence(first: "shop", second: "lwt", drops: "lwt.syntax")])
        let lwt = try #require(plan.entry("lwt"))
        #expect(lwt.status == .optional)
        #expect(lwt.wave == 2)
        #expect(lwt.roles == [.provides, .uses, .implements])
    }

    /// tyxml of that time ships the old form only, so it and its user move on one day, which the solver proves.
    @Test func aLibraryWithOneForm() throws {
        let plan = plan([
            ("camlp4.4.02", ""), ("tyxml.3.6.0", "depopts: [\"camlp4\"]"),
            ("page.1", "depends: [\"tyxml\" \"camlp4\"]"), ("plain.1", "depends: [\"tyxml\"]"),
        ])
        #expect(plan.flagDays.map(\.packages) == [["page", "tyxml"]])
        #expect(plan.flagDays.map(\.isProved) == [true])
        #expect(try #require(plan.entry("page")).status == .together)
        #expect(try #require(plan.entry("plain")).flagDay == nil)
        let window = try #require(plan.entry("page")?.windows.first { $0.dependency == "tyxml" })
        #expect(window.both == nil)
        #expect(!window.isOpen)
    }

    /// A ppx that cannot stand beside an old dependency: the package waits for that one, and nothing waits for it.
    @Test func aPpxThatExcludesTheOldDependency() throws {
        let packages = [
            ("camlp4.4.02", ""), ("type_conv.1", "depends: [\"camlp4\"]"), ("sexplib.112", "depends: [\"type_conv\"]"),
            ("sexplib.113.24", ""), ("ppx_sexp_conv.113.24", "depends: [\"sexplib\" {>= \"113.24\"}]"),
            ("base.1", "depends: [\"sexplib\" {< \"113\"} \"type_conv\"]"),
            ("top.1", "depends: [\"base\" \"sexplib\" \"type_conv\"]"),
        ]
        let plan = plan(packages)
        #expect(plan.precedences == [Precedence(first: "base", second: "top", drops: nil)])
        let top = try #require(plan.entry("top"))
        let window = try #require(top.windows.first { $0.dependency == "base" })
        #expect(window.isProvedClosed)
        #expect(try #require(plan.entry("base")).startsIn == 1)
        #expect(top.startsIn == 2)
    }

    /// A library without an extension of its own serves both forms of its users, whatever it is written with.
    @Test func aLibraryWithoutAnExtension() throws {
        let plan = plan([
            ("camlp4.4.02", ""), ("base.1", "depends: [\"camlp4\"]"), ("top.1", "depends: [\"base\" \"camlp4\"]"),
        ])
        let top = try #require(plan.entry("top"))
        #expect(top.wave == 2)
        #expect(top.startsIn == 1)
        #expect(top.windows.map(\.isOpen) == [true])
        #expect(plan.precedences.isEmpty)
    }

    /// The fixpoint sees that each dependency has a free version; only the solver sees that they exclude each other.
    @Test func freesAreExact() throws {
        let plan = plan([
            ("camlp4.4.02", ""), ("base.1", "depends: [\"camlp4\"]"), ("left.1", "depends: [\"base\"]"),
            ("right.1", "depends: [\"base\"] conflicts: [\"left\"]"), ("top.1", "depends: [\"left\" \"right\"]"),
            ("way.1", "depends: [\"camlp4\"]"),
            ("way.2", "depends: [\"left\"]"), ("both.1", "depends: [\"way\" \"right\"]"),
        ])
        let base = try #require(plan.entry("base"))
        #expect(base.frees == 4)
        #expect(plan.left == ["both"])
        #expect(plan.waves.map(\.frees).reduce(0, +) == plan.packages.count { $0.needsCamlp4 } - plan.left.count)
    }

    // MARK: Sources

    private func state(_ origin: String, _ uses: [String: Int], declarations: Int = 0) -> SourceKnowledge.State {
        SourceKnowledge.State(
            origin: origin,
            uses: uses.mapValues { constructs in
                var use = SourceSurvey.Use()
                (use.constructs, use.lines, use.declarations) = (constructs, constructs * 2, declarations)
                use.places = ["a.ml:1: x"]
                return use
            })
    }

    @Test func sourcesDecide() throws {
        let packages =
            lwtUsers + [
                ("idle.1", "depends: [\"camlp4\"]"), ("carried.1", "depends: [\"shop\"]"),
                ("moved.1", "depends: [\"camlp4\"]"),
            ]
        let plan = plan(
            packages,
            sources: [
                "shop": SourceKnowledge(release: state("tag 1", ["lwt": 7]), newest: state("HEAD", ["lwt": 5])),
                "idle": SourceKnowledge(release: state("tag 1", [:]), newest: nil),
                "carried": SourceKnowledge(release: state("tag 1", ["cstruct": 3]), newest: nil),
                "moved": SourceKnowledge(release: state("tag 1", ["lwt": 1]), newest: state("HEAD", [:])),
            ])
        let shop = try #require(plan.entry("shop"))
        #expect(shop.evidence == .sources)
        #expect(shop.status == .ready)
        #expect(shop.effort == Effort(constructs: 7, lines: 14, isEstimated: false))
        #expect(try #require(plan.entry("idle")).status == .declaredOnly)
        let carried = try #require(plan.entry("carried"))
        #expect(carried.roles == [.uses])
        #expect(carried.startsIn == 1)
        #expect(carried.wave == 2)
        #expect(carried.actions.first == "move its sources: cstruct (3)")
        #expect(try #require(plan.entry("moved")).status == .unreleased)
        #expect(plan.conflicts.map(\.name) == ["carried"])
        #expect(plan.conflicts.map(\.kind) == [.usedUndeclared])
        #expect(plan.totalsByEvidence.map(\.count).reduce(0, +) == plan.packages.count)
    }

    /// Build files that still name an extension are work, so there is nothing to release yet.
    @Test func declarationsAreNoCleanSources() throws {
        let plan = plan(
            [("camlp4.4.02", ""), ("half.1", "depends: [\"camlp4\"]")],
            sources: [
                "half": SourceKnowledge(
                    release: state("tag 1", ["lwt": 2]), newest: state("HEAD", ["lwt": 0], declarations: 1))
            ])
        #expect(try #require(plan.entry("half")).status == .ready)
    }
}
