/// Builds installations without ever going back on a choice: quick, and a proof where it succeeds. Where it fails a few
/// times, nothing is known and the solver decides.
///
/// Requirements with few alternatives are met first, the highest version first among the alternatives; a requirement
/// within one name rules out that name's other versions as soon as it arises, which settles most of what a search would
/// have to take back. A node whose requirement could not be met is blamed, now and later the last to be chosen.
struct GreedyInstaller {
    private let problem: DependencyProblem
    /// For each node the groups of `problem.exclusive` that it is in.
    private let groups: Lists
    /// For each choice the group that holds all its members; -1 where there is none.
    private let groupOfChoice: [Int32]
    /// For each choice how many members the fixpoint leaves.
    private let sizes: [Int]
    private let isPossible: [Bool]
    private let holds: (DependencyProblem.Requirement) -> Bool

    // Marks of the current attempt: equal to `attempt` where set, so that nothing has to be cleared.
    private var attempt: Int32 = 0
    private var isInstalled: [Int32]
    private var isForbidden: [Int32]
    private var isTaken: [Int32]
    private var isRequired: [Int32]
    /// For each choice that is required the node that required it first.
    private var requirer: [Int32]
    /// For each forbidden node the node that forbade it first.
    private var forbidder: [Int32]
    /// How often each node has been blamed.
    private var blame: [Int32]
    private(set) var installed: [Int32] = []
    private var pending = ChoiceQueue()

    /// - Parameters:
    ///   - survivors: the nodes that the fixpoint leaves.
    ///   - holds: which requirements count.
    init(
        _ problem: DependencyProblem, survivors: [Bool], where holds: @escaping (DependencyProblem.Requirement) -> Bool
    ) {
        self.problem = problem
        self.holds = holds
        isPossible = survivors
        var pairs: [(key: Int32, value: Int32)] = []
        for (group, members) in problem.exclusive.enumerated() {
            for member in members { pairs.append((member, Int32(group))) }
        }
        let groups = Lists(count: problem.nodeCount, pairs: pairs)
        self.groups = groups
        groupOfChoice = problem.choices.indices.map { choice in
            let members = problem.choices[choice]
            guard let first = members.first, let group = groups[Int(first)].first else { return -1 }
            return members.allSatisfy { groups[Int($0)].first == group } ? group : -1
        }
        sizes = problem.choices.indices.map { problem.choices[$0].count { survivors[Int($0)] } }
        isInstalled = [Int32](repeating: 0, count: problem.nodeCount)
        isForbidden = isInstalled
        isTaken = [Int32](repeating: 0, count: problem.exclusive.count)
        isRequired = [Int32](repeating: 0, count: problem.choices.count)
        requirer = isRequired
        blame = isInstalled
        forbidder = isInstalled
    }

    /// Tries to install a node; what was installed with it stands in `installed`.
    mutating func install(_ node: Int) -> Bool {
        guard isPossible[node] else { return false }
        for _ in 0..<Self.attemptsPerNode {
            guard let failed = attempt(node) else { return true }
            let culprits = culprits(of: failed).filter { $0 != node }
            if culprits.isEmpty { return false }
            for culprit in culprits { blame[Int(culprit)] += 1 }
        }
        return false
    }

    private static let attemptsPerNode = 8

    /// Who required what could not be met, and who stood in the way of its highest version.
    private func culprits(of choice: Int32) -> Set<Int32> {
        var culprits: Set<Int32> = [requirer[Int(choice)]]
        guard let member = problem.choices[Int(choice)].last(where: { isPossible[Int($0)] }) else { return culprits }
        if isForbidden[Int(member)] == attempt { culprits.insert(forbidder[Int(member)]) }
        for group in groups[Int(member)] where isTaken[Int(group)] == attempt {
            for other in problem.exclusive[Int(group)] where isInstalled[Int(other)] == attempt {
                culprits.insert(other)
            }
        }
        return culprits
    }

    /// Returns the choice that could not be met, or nil after success.
    private mutating func attempt(_ node: Int) -> Int32? {
        attempt += 1
        installed.removeAll(keepingCapacity: true)
        pending.removeAll()
        add(Int32(node))
        while let choice = pending.popSmallest() {
            let members = problem.choices[Int(choice)]
            if members.contains(where: { isInstalled[Int($0)] == attempt }) { continue }
            guard let best = best(of: members) else { return choice }
            add(best)
        }
        return nil
    }

    /// The least blamed of the promising members, the highest among equals.
    private func best(of members: ArraySlice<Int32>) -> Int32? {
        var best: Int32?
        for member in members.reversed() where isPromising(member) {
            guard blame[Int(member)] > 0 else { return member }
            if let known = best, blame[Int(known)] <= blame[Int(member)] { continue }
            best = member
        }
        return best
    }

    /// Whether a node contradicts nothing that is installed.
    private func canStand(_ node: Int32) -> Bool {
        isOpen(node)
            && problem.conflicts[Int(node)].allSatisfy { choice in
                problem.choices[Int(choice)].allSatisfy { isInstalled[Int($0)] != attempt }
            }
    }

    /// Whether, besides, everything it requires directly still has a candidate.
    private func isPromising(_ node: Int32) -> Bool {
        canStand(node)
            && problem.requirements[Int(node)].allSatisfy { requirement in
                !holds(requirement)
                    || problem.choices[Int(requirement.choice)].contains { member in
                        isInstalled[Int(member)] == attempt || isOpen(member)
                    }
            }
    }

    private func isOpen(_ node: Int32) -> Bool {
        isPossible[Int(node)] && isForbidden[Int(node)] != attempt
            && groups[Int(node)].allSatisfy { isTaken[Int($0)] != attempt }
    }

    private mutating func add(_ node: Int32) {
        isInstalled[Int(node)] = attempt
        installed.append(node)
        for group in groups[Int(node)] { isTaken[Int(group)] = attempt }
        for choice in problem.conflicts[Int(node)] {
            for other in problem.choices[Int(choice)] { forbid(other, by: node) }
        }
        for requirement in problem.requirements[Int(node)] where holds(requirement) {
            require(requirement.choice, by: node)
        }
    }

    private mutating func require(_ choice: Int32, by node: Int32) {
        guard isRequired[Int(choice)] != attempt else { return }
        isRequired[Int(choice)] = attempt
        requirer[Int(choice)] = node
        pending.insert(choice, size: sizes[Int(choice)])
        let group = groupOfChoice[Int(choice)]
        guard group >= 0 else { return }
        var allowed = problem.choices[Int(choice)]
        for member in problem.exclusive[Int(group)] {
            if allowed.first == member { allowed.removeFirst() } else { forbid(member, by: node) }
        }
    }

    private mutating func forbid(_ node: Int32, by other: Int32) {
        guard isForbidden[Int(node)] != attempt else { return }
        isForbidden[Int(node)] = attempt
        forbidder[Int(node)] = other
    }
}

/// Choices that wait to be met, the smallest first; among equals the one that came last.
private struct ChoiceQueue {
    private var buckets = [[Int32]](repeating: [], count: 65)

    mutating func insert(_ choice: Int32, size: Int) {
        buckets[min(size, 64)].append(choice)
    }

    mutating func popSmallest() -> Int32? {
        for index in buckets.indices {
            if let choice = buckets[index].popLast() { return choice }
        }
        return nil
    }

    mutating func removeAll() {
        for index in buckets.indices { buckets[index].removeAll(keepingCapacity: true) }
    }
}
