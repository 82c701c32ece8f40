/// What the migration of some packages frees, and what each of them contributes.
package struct WhatIf: Sendable {
    package struct Contribution: Sendable {
        /// Index of the migration.
        package let migration: Int
        /// What it frees by itself.
        package let alone: [Int]
        /// What stays tied if it alone of all is left out.
        package let marginal: [Int]
    }

    /// Positions of the versions that all of them free, ascending.
    package let freed: [Int]
    package let contributions: [Contribution]
    /// What none frees by itself.
    package let onlyTogether: [Int]
    /// What more than one frees by itself.
    package let bySeveral: [Int]

    /// - Parameter migrations: indices of migrations, in the order in which to report them.
    package init(_ migrations: [Int], in analysis: MigrationAnalysis) {
        let all = Set(migrations)
        let freed = analysis.freed(by: all)
        contributions = migrations.map { migration in
            let without = Set(analysis.freed(by: all.subtracting([migration])))
            return Contribution(
                migration: migration, alone: analysis.freed(by: [migration]),
                marginal: freed.filter { !without.contains($0) })
        }
        var times: [Int: Int] = [:]
        for contribution in contributions { for position in contribution.alone { times[position, default: 0] += 1 } }
        self.freed = freed
        onlyTogether = freed.filter { times[$0] == nil }
        bySeveral = freed.filter { times[$0, default: 0] > 1 }
    }
}
