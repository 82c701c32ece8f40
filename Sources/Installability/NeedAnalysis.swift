package import Universe

/// D3 for every package version of a universe: what can be installed, and what cannot without some root packages.
package struct NeedAnalysis: Sendable {
    package let world: World
    /// The root versions, ascending.
    package let roots: [Int]
    /// For each package version whether it can be installed.
    package let installable: [Bool]
    /// For each package version whether it can be installed, but not without the roots. The roots themselves are no part
    /// of the question: false.
    package let needsRoots: [Bool]
    /// How many times the SAT solver was asked; the rest follows from models and from the fixpoint.
    package let questions: Int

    /// Which versions are asked about.
    package enum Scope: Sendable {
        case everyVersion
        /// The latest versions, and every version of whatever may come to the roots or stands beside it in a
        /// dependency: all that a plan speaks of, at a fraction of the work. `installable` tells nothing of the others.
        case latestAndTied
    }

    /// - Parameter roots: the positions of the versions that are taken away, camlp4's for example.
    package init(universe: Universe, world: World, roots: [Int], scope: Scope = .everyVersion) {
        let problem = DependencyProblem(universe: universe, world: world)
        let reach = problem.reach(of: roots)
        switch scope {
        case .everyVersion:
            self.init(problem, world: world, roots: roots, reach: reach, asking: Array(0..<problem.packageCount))
        case .latestAndTied:
            var names = [Bool](repeating: false, count: universe.names.count)
            for node in reach.indices where reach[node] {
                if node < problem.packageCount { names[universe.packages[node].name] = true }
                for requirement in problem.requirements[node] {
                    for member in problem.members(of: requirement.choice) where member < problem.packageCount {
                        names[universe.packages[Int(member)].name] = true
                    }
                }
            }
            let asked = universe.versions.enumerated().flatMap { name, versions in
                names[name] ? Array(versions) : Array(versions.suffix(1))
            }
            self.init(problem, world: world, roots: roots, reach: reach, asking: asked)
        }
    }

    /// Asks about these versions alone; `installable` and `needsRoots` tell nothing of the others.
    package init(universe: Universe, world: World, roots: [Int], asking asked: [Int]) {
        let problem = DependencyProblem(universe: universe, world: world)
        self.init(problem, world: world, roots: roots, reach: problem.reach(of: roots), asking: asked)
    }

    init(_ problem: DependencyProblem, world: World, roots: [Int]) {
        self.init(
            problem, world: world, roots: roots, reach: problem.reach(of: roots),
            asking: Array(0..<problem.packageCount))
    }

    private init(_ problem: DependencyProblem, world: World, roots: [Int], reach: [Bool], asking asked: [Int]) {
        let solver = InstallabilitySolver(problem, roots: roots, solver: CaDiCaL(prefersTrue: true))
        let count = problem.packageCount
        // What can be installed without the roots can be installed with them, so that comes first; and what cannot come
        // to them cannot gain by them.
        let without = solver.installable(among: asked, .init(rootsExist: false))
        let with = solver.installable(among: asked.filter { reach[$0] }, .init(rootsExist: true), known: without)
        self.world = world
        self.roots = roots.sorted()
        installable = Array(with[..<count])
        var needsRoots = [Bool](repeating: false, count: count)
        for position in asked { needsRoots[position] = with[position] && !without[position] }
        for root in roots { needsRoots[root] = false }
        self.needsRoots = needsRoots
        questions = solver.questions
    }

    /// The positions of all versions that need the roots, ascending.
    package var needing: [Int] { needsRoots.indices.filter { needsRoots[$0] } }
}
