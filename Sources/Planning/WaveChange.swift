import OpamFormat
package import Universe

/// What the migration of some packages does to the waves of the plan.
package struct WaveChange: Sendable {
    package struct Wave: Sendable {
        package let number: Int
        /// How many of its packages need what is to go, before the migration and after.
        package let before: Int
        package let after: Int
    }

    /// The waves of the plan as it is.
    package let waves: [Wave]
    /// How many waves the plan has before and after.
    package let before: Int
    package let after: Int

    /// - Parameters:
    ///   - roots: the names that are to go.
    ///   - migrated: the names whose latest versions lose their dependencies on `dropped`.
    package init(
        universe: Universe, world: World, roots: [String], date: String, migrated: Set<String>,
        dropping dropped: Set<String>
    ) {
        let planner = { (universe: Universe) in
            Planner(universe: universe, world: world, roots: roots, date: date, first: []).plan()
        }
        let now = planner(universe)
        let then = planner(universe.migrating(migrated, dropping: dropped))
        let stillNeeding = Set(then.packages.filter(\.needsCamlp4).map(\.name))
        let needing = Set(now.packages.filter(\.needsCamlp4).map(\.name))
        waves = now.waves.map { wave in
            let tied = wave.packages.filter(needing.contains)
            return Wave(
                number: wave.number, before: tied.count, after: tied.count { stillNeeding.contains($0) })
        }
        before = now.waves.count
        after = then.waves.count
    }
}

extension Universe {
    /// The universe in which the latest versions of some packages do not depend on some names any more.
    fileprivate func migrating(_ names: Set<String>, dropping dropped: Set<String>) -> Universe {
        let entries = packages.enumerated().map { position, package in
            var file = package.file
            let name = self.names[package.name]
            if isLatest(position), names.contains(name) {
                file.depends = file.depends.dropping(dropped) ?? .empty
            }
            return Entry(name: name, version: package.version.text, path: package.path, file: file)
        }
        return Universe(entries: entries)
    }
}

extension Formula where Atom == Dependency {
    /// The formula with atoms on some names taken for true; nil where all of it is.
    fileprivate func dropping(_ names: Set<String>) -> Formula? {
        switch self {
        case .empty: return nil
        case .atom(let dependency): return names.contains(dependency.name) ? nil : self
        case .and(let parts):
            let kept = parts.compactMap { $0.dropping(names) }
            return kept.isEmpty ? nil : .conjunction(kept)
        case .or(let parts):
            let kept = parts.compactMap { $0.dropping(names) }
            return kept.count < parts.count ? nil : .disjunction(kept)
        }
    }
}
