import OpamFormat

/// Questions about who depends on whom, with the semantics of `opam admin list` (opam 2.1.2): conflicts are ignored,
/// filters on undefined variables drop a dependency, and a package whose `available` is false is hidden from answers but
/// passed through by recursion.
package struct DependencyQuery: Sendable {
    package var kinds: DependencyKinds
    package var depopts: Bool
    /// Whether packages that `available` hides on every platform are answers too.
    package var includesHidden: Bool

    package init(kinds: DependencyKinds = .build, depopts: Bool = false, includesHidden: Bool = false) {
        self.kinds = kinds
        self.depopts = depopts
        self.includesHidden = includesHidden
    }

    /// The packages with a dependency that one of `targets` satisfies. One arm of a disjunction is enough; several
    /// constraints on the same name in one arm must hold together.
    ///
    /// - Returns: positions, ascending.
    package func direct(on targets: [Int], in universe: Universe) -> [Int] {
        let byName = Dictionary(grouping: targets) { universe.packages[$0].name }
            .sorted { $0.key < $1.key }
            .map { (name: universe.names[$0.key], versions: $0.value.map { universe.packages[$0].version }) }
        return universe.packages.indices.filter { position in
            guard includesHidden || Self.isListed(universe, position) else { return false }
            guard mayMention(byName.map(\.name), position, universe) else { return false }
            let formula = dependencies(of: position, in: universe, developmentVersionsCount: false)
            return byName.contains { target in
                var mentions = false
                formula.forEachAtom { mentions = mentions || $0.name == target.name }
                return mentions && target.versions.contains { Self.verifies(formula, target.name, $0) }
            }
        }
    }

    /// Whether one of the names occurs at all: most packages need no further look.
    private func mayMention(_ names: [String], _ position: Int, _ universe: Universe) -> Bool {
        let file = universe.packages[position].file
        var found = false
        file.depends.forEachAtom { found = found || names.contains($0.name) }
        if depopts { file.depopts.forEachAtom { found = found || names.contains($0.name) } }
        return found
    }

    /// The reverse closure: `targets` themselves and everything that depends on them through any alternative and any
    /// version.
    ///
    /// - Returns: positions, ascending.
    package func recursive(on targets: [Int], in universe: Universe) -> [Int] {
        let mentioning = mentions(in: universe)
        var reached = [Bool](repeating: false, count: universe.packages.count)
        // What a version may use is worked out only where it names something that was reached, and once.
        var possible = [[Int]?](repeating: nil, count: universe.packages.count)
        var pending = targets
        for target in targets { reached[target] = true }
        while let next = pending.popLast() {
            for dependent in mentioning[universe.packages[next].name] where !reached[dependent] {
                let dependencies = possible[dependent] ?? possibleDependencies(of: dependent, in: universe)
                possible[dependent] = dependencies
                guard dependencies.contains(next) else { continue }
                reached[dependent] = true
                pending.append(dependent)
            }
        }
        return reached.indices.filter { reached[$0] && (includesHidden || Self.isListed(universe, $0)) }
    }

    /// For each name the versions whose dependencies name it, ascending.
    private func mentions(in universe: Universe) -> [[Int]] {
        var mentioning = [[Int]](repeating: [], count: universe.names.count)
        for (position, package) in universe.packages.enumerated() {
            let note: (Dependency) -> Void = { dependency in
                guard let name = universe.position(of: dependency.name), mentioning[name].last != position else {
                    return
                }
                mentioning[name].append(position)
            }
            package.file.depends.forEachAtom(note)
            if depopts { package.file.depopts.forEachAtom(note) }
        }
        return mentioning
    }

    /// For each package the packages that may use it.
    package func reverseDependencies(in universe: Universe) -> [[Int]] {
        var dependents = [[Int]](repeating: [], count: universe.packages.count)
        for position in universe.packages.indices {
            for dependency in possibleDependencies(of: position, in: universe) {
                dependents[dependency].append(position)
            }
        }
        return dependents
    }

    /// The packages that can be part of a solution for a package's dependencies: what all constraints on a name in the
    /// outer conjunction leave of it, and for names that occur in disjunctions only, all that any of them admits.
    package func possibleDependencies(of position: Int, in universe: Universe) -> [Int] {
        let formula = dependencies(of: position, in: universe, developmentVersionsCount: true)
        var strong: [String: [Int]] = [:]
        var weak: [String: Set<Int>] = [:]
        for conjunct in formula.conjuncts {
            if case .atom(let atom) = conjunct {
                strong.formIntersection(atom.name, universe.matches(atom))
                continue
            }
            let names = Set(conjunct.atoms.map(\.name))
            if names.count == 1, let name = names.first {
                let matching = universe.versions(of: name).filter { candidate in
                    conjunct.holds { $0.admits(universe.packages[candidate].version) }
                }
                strong.formIntersection(name, matching)
                continue
            }
            // In normal form a constraint such as `>= 1 & < 2` inside a disjunction falls apart, and each half admits
            // more than both: that is how opam's answers come about.
            let simple = conjunct.flatMap { atom in
                atom.constraint.isEmpty
                    ? .atom(atom)
                    : atom.constraint.map { PackageAtom(name: atom.name, constraint: .atom($0)) }
            }
            guard let clauses = simple.clauses() else {
                for atom in simple.atoms { weak[atom.name, default: []].formUnion(universe.matches(atom)) }
                continue
            }
            for clause in clauses {
                let clauseNames = Set(clause.map(\.name))
                if clauseNames.count == 1, let name = clauseNames.first {
                    let matching = universe.versions(of: name).filter { candidate in
                        clause.contains { $0.admits(universe.packages[candidate].version) }
                    }
                    strong.formIntersection(name, matching)
                } else {
                    for atom in clause { weak[atom.name, default: []].formUnion(universe.matches(atom)) }
                }
            }
        }
        var result = Set(strong.values.joined())
        for (name, positions) in weak where strong[name] == nil { result.formUnion(positions) }
        return result.sorted()
    }

    /// The dependencies that count, filters decided.
    private func dependencies(
        of position: Int, in universe: Universe, developmentVersionsCount: Bool
    ) -> Formula<PackageAtom> {
        let package = universe.packages[position]
        var kinds = kinds
        // A version whose source is a repository without a checksum counts as a development version, but only where
        // opam builds its solver's universe, which it does for recursion.
        if developmentVersionsCount, package.file.isDevelopmentVersion { kinds.insert(.dev) }
        let name = universe.names[package.name]
        let environment: Filter.Environment = { variable in
            // `opam admin list` reads files of format 1.2 without upgrading them, so it knows no `{test}` and `{doc}`.
            guard !["test", "doc"].contains(variable.name) else { return nil }
            return kinds.value(of: variable) ?? Self.value(of: variable, name, package.version)
        }
        // Only recursion goes through the solver.
        let resolve = { (formula: PackageFormula) in
            formula.flatMap { dependency -> Formula<PackageAtom> in
                if developmentVersionsCount, dependency.isLostInNormalForm(environment) { return .empty }
                return dependency.resolved(environment).map { .atom($0) } ?? .empty
            }
        }
        let depends = resolve(package.file.depends)
        return depopts ? .conjunction([depends, resolve(package.file.depopts)]) : depends
    }

    private static func value(
        of variable: Filter.Variable, _ name: String, _ version: Version
    ) -> Filter.Value? {
        guard variable.packages.allSatisfy({ $0 == name || $0 == "_" }) else { return nil }
        switch variable.name {
        case "name": return .string(name)
        case "version": return .string(version.text)
        default: return variable.isGlobal ? OpamSemantics.globals[variable.name].map { .string($0) } : nil
        }
    }

    /// Hidden are packages whose `available` is false whatever the platform.
    package static func isListed(_ universe: Universe, _ position: Int) -> Bool {
        universe.packages[position].file.available.isTrue(undefined: true) { variable in
            variable.isGlobal && variable.name == "opam-version" ? .string(OpamSemantics.version) : nil
        }
    }

    /// Whether some choice of alternatives mentions `name` and admits `version` with every mention.
    private static func verifies(_ formula: Formula<PackageAtom>, _ name: String, _ version: Version) -> Bool {
        choices(formula, name, version).admitting
    }

    /// Whether there is a choice of alternatives that mentions the name and admits the version throughout, and whether
    /// there is one that does not mention it.
    private static func choices(
        _ formula: Formula<PackageAtom>, _ name: String, _ version: Version
    ) -> (admitting: Bool, silent: Bool) {
        switch formula {
        case .empty: return (false, true)
        case .atom(let atom): return atom.name == name ? (atom.admits(version), false) : (false, true)
        case .and(let parts):
            var result = (admitting: false, silent: true)
            for part in parts {
                let next = choices(part, name, version)
                result = (
                    (result.admitting && (next.admitting || next.silent)) || (result.silent && next.admitting),
                    result.silent && next.silent
                )
            }
            return result
        case .or(let parts):
            return parts.reduce((false, false)) { result, part in
                let next = choices(part, name, version)
                return (result.0 || next.admitting, result.1 || next.silent)
            }
        }
    }
}

extension [String: [Int]] {
    fileprivate mutating func formIntersection(_ name: String, _ positions: [Int]) {
        guard let known = self[name] else {
            self[name] = positions
            return
        }
        let kept = Set(positions)
        self[name] = known.filter(kept.contains)
    }
}
