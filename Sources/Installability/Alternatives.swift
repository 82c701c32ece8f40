package import OpamFormat
import Universe

/// What would do in place of a version that needs the roots, without anybody migrating: another version of it, a version of
/// what it depends on that its constraint shuts out, one dependency of its own less. Each is proved by solving the changed
/// universe.
package struct Alternatives: Sendable {
    /// Other versions of the package that do without the roots, ascending.
    package let versions: [Int]
    /// Versions of a dependency that do without and that a constraint shuts out.
    package struct ShutOut: Sendable {
        /// The version whose dependency it is.
        package let dependent: Int
        package let atom: PackageAtom
        /// The nearest version outside the constraint that would do.
        package let version: Int
    }

    /// Where lifting the constraint frees the version.
    package let shutOut: [ShutOut]
    /// Own dependencies of which it is enough to drop one, in the file's order.
    package let droppable: [PackageAtom]
    /// Optional dependencies of the version on roots, or on what needs them: nobody has to install them.
    package let optional: [PackageAtom]

    /// - Parameter path: the way to the roots, whose constraints are looked at.
    package init(to position: Int, along path: DependencyPath?, in analysis: MigrationAnalysis) {
        let needs = analysis.needs
        let universe = analysis.universe
        let changes = ChangedUniverse(universe, needs)
        versions = universe.versions[universe.packages[position].name].filter { $0 != position && changes.isFree($0) }
        optional = changes.tiedAtoms(of: universe.packages[position].file.depopts, position)
        guard needs.needsRoots[position] else {
            shutOut = []
            droppable = []
            return
        }
        shutOut = (path?.steps ?? []).compactMap { step in
            changes.nearest(outside: step.atom).flatMap { version in
                changes.frees(position, changing: step.from, dropping: { $0 == step.atom }, adding: version)
                    ? ShutOut(dependent: step.from, atom: step.atom, version: version) : nil
            }
        }
        let tied = changes.tiedAtoms(of: universe.packages[position].file.depends, position)
        droppable = tied.filter { atom in changes.frees(position, changing: position, dropping: { $0 == atom }) }
    }
}

/// Asks what becomes of a version where one file of the universe is another.
private struct ChangedUniverse {
    private let universe: Universe
    private let needs: NeedAnalysis
    private let roots: Set<Int>

    init(_ universe: Universe, _ needs: NeedAnalysis) {
        self.universe = universe
        self.needs = needs
        roots = Set(needs.roots)
    }

    func isFree(_ position: Int) -> Bool {
        needs.installable[position] && !needs.needsRoots[position] && !roots.contains(position)
    }

    /// The atoms of a formula that no free version meets, each once, in the file's order.
    func tiedAtoms(of formula: PackageFormula, _ position: Int) -> [PackageAtom] {
        let environment = needs.world.environment(of: universe.packages[position], named: universe.name(position))
        var seen: Set<PackageAtom> = []
        return formula.resolved(environment).atoms.filter { atom in
            let matches = universe.matches(atom)
            return !matches.isEmpty && !matches.contains(where: isFree) && seen.insert(atom).inserted
        }
    }

    /// The free version nearest to what an atom admits: the next newer one, else the newest older one.
    func nearest(outside atom: PackageAtom) -> Int? {
        let free = universe.versions(of: atom.name).filter(isFree)
        guard let last = universe.matches(atom).last, !atom.constraint.isEmpty else { return nil }
        return free.first { $0 > last } ?? free.last { $0 < last && !universe.matches(atom).contains($0) }
    }

    /// Whether a version can be installed without the roots once some dependencies of a file are gone, or taken over by a
    /// version.
    func frees(
        _ position: Int, changing changed: Int, dropping isDropped: (PackageAtom) -> Bool, adding added: Int? = nil
    ) -> Bool {
        let environment = needs.world.environment(of: universe.packages[changed], named: universe.name(changed))
        let entries = universe.packages.enumerated().map { index, package -> Universe.Entry in
            var file = package.file
            if index == changed {
                file.depends = file.depends.flatMap { dependency in
                    guard let atom = dependency.resolved(environment) else { return .empty }
                    guard isDropped(atom) else { return .atom(dependency) }
                    guard let added else { return .empty }
                    let version = Filter.string(universe.packages[added].version.text)
                    return .atom(Dependency(name: atom.name, conditions: .atom(.version(.equal, version))))
                }
            }
            return Universe.Entry(
                name: universe.names[package.name], version: package.version.text, path: package.path, file: file)
        }
        let changed = Universe(entries: entries)
        let analysis = NeedAnalysis(universe: changed, world: needs.world, roots: needs.roots, asking: [position])
        return analysis.installable[position] && !analysis.needsRoots[position]
    }
}
