import OpamFormat
package import Universe

/// What becomes installable without the roots where packages migrate: the latest version of a package loses its
/// dependencies on some names (camlp4, type_conv), and nothing else changes.
///
/// All answers come from one incremental solver, in which each migration is a choice.
package final class MigrationAnalysis {
    package let universe: Universe
    package let needs: NeedAnalysis
    /// The positions of the latest versions that have something to drop, ascending: whoever else migrates changes
    /// nothing. Sets of migrations are sets of indices into this list.
    package let candidates: [Int]
    private let solver: InstallabilitySolver

    /// - Parameters:
    ///   - roots: the positions of the versions that are to go.
    ///   - dropped: the names on which migrated versions do not depend any more.
    package init(universe: Universe, world: World, roots: [Int], dropping dropped: [String]) {
        let dropped = Set(dropped)
        candidates = universe.versions.compactMap(\.last).filter { position in
            let environment = world.environment(of: universe.packages[position], named: universe.name(position))
            return universe.packages[position].file.depends.resolved(environment).atoms
                .contains { dropped.contains($0.name) }
        }
        let problem = DependencyProblem(
            universe: universe, world: world,
            migrations: candidates.map { DependencyProblem.Migration(position: $0, dropped: dropped) })
        solver = InstallabilitySolver(problem, roots: roots, solver: CaDiCaL(prefersTrue: false))
        self.universe = universe
        needs = NeedAnalysis(problem, world: world, roots: roots)
    }

    /// The index of the migration of a name; nil where its latest version has nothing to drop.
    package func migration(of name: Int) -> Int? {
        universe.versions[name].last.flatMap { candidates.firstIndex(of: $0) }
    }

    /// The versions that need the roots now and would not after some migrations, ascending.
    ///
    /// - Parameter candidates: the versions to ask about; all that need the roots where nil.
    package func freed(by migrations: Set<Int>, among candidates: [Int]? = nil) -> [Int] {
        let candidates = candidates ?? needs.needing
        let installable = solver.installable(among: candidates, .init(rootsExist: false, migrations: migrations))
        return candidates.filter { installable[$0] }
    }

    /// At least what `freed(by:among:)` gives, at the price of the fixpoint alone.
    package func perhapsFreed(by migrations: Set<Int>, among candidates: [Int]) -> [Int] {
        let survivors = solver.survivors(.init(rootsExist: false, migrations: migrations))
        return candidates.filter { survivors[$0] }
    }

    /// Whether a version can be installed without the roots after some migrations.
    package func isFree(_ position: Int, after migrations: Set<Int>) -> Bool {
        solver.isInstallable(position, .init(rootsExist: false, migrations: migrations))
    }

    /// Migrations of which one at least must be added to `migrations` before a version is free; empty where none helps,
    /// nil where it is free. No element can be left out: with all migrations but these the version is not free.
    package func core(of position: Int, after migrations: Set<Int> = []) -> [Int]? {
        guard var core = missing(position, migrations) else { return nil }
        var index = 0
        while index < core.count {
            // Without this element the rest is a core still if all migrations but the rest do not free the version.
            var others = Set(candidates.indices)
            others.subtract(core)
            others.insert(core[index])
            // The fixpoint often knows, and is quicker; only the solver tells which elements of the rest matter.
            if !solver.survivors(.init(rootsExist: false, migrations: others))[position] {
                core.remove(at: index)
            } else if let smaller = missing(position, others) {
                let kept = Set(smaller)
                core = core.filter(kept.contains)
            } else {
                index += 1
            }
        }
        return core
    }

    private func missing(_ position: Int, _ migrations: Set<Int>) -> [Int]? {
        solver.missingMigrations(for: position, .init(rootsExist: false, migrations: migrations))
    }
}
