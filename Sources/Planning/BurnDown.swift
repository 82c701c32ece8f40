import Installability
import OpamFormat
package import Universe

/// One state of a repository in its history: how many packages are tied to the roots, by each definition. What is in the
/// repository counts, also what `available` hides on every platform: a package that nobody may install has not migrated.
package struct BurnDownPoint: Sendable {
    package let commit: String
    /// YYYY-MM-DD.
    package let date: String
    package let names: Int
    package let versions: Int
    /// D1: names whose latest version depends on a root directly.
    package let direct: [String: String]
    /// D1 of any version: names, and versions.
    package let directNames: Int
    package let directVersions: Int
    /// D4 by latest version.
    package let optional: Int
    /// The names whose latest version depends on a root directly or has it as an optional dependency.
    package let tied: Set<String>
    /// D2: names of any version, and versions.
    package let reachingNames: Int
    package let reachingVersions: Int
    /// D3 by latest version; nil where it was not asked for, and where no version of a root can be installed in the world, so
    /// that nothing installable could need one.
    package let needing: Int?
    /// For each extension how many latest versions depend on a package that is nothing but it; sorted by name.
    package let extensions: [(name: String, count: Int)]
    /// The latest version of every name.
    let latest: [String: Version]

    /// - Parameters:
    ///   - roots: names; those that the repository does not have count for nothing.
    ///   - world: where D3 is asked; nil leaves it out.
    package init(universe: Universe, roots: [String], commit: String, date: String, world: World?) {
        let positions = roots.flatMap { Array(universe.versions(of: $0)) }
        let definitions = RootDefinitions(universe: universe, roots: positions, includesHidden: true)
        let direct = definitions.direct()
        let reaching = definitions.reaching()
        self.commit = commit
        self.date = date
        names = universe.names.count
        versions = universe.packages.count
        directNames = Self.nameCount(direct, universe)
        directVersions = direct.count
        reachingNames = Self.nameCount(reaching, universe)
        reachingVersions = reaching.count
        let optional = definitions.optionalOnly(besides: direct).filter(universe.isLatest).map(universe.name)
        self.optional = optional.count
        var byName: [String: String] = [:]
        for position in direct where universe.isLatest(position) {
            byName[universe.name(position)] = universe.packages[position].version.text
        }
        self.direct = byName
        tied = Set(byName.keys).union(optional)
        needing = world.flatMap { Self.needing(universe, positions, $0) }
        extensions = Self.extensions(universe)
        var latest: [String: Version] = [:]
        for (name, range) in zip(universe.names, universe.versions) {
            if let last = range.last { latest[name] = universe.packages[last].version }
        }
        self.latest = latest
    }

    private static func needing(_ universe: Universe, _ roots: [Int], _ world: World) -> Int? {
        let analysis = NeedAnalysis(universe: universe, world: world, roots: roots, scope: .latestAndTied)
        guard roots.isEmpty || roots.contains(where: { analysis.installable[$0] }) else { return nil }
        return analysis.needing.filter(universe.isLatest).count
    }

    private static func nameCount(_ positions: [Int], _ universe: Universe) -> Int {
        Set(positions.map { universe.packages[$0].name }).count
    }

    private static func extensions(_ universe: Universe) -> [(name: String, count: Int)] {
        var counts: [String: Int] = [:]
        for range in universe.versions {
            guard let last = range.last else { continue }
            let package = universe.packages[last]
            var used: Set<String> = []
            package.file.depends.forEachAtom { dependency in
                guard let syntax = SyntaxPackage.named(dependency.name),
                    let atom = dependency.resolved({ DependencyKinds.build.value(of: $0) }),
                    !universe.matches(atom).isEmpty
                else { return }
                used.insert(syntax.extension)
            }
            for name in used { counts[name, default: 0] += 1 }
        }
        return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

/// What happened between two points to the packages whose latest version depends on a root directly.
package struct BurnDownStep: Sendable {
    /// A newer version came without the dependency.
    package let migrated: [String]
    /// The same version lost it: its metadata was changed.
    package let corrected: [String]
    /// Its newest versions went, and an older one without the dependency is the latest now.
    package let withdrawn: [String]
    /// The name is gone from the repository: removed, or archived elsewhere where nobody said what is there.
    package let removed: [String]
    /// The name is gone, and is in the archive.
    package let archived: [String]
    /// A name that was not there before.
    package let appeared: [String]
    /// A name that was there before, without the dependency.
    package let began: [String]

    /// - Parameter archive: the names of packages that are kept elsewhere.
    package init(from old: BurnDownPoint, to new: BurnDownPoint, archive: Set<String> = []) {
        var migrated: [String] = []
        var corrected: [String] = []
        var withdrawn: [String] = []
        var removed: [String] = []
        for name in old.direct.keys.sorted() where new.direct[name] == nil {
            guard let after = new.latest[name], let before = old.latest[name] else {
                removed.append(name)
                continue
            }
            if before < after {
                migrated.append(name)
            } else if after < before {
                withdrawn.append(name)
            } else {
                corrected.append(name)
            }
        }
        self.migrated = migrated
        self.corrected = corrected
        self.withdrawn = withdrawn
        self.removed = removed.filter { !archive.contains($0) }
        archived = removed.filter(archive.contains)
        let added = new.direct.keys.filter { old.direct[$0] == nil }.sorted()
        appeared = added.filter { old.latest[$0] == nil }
        began = added.filter { old.latest[$0] != nil }
    }

    /// With names, in the order in which they are told.
    package var parts: [(title: String, key: String, names: [String])] {
        [
            ("migrated", "migrated", migrated), ("metadata corrected", "corrected", corrected),
            ("newest versions withdrawn", "withdrawn", withdrawn),
            ("removed or archived", "removed", removed), ("archived", "archived", archived),
            ("new", "appeared", appeared), ("began", "began", began),
        ]
    }
}
