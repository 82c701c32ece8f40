package import Universe

/// A set of packages that can move at the same time, once the waves before have.
package struct Wave: Sendable {
    package let number: Int
    /// In the order of the plan.
    package let packages: [String]
    /// How many more latest versions are free of camlp4 when it is done.
    package let frees: Int
}

/// Packages that cannot move apart.
package struct FlagDay: Sendable {
    package let id: String
    package let packages: [String]
    package let reason: String
    /// Whether the solver has shown for each link of the set that nothing that can be installed holds one end moved and the
    /// other not.
    package let isProved: Bool
}

/// Two packages of which one has to move before the other: the solver has shown that nothing that can be installed holds the
/// second moved and the first not.
package struct Precedence: Sendable, Hashable {
    package let first: String
    package let second: String
    /// The form of an extension that the second one drops in its move, as findlib calls it (`lwt.syntax`): what is said is about a
    /// release without it. Nil for any move.
    package let drops: String?
}

/// The whole plan of a universe; a pure value, the same for the same input.
package struct Plan: Sendable {
    package let world: World
    /// The packages that are to go, by name.
    package let removed: [String]
    /// The day for which replacements are suggested (YYYY-MM-DD).
    package let date: String
    /// How it was decided what needs camlp4.
    package let method: String
    /// Every package, in opam's order of names.
    package let packages: [PlanEntry]
    package let waves: [Wave]
    package let flagDays: [FlagDay]
    /// Packages that need what is to go even after the last wave: their ways around exclude each other.
    package let left: [String]
    /// Who has to move before whom, by names.
    package let precedences: [Precedence]
    /// What sources say otherwise than metadata; empty where none were read.
    package let conflicts: [EvidenceConflict]
    package let graph: NameGraph
    /// The packages put first.
    package let first: [String]

    /// How `PlanEntry.priority` comes about.
    package static let priorityFormula = "100 × (10 × frees + transitive dependents) ÷ (20 + constructs to convert)"

    package func entry(_ name: String) -> PlanEntry? {
        graph.universe.position(of: name).map { packages[$0] }
    }

    /// Number of packages of each status, in the order in which statuses are declared; those that do not occur too.
    package var totals: [(status: Status, count: Int)] {
        var counts: [Status: Int] = [:]
        for entry in packages { counts[entry.status, default: 0] += 1 }
        return Status.allCases.map { ($0, counts[$0] ?? 0) }
    }
}

extension Plan {
    /// How many packages of each status rest on each kind of evidence; combinations that do not occur are left out.
    package var totalsByEvidence: [(status: Status, evidence: Evidence, count: Int)] {
        var counts: [Status: [Evidence: Int]] = [:]
        for entry in packages { counts[entry.status, default: [:]][entry.evidence, default: 0] += 1 }
        return Status.allCases.flatMap { status in
            Evidence.allCases.compactMap { evidence in
                (counts[status]?[evidence]).map { (status, evidence, $0) }
            }
        }
    }
}
