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

    /// - Parameter roots: the positions of the versions that are taken away, camlp4's for example.
    package init(universe: Universe, world: World, roots: [Int]) {
        let problem = DependencyProblem(universe: universe, world: world)
        self.init(problem, world: world, roots: roots)
    }

    init(_ problem: DependencyProblem, world: World, roots: [Int]) {
        let solver = InstallabilitySolver(problem, roots: roots, solver: CaDiCaL(prefersTrue: true))
        let count = problem.packageCount
        // What can be installed without the roots can be installed with them, so that comes first.
        let without = solver.installable(among: Array(0..<count), .init(rootsExist: false))
        let with = solver.installable(among: Array(0..<count), .init(rootsExist: true), known: without)
        self.world = world
        self.roots = roots.sorted()
        installable = Array(with[..<count])
        var needsRoots = (0..<count).map { with[$0] && !without[$0] }
        for root in roots { needsRoots[root] = false }
        self.needsRoots = needsRoots
        questions = solver.questions
    }

    /// The positions of all versions that need the roots, ascending.
    package var needing: [Int] { needsRoots.indices.filter { needsRoots[$0] } }
}
