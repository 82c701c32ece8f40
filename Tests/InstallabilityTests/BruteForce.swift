import OpamFormat
import Universe

/// Installability by trying every set of packages: the definition itself, and nothing shared with the solver but the
/// reading of files.
struct BruteForce {
    private let universe: Universe
    private let roots: Set<Int>
    private let dropped: Set<String>
    private let dependencies: [Formula<PackageAtom>]
    private let conflicts: [[PackageAtom]]
    private let isAvailable: [Bool]

    init(_ universe: Universe, _ world: World, roots: [Int], dropping dropped: Set<String> = []) {
        self.universe = universe
        self.roots = Set(roots)
        self.dropped = dropped
        let value: Filter.Environment = { world.value(of: $0) }
        dependencies = universe.packages.map { $0.file.depends.resolved(value) }
        conflicts = universe.packages.map { $0.file.conflicts.resolved(value).atoms }
        isAvailable = universe.packages.map { world.anyPlatform || $0.file.available.isTrue(undefined: false, value) }
    }

    /// Every version that is in some set of packages that can stand together.
    func installable(withRoots: Bool, migrated: Set<Int> = []) -> [Bool] {
        var result = [Bool](repeating: false, count: universe.packages.count)
        var chosen: [Int] = []
        extend(&chosen, from: 0, withRoots, migrated, &result)
        return result
    }

    private func extend(
        _ chosen: inout [Int], from name: Int, _ withRoots: Bool, _ migrated: Set<Int>, _ result: inout [Bool]
    ) {
        guard name < universe.names.count else {
            if isConsistent(chosen, migrated) { for position in chosen { result[position] = true } }
            return
        }
        extend(&chosen, from: name + 1, withRoots, migrated, &result)
        for position in universe.versions[name] where isAvailable[position] {
            if !withRoots, roots.contains(position) { continue }
            chosen.append(position)
            extend(&chosen, from: name + 1, withRoots, migrated, &result)
            chosen.removeLast()
        }
    }

    private func isConsistent(_ chosen: [Int], _ migrated: Set<Int>) -> Bool {
        let matches: (PackageAtom) -> Bool = { atom in
            chosen.contains { universe.name($0) == atom.name && atom.admits(universe.packages[$0].version) }
        }
        return chosen.allSatisfy { position in
            let isMigrated = migrated.contains(position)
            let name = universe.name(position)
            let classes = Set(universe.packages[position].file.conflictClasses)
            return dependencies[position].holds { (isMigrated && dropped.contains($0.name)) || matches($0) }
                && !conflicts[position].contains { $0.name != name && matches($0) }
                && !chosen.contains { other in
                    other != position
                        && !classes.isDisjoint(with: universe.packages[other].file.conflictClasses)
                }
        }
    }
}
