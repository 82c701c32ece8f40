import OpamFormat
import Testing
import Universe

/// A universe from `NAME.VERSION` and the text of its opam file.
func universe(_ packages: [(String, String)]) -> Universe {
    Universe(
        entries: packages.compactMap { identifier, text in
            RepositoryLayout.identity(folder: identifier).map { identity in
                Universe.Entry(
                    name: identity.name, version: identity.version, path: "packages/\(identifier)/opam",
                    file: OpamFile(parsing: Array("opam-version: \"2.0\"\n\(text)".utf8)))
            }
        })
}

@Suite struct RepositoryLayoutTests {
    @Test func everyLayout() {
        let paths = [
            "packages/a.1.0/opam", "packages/b/b.2~beta/opam", "packages/c/deep/c.3/opam",
            "packages/c/deep/c.3/files/opam",
            "packages/nodot/opam", "other/d.1/opam", "packages/a.1.0/files/x.1/opam", "packages/1.0/opam",
        ]
        let (packages, skipped) = RepositoryLayout.packages(among: paths)
        #expect(packages.map(\.name) == ["a", "b", "c"])
        #expect(packages.map(\.version) == ["1.0", "2~beta", "3"])
        #expect(
            skipped.map(\.path) == [
                "packages/c/deep/c.3/files/opam", "packages/nodot/opam", "packages/a.1.0/files/x.1/opam",
                "packages/1.0/opam",
            ])
    }
}

@Suite struct UniverseTests {
    @Test func ordersAndDropsDoubles() {
        let universe = universe([("b.1", ""), ("A.2", ""), ("A.1.10", ""), ("A.1.9", ""), ("b.01", "")])
        #expect(universe.packages.indices.map(universe.identifier) == ["A.1.9", "A.1.10", "A.2", "b.01"])
        #expect(universe.skipped.map(\.path) == ["packages/b.1/opam"])
        #expect(universe.isLatest(2))
        #expect(!universe.isLatest(1))
    }

    @Test func nearestNames() {
        let universe = universe([("cstruct.1", ""), ("cstruct-lwt.1", ""), ("lwt.1", ""), ("zzz.1", "")])
        #expect(universe.nearestNames(to: "cstrcut") == ["cstruct"])
        #expect(universe.nearestNames(to: "LWT") == ["lwt"])
        #expect(universe.nearestNames(to: "qqqqqq").isEmpty)
    }

    /// Bisection must say what trying every version says.
    @Test func matchesAgreeWithAdmits() {
        let universe = universe(["1", "1.0~rc", "2", "2.0", "3-1", "10", "2.5"].map { ("p.\($0)", "") })
        let versions = ["0", "1", "2.0", "2.2", "3", "99"].map { Version($0) }
        let relops: [Relop] = [.equal, .notEqual, .greaterOrEqual, .greater, .lessOrEqual, .less]
        var formulas: [Formula<VersionConstraint>] = [.empty]
        for version in versions { formulas += relops.map { .atom(VersionConstraint($0, version)) } }
        for left in formulas {
            for right in formulas {
                for formula in [Formula.conjunction([left, right]), .disjunction([left, right])] {
                    let atom = PackageAtom(name: "p", constraint: formula)
                    let expected = universe.versions(of: "p").filter { atom.admits(universe.packages[$0].version) }
                    #expect(universe.matches(atom) == expected, "\(atom.constraintText)")
                }
            }
        }
    }

    @Test func selections() throws {
        #expect(PackageSelection("lwt")?.constraint == nil)
        #expect(PackageSelection("lwt.2.4.0")?.constraint == VersionConstraint(.equal, Version("2.4.0")))
        #expect(PackageSelection("lwt>=2.4")?.constraint == VersionConstraint(.greaterOrEqual, Version("2.4")))
        #expect(PackageSelection("lwt=>2") == nil)
        #expect(PackageSelection("a b") == nil)
        #expect(PackageSelection("") == nil)
    }

    @Test func compilersByDay() {
        #expect(OCamlReleases.newest(on: "2016-03-02").text == "4.02.3")
        #expect(OCamlReleases.newest(on: "2024-04-01").text == "5.1.1")
        #expect(OCamlReleases.newest(on: "1999-01-01").text == "3.07")
        #expect(OCamlReleases.newest(on: "2016-03-02") { $0 < Version("4.02") }?.text == "4.01.0")
        #expect(OCamlReleases.all.map(\.version) == OCamlReleases.all.map(\.version).sorted())
    }
}

@Suite struct DependencyQueryTests {
    private let world = universe([
        ("root.1", ""), ("root.2", ""),
        ("plain.1", "depends: [\"root\"]"), ("built.1", "depends: [\"root\" {build}]"),
        ("tested.1", "depends: [\"root\" {with-test}]"), ("optional.1", "depopts: [\"root\"]"),
        ("impossible.1", "depends: [\"root\" {> \"9\"}]"), ("between.1", "depends: [\"root\" {> \"1\" & < \"2\"}]"),
        ("arm.1", "depends: [\"plain\" | \"root\"]"), ("far.1", "depends: [\"plain\"]"),
        ("hidden.1", "available: false depends: [\"root\"]"), ("behind.1", "depends: [\"hidden\"]"),
        ("loop.1", "depends: [\"loop\" \"root\"]"),
    ])

    private func names(_ positions: [Int]) -> [String] { positions.map { world.name($0) } }

    @Test func direct() {
        let roots = Array(world.versions(of: "root"))
        #expect(names(DependencyQuery().direct(on: roots, in: world)) == ["arm", "built", "loop", "plain"])
        #expect(names(DependencyQuery(kinds: []).direct(on: roots, in: world)) == ["arm", "loop", "plain"])
        #expect(
            names(DependencyQuery(kinds: [.build, .test], depopts: true).direct(on: roots, in: world)) == [
                "arm", "built", "loop", "optional", "plain", "tested",
            ])
    }

    @Test func recursivePassesThroughHidden() {
        let roots = Array(world.versions(of: "root"))
        #expect(
            names(DependencyQuery().recursive(on: roots, in: world)) == [
                "arm", "behind", "built", "far", "loop", "plain", "root", "root",
            ])
    }

    @Test func definitions() {
        let definitions = RootDefinitions(universe: world, roots: Array(world.versions(of: "root")))
        #expect(names(definitions.optionalOnly()) == ["optional"])
        #expect(names(definitions.reaching()) == ["arm", "behind", "built", "far", "loop", "plain"])
    }
}
