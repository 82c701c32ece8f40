import Installability
import TestSupport
import Testing
import Universe

/// Everything that the solver says about hundreds of small universes, against trying every set of packages.
@Suite struct RandomUniverseTests {
    private static let worlds: [World] = [
        World(ocaml: nil, anyPlatform: true),
        World(ocaml: nil, kinds: [.build, .test, .doc, .post]),
        World(ocaml: nil, kinds: []),
    ]

    private static func sample(_ seed: Int) -> (universe: Universe, world: World, roots: [Int]) {
        let universe = RandomUniverse(seed: seed).universe
        return (universe, worlds[seed % worlds.count], Array(universe.versions(of: "p0")))
    }

    @Test(arguments: 0..<12)
    func needs(_ block: Int) {
        var lost = 0
        for seed in block * 40..<(block + 1) * 40 {
            let (universe, world, roots) = Self.sample(seed)
            let truth = BruteForce(universe, world, roots: roots)
            let with = truth.installable(withRoots: true)
            let without = truth.installable(withRoots: false)
            let analysis = NeedAnalysis(universe: universe, world: world, roots: roots)
            #expect(analysis.installable == with, "seed \(seed)")
            let needing = with.indices.filter { with[$0] && !without[$0] && !roots.contains($0) }
            #expect(analysis.needing == needing, "seed \(seed)")
            lost += needing.count
        }
        // A sample in which nothing needs the roots would show nothing.
        #expect(lost > 20)
    }

    /// Without the greedy installations, so that each version goes to the solver.
    @Test func solverAlone() {
        for seed in 0..<150 {
            let (universe, world, roots) = Self.sample(seed)
            let truth = BruteForce(universe, world, roots: roots)
            for prefersTrue in [true, false] {
                let solver = InstallabilitySolver(
                    DependencyProblem(universe: universe, world: world), roots: roots,
                    solver: CaDiCaL(prefersTrue: prefersTrue))
                for exist in [true, false, true] {
                    let answers = universe.packages.indices.map { solver.isInstallable($0, .init(rootsExist: exist)) }
                    #expect(answers == truth.installable(withRoots: exist), "seed \(seed)")
                }
            }
        }
    }

    /// What migrations free, for every set of migrations; each core; and the minimal sets that free a version.
    @Test(arguments: 0..<4)
    func migrations(_ block: Int) throws {
        var sets = 0
        for seed in block * 50..<(block + 1) * 50 {
            let (universe, world, roots) = Self.sample(seed)
            let dropped = ["p0", "p1"]
            let truth = BruteForce(universe, world, roots: roots, dropping: Set(dropped))
            let analysis = MigrationAnalysis(universe: universe, world: world, roots: roots, dropping: dropped)
            let count = analysis.candidates.count
            var free: [Set<Int>: [Bool]] = [:]
            for bits in 0..<(1 << count) {
                let migrations = Set((0..<count).filter { bits >> $0 & 1 == 1 })
                let positions = Set(migrations.map { analysis.candidates[$0] })
                let installable = truth.installable(withRoots: false, migrated: positions)
                free[migrations] = installable
                #expect(
                    analysis.freed(by: migrations) == analysis.needs.needing.filter { installable[$0] },
                    "seed \(seed), \(migrations.sorted())")
            }
            for position in analysis.needs.needing {
                let freeing = free.filter { $0.value[position] }.map(\.key)
                let minimal = freeing.filter { set in !freeing.contains { $0.isStrictSubset(of: set) } }
                    .map { $0.sorted() }
                    .sorted { $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1) }
                let found = FreeingSets(of: position, in: analysis, limit: 100)
                #expect(found.isComplete)
                #expect(found.sets == minimal, "seed \(seed), \(universe.identifier(position))")
                // Fewer than there are: the smallest, and told so.
                if minimal.count > 1 {
                    let one = FreeingSets(of: position, in: analysis, limit: 1)
                    #expect(one.sets.map(\.count) == [minimal[0].count])
                    #expect(!one.isComplete)
                }
                let core = try #require(analysis.core(of: position))
                #expect(freeing.allSatisfy { !$0.isDisjoint(with: core) })
                sets += minimal.count
            }
        }
        #expect(sets > 10)
    }

    /// The greedy choice never frees more than its bound, nor does the best choice.
    @Test func boundHolds() {
        var steps = 0
        for seed in 0..<120 {
            let (universe, world, roots) = Self.sample(seed)
            let analysis = MigrationAnalysis(universe: universe, world: world, roots: roots, dropping: ["p0", "p1"])
            let count = analysis.candidates.count
            for size in 1...2 where size <= count {
                let best = BestMigrations(size, in: analysis)
                let sets = (0..<(1 << count)).filter { $0.nonzeroBitCount == size }
                    .map { bits in Set((0..<count).filter { bits >> $0 & 1 == 1 }) }
                let optimum = sets.map { analysis.freed(by: $0).count(where: universe.isLatest) }.max() ?? 0
                let greedy = best.steps.reduce(0) { $0 + $1.freedLatest.count }
                #expect(greedy <= optimum)
                #expect(optimum <= best.bound, "seed \(seed)")
                if size == 1 { #expect(greedy == optimum, "seed \(seed)") }
                steps += best.steps.count
            }
        }
        #expect(steps > 30)
    }

    /// Every step of a path is a dependency of where it starts, and the path ends at a root.
    @Test func pathsLeadToRoots() {
        var paths = 0
        for seed in 0..<200 {
            let (universe, world, roots) = Self.sample(seed)
            let needs = NeedAnalysis(universe: universe, world: world, roots: roots)
            for position in needs.needing {
                guard let path = DependencyPath(toRootsFrom: position, in: universe, needs) else { continue }
                paths += 1
                var current = position
                for step in path.steps {
                    #expect(step.from == current)
                    guard let next = step.to else {
                        Issue.record("seed \(seed): the path stops")
                        break
                    }
                    #expect(universe.matches(step.atom).contains(next))
                    #expect(needs.installable[next])
                    current = next
                }
                #expect(roots.contains(current), "seed \(seed)")
            }
        }
        #expect(paths > 100)
    }
}
