import Installability
import OpamFormat
import TestSupport
import Testing
import Universe

/// What a world means for installability, and the answers about single packages, on universes small enough to see whole.
@Suite struct NeedAnalysisTests {
    private static func universe(_ packages: [(String, String)], format: String = "2.0") -> Universe {
        RandomUniverse.universe(
            of: packages.map { (identifier: $0.0, text: "opam-version: \"\(format)\"\n\($0.1)\n") })
    }

    private static func installable(_ universe: Universe, _ world: World) -> [String] {
        let analysis = NeedAnalysis(universe: universe, world: world, roots: [])
        return universe.packages.indices.filter { analysis.installable[$0] }.map(universe.identifier)
    }

    private static let anywhere = World(ocaml: nil, anyPlatform: true)

    @Test func aFixedCompilerIsTheOnlyOne() {
        let universe = Self.universe([
            ("ocaml.4.01.0", ""), ("ocaml.4.02.3", ""), ("old.1", "depends: [\"ocaml\" {< \"4.02\"}]"),
            ("new.1", "depends: [\"ocaml\" {>= \"4.02\"}]"),
        ])
        #expect(Self.installable(universe, Self.anywhere).count == 4)
        #expect(
            Self.installable(universe, World(ocaml: Version("4.02.3"), anyPlatform: true)) == ["new.1", "ocaml.4.02.3"])
    }

    /// In the old format the compiler is no package. Where it is open, each package may have its own, but what is
    /// installed together must agree on one.
    @Test func anOpenCompilerIsOneRelease() {
        let universe = Self.universe(
            [
                ("old.1", "ocaml-version: [< \"4.00\"]"), ("new.1", "ocaml-version: [>= \"4.02\"]"),
                ("both.1", "depends: [\"old\" \"new\"]"), ("future.1", "available: [ocaml-version > \"99\"]"),
                ("windows.1", "available: [os = \"win32\" & ocaml-version >= \"4.00\"]"),
            ], format: "1.2")
        #expect(Self.installable(universe, World(ocaml: nil)) == ["new.1", "old.1"])
        #expect(Self.installable(universe, World(ocaml: Version("4.02.3"))) == ["new.1"])
        #expect(Self.installable(universe, World(ocaml: nil, os: "win32")) == ["new.1", "old.1", "windows.1"])
        #expect(Self.installable(universe, Self.anywhere).count == 5)
    }

    @Test func undefinedVariablesMakeUnavailable() {
        let universe = Self.universe([
            ("a.1", "available: unheard-of"), ("b.1", "available: !unheard-of"),
            ("c.1", "available: arch = \"x86_64\""),
            ("d.1", "available: os-family != \"windows\""),
        ])
        #expect(Self.installable(universe, World(ocaml: nil)) == ["c.1", "d.1"])
    }

    @Test func classesAndConflictsExclude() {
        let universe = Self.universe([
            ("a.1", "conflict-class: \"k\""), ("b.1", "conflict-class: [\"j\" \"k\"]"),
            ("c.1", "conflicts: [\"a\" {< \"2\"}]"),
            ("ab.1", "depends: [\"a\" \"b\"]"), ("ac.1", "depends: [\"a\" \"c\"]"), ("bc.1", "depends: [\"b\" \"c\"]"),
            ("self.1", "conflicts: [\"self\"]"),
        ])
        #expect(Self.installable(universe, Self.anywhere) == ["a.1", "b.1", "bc.1", "c.1", "self.1"])
    }

    @Test func kindsCountAsTheWorldSays() {
        let universe = Self.universe([
            ("build.1", "depends: [\"ghost\" {build}]"), ("test.1", "depends: [\"ghost\" {with-test}]"),
            ("doc.1", "depends: [\"ghost\" {with-doc}]"), ("post.1", "depends: [\"ghost\" {post}]"),
        ])
        #expect(Self.installable(universe, Self.anywhere) == ["doc.1", "post.1", "test.1"])
        #expect(Self.installable(universe, World(ocaml: nil, kinds: [])).count == 4)
        #expect(Self.installable(universe, World(ocaml: nil, kinds: [.test, .post])) == ["build.1", "doc.1"])
    }

    /// Many versions of one name, where "at most one" is a ladder: every pair is excluded, every single one is not.
    @Test func atMostOneOfManyVersions() {
        let count = 40
        var packages = (1...count).map { ("many.\($0)", "") }
        for first in [1, 2, 5, 20, 39] {
            for second in [1, 3, 6, 21, 40] {
                packages.append(
                    (
                        "pair-\(first)-\(second).1",
                        "depends: [(\"many\" {= \"\(first)\"} | \"ghost\") \"many\" {= \"\(second)\"}]"
                    ))
            }
        }
        let universe = Self.universe(packages)
        let found = Self.installable(universe, Self.anywhere)
        #expect(found.filter { $0.hasPrefix("many") }.count == count)
        #expect(found.filter { $0.hasPrefix("pair") } == ["pair-1-1.1"])
    }

    // MARK: Explanations

    private static let camlp4 = universe([
        ("camlp4.4.02", ""), ("type_conv.1", "depends: [\"camlp4\"]"), ("ounit.1", ""),
        ("cstruct.1.8", "depends: [\"ounit\" {build}]"),
        ("cstruct.1.9", "depends: [\"type_conv\" {build} \"ounit\" | \"camlp4\"]"),
        ("tcpip.1", "depends: [\"cstruct\" {>= \"1.9\"} \"lwt\"]"), ("lwt.1", "depopts: [\"camlp4\"]"),
        ("stuck.1", "depends: [\"type_conv\" {< \"1\"} \"camlp4\"]"), ("either.1", "depends: [\"camlp4\" | \"lwt\"]"),
    ])

    private static func explain(_ identifier: String) throws -> (NeedExplanation, MigrationAnalysis) {
        let roots = Array(camlp4.versions(of: "camlp4"))
        let analysis = MigrationAnalysis(
            universe: camlp4, world: anywhere, roots: roots, dropping: ["camlp4", "type_conv"])
        let position = try #require(camlp4.packages.indices.first { camlp4.identifier($0) == identifier })
        return (NeedExplanation(of: position, in: analysis, limit: 10), analysis)
    }

    private static func names(_ set: [Int], _ analysis: MigrationAnalysis) -> [String] {
        set.map { camlp4.name(analysis.candidates[$0]) }
    }

    @Test func whyByWayOfABuildDependency() throws {
        let (why, analysis) = try Self.explain("tcpip.1")
        #expect(why.answer == .needs)
        let path = try #require(why.path)
        #expect(path.isForced)
        #expect(path.steps.map(\.kind) == [.depends, .build, .depends])
        #expect(path.steps.map(\.atom.constraintText) == [">= \"1.9\"", "", ""])
        #expect(
            path.steps.compactMap(\.to).map(Self.camlp4.identifier) == ["cstruct.1.9", "type_conv.1", "camlp4.4.02"])
        let freeing = try #require(why.freeing)
        #expect(freeing.isComplete)
        #expect(freeing.sets.map { Self.names($0, analysis) } == [["cstruct"], ["type_conv"]])
    }

    @Test func otherAnswers() throws {
        #expect(try Self.explain("lwt.1").0.answer == .free)
        #expect(try Self.explain("either.1").0.answer == .free)
        #expect(try Self.explain("camlp4.4.02").0.answer == .root)
        let stuck = try Self.explain("stuck.1").0
        #expect(stuck.answer == .notInstallable)
        #expect(stuck.path?.steps.map(\.atom.name) == ["type_conv"])
        #expect(stuck.path?.steps.last?.to == nil)
        #expect(stuck.freeing == nil)
        let cstruct = try Self.explain("cstruct.1.9").0
        #expect(cstruct.alternatives.versions.map(Self.camlp4.identifier) == ["cstruct.1.8"])
    }

    @Test func contributions() throws {
        let (_, analysis) = try Self.explain("tcpip.1")
        let migrations = ["cstruct", "type_conv"].compactMap { name in
            Self.camlp4.position(of: name).flatMap(analysis.migration)
        }
        let result = WhatIf(migrations, in: analysis)
        #expect(result.freed.map(Self.camlp4.identifier) == ["cstruct.1.9", "tcpip.1", "type_conv.1"])
        #expect(result.contributions.map { $0.alone.count } == [2, 3])
        #expect(result.contributions.map { $0.marginal.count } == [0, 1])
        #expect(result.onlyTogether.isEmpty)
        #expect(result.bySeveral.map(Self.camlp4.identifier) == ["cstruct.1.9", "tcpip.1"])
        #expect(Self.camlp4.position(of: "lwt").flatMap(analysis.migration) == nil)
    }

    /// Where no single package frees anything, the greedy choice takes the smallest set that does.
    @Test func bestTakesPairsWhereItMust() {
        let universe = Self.universe([
            ("root.1", ""), ("a.1", "depends: [\"root\" \"b\"]"), ("b.1", "depends: [\"root\" \"a\"]"),
        ])
        let analysis = MigrationAnalysis(
            universe: universe, world: Self.anywhere, roots: Array(universe.versions(of: "root")), dropping: ["root"])
        let best = BestMigrations(2, in: analysis)
        #expect(best.steps.map(\.migrations.count) == [2])
        #expect(best.steps.first?.freedLatest.count == 2)
        #expect(best.bound == 2)
        let one = BestMigrations(1, in: analysis)
        #expect(one.steps.isEmpty)
        #expect(one.freeable == 2)
    }

    /// What would do instead: other versions of the package, a version that a constraint shuts out, an own dependency less.
    @Test func whatWouldDoInstead() throws {
        let universe = Self.universe([
            ("root.1", ""), ("tool.1", "depends: [\"root\"]"), ("tool.2", ""),
            ("shop.1", ""), ("shop.2", "depends: [\"tool\" {< \"2\"}]\ndepopts: [\"root\"]"),
            ("fair.1", "depends: [\"tool\" {< \"2\"} \"root\"]"),
        ])
        let analysis = MigrationAnalysis(
            universe: universe, world: Self.anywhere, roots: Array(universe.versions(of: "root")), dropping: ["root"])
        let shop = try #require(universe.versions(of: "shop").last)
        let explanation = NeedExplanation(of: shop, in: analysis, limit: 3)
        #expect(explanation.answer == .needs)
        #expect(explanation.alternatives.versions.map(universe.identifier) == ["shop.1"])
        #expect(explanation.alternatives.shutOut.map { universe.identifier($0.version) } == ["tool.2"])
        #expect(explanation.alternatives.droppable.map(\.name) == ["tool"])
        #expect(explanation.alternatives.optional.map(\.name) == ["root"])
        // Two ties: to lose one of them is not enough, and so nothing is promised.
        let fair = try #require(universe.versions(of: "fair").last)
        let other = NeedExplanation(of: fair, in: analysis, limit: 3)
        #expect(other.alternatives.shutOut.isEmpty)
        #expect(other.alternatives.droppable.isEmpty)
    }
}
