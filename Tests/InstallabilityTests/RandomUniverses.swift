import OpamFormat
import Universe

/// Small random numbers that repeat: xorshift with a seed.
struct SeededNumbers {
    private var state: UInt64

    init(seed: Int) {
        state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        for _ in 0..<8 { _ = next(2) }
    }

    mutating func next(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int((state >> 11) % UInt64(bound))
    }

    mutating func chance(_ percent: Int) -> Bool { next(100) < percent }
}

/// Small random universes: up to `names` names with up to three versions, and in their files conjunctions inside
/// disjunctions, constraints, kinds, conflicts, conflict classes, `available` and cycles.
struct RandomUniverse {
    let entries: [(identifier: String, text: String)]

    init(seed: Int, names: Int = 6) {
        var numbers = SeededNumbers(seed: seed)
        let letters = (0..<names).map { "p\($0)" } + ["ghost"]
        var entries: [(identifier: String, text: String)] = []
        for name in letters.dropLast() {
            for version in 1...(1 + numbers.next(3)) {
                entries.append(("\(name).\(version)", Self.file(letters, &numbers)))
            }
        }
        self.entries = entries
    }

    var universe: Universe {
        Universe(
            entries: entries.compactMap { identifier, text in
                RepositoryLayout.identity(folder: identifier).map {
                    Universe.Entry(
                        name: $0.name, version: $0.version, path: "packages/\(identifier)/opam",
                        file: OpamFile(parsing: Array(text.utf8)))
                }
            })
    }

    private static func file(_ names: [String], _ numbers: inout SeededNumbers) -> String {
        var text = "opam-version: \"2.0\"\n"
        let count = numbers.next(4)
        if count > 0 {
            let parts = (0..<count).map { _ in formula(names, depth: 2, &numbers) }
            text += "depends: [\n" + parts.map { "  \($0)\n" }.joined() + "]\n"
        }
        if numbers.chance(35) {
            let atoms = (0..<(1 + numbers.next(2))).map { _ in atom(names, &numbers, kinds: false) }
            text += "conflicts: [\(atoms.joined(separator: " "))]\n"
        }
        if numbers.chance(20) { text += "conflict-class: \"class\(numbers.next(2))\"\n" }
        if numbers.chance(10) { text += "available: os = \"\(numbers.chance(50) ? "linux" : "win32")\"\n" }
        return text
    }

    private static func formula(_ names: [String], depth: Int, _ numbers: inout SeededNumbers) -> String {
        guard depth > 0, numbers.chance(45) else { return atom(names, &numbers, kinds: true) }
        let parts = (0..<2).map { _ in formula(names, depth: depth - 1, &numbers) }
        return "(" + parts.joined(separator: numbers.chance(70) ? " | " : " & ") + ")"
    }

    private static func atom(_ names: [String], _ numbers: inout SeededNumbers, kinds: Bool) -> String {
        let name = names[numbers.next(numbers.chance(90) ? names.count - 1 : names.count)]
        var conditions: [String] = []
        if kinds, numbers.chance(15) { conditions.append(["build", "with-test", "post"][numbers.next(3)]) }
        if numbers.chance(35) {
            let relop = ["=", "!=", ">=", "<", ">", "<="][numbers.next(6)]
            conditions.append("\(relop) \"\(1 + numbers.next(3))\"")
        }
        return conditions.isEmpty ? "\"\(name)\"" : "\"\(name)\" {\(conditions.joined(separator: " & "))}"
    }
}

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
