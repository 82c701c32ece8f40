import OpamFormat
import Universe

/// What ties a version that needs the roots to them, told apart by who has to act.
struct OwnWork {
    struct Use {
        let package: SyntaxPackage
        let text: String
    }

    struct Bound {
        let text: String
        /// NAME.VERSION of the newest version that would do.
        let free: String
    }

    /// Its own atoms on roots, as opam files spell them.
    private(set) var rootAtoms: [String] = []
    /// Its own atoms on packages that are syntax extensions.
    private(set) var syntaxPackages: [Use] = []
    /// Its own constraints that shut out versions free of the roots.
    private(set) var bounds: [Bound] = []
    /// Names of which no version from the admitted ones on is free, ascending.
    private(set) var blockers: [Int] = []
    /// Whether there is nothing that the package's own maintainers would change.
    var isEmpty: Bool { rootAtoms.isEmpty && syntaxPackages.isEmpty && bounds.isEmpty }
    /// No clause fails by itself: the versions that are free of the roots exclude each other.
    private(set) var isHeldByConflicts = false

    init() {}

    init(of position: Int, roots: Set<Int>, _ requirements: Requirements, with: [Bool], without: [Bool]) {
        let universe = requirements.universe
        var isTied = false
        var blockers = Set<Int>()
        for clause in requirements.clauses[position] {
            // What it meets itself is no tie.
            if clause.alternatives.contains(where: { $0.matches.contains(position) }) { continue }
            guard !clause.alternatives.contains(where: { $0.matches.contains { without[$0] } }) else { continue }
            isTied = true
            for alternative in clause.alternatives where alternative.matches.contains(where: { with[$0] }) {
                guard let name = alternative.name else { continue }
                let text = PathStep(
                    name: alternative.atom.name, kind: alternative.kind, constraint: alternative.atom.constraintText
                ).quoted
                if roots.contains(name) {
                    rootAtoms.append(text)
                } else if let syntax = SyntaxPackage.named(alternative.atom.name) {
                    syntaxPackages.append(Use(package: syntax, text: text))
                } else if let free = Self.newer(than: alternative, name, universe, without) {
                    bounds.append(Bound(text: text, free: universe.identifier(free)))
                } else {
                    blockers.insert(name)
                }
            }
        }
        if !isTied {
            // Older versions would do one by one and not together, so what is waited for are the new ones.
            isHeldByConflicts = true
            for alternative in requirements.clauses[position].flatMap(\.alternatives) {
                guard let name = alternative.name, let last = alternative.matches.last(where: { with[$0] }),
                    !without[last], !alternative.matches.contains(position)
                else { continue }
                blockers.insert(name)
            }
        }
        self.blockers = blockers.sorted()
    }

    /// The newest version behind an upper bound that is free of the roots. Older ones are no way forward.
    private static func newer(
        than alternative: Requirements.Alternative, _ name: Int, _ universe: Universe, _ without: [Bool]
    ) -> Int? {
        guard let last = alternative.matches.last else { return nil }
        return ((last + 1)..<max(last + 1, universe.versions[name].upperBound)).last { without[$0] }
    }
}
