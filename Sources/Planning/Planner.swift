import Installability
import OpamFormat
package import Universe

/// Makes the plan of a universe: who needs the roots, what each package can do by itself, who waits for whom, and the
/// order that follows.
package struct Planner {
    private let universe: Universe
    private let world: World
    private let date: String
    private let first: [String]
    private let roots: Set<Int>
    private let requirements: Requirements
    private let fixpoint: Fixpoint
    private let graph: NameGraph
    private let definitions: RootDefinitions
    /// Installable with the roots, and without them.
    private let needsAnalysis: NeedAnalysis
    private let with: [Bool]
    private let without: [Bool]

    /// - Parameters:
    ///   - roots: the names that are to go, camlp4 among them.
    ///   - date: the day whose replacements count (YYYY-MM-DD).
    ///   - first: names to rank before all others, in this order.
    package init(universe: Universe, world: World, roots: [String], date: String, first: [String]) {
        self.universe = universe
        self.world = world
        self.date = date
        self.first = first
        let roots = Set(roots.compactMap { universe.position(of: $0) })
        self.roots = roots
        graph = NameGraph(universe: universe)
        definitions = RootDefinitions(
            universe: universe, roots: roots.sorted().flatMap { Array(universe.versions[$0]) })
        let needs = NeedAnalysis(
            universe: universe, world: world, roots: definitions.roots, scope: .latestAndTied)
        needsAnalysis = needs
        with = needs.installable
        without = universe.packages.indices.map { position in
            needs.installable[position] && !needs.needsRoots[position]
                && !roots.contains(universe.packages[position].name)
        }
        requirements = Requirements(universe: universe, world: world, of: needs.needsRoots)
        fixpoint = Fixpoint(requirements)
    }

    package func plan() -> Plan {
        var entries = self.entries()
        let blockers = entries.map { entry in entry.blockedBy.compactMap { universe.position(of: $0) } }
        for (name, blocking) in blockers.enumerated() {
            for blocker in blocking { entries[blocker].unblocks.append(entries[name].name) }
        }
        let flagDays = group(&entries, blockers)
        assignWaves(&entries, blockers)
        measureLeverage(&entries)
        let order = rank(&entries)
        return Plan(
            world: world, removed: roots.sorted().map { universe.names[$0] }, date: date, method: "sat",
            packages: entries, waves: waves(entries, in: order), flagDays: flagDays, graph: graph, first: first)
    }

    // MARK: One package

    /// Whether a version needs the roots; the roots themselves are not asked.
    private func needs(_ position: Int) -> Bool {
        with[position] && !without[position] && !roots.contains(universe.packages[position].name)
    }

    private func entries() -> [PlanEntry] {
        let direct = Set(definitions.direct())
        let optional = Set(definitions.optionalOnly())
        let hard = graph.dependents(NameGraph.hardKinds)
        let depopts = graph.dependents([.depopt])
        return universe.names.indices.map { name in
            let range = universe.versions[name]
            let latest = range.upperBound - 1
            let ties = Ties(
                isDirect: direct.contains(latest), isOptional: optional.contains(latest),
                olderVersionsAreTied: range.dropLast().contains { direct.contains($0) || needs($0) })
            return entry(
                name, latest, ties, dependents: hard[name].filter { $0 != name }.count,
                transitive: NameGraph.closure(of: name, hard).count,
                optional: depopts[name].filter { $0 != name }.count)
        }
    }

    private struct Ties {
        let isDirect: Bool
        let isOptional: Bool
        let olderVersionsAreTied: Bool
    }

    private func entry(
        _ name: Int, _ latest: Int, _ ties: Ties, dependents: Int, transitive: Int, optional: Int
    ) -> PlanEntry {
        let package = universe.packages[latest]
        let needs = needs(latest)
        let work = needs ? OwnWork(of: latest, roots: roots, requirements, with: with, without: without) : OwnWork()
        let syntax = SyntaxPackage.named(universe.names[name])
        let status = status(package, latest, ties, work)
        let isTied = needs || ties.isDirect || ties.isOptional
        return PlanEntry(
            name: universe.names[name], version: package.version.text, status: status,
            roles: roles(name, ties, work, syntax), available: with[latest], needsCamlp4: needs,
            path: isTied ? path(name, needs: needs) : [], directDependents: dependents,
            transitiveDependents: transitive, optionalDependents: optional,
            extensions: extensions(name, work, syntax), blockedBy: work.blockers.map { universe.names[$0] },
            actions: actions(status, package, ties, work, syntax),
            isCarriedAlong: needs && work.isEmpty && !work.blockers.isEmpty, maintainers: package.file.maintainers,
            devRepository: package.file.devRepository, homepage: package.file.homepage)
    }

    private func status(_ package: Package, _ latest: Int, _ ties: Ties, _ work: OwnWork) -> Status {
        let decisive: Set = ["depends", "depopts", "available", "conflicts"]
        if !package.file.isWellFormed || !package.file.unreadFields.isDisjoint(with: decisive) { return .unknown }
        if roots.contains(package.name) { return .noReplacement }
        guard with[latest] else { return .notInstallable }
        guard needs(latest) else {
            if ties.isDirect { return .declaredOnly }
            if ties.isOptional { return .optional }
            return ties.olderVersionsAreTied ? .legacy : .free
        }
        if isDeclaredOnly(package, ties, work) { return .declaredOnly }
        let own = SyntaxPackage.named(universe.names[package.name])
        if let own, !own.isReplaceable(on: date) { return .noReplacement }
        if work.syntaxPackages.contains(where: { !$0.package.isReplaceable(on: date) }) { return .noReplacement }
        return work.blockers.isEmpty && !work.isHeldByConflicts ? .ready : .blocked
    }

    /// By its own metadata the package builds without camlp4 (it is an optional dependency), so a hard tie that goes
    /// through syntax packages only is one that it does not need.
    private func isDeclaredOnly(_ package: Package, _ ties: Ties, _ work: OwnWork) -> Bool {
        !ties.isDirect && work.blockers.isEmpty && work.bounds.isEmpty && !work.syntaxPackages.isEmpty
            && package.file.depopts.atoms.contains { dependency in
                universe.position(of: dependency.name).map(roots.contains) ?? false
            }
    }

    private func roles(_ name: Int, _ ties: Ties, _ work: OwnWork, _ syntax: SyntaxPackage?) -> [Role] {
        var roles: [Role] = []
        let isTied = ties.isDirect || ties.isOptional || !work.syntaxPackages.isEmpty
        if syntax != nil || roots.contains(name) { roles.append(.provides) }
        if isTied && syntax == nil && !roots.contains(name) { roles.append(.uses) }
        if isTied && syntax != nil { roles.append(.implements) }
        return roles
    }

    private func extensions(_ name: Int, _ work: OwnWork, _ syntax: SyntaxPackage?) -> [String] {
        var extensions = Set(work.syntaxPackages.map(\.package.extension))
        if let syntax { extensions.insert(syntax.extension) }
        for edge in graph.edges[name] where edge.kind != .conflict {
            if let syntax = SyntaxPackage.named(universe.names[edge.to]) { extensions.insert(syntax.extension) }
        }
        return extensions.sorted()
    }

    /// The shortest chain to a root. Over what needs it too where the package does, so that the chain is one that holds.
    private func path(_ name: Int, needs: Bool) -> [PathStep] {
        let hard = NameGraph.hardKinds
        let viaNeeding = graph.path(from: name, to: roots, hard) { next in
            universe.versions[next].contains { self.needs($0) }
        }
        if viaNeeding == nil, needs { return pathOverVersions(name) }
        let chain = viaNeeding ?? graph.path(from: name, to: roots, hard.union([.depopt])) { _ in true }
        return (chain ?? []).map { PathStep(name: universe.names[$0.to], kind: $0.kind, constraint: $0.constraint) }
    }

    /// Where a bound or a conflict ties the package to older versions, the chain leads over those.
    private func pathOverVersions(_ name: Int) -> [PathStep] {
        let latest = universe.versions[name].upperBound - 1
        let path = DependencyPath(toRootsFrom: latest, in: universe, needsAnalysis)
        return (path?.steps ?? []).map { step in
            PathStep(name: step.atom.name, kind: step.kind, constraint: step.atom.constraintText)
        }
    }

    // MARK: What to do

    private func actions(
        _ status: Status, _ package: Package, _ ties: Ties, _ work: OwnWork, _ syntax: SyntaxPackage?
    ) -> [String] {
        guard status != .free && status != .legacy else { return [] }
        var actions: [String] = []
        if let syntax, status != .notInstallable {
            let goal = syntax.isReplaceable(on: date) ? syntax.replacement.map { "to \($0)" } : nil
            actions.append("nothing to port here: its users move \(goal ?? "once there is a replacement")")
        }
        if status == .optional {
            actions.append("keep the optional dependency until its users have moved, then drop it")
        }
        if status == .declaredOnly, ties.isDirect {
            actions.append("drop the alternative that names \(removedText): another one is there")
        }
        for root in work.rootAtoms { actions.append("drop \(root)") }
        for use in work.syntaxPackages {
            if status == .declaredOnly {
                actions.append("drop \(use.text): \(removedText) is optional here, so the build does not require it")
            } else if let replacement = use.package.replacement, use.package.isReplaceable(on: date) {
                actions.append("replace \(use.text) by \(replacement)")
            } else {
                let later = use.package.since.map { "; \(use.package.replacement ?? "one") came on \($0)" } ?? ""
                actions.append("\(use.text) has no replacement on \(date)\(later)")
            }
        }
        for bound in work.bounds {
            actions.append("lift the bound of \(bound.text): \(bound.free) comes without \(removedText)")
        }
        if !work.blockers.isEmpty {
            let blockers = work.blockers.map { universe.names[$0] }.joined(separator: ", ")
            actions.append(
                work.isEmpty
                    ? "nothing of its own to change as far as metadata tells; freed by \(blockers)"
                    : "wait for \(blockers)")
        }
        if work.isHeldByConflicts {
            actions.append("versions of its dependencies that are free of \(removedText) exist but exclude each other")
        }
        let usesCamlp4 = !work.rootAtoms.isEmpty || !work.syntaxPackages.isEmpty
        if usesCamlp4, status != .declaredOnly, syntax == nil, promisesOldCompilers(package) {
            actions.append("state OCaml >= 4.02, which ppx needs: it still promises \(Self.lastWithoutPpx.text)")
        }
        return actions
    }

    private var removedText: String { roots.sorted().map { universe.names[$0] }.joined(separator: ", ") }

    private static let lastWithoutPpx = Version("4.01.0")

    /// Whether the metadata admits the last compiler without ppx.
    private func promisesOldCompilers(_ package: Package) -> Bool {
        var old = world
        old.ocaml = Self.lastWithoutPpx
        guard package.file.available.isTrue(undefined: false, { old.value(of: $0) }) else { return false }
        return package.file.depends.atoms.filter { $0.name == "ocaml" }.allSatisfy { dependency in
            dependency.resolved { old.value(of: $0) }?.admits(Self.lastWithoutPpx) ?? true
        }
    }

    // MARK: Order

    /// Names the groups of packages that block each other.
    private func group(_ entries: inout [PlanEntry], _ blockers: [[Int]]) -> [FlagDay] {
        var flagDays: [FlagDay] = []
        for component in StronglyConnected.components(blockers) where component.count > 1 {
            let names = component.sorted().map { entries[$0].name }
            let id = "flag-day-\(flagDays.count + 1)"
            for member in component {
                entries[member].flagDay = id
                if entries[member].status == .blocked { entries[member].status = .together }
            }
            let reason = "each of them depends on another of them, so none can be free of camlp4 before the others"
            flagDays.append(FlagDay(id: id, packages: names, reason: reason))
        }
        return flagDays
    }

    /// A wave is one more than the highest wave among the blockers; a group that moves together shares one.
    private func assignWaves(_ entries: inout [PlanEntry], _ blockers: [[Int]]) {
        // Components come with what they depend on first.
        for component in StronglyConnected.components(blockers) {
            let members = Set(component)
            let hasWork = component.contains { name in
                switch entries[name].status {
                case .declaredOnly, .ready, .blocked, .together, .noReplacement, .optional: !roots.contains(name)
                case .free, .legacy, .notInstallable, .unknown, .unreleased: false
                }
            }
            guard hasWork else { continue }
            let before = component.flatMap { blockers[$0] }.filter { !members.contains($0) }
            let wave = (before.compactMap { entries[$0].wave }.max() ?? 0) + 1
            for name in component { entries[name].wave = wave }
        }
    }

    /// What the migration of a version changes in its atoms.
    private func change(_ position: Int, _ atom: Requirements.Alternative, migrating: Set<Int>) -> Fixpoint.Change {
        guard migrating.contains(position) else { return .kept }
        guard let name = atom.name else { return .kept }
        return roots.contains(name) || SyntaxPackage.named(universe.names[name]) != nil ? .dropped : .lifted
    }

    private func freed(migrating names: [Int]) -> [Int] {
        let latest = Set(names.map { universe.versions[$0].upperBound - 1 })
        return fixpoint.joined(
            to: without, changing: latest.sorted(),
            canReturn: { with[$0] && !roots.contains(universe.packages[$0].name) },
            { change($0, $1, migrating: latest) }
        ).filter(universe.isLatest)
    }

    private func measureLeverage(_ entries: inout [PlanEntry]) {
        for name in entries.indices where entries[name].wave != nil && entries[name].needsCamlp4 {
            entries[name].frees = freed(migrating: [name]).count
        }
    }

    /// Numbers the packages with work to do; returns their positions in that order.
    private func rank(_ entries: inout [PlanEntry]) -> [Int] {
        let leading = first.compactMap { universe.position(of: $0) }.filter { entries[$0].wave != nil }
        let rest = entries.indices.filter { entries[$0].wave != nil && !leading.contains($0) }.sorted { left, right in
            let a = entries[left]
            let b = entries[right]
            return (a.wave ?? 0, -a.frees, -a.transitiveDependents, left)
                < (b.wave ?? 0, -b.frees, -b.transitiveDependents, right)
        }
        let order = leading + rest
        for (index, name) in order.enumerated() { entries[name].rank = index + 1 }
        return order
    }

    private func waves(_ entries: [PlanEntry], in order: [Int]) -> [Wave] {
        let last = entries.compactMap(\.wave).max() ?? 0
        var done: [Int] = []
        var freedBefore = 0
        return (0..<last).map { index in
            let members = order.filter { entries[$0].wave == index + 1 }
            done += members
            let freed = freed(migrating: done).count
            defer { freedBefore = freed }
            return Wave(number: index + 1, packages: members.map { entries[$0].name }, frees: freed - freedBefore)
        }
    }
}

/// What ties a version that needs the roots to them, told apart by who has to act.
struct OwnWork {
    struct Use {
        let package: SyntaxPackage
        let text: String
    }

    struct Bound {
        let text: String
        /// NAME.VERSION of the newest version that would do.
        let free: String
    }

    /// Its own atoms on roots, as opam files spell them.
    private(set) var rootAtoms: [String] = []
    /// Its own atoms on packages that are syntax extensions.
    private(set) var syntaxPackages: [Use] = []
    /// Its own constraints that shut out versions free of the roots.
    private(set) var bounds: [Bound] = []
    /// Names of which no version from the admitted ones on is free, ascending.
    private(set) var blockers: [Int] = []
    /// Whether there is nothing that the package's own maintainers would change.
    var isEmpty: Bool { rootAtoms.isEmpty && syntaxPackages.isEmpty && bounds.isEmpty }
    /// No clause fails by itself: the versions that are free of the roots exclude each other.
    private(set) var isHeldByConflicts = false

    init() {}

    init(of position: Int, roots: Set<Int>, _ requirements: Requirements, with: [Bool], without: [Bool]) {
        let universe = requirements.universe
        var isTied = false
        var blockers = Set<Int>()
        for clause in requirements.clauses[position] {
            // What it meets itself is no tie.
            if clause.alternatives.contains(where: { $0.matches.contains(position) }) { continue }
            guard !clause.alternatives.contains(where: { $0.matches.contains { without[$0] } }) else { continue }
            isTied = true
            for alternative in clause.alternatives where alternative.matches.contains(where: { with[$0] }) {
                guard let name = alternative.name else { continue }
                let text = PathStep(
                    name: alternative.atom.name, kind: alternative.kind, constraint: alternative.atom.constraintText
                ).quoted
                if roots.contains(name) {
                    rootAtoms.append(text)
                } else if let syntax = SyntaxPackage.named(alternative.atom.name) {
                    syntaxPackages.append(Use(package: syntax, text: text))
                } else if let free = Self.newer(than: alternative, name, universe, without) {
                    bounds.append(Bound(text: text, free: universe.identifier(free)))
                } else {
                    blockers.insert(name)
                }
            }
        }
        if !isTied {
            // Older versions would do one by one and not together, so what is waited for are the new ones.
            isHeldByConflicts = true
            for alternative in requirements.clauses[position].flatMap(\.alternatives) {
                guard let name = alternative.name, let last = alternative.matches.last(where: { with[$0] }),
                    !without[last], !alternative.matches.contains(position)
                else { continue }
                blockers.insert(name)
            }
        }
        self.blockers = blockers.sorted()
    }

    /// The newest version behind an upper bound that is free of the roots. Older ones are no way forward.
    private static func newer(
        than alternative: Requirements.Alternative, _ name: Int, _ universe: Universe, _ without: [Bool]
    ) -> Int? {
        guard let last = alternative.matches.last else { return nil }
        return ((last + 1)..<max(last + 1, universe.versions[name].upperBound)).last { without[$0] }
    }
}

extension PathStep {
    /// `"type_conv" {build}`, as an opam file has it.
    var quoted: String {
        let parts = [kind == .depends ? nil : kind.rawValue, constraint.isEmpty ? nil : constraint].compactMap { $0 }
        return parts.isEmpty ? "\"\(name)\"" : "\"\(name)\" {\(parts.joined(separator: " & "))}"
    }
}
