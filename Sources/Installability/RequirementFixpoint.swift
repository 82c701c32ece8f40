/// What can be installed as far as requirements alone tell: the largest set of nodes in which each requirement of each
/// node has a member. Conflicts are not looked at, so the set may be too large, never too small: what is not in it is
/// surely not installable, and what is in it must be asked of the solver.
struct RequirementFixpoint: Sendable {
    private let problem: DependencyProblem
    /// For each node the choices that it is a member of.
    private let choicesOfMember: Lists
    /// For each choice the nodes with a requirement for it, and which one.
    private let requirers: Lists
    private let requirerRequirements: Lists

    init(_ problem: DependencyProblem) {
        self.problem = problem
        var members: [(key: Int32, value: Int32)] = []
        members.reserveCapacity(problem.choices.elements.count)
        for choice in problem.choices.indices {
            for member in problem.choices[choice] { members.append((member, Int32(choice))) }
        }
        choicesOfMember = Lists(count: problem.nodeCount, pairs: members)
        var requirers: [(key: Int32, value: Int32)] = []
        var indices: [(key: Int32, value: Int32)] = []
        for (node, requirements) in problem.requirements.enumerated() {
            for (index, requirement) in requirements.enumerated() {
                requirers.append((requirement.choice, Int32(node)))
                indices.append((requirement.choice, Int32(index)))
            }
        }
        self.requirers = Lists(count: problem.choices.count, pairs: requirers)
        requirerRequirements = Lists(count: problem.choices.count, pairs: indices)
    }

    /// The largest set without some nodes.
    ///
    /// - Parameters:
    ///   - excluded: nodes that cannot be members.
    ///   - holds: which requirements count.
    /// - Returns: for each node whether it is a member. Linear in the problem.
    func survivors(
        without excluded: [Int], where holds: (DependencyProblem.Requirement) -> Bool
    ) -> [Bool] {
        var member = problem.isPossible
        for node in excluded { member[node] = false }
        var left = problem.choices.indices.map { problem.choices[$0].count }
        var pending: [Int32] = []
        for node in member.indices where !member[node] { pending.append(Int32(node)) }
        for choice in left.indices where left[choice] == 0 {
            dropRequirers(of: choice, &member, &pending, holds)
        }
        while let node = pending.popLast() {
            for choice in choicesOfMember[Int(node)] {
                left[Int(choice)] -= 1
                if left[Int(choice)] == 0 { dropRequirers(of: Int(choice), &member, &pending, holds) }
            }
        }
        return member
    }

    private func dropRequirers(
        of choice: Int, _ member: inout [Bool], _ pending: inout [Int32],
        _ holds: (DependencyProblem.Requirement) -> Bool
    ) {
        for (node, index) in zip(requirers[choice], requirerRequirements[choice]) where member[Int(node)] {
            guard holds(problem.requirements[Int(node)][Int(index)]) else { continue }
            member[Int(node)] = false
            pending.append(node)
        }
    }
}
