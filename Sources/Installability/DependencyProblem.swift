package import OpamFormat

/// What can be installed together, in one world: nodes, of which some must, may or cannot stand beside others.
///
/// The first nodes are the package versions of the universe, by their positions. Behind them come nodes that stand for
/// something else: a part of a formula, or a release of OCaml where the world leaves the compiler open. A pure value, free
/// of opam's words, so that the same problem can be solved in more ways than one and held against each other.
package struct DependencyProblem: Sendable {
    /// One of `choices[choice]` must be installed.
    package struct Requirement: Sendable, Hashable {
        package let choice: Int32
        /// The index of the migration that makes this requirement appear or vanish; -1 for none.
        package let migration: Int32
        /// Whether the requirement holds after that migration (and not before) or before it (and not after).
        package let holdsAfter: Bool

        init(_ choice: Int32, migration: Int32 = -1, holdsAfter: Bool = false) {
            self.choice = choice
            self.migration = migration
            self.holdsAfter = holdsAfter
        }

        /// Whether the requirement holds, given which migrations have been made.
        func holds(_ isMigrated: [Bool]) -> Bool {
            migration < 0 || isMigrated[Int(migration)] == holdsAfter
        }
    }

    /// A package version that can change its dependencies.
    package struct Migration: Sendable, Hashable {
        package let position: Int
        /// Names on which it does not depend any more.
        package let dropped: Set<String>
        /// Names whose upper bounds go: newer versions than those admitted will do too.
        package let lifted: Set<String>
        /// What it depends on instead.
        package let added: [PackageAtom]

        package init(
            position: Int, dropped: Set<String>, lifted: Set<String> = [], added: [PackageAtom] = []
        ) {
            self.position = position
            self.dropped = dropped
            self.lifted = lifted
            self.added = added
        }
    }

    /// An extension that a package ships: users need a version with the form that they are written in.
    package struct ExtensionService: Sendable, Hashable {
        /// The position of the provider's latest version, which loses the camlp4 form and gains the other by its migration.
        package let provider: Int
        /// Versions of the provider that have each form as they are, ascending.
        package let camlp4: [Int]
        package let ppx: [Int]
        /// The positions of versions that use the camlp4 form before their migration and the other after it.
        package let users: [Int]

        package init(provider: Int, camlp4: [Int], ppx: [Int], users: [Int]) {
            self.provider = provider
            self.camlp4 = camlp4
            self.ppx = ppx
            self.users = users
        }
    }

    /// How many nodes are package versions.
    package internal(set) var packageCount = 0
    /// Sets of nodes, each once, members ascending.
    var choices = Lists()
    package internal(set) var requirements: [[Requirement]] = []
    /// For each node the choices of which no member may stand beside it.
    var conflicts: [[Int32]] = []
    /// Groups of which at most one member can be installed.
    var exclusive: [[Int32]] = []
    /// False for nodes that the world rules out.
    package internal(set) var isPossible: [Bool] = []
    package internal(set) var migrations: [Migration] = []

    package var nodeCount: Int { requirements.count }

    /// The members of a choice, ascending.
    package func members(of choice: Int32) -> ArraySlice<Int32> { choices[Int(choice)] }

    /// For each node whether requirements lead from it to one of `targets`, through any member of any choice. Linear.
    func reach(of targets: [Int]) -> [Bool] {
        var requirers: [(key: Int32, value: Int32)] = []
        for (node, requirements) in requirements.enumerated() {
            for requirement in requirements { requirers.append((requirement.choice, Int32(node))) }
        }
        let requirersOfChoice = Lists(count: choices.count, pairs: requirers)
        var members: [(key: Int32, value: Int32)] = []
        members.reserveCapacity(choices.elements.count)
        for choice in choices.indices {
            for member in choices[choice] { members.append((member, Int32(choice))) }
        }
        let choicesOfMember = Lists(count: nodeCount, pairs: members)
        var reached = [Bool](repeating: false, count: nodeCount)
        var isSeen = [Bool](repeating: false, count: choices.count)
        for target in targets { reached[target] = true }
        var pending = targets
        while let node = pending.popLast() {
            for choice in choicesOfMember[node] where !isSeen[Int(choice)] {
                isSeen[Int(choice)] = true
                for requirer in requirersOfChoice[Int(choice)] where !reached[Int(requirer)] {
                    reached[Int(requirer)] = true
                    pending.append(Int(requirer))
                }
            }
        }
        return reached
    }
}
