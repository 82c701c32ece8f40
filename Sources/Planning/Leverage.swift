import Installability
import Universe

/// How many latest versions become free of the roots when packages move: the fixpoint names what can be at all, the solver
/// says what is.
struct Leverage {
    private let fixpoint: Fixpoint
    private let liberation: Liberation
    private let universe: Universe
    private let roots: Set<Int>
    private let with: [Bool]
    private let without: [Bool]

    /// - Parameters:
    ///   - roots: positions of names.
    ///   - with: which versions can be installed, the roots being there.
    ///   - without: which can without them.
    init(
        _ fixpoint: Fixpoint, _ liberation: Liberation, universe: Universe, roots: Set<Int>, with: [Bool],
        without: [Bool]
    ) {
        self.fixpoint = fixpoint
        self.liberation = liberation
        self.universe = universe
        self.roots = roots
        self.with = with
        self.without = without
    }

    /// The latest versions that are freed where some packages move, given by the positions of their names; ascending.
    func freed(migrating names: [Int]) -> [Int] {
        let latest = names.map { universe.versions[$0].upperBound - 1 }
        let migrating = Set(latest)
        let perhaps = fixpoint.joined(
            to: without, changing: migrating.sorted(),
            canReturn: { with[$0] && !roots.contains(universe.packages[$0].name) },
            { change($0, $1, migrating) }
        ).filter(universe.isLatest)
        return liberation.freed(by: latest, among: perhaps)
    }

    /// What the migration of a version changes in its atoms.
    private func change(
        _ position: Int, _ atom: Requirements.Alternative, _ migrating: Set<Int>
    ) -> Fixpoint.Change {
        guard migrating.contains(position), let name = atom.name else { return .kept }
        return roots.contains(name) || SyntaxPackage.named(universe.names[name]) != nil ? .dropped : .lifted
    }
}
