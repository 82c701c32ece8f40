import Installability
import OpamFormat
import TestSupport
import Testing
import Universe

/// The bound of `what-if --best`: it is never less than the best choice, and the best choice itself where the search ends.
@Suite struct BestChoiceTests {
    private func analysis(_ packages: [(String, String)]) -> MigrationAnalysis {
        let universe = Universe(
            entries: packages.map { name, depends in
                Universe.Entry(
                    name: name, version: "1", path: "packages/\(name)/\(name).1/opam",
                    file: OpamFile(parsing: Array("opam-version: \"2.0\"\ndepends: [\(depends)]".utf8)))
            })
        return MigrationAnalysis(
            universe: universe, world: World(ocaml: nil, anyPlatform: true),
            roots: Array(universe.versions(of: "camlp4")), dropping: ["camlp4"])
    }

    /// Greedy takes the package that frees two by itself; the other two free three together.
    @Test func greedyIsNotBest() {
        let analysis = analysis([
            ("camlp4", ""), ("a", "\"camlp4\""), ("b", "\"camlp4\""), ("c", "\"camlp4\""), ("a1", "\"a\""),
            ("bc1", "\"b\" \"c\""), ("bc2", "\"b\" \"c\""), ("bc3", "\"b\" \"c\""),
        ])
        let best = BestMigrations(2, in: analysis)
        #expect(best.steps.first.map { $0.freedLatest.count } == 2)
        #expect(best.bound == 5)
        #expect(best.better.map { $0.map { analysis.universe.name(analysis.candidates[$0]) } } == ["b", "c"])
    }

    /// All choices tried one by one.
    @Test func boundIsTheOptimum() {
        let analysis = analysis([
            ("camlp4", ""), ("a", "\"camlp4\""), ("b", "\"camlp4\""), ("c", "\"camlp4\""), ("d", "\"camlp4\""),
            ("ab", "\"a\" \"b\""), ("bc", "\"b\" \"c\""), ("cd", "\"c\" | \"d\""), ("abc", "\"a\" \"b\" \"c\""),
            ("e", "\"ab\" \"cd\""), ("f", "\"cd\" | \"bc\""),
        ])
        let indices = analysis.candidates.indices
        for count in 1...4 {
            var optimum = 0
            for mask in 0..<(1 << indices.count) where mask.nonzeroBitCount == count {
                let chosen = Set(indices.filter { mask & (1 << $0) != 0 })
                optimum = max(optimum, analysis.freed(by: chosen).count)
            }
            let best = BestMigrations(count, in: analysis)
            #expect(best.bound == optimum, "\(count)")
        }
    }
}
