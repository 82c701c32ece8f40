package import Universe

/// What packages can do apart from each other: each latest version has a form before its move and one after it, and the solver
/// says which forms can be installed beside which.
///
/// A moved version has lost its dependencies on what goes, has its upper bounds on what is free lifted, and depends on the
/// packages that take the place of the extensions it uses. Other packages may have moved or not, as suits the installation.
package final class MoveAnalysis {
    private let solver: InstallabilitySolver
    private let indices: [Int: Int]

    /// - Parameters:
    ///   - roots: the positions of the versions that are to go; in these questions they are there.
    ///   - moves: one a package at most.
    ///   - services: extensions that come with packages among them.
    package init(
        universe: Universe, world: World, roots: [Int], moves: [DependencyProblem.Migration],
        services: [DependencyProblem.ExtensionService]
    ) {
        let problem = DependencyProblem(universe: universe, world: world, migrations: moves, services: services)
        solver = InstallabilitySolver(problem, roots: roots, solver: CaDiCaL(prefersTrue: false))
        indices = Dictionary(moves.enumerated().map { ($1.position, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether a version can be installed after its move. A form that cannot be installed at all proves nothing about others.
    package func canMove(_ position: Int) -> Bool {
        indices[position].map { solver.canStand(together: [position], made: [$0], notMade: []) } ?? false
    }

    /// Whether some installation holds two versions, neither of which has moved.
    package func canStay(_ position: Int, with other: Int) -> Bool {
        guard let first = indices[position], let second = indices[other] else { return false }
        return solver.canStand(together: [position, other], made: [], notMade: [first, second])
    }

    /// Whether some installation holds one version after its move beside another one's package that has not moved.
    package func canStand(moved: Int, beside unmoved: Int) -> Bool {
        guard let made = indices[moved], let notMade = indices[unmoved] else { return true }
        return solver.canStand(together: [moved], made: [made], notMade: [notMade])
    }

    /// Whether some installation holds two versions, the one after its move and the other before its own.
    package func canStand(moved: Int, together unmoved: Int) -> Bool {
        guard let made = indices[moved], let notMade = indices[unmoved] else { return true }
        return solver.canStand(together: [moved, unmoved], made: [made], notMade: [notMade])
    }
}

/// What moves of packages free, exactly: the fixpoint's answers, checked by the solver.
package final class Liberation {
    private let solver: InstallabilitySolver
    private let indices: [Int: Int]

    /// - Parameter moves: what is dropped and lifted; what is added does not count here.
    package init(universe: Universe, world: World, roots: [Int], moves: [DependencyProblem.Migration]) {
        let plain = moves.map { move in
            DependencyProblem.Migration(position: move.position, dropped: move.dropped, lifted: move.lifted)
        }
        let problem = DependencyProblem(universe: universe, world: world, migrations: plain)
        solver = InstallabilitySolver(problem, roots: roots, solver: CaDiCaL(prefersTrue: false))
        indices = Dictionary(moves.enumerated().map { ($1.position, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Those of some versions that can be installed without the roots once others have moved.
    package func freed(by moved: [Int], among candidates: [Int]) -> [Int] {
        guard !candidates.isEmpty else { return [] }
        let migrations = Set(moved.compactMap { indices[$0] })
        let circumstances = InstallabilitySolver.Circumstances(rootsExist: false, migrations: migrations)
        let installable = solver.installable(among: candidates, circumstances)
        return candidates.filter { installable[$0] }
    }
}
