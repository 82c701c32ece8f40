import Universe

/// What else can be installed once some packages have migrated, as far as dependencies alone tell: the largest set in
/// which every clause of every member has a member that satisfies it. Conflicts are not looked at, so it may be too large,
/// never too small; it takes microseconds where the solver takes milliseconds, and leverage is asked for every package.
package struct Fixpoint: Sendable {
    /// What a migration makes of one of a version's atoms.
    package enum Change: Sendable {
        case kept
        case dropped
        /// Its upper bound goes: newer versions will do too.
        case lifted
    }

    private let requirements: Requirements
    /// For each position the positions with a clause that it can satisfy.
    private let dependents: [[Int32]]

    package init(_ requirements: Requirements) {
        self.requirements = requirements
        var dependents = [[Int32]](repeating: [], count: requirements.clauses.count)
        for (position, clauses) in requirements.clauses.enumerated() {
            for clause in clauses {
                for alternative in clause.alternatives {
                    for match in alternative.matches where dependents[match].last != Int32(position) {
                        dependents[match].append(Int32(position))
                    }
                }
            }
        }
        self.dependents = dependents
    }

    /// What becomes installable where some versions lose some of their atoms.
    ///
    /// - Parameters:
    ///   - member: the largest set as things stand.
    ///   - changed: the versions that change.
    ///   - canReturn: the versions that may become members at all.
    ///   - change: what becomes of an atom of a version.
    /// - Returns: the positions that join, ascending.
    package func joined(
        to member: [Bool], changing changed: [Int], canReturn: (Int) -> Bool,
        _ change: (_ position: Int, _ atom: Requirements.Alternative) -> Change
    ) -> [Int] {
        // Only what depends on a changed version can change.
        var inCone = Set<Int>()
        var pending = changed.filter { !member[$0] && canReturn($0) }
        for position in pending { inCone.insert(position) }
        while let next = pending.popLast() {
            for dependent in dependents[next] {
                let dependent = Int(dependent)
                guard !member[dependent], canReturn(dependent), inCone.insert(dependent).inserted else { continue }
                pending.append(dependent)
            }
        }
        let cone = inCone.sorted()
        var candidate = member
        for position in cone { candidate[position] = true }
        shrink(&candidate, checking: cone, change)
        return cone.filter { candidate[$0] }
    }

    private func shrink(
        _ member: inout [Bool], checking start: [Int],
        _ change: (_ position: Int, _ atom: Requirements.Alternative) -> Change
    ) {
        var pending = start
        var isPending = [Bool](repeating: false, count: member.count)
        for position in start { isPending[position] = true }
        while let position = pending.popLast() {
            isPending[position] = false
            guard member[position], !isSatisfied(position, member, change) else { continue }
            member[position] = false
            for dependent in dependents[position] where member[Int(dependent)] && !isPending[Int(dependent)] {
                isPending[Int(dependent)] = true
                pending.append(Int(dependent))
            }
        }
    }

    private func isSatisfied(
        _ position: Int, _ member: [Bool], _ change: (_ position: Int, _ atom: Requirements.Alternative) -> Change
    ) -> Bool {
        requirements.clauses[position].allSatisfy { clause in
            clause.alternatives.contains { alternative in
                if alternative.matches.contains(where: { member[$0] }) { return true }
                switch change(position, alternative) {
                case .kept: return false
                case .dropped: return true
                case .lifted:
                    guard let name = alternative.name, let last = alternative.matches.last else { return false }
                    let end = requirements.universe.versions[name].upperBound
                    return (last..<max(last, end)).contains { member[$0] }
                }
            }
        }
    }
}
