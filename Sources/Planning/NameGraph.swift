import OpamFormat
package import Universe

/// Who names whom, between package names: the atoms of each name's latest version that some existing version satisfies.
package struct NameGraph: Sendable {
    package struct Edge: Sendable, Hashable {
        /// Positions of names.
        package let from: Int
        package let to: Int
        package let kind: EdgeKind
        /// The constraint as opam files spell it; empty where there is none.
        package let constraint: String
    }

    package let universe: Universe
    /// The edges that leave each name: by target, then kind.
    package let edges: [[Edge]]

    /// Run-time and build edges: what is needed to install.
    package static let hardKinds: Set<EdgeKind> = [.depends, .build]

    package init(universe: Universe) {
        self.universe = universe
        edges = universe.versions.map { range in
            range.last.map { Self.edges(of: $0, in: universe) } ?? []
        }
    }

    private static func edges(of position: Int, in universe: Universe) -> [Edge] {
        let package = universe.packages[position]
        var edges: [Edge] = []
        package.file.depends.forEachAtom { dependency in
            add(dependency, optional: false, from: package, universe, &edges)
        }
        package.file.depopts.forEachAtom { dependency in
            add(dependency, optional: true, from: package, universe, &edges)
        }
        package.file.conflicts.forEachAtom { dependency in
            guard let target = universe.position(of: dependency.name),
                let atom = dependency.resolved(environment(DependencyKinds.all.subtracting(.dev), package, universe))
            else { return }
            edges.append(Edge(from: package.name, to: target, kind: .conflict, constraint: atom.constraintText))
        }
        var seen = Set<Edge>()
        return edges.filter { seen.insert($0).inserted }
            .sorted {
                ($0.to, $0.kind, $0.constraint) < ($1.to, $1.kind, $1.constraint)
            }
    }

    private static func add(
        _ dependency: Dependency, optional: Bool, from package: Package, _ universe: Universe, _ edges: inout [Edge]
    ) {
        // With every kind on, so that test and doc edges are there too; `dev` is for unreleased versions.
        let environment = environment(DependencyKinds.all.subtracting(.dev), package, universe)
        guard let target = universe.position(of: dependency.name), let atom = dependency.resolved(environment),
            !universe.matches(atom).isEmpty
        else { return }
        let kind = optional ? EdgeKind.depopt : dependency.kind(environment)
        edges.append(Edge(from: package.name, to: target, kind: kind, constraint: atom.constraintText))
    }

    private static func environment(
        _ kinds: DependencyKinds, _ package: Package, _ universe: Universe
    ) -> Filter.Environment {
        let name = universe.names[package.name]
        return { variable in
            kinds.value(of: variable) ?? PackageVariables.value(of: variable, name, package.version)
        }
    }

    /// For each name the names with an edge of one of `kinds` to it, ascending.
    package func dependents(_ kinds: Set<EdgeKind>) -> [[Int]] {
        var dependents = [[Int]](repeating: [], count: edges.count)
        for (name, leaving) in edges.enumerated() {
            for edge in leaving where kinds.contains(edge.kind) && dependents[edge.to].last != name {
                dependents[edge.to].append(name)
            }
        }
        return dependents
    }

    /// Everything that comes to `name` over `dependents`, without the name itself.
    package static func closure(of name: Int, _ dependents: [[Int]]) -> Set<Int> {
        var reached: Set<Int> = []
        var pending = [name]
        while let next = pending.popLast() {
            for dependent in dependents[next] where dependent != name && reached.insert(dependent).inserted {
                pending.append(dependent)
            }
        }
        return reached
    }

    /// The shortest chain of edges from `start` to one of `roots` over names of which `allowed` is true; nil if none.
    /// Of chains equally short, the one with the earlier names.
    package func path(from start: Int, to roots: Set<Int>, _ kinds: Set<EdgeKind>, allowed: (Int) -> Bool) -> [Edge]? {
        var cameBy: [Int: Edge] = [:]
        var level = [start]
        var seen: Set<Int> = [start]
        while !level.isEmpty {
            var next: [Int] = []
            for name in level {
                for edge in edges[name] where kinds.contains(edge.kind) && seen.insert(edge.to).inserted {
                    cameBy[edge.to] = edge
                    if roots.contains(edge.to) { return Self.chain(to: edge.to, from: start, cameBy) }
                    if allowed(edge.to) { next.append(edge.to) }
                }
            }
            level = next
        }
        return nil
    }

    private static func chain(to end: Int, from start: Int, _ cameBy: [Int: Edge]) -> [Edge] {
        var chain: [Edge] = []
        var current = end
        while current != start, let edge = cameBy[current] {
            chain.append(edge)
            current = edge.from
        }
        return chain.reversed()
    }
}

extension DependencyKinds {
    package static let all: DependencyKinds = [.build, .test, .doc, .post, .dev]
}
