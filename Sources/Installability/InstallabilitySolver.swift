/// Answers which nodes of a problem can be installed, with and without a set of roots, before and after migrations: one
/// SAT problem for all of it, to which every question is a set of assumptions.
///
/// A package version is a variable, true where it is installed. Encodings are linear: a choice that several nodes require
/// gets a variable of its own, and "at most one" is a ladder. Only nodes that the fixpoint leaves have variables.
package final class InstallabilitySolver {
    /// What a question takes for granted.
    package struct Circumstances: Sendable, Hashable {
        /// Whether the roots exist.
        package var rootsExist: Bool
        /// The indices of the migrations made.
        package var migrations: Set<Int>

        package init(rootsExist: Bool, migrations: Set<Int> = []) {
            self.rootsExist = rootsExist
            self.migrations = migrations
        }
    }

    package let problem: DependencyProblem
    package let roots: [Int]
    /// How many times the SAT solver was asked.
    package private(set) var questions = 0

    private let solver: any SatisfiabilitySolver
    private let fixpoint: RequirementFixpoint
    /// For each node its variable; 0 where it can never be installed.
    private var variables: [Int32] = []
    private var variableCount: Int32 = 0
    private var rootsExist: Int32 = 0
    private var migrationVariables: [Int32] = []

    package init(_ problem: DependencyProblem, roots: [Int], solver: any SatisfiabilitySolver) {
        self.problem = problem
        self.roots = roots
        self.solver = solver
        fixpoint = RequirementFixpoint(problem)
        encode()
    }

    // MARK: Questions

    /// Which of some nodes the fixpoint leaves: all that can be installed, and perhaps some that cannot.
    package func survivors(_ circumstances: Circumstances) -> [Bool] {
        let isMigrated = isMigrated(circumstances)
        return fixpoint.survivors(without: circumstances.rootsExist ? [] : roots) { $0.holds(isMigrated) }
    }

    /// Which nodes can be installed.
    ///
    /// - Parameters:
    ///   - candidates: what is asked for; of other nodes only those are reported that happened to be found.
    ///   - known: nodes that are known to be installable under these circumstances.
    package func installable(
        among candidates: [Int], _ circumstances: Circumstances, known: [Bool]? = nil
    ) -> [Bool] {
        let survivors = survivors(circumstances)
        var installable = known ?? [Bool](repeating: false, count: problem.nodeCount)
        let isMigrated = isMigrated(circumstances)
        var greedy = GreedyInstaller(problem, survivors: survivors) { $0.holds(isMigrated) }
        for candidate in candidates.reversed() where !installable[candidate] && survivors[candidate] {
            guard greedy.install(candidate) else { continue }
            for node in greedy.installed { installable[Int(node)] = true }
        }
        var open = candidates.filter { !installable[$0] && survivors[$0] }
        let assumptions = assumptions(circumstances)
        while let candidate = open.popLast() {
            guard ask(assumptions + [variables[candidate]]) else { continue }
            installable[candidate] = true
            // A model is an installation of all that is true in it.
            open.removeAll { node in
                guard solver.value(of: variables[node]) else { return false }
                installable[node] = true
                return true
            }
        }
        return installable
    }

    package func isInstallable(_ node: Int, _ circumstances: Circumstances) -> Bool {
        variables[node] != 0 && ask(assumptions(circumstances) + [variables[node]])
    }

    /// Migrations not made of which one at least must be made for a node to be installable; nil where it already is.
    /// Empty where no migration helps. Not minimal.
    package func missingMigrations(for node: Int, _ circumstances: Circumstances) -> [Int]? {
        guard variables[node] != 0 else { return [] }
        let assumptions = assumptions(circumstances) + [variables[node]]
        guard !ask(assumptions) else { return nil }
        let core = Set(solver.core(of: assumptions))
        return migrationVariables.indices.filter { core.contains(-migrationVariables[$0]) }
    }

    /// Whether some installation holds all of some nodes, where the roots exist and some migrations have been made and others
    /// have not; those not named may have been made or not.
    package func canStand(together nodes: [Int], made: [Int], notMade: [Int]) -> Bool {
        guard nodes.allSatisfy({ variables[$0] != 0 }) else { return false }
        return ask(
            [rootsExist] + nodes.map { variables[$0] } + made.map { migrationVariables[$0] }
                + notMade.map { -migrationVariables[$0] })
    }

    private func ask(_ assumptions: [Int32]) -> Bool {
        questions += 1
        return solver.solve(assuming: assumptions)
    }

    private func isMigrated(_ circumstances: Circumstances) -> [Bool] {
        problem.migrations.indices.map { circumstances.migrations.contains($0) }
    }

    private func assumptions(_ circumstances: Circumstances) -> [Int32] {
        [circumstances.rootsExist ? rootsExist : -rootsExist]
            + migrationVariables.enumerated().map { circumstances.migrations.contains($0) ? $1 : -$1 }
    }

    // MARK: Clauses

    private func encode() {
        rootsExist = newVariable()
        migrationVariables = problem.migrations.map { _ in newVariable() }
        // What no circumstances allow has no variable. A requirement that a migration makes or ends may not hold.
        let possible = fixpoint.survivors(without: []) { $0.migration < 0 }
        let choices = choiceVariables(possible)
        let classes = conflictVariables(possible)
        let ladders = problem.exclusive.map { group in group.filter { possible[Int($0)] } }
            .map { group in (group: group, rungs: group.count > 4 ? group.dropLast().map { _ in newVariable() } : []) }
        // The solver decides the last variables first: packages come last, so that it decides about them and not about
        // what follows from them.
        variables = possible.map { $0 ? newVariable() : 0 }
        for root in roots where possible[root] { solver.add(clause: [-variables[root], rootsExist]) }
        for ladder in ladders { addAtMostOne(ladder.group.map { variables[Int($0)] }, ladder.rungs) }
        for choice in problem.choices.indices where choices[choice] != 0 {
            solver.add(clause: [-choices[choice]] + literals(choice))
        }
        for choice in problem.choices.indices where classes[choice] != 0 {
            for literal in literals(choice) { solver.add(clause: [-literal, classes[choice]]) }
        }
        for node in possible.indices where possible[node] {
            addRequirements(of: node, choices)
            for choice in problem.conflicts[node] {
                let choice = Int(choice)
                let others = classes[choice] != 0 ? [classes[choice]] : literals(choice)
                for other in others { solver.add(clause: [-variables[node], -other]) }
            }
        }
    }

    private func addRequirements(of node: Int, _ choices: [Int32]) {
        for requirement in problem.requirements[node] {
            let choice = Int(requirement.choice)
            var clause = [-variables[node]]
            if requirement.migration >= 0 {
                let migration = migrationVariables[Int(requirement.migration)]
                clause.append(requirement.holdsAfter ? -migration : migration)
            }
            if choices[choice] != 0 { clause.append(choices[choice]) } else { clause += literals(choice) }
            solver.add(clause: clause)
        }
    }

    /// At most one of the literals. With rungs: the k-th says that one of the first k + 1 holds.
    private func addAtMostOne(_ literals: [Int32], _ rungs: [Int32]) {
        guard !rungs.isEmpty else {
            for (index, literal) in literals.enumerated() {
                for other in literals[..<index] { solver.add(clause: [-literal, -other]) }
            }
            return
        }
        for (index, literal) in literals.enumerated() {
            if index < rungs.count { solver.add(clause: [-literal, rungs[index]]) }
            guard index > 0 else { continue }
            solver.add(clause: [-literal, -rungs[index - 1]])
            if index < rungs.count { solver.add(clause: [-rungs[index - 1], rungs[index]]) }
        }
    }

    private func literals(_ choice: Int) -> [Int32] {
        problem.choices[choice].compactMap { variables[Int($0)] == 0 ? nil : variables[Int($0)] }
    }

    /// A variable for each choice of three or more that several nodes require.
    private func choiceVariables(_ possible: [Bool]) -> [Int32] {
        var uses = [Int](repeating: 0, count: problem.choices.count)
        for node in possible.indices where possible[node] {
            for requirement in problem.requirements[node] { uses[Int(requirement.choice)] += 1 }
        }
        return sharedVariables(uses)
    }

    private func conflictVariables(_ possible: [Bool]) -> [Int32] {
        var uses = [Int](repeating: 0, count: problem.choices.count)
        for node in possible.indices where possible[node] {
            for choice in problem.conflicts[node] { uses[Int(choice)] += 1 }
        }
        return sharedVariables(uses)
    }

    private func sharedVariables(_ uses: [Int]) -> [Int32] {
        uses.enumerated().map { choice, count in
            count > 1 && problem.choices[choice].count > 2 ? newVariable() : 0
        }
    }

    private func newVariable() -> Int32 {
        variableCount += 1
        return variableCount
    }
}
