package import OpamFormat
package import Universe

/// Why a version cannot be installed without the roots, or at all: a shortest chain of dependencies, each of which leaves
/// no way around.
package struct DependencyPath: Sendable {
    /// One dependency on the way.
    package struct Step: Sendable {
        /// The version that depends.
        package let from: Int
        package let kind: EdgeKind
        package let atom: PackageAtom
        /// The other names of the same disjunction, none of which helps.
        package let alternatives: [String]
        /// The version that the chain goes on with, the highest of those that are as near; nil where the chain ends
        /// because no version of the repository fits, or none that fits is available in this world.
        package let to: Int?
    }

    package let steps: [Step]
    /// Whether every step is forced: no alternative of its clause can be installed without the roots. Where it is not,
    /// conflicts between packages close the way around.
    package let isForced: Bool

    /// The chain from a version that needs the roots to one of them; nil where there is none.
    package init?(toRootsFrom position: Int, in universe: Universe, _ needs: NeedAnalysis) {
        let roots = Set(needs.roots)
        let isFree = { (node: Int) in needs.installable[node] && !needs.needsRoots[node] && !roots.contains(node) }
        let search = PathSearch(universe: universe, world: needs.world)
        // A version that cannot be installed at all leads nowhere.
        let canFollow = { (node: Int) in needs.needsRoots[node] || (roots.contains(node) && needs.installable[node]) }
        let isGoal = { (node: Int) in roots.contains(node) }
        if let steps = search.path(from: position, isFree: isFree, canFollow: canFollow, isGoal: isGoal) {
            self.steps = steps
            isForced = true
        } else if let steps = search.path(
            from: position, isFree: { _ in false }, canFollow: { needs.installable[$0] }, isGoal: isGoal)
        {
            self.steps = steps
            isForced = false
        } else {
            return nil
        }
    }

    /// The chain from a version that cannot be installed to a dependency that nothing meets; nil where conflicts alone
    /// are the reason, or the version itself is not available.
    package init?(toObstacleFrom position: Int, in universe: Universe, _ needs: NeedAnalysis) {
        let search = PathSearch(universe: universe, world: needs.world)
        guard
            let steps = search.path(
                from: position, isFree: { needs.installable[$0] }, canFollow: { !needs.installable[$0] },
                isGoal: { _ in false }, endsAtGap: true)
        else { return nil }
        self.steps = steps
        isForced = true
    }
}

/// Breadth-first search along dependencies.
private struct PathSearch {
    let universe: Universe
    let world: World

    /// - Parameters:
    ///   - isFree: versions whose presence meets a clause, so that it is not followed.
    ///   - canFollow: versions that the path may go through.
    ///   - endsAtGap: whether the path ends at a clause that nothing meets, rather than at a goal.
    func path(
        from start: Int, isFree: (Int) -> Bool, canFollow: (Int) -> Bool, isGoal: (Int) -> Bool,
        endsAtGap: Bool = false
    ) -> [DependencyPath.Step]? {
        var cameBy: [Int: DependencyPath.Step] = [:]
        var queue = [start]
        var next = 0
        while next < queue.count {
            let node = queue[next]
            next += 1
            for step in steps(from: node, isFree) {
                let targets = step.targets.filter(canFollow).reversed()
                if endsAtGap, targets.isEmpty || targets.allSatisfy({ !isAvailable($0) }) {
                    return trace(step.step, cameBy, start)
                }
                for target in targets where target != start && cameBy[target] == nil {
                    let step = step.step.leading(to: target)
                    cameBy[target] = step
                    if isGoal(target) { return trace(step, cameBy, start) }
                    queue.append(target)
                }
            }
        }
        return nil
    }

    private func isAvailable(_ position: Int) -> Bool {
        let package = universe.packages[position]
        if let ocaml = world.ocaml, universe.name(position) == "ocaml" { return package.version.isSame(as: ocaml) }
        return world.anyPlatform || package.file.available.isTrue(undefined: false) { world.value(of: $0) }
    }

    private func trace(
        _ last: DependencyPath.Step, _ cameBy: [Int: DependencyPath.Step], _ start: Int
    ) -> [DependencyPath.Step] {
        var steps = [last]
        while let first = steps.first, first.from != start, let before = cameBy[first.from] {
            steps.insert(before, at: 0)
        }
        return steps
    }

    /// The atoms of all clauses of a version that no free version meets.
    private func steps(
        from position: Int, _ isFree: (Int) -> Bool
    ) -> [(step: DependencyPath.Step, targets: [Int])] {
        let package = universe.packages[position]
        let environment = world.environment(of: package, named: universe.name(position))
        let formula = package.file.depends.flatMap { dependency -> Formula<KindedAtom> in
            guard let atom = dependency.resolved(environment) else { return .empty }
            return .atom(
                KindedAtom(atom: atom, kind: dependency.edgeKind(environment), matches: universe.matches(atom)))
        }
        return formula.conjuncts.flatMap { conjunct -> [(step: DependencyPath.Step, targets: [Int])] in
            if conjunct.holds({ $0.matches.contains(where: isFree) }) { return [] }
            let atoms = conjunct.atoms
            return atoms.map { atom in
                var seen: Set = [atom.atom.name]
                let others = atoms.map(\.atom.name).filter { seen.insert($0).inserted }
                let step = DependencyPath.Step(
                    from: position, kind: atom.kind, atom: atom.atom, alternatives: others, to: nil)
                return (step, atom.matches)
            }
        }
    }

    private struct KindedAtom: Sendable {
        let atom: PackageAtom
        let kind: EdgeKind
        let matches: [Int]
    }
}

extension DependencyPath.Step {
    fileprivate func leading(to target: Int) -> DependencyPath.Step {
        DependencyPath.Step(from: from, kind: kind, atom: atom, alternatives: alternatives, to: target)
    }
}

extension Dependency {
    /// The first of the kinds without which the filters drop the dependency.
    fileprivate func edgeKind(_ environment: Filter.Environment) -> EdgeKind {
        let variables: [(EdgeKind, String)] = [
            (.build, "build"), (.test, "with-test"), (.doc, "with-doc"), (.post, "post"),
        ]
        for (kind, name) in variables {
            let remains = resolved { $0.isGlobal && $0.name == name ? .bool(false) : environment($0) }
            if remains == nil { return kind }
        }
        return .depends
    }
}
