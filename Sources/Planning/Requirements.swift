package import OpamFormat
package import Universe

/// What package versions ask for in one world: clauses over positions of the universe, filters decided. Only of the
/// versions that are asked about, as most of a universe has nothing to do with the question.
package struct Requirements: Sendable {
    /// One clause: an atom at least must be satisfied.
    package struct Clause: Sendable {
        package let alternatives: [Alternative]
    }

    package struct Alternative: Sendable {
        package let atom: PackageAtom
        /// The position of the atom's name; nil where the repository has no such package.
        package let name: Int?
        package let kind: EdgeKind
        /// The versions that satisfy the atom, ascending.
        package let matches: [Int]
    }

    package let universe: Universe
    package let world: World
    /// Clauses of each package version; none for those that were not asked about.
    package let clauses: [[Clause]]

    package init(universe: Universe, world: World, of isAsked: [Bool]) {
        self.universe = universe
        self.world = world
        clauses = zip(universe.packages, isAsked).map { package, isAsked in
            isAsked ? Self.clauses(of: package, in: universe, world) : []
        }
    }

    /// The dependencies of a version that count in the world, as clauses.
    private static func clauses(of package: Package, in universe: Universe, _ world: World) -> [Clause] {
        let name = universe.names[package.name]
        let formula = package.file.depends.flatMap { dependency -> Formula<Alternative> in
            let value: Filter.Environment = { variable in
                world.value(of: variable) ?? PackageVariables.value(of: variable, name, package.version)
            }
            guard let atom = dependency.resolved(value) else { return .empty }
            let alternative = Alternative(
                atom: atom, name: universe.position(of: atom.name), kind: dependency.kind(value),
                matches: universe.matches(atom))
            return .atom(alternative)
        }
        // Real formulas have a handful of clauses; where a hostile one would explode, each atom stands for itself.
        let clauses = formula.clauses(limit: 10_000) ?? formula.atoms.map { [$0] }
        return clauses.map(Clause.init)
    }
}

/// The variables that a package's own opam file may ask about itself.
package enum PackageVariables {
    package static func value(of variable: Filter.Variable, _ name: String, _ version: Version) -> Filter.Value? {
        guard variable.packages.allSatisfy({ $0 == name || $0 == "_" }) else { return nil }
        switch variable.name {
        case "name": return .string(name)
        case "version": return .string(version.text)
        default: return nil
        }
    }
}

extension Dependency {
    /// The kind of the edge that this dependency makes: the first of the kinds without which its filters drop it.
    package func kind(_ environment: Filter.Environment) -> EdgeKind {
        guard hasFilters else { return .depends }
        let kinds: [(EdgeKind, DependencyKinds)] = [(.build, .build), (.test, .test), (.doc, .doc), (.post, .post)]
        for (kind, option) in kinds {
            let others = DependencyKinds.all.subtracting(option)
            let without = resolved { asked in
                others.value(of: asked) == .bool(false) ? .bool(false) : environment(asked)
            }
            if without == nil { return kind }
        }
        return .depends
    }

    private var hasFilters: Bool {
        var found = false
        conditions.forEachAtom { condition in
            if case .filter = condition { found = true }
        }
        return found
    }
}
