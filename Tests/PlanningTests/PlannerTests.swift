import OpamFormat
import Planning
import Testing
import Universe

private func universe(_ packages: [(String, String)]) -> Universe {
    Universe(
        entries: packages.compactMap { identifier, text in
            RepositoryLayout.identity(folder: identifier).map { identity in
                Universe.Entry(
                    name: identity.name, version: identity.version, path: "packages/\(identifier)/opam",
                    file: OpamFile(parsing: Array("opam-version: \"1.2\"\n\(text)".utf8)))
            }
        })
}

@Suite struct PlannerTests {
    private let plan = Planner(
        universe: universe([
            ("camlp4.4.02", ""), ("type_conv.1", "depends: [\"camlp4\"]"), ("bitstring.2", "depends: [\"camlp4\"]"),
            ("cstruct.0.5", "depends: [\"camlp4\"]"),
            ("cstruct.1.9.0", "depends: [\"type_conv\" {build}] depopts: [\"camlp4\"]"),
            ("net.1", "depends: [\"cstruct\" {>= \"1.0\"} \"camlp4\"]"), ("tls.1", "depends: [\"net\" \"nocrypto\"]"),
            ("nocrypto.1", "depends: [\"cstruct\" \"sexplib\" {< \"113.01\"}]"),
            ("sexplib.113.00", "depends: [\"type_conv\"]"), ("sexplib.113.24", ""),
            ("either.1", "depends: [\"camlp4\" | \"cppo\"]"), ("cppo.1", ""), ("lwt.2", "depopts: [\"camlp4\"]"),
            ("bits.1", "depends: [\"bitstring\"]"), ("moved.1", "depends: [\"camlp4\"]"), ("moved.2", ""),
            ("left.1", "depends: [\"right\" \"camlp4\"]"), ("right.1", "depends: [\"left\"]"),
            ("gone.1", "depends: [\"nowhere\" \"camlp4\"]"), ("garbled.1", "depends: [\"camlp4\" {<= 5}]"),
            ("half.1", "depends: [\"camlp4"),
            ("ouroboros.1", "depends: [\"camlp4\" \"ouroboros\" {>= \"1\"}]"),
            ("bound.1", "depends: [\"moved\" {< \"2\"}]"),
            ("later.1", "available: [ocaml-version >= \"4.03\"] depends: [\"camlp4\"]"),
        ]),
        world: World(ocaml: Version("4.02.3")), roots: ["camlp4"], date: "2016-03-02", first: ["cstruct"]
    ).plan()

    @Test(arguments: [
        ("cstruct", Status.declaredOnly), ("type_conv", .ready), ("bitstring", .noReplacement), ("net", .blocked),
        ("tls", .blocked), ("nocrypto", .blocked), ("sexplib", .legacy), ("either", .declaredOnly), ("cppo", .free),
        ("lwt", .optional), ("bits", .noReplacement), ("moved", .legacy), ("left", .together), ("right", .together),
        ("gone", .notInstallable), ("garbled", .unknown), ("half", .unknown), ("later", .notInstallable),
        ("ouroboros", .ready),
        ("bound", .ready),
    ])
    func status(_ name: String, _ status: Status) throws {
        #expect(try #require(plan.entry(name)).status == status)
    }

    @Test func cstructComesFirst() throws {
        let cstruct = try #require(plan.entry("cstruct"))
        #expect(cstruct.rank == 1)
        #expect(cstruct.pathText == "cstruct.1.9.0 → type_conv {build} → camlp4")
        #expect(cstruct.needsCamlp4)
        #expect((cstruct.directDependents, cstruct.transitiveDependents) == (2, 3))
        #expect(cstruct.unblocks == ["net", "nocrypto"])
    }

    /// Older free versions do not count as a way out, newer ones behind an upper bound do.
    @Test func blockersAndBounds() throws {
        let nocrypto = try #require(plan.entry("nocrypto"))
        #expect(nocrypto.blockedBy == ["cstruct"])
        #expect(nocrypto.actions.contains { $0.hasPrefix("lift the bound of \"sexplib\"") && $0.contains("113.24") })
        #expect(try #require(plan.entry("tls")).blockedBy == ["net", "nocrypto"])
    }

    @Test func wavesFollowBlockers() throws {
        for entry in plan.packages {
            for blocker in entry.blockedBy {
                let before = try #require(plan.entry(blocker))
                if entry.flagDay != nil, entry.flagDay == before.flagDay { continue }
                #expect((entry.wave ?? 0) > (before.wave ?? 0), "\(entry.name) after \(blocker)")
            }
        }
        #expect(try #require(plan.entry("cstruct")).wave == 1)
        #expect(try #require(plan.entry("tls")).wave == 3)
        #expect(try #require(plan.entry("either")).wave == 1)
        #expect(try #require(plan.entry("cppo")).wave == nil)
        let ranks = plan.packages.compactMap(\.rank).sorted()
        #expect(ranks == Array(1...ranks.count))
        #expect(plan.waves.flatMap(\.packages).count == plan.packages.filter { $0.wave != nil }.count)
    }

    /// A package does not wait for itself, and a bound to old versions is a way to camlp4 like any other.
    @Test func itselfAndOldVersions() throws {
        #expect(try #require(plan.entry("ouroboros")).blockedBy.isEmpty)
        let bound = try #require(plan.entry("bound"))
        #expect(bound.path.map(\.name) == ["moved", "camlp4"])
        #expect(bound.actions.contains { $0.hasPrefix("lift the bound of \"moved\" {< \"2\"}: moved.2") })
        for entry in plan.packages where entry.needsCamlp4 {
            #expect(entry.path.last?.name == "camlp4", "\(entry.name)")
        }
    }

    @Test func flagDays() {
        #expect(plan.flagDays.map(\.packages) == [["left", "right"]])
    }

    /// All waves done, everything that can be installed at all is free.
    @Test func wavesFreeEverythingReplaceable() {
        let needing = plan.packages.filter { $0.needsCamlp4 }
        #expect(plan.waves.map(\.frees).reduce(0, +) == needing.count)
    }
}
