import OpamFormat
package import Universe

/// Small random numbers that repeat: xorshift with a seed.
package struct SeededNumbers {
    private var state: UInt64

    package init(seed: Int) {
        state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        for _ in 0..<8 { _ = next(2) }
    }

    package mutating func next(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int((state >> 11) % UInt64(bound))
    }

    package mutating func chance(_ percent: Int) -> Bool { next(100) < percent }
}

/// Small random universes: up to `names` names with up to three versions, and in their files conjunctions inside
/// disjunctions, constraints, kinds, conflicts, conflict classes, `available` and cycles.
package struct RandomUniverse {
    package let entries: [(identifier: String, text: String)]

    /// - Parameters:
    ///   - prefix: stands before all names, so that several universes can share a repository.
    ///   - pairs: whether braces may hold two kinds of dependencies.
    package init(seed: Int, prefix: String = "", names: Int = 6, pairs: Bool = false) {
        var numbers = SeededNumbers(seed: seed)
        let known = (0..<names).map { "\(prefix)p\($0)" } + ["\(prefix)ghost"]
        var entries: [(identifier: String, text: String)] = []
        for name in known.dropLast() {
            for version in 1...(1 + numbers.next(3)) {
                entries.append(("\(name).\(version)", Self.file(known, prefix, pairs, &numbers)))
            }
        }
        self.entries = entries
    }

    package var universe: Universe { Self.universe(of: entries) }

    package static func universe(of entries: [(identifier: String, text: String)]) -> Universe {
        Universe(
            entries: entries.compactMap { identifier, text in
                RepositoryLayout.identity(folder: identifier).map {
                    Universe.Entry(
                        name: $0.name, version: $0.version, path: "packages/\(identifier)/opam",
                        file: OpamFile(parsing: Array(text.utf8)))
                }
            })
    }

    private static func file(_ names: [String], _ prefix: String, _ pairs: Bool, _ numbers: inout SeededNumbers)
        -> String
    {
        var text = "opam-version: \"2.0\"\n"
        let count = numbers.next(4)
        if count > 0 {
            let parts = (0..<count).map { _ in formula(names, depth: 2, pairs, &numbers) }
            text += "depends: [\n" + parts.map { "  \($0)\n" }.joined() + "]\n"
        }
        if numbers.chance(35) {
            let atoms = (0..<(1 + numbers.next(2))).map { _ in atom(names, &numbers, kinds: false, pairs: false) }
            text += "conflicts: [\(atoms.joined(separator: " "))]\n"
        }
        if numbers.chance(20) { text += "conflict-class: \"\(prefix)class\(numbers.next(2))\"\n" }
        if numbers.chance(10) { text += "available: os = \"\(numbers.chance(50) ? "linux" : "win32")\"\n" }
        return text
    }

    private static func formula(
        _ names: [String], depth: Int, _ pairs: Bool, _ numbers: inout SeededNumbers
    ) -> String {
        guard depth > 0, numbers.chance(45) else { return atom(names, &numbers, kinds: true, pairs: pairs) }
        let parts = (0..<2).map { _ in formula(names, depth: depth - 1, pairs, &numbers) }
        return "(" + parts.joined(separator: numbers.chance(70) ? " | " : " & ") + ")"
    }

    private static func atom(
        _ names: [String], _ numbers: inout SeededNumbers, kinds: Bool, pairs: Bool
    ) -> String {
        let name = names[numbers.next(numbers.chance(90) ? names.count - 1 : names.count)]
        var conditions: [String] = []
        if kinds, numbers.chance(15) { conditions.append(["build", "with-test", "post"][numbers.next(3)]) }
        if pairs, numbers.chance(25) {
            conditions.append(["build", "with-test", "!post", "!build", "dev"][numbers.next(5)])
        }
        if numbers.chance(35) {
            let relop = ["=", "!=", ">=", "<", ">", "<="][numbers.next(6)]
            conditions.append("\(relop) \"\(1 + numbers.next(3))\"")
        }
        return conditions.isEmpty ? "\"\(name)\"" : "\"\(name)\" {\(conditions.joined(separator: " & "))}"
    }
}
