/// One package in a package formula, with what the braces behind it say.
package struct Dependency: Sendable {
    package var name: String
    package var conditions: Formula<Condition>

    package init(name: String, conditions: Formula<Condition> = .empty) {
        self.name = name
        self.conditions = conditions
    }

    /// A part of the braces: a constraint on the version, or a filter that says when the dependency counts.
    package enum Condition: Sendable {
        case version(Relop, Filter)
        case filter(Filter)
    }
}

package typealias PackageFormula = Formula<Dependency>

/// A constraint on versions, free of filters.
package struct VersionConstraint: Sendable, Hashable {
    package var relop: Relop
    package var version: Version

    package init(_ relop: Relop, _ version: Version) {
        self.relop = relop
        self.version = version
    }

    package func admits(_ version: Version) -> Bool {
        relop.holds(version.compare(self.version))
    }
}

/// A dependency whose filters have been decided: a name and the versions that satisfy it.
package struct PackageAtom: Sendable, Hashable {
    package var name: String
    package var constraint: Formula<VersionConstraint>

    package init(name: String, constraint: Formula<VersionConstraint> = .empty) {
        self.name = name
        self.constraint = constraint
    }

    package func admits(_ version: Version) -> Bool {
        constraint.holds { $0.admits(version) }
    }

    /// The constraint as opam files spell it, without braces: `>= "1.0" & < "2.0"`; empty where every version does.
    package var constraintText: String {
        Self.text(constraint, inside: false)
    }

    private static func text(_ formula: Formula<VersionConstraint>, inside: Bool) -> String {
        switch formula {
        case .empty: return ""
        case .atom(let atom): return "\(atom.relop.spelling) \"\(atom.version.text)\""
        case .and(let parts): return parts.map { text($0, inside: true) }.joined(separator: " & ")
        case .or(let parts):
            let text = parts.map { self.text($0, inside: false) }.joined(separator: " | ")
            return inside ? "(\(text))" : text
        }
    }
}

extension Dependency {
    /// Decides the filters: nil where they drop the dependency (a filter that is undefined counts as false), else the
    /// atom that is left. A version that cannot be evaluated asks for nothing, as for opam.
    package func resolved(_ environment: Filter.Environment) -> PackageAtom? {
        if conditions.isEmpty { return PackageAtom(name: name) }
        switch Self.resolve(conditions, environment) {
        case .never: return nil
        case .always: return PackageAtom(name: name)
        case .when(let constraint): return PackageAtom(name: name, constraint: constraint)
        }
    }

    private enum Outcome {
        case never
        case always
        case when(Formula<VersionConstraint>)
    }

    private static func resolve(_ formula: Formula<Condition>, _ environment: Filter.Environment) -> Outcome {
        switch formula {
        case .empty: return .when(.empty)
        case .atom(.filter(let filter)):
            return filter.isTrue(undefined: false, environment) ? .always : .never
        case .atom(.version(let relop, let version)):
            guard let value = version.value(environment) else { return .when(.empty) }
            return .when(.atom(VersionConstraint(relop, Version(value.text))))
        case .and(let parts):
            var kept: [Formula<VersionConstraint>] = []
            var isConstrained = false
            for part in parts {
                switch resolve(part, environment) {
                case .never: return .never
                case .always: continue
                case .when(let constraint):
                    isConstrained = true
                    kept.append(constraint)
                }
            }
            return isConstrained ? .when(.conjunction(kept)) : .always
        case .or(let parts):
            var kept: [Formula<VersionConstraint>] = []
            for part in parts {
                switch resolve(part, environment) {
                case .never: continue
                case .always: return .always
                case .when(let constraint): kept.append(constraint)
                }
            }
            return kept.isEmpty ? .never : .when(.disjunction(kept))
        }
    }
}

extension Dependency {
    /// Whether opam's solver (2.1.2) loses the dependency: of braces that hold nothing but two or more filters on `build`
    /// and `post`, such as `{build & post}`, nothing is left where its formulas are brought into normal form. Its lists
    /// of direct dependents do not go that way.
    package func isLostInNormalForm(_ environment: Filter.Environment) -> Bool {
        guard case .and = conditions else { return false }
        let filters = conditions.conjuncts.compactMap { part -> Filter? in
            if case .atom(.filter(let filter)) = part { return filter }
            return nil
        }
        guard filters.count == conditions.conjuncts.count else { return false }
        let undecided = filters.filter { filter in
            let answers = [(false, false), (false, true), (true, false), (true, true)].map { build, post in
                filter.isTrue(undefined: false) { variable in
                    guard variable.isGlobal else { return environment(variable) }
                    switch variable.name {
                    case "build": return .bool(build)
                    case "post": return .bool(post)
                    default: return environment(variable)
                    }
                }
            }
            return Set(answers).count > 1
        }
        return undecided.count > 1
    }
}

extension Formula where Atom == Dependency {
    /// The formula with all filters decided; dependencies that they drop are gone.
    package func resolved(_ environment: Filter.Environment) -> Formula<PackageAtom> {
        flatMap { dependency in
            if let atom = dependency.resolved(environment) { .atom(atom) } else { .empty }
        }
    }
}
