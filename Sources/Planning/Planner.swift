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
        let works = self.works()
        var entries = self.entries(works)
        let blockers = entries.map { entry in entry.blockedBy.compactMap { universe.position(of: $0) } }
        for (name, blocking) in blockers.enumerated() {
            for blocker in blocking { entries[blocker].unblocks.append(entries[name].name) }
        }
        let moves = self.moves(works, entries)
        let movement = Movement(
            universe: universe, world: world, roots: definitions.roots, date: date, works: works, moves: moves,
            requirements)
        for (name, windows) in movement.windows { entries[name].windows = windows }
        let links = blockers.enumerated().map { name, blocking in
            blocking + movement.inseparable.filter { $0.1 == name }.map(\.0)
                + movement.inseparable.filter { $0.0 == name }.map(\.1)
        }
        let flagDays = group(&entries, links, movement)
        assignWaves(&entries, links)
        assignStarts(&entries, works, movement)
        noteDrops(&entries, movement)
        let leverage = Leverage(
            fixpoint, Liberation(universe: universe, world: world, roots: definitions.roots, moves: moves),
            universe: universe, roots: roots, with: with, without: without)
        for name in entries.indices where entries[name].wave != nil && entries[name].needsCamlp4 {
            entries[name].frees = leverage.freed(migrating: [name]).count
        }
        estimateEffort(&entries, works)
        let order = rank(&entries)
        let freed = Set(leverage.freed(migrating: order))
        let left = entries.indices.filter { name in
            entries[name].needsCamlp4 && !freed.contains(universe.versions[name].upperBound - 1)
        }
        return Plan(
            world: world, removed: roots.sorted().map { universe.names[$0] }, date: date, method: "sat",
            packages: entries, waves: waves(entries, in: order, leverage), flagDays: flagDays,
            left: left.map { entries[$0].name },
            precedences: movement.precedences.map { pair in
                Precedence(
                    first: universe.names[pair.first], second: universe.names[pair.second], drops: pair.drops)
            }, conflicts: [], graph: graph, first: first)
    }

    /// What each name whose latest version needs the roots has to do.
    private func works() -> [Int: OwnWork] {
        var works: [Int: OwnWork] = [:]
        for name in universe.names.indices {
            let latest = universe.versions[name].upperBound - 1
            guard needs(latest) else { continue }
            works[name] = OwnWork(of: latest, roots: roots, requirements, with: with, without: without)
        }
        return works
    }

    /// The latest versions that need the roots or have an optional part that does, and what moving makes of their dependencies.
    private func moves(_ works: [Int: OwnWork], _ entries: [PlanEntry]) -> [DependencyProblem.Migration] {
        let rootNames = Set(roots.map { universe.names[$0] })
        return universe.names.indices.compactMap { name in
            let latest = universe.versions[name].upperBound - 1
            guard let work = works[name] else {
                return entries[name].status == .optional
                    ? DependencyProblem.Migration(position: latest, dropped: rootNames) : nil
            }
            let named = requirements.clauses[latest].flatMap(\.alternatives).map(\.atom.name)
            let replacements = work.syntaxPackages.flatMap { use in
                use.package.isReplaceable(on: date) && entries[name].status != .declaredOnly
                    ? use.package.packages(beside: named) : []
            }
            let added = Set(replacements).filter { universe.position(of: $0) != nil }.sorted()
            return DependencyProblem.Migration(
                position: latest,
                dropped: rootNames.union(named.filter { SyntaxPackage.named($0) != nil }),
                lifted: Set(named), added: added.map { PackageAtom(name: $0) })
        }
    }

    // MARK: One package

    /// Whether a version needs the roots; the roots themselves are not asked.
    private func needs(_ position: Int) -> Bool {
        with[position] && !without[position] && !roots.contains(universe.packages[position].name)
    }

    private func entries(_ works: [Int: OwnWork]) -> [PlanEntry] {
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
                name, latest, ties, works[name] ?? OwnWork(), dependents: hard[name].filter { $0 != name }.count,
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
        _ name: Int, _ latest: Int, _ ties: Ties, _ work: OwnWork, dependents: Int, transitive: Int, optional: Int
    ) -> PlanEntry {
        let package = universe.packages[latest]
        let needs = needs(latest)
        let syntax = SyntaxPackage.named(universe.names[name])
        let status = status(package, latest, ties, work)
        let isTied = needs || ties.isDirect || ties.isOptional
        return PlanEntry(
            name: universe.names[name], version: package.version.text, status: status,
            roles: roles(name, ties, work, syntax),
            evidence: status == .declaredOnly || (needs && work.isEmpty) ? .inferred : .metadata,
            available: with[latest], needsCamlp4: needs,
            path: isTied ? path(name, needs: needs) : [], directDependents: dependents,
            transitiveDependents: transitive, optionalDependents: optional,
            extensions: extensions(name, work, syntax), blockedBy: work.blockers.map { universe.names[$0] },
            promisesOldCompilers: promisesOldCompilers(package),
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
        let shipped = shippedExtension(of: name)
        if syntax != nil || shipped != nil || roots.contains(name) { roles.append(.provides) }
        if isTied && syntax == nil && !roots.contains(name) { roles.append(.uses) }
        if isTied && (syntax != nil || shipped != nil) { roles.append(.implements) }
        return roles
    }

    /// The extension that the latest version ships in its camlp4 form.
    private func shippedExtension(of name: Int) -> ShippedExtension? {
        guard let shipped = ShippedExtension.named(universe.names[name]), let latest = universe.versions[name].last,
            shipped.hasCamlp4(universe.packages[latest].version)
        else { return nil }
        return shipped
    }

    private func extensions(_ name: Int, _ work: OwnWork, _ syntax: SyntaxPackage?) -> [String] {
        var extensions = Set(work.syntaxPackages.map(\.package.extension))
        if let syntax { extensions.insert(syntax.extension) }
        if let shipped = shippedExtension(of: name) { extensions.insert(shipped.extension) }
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

    /// Names the groups of packages that cannot move apart: cycles, and what the solver has proved.
    private func group(_ entries: inout [PlanEntry], _ links: [[Int]], _ movement: Movement) -> [FlagDay] {
        var flagDays: [FlagDay] = []
        for component in StronglyConnected.components(links) where component.count > 1 {
            let members = component.sorted()
            let id = "flag-day-\(flagDays.count + 1)"
            for member in members {
                entries[member].flagDay = id
                if [.blocked, .ready].contains(entries[member].status) { entries[member].status = .together }
            }
            let proved = movement.inseparable.filter { members.contains($0.0) && members.contains($0.1) }
            let linked = proved.map { "\(universe.names[$0.0]) and \(universe.names[$0.1])" }
            let reason =
                linked.isEmpty
                ? "each of them depends on another of them, so none can be free of \(removedText) before the others"
                : "no installation holds one moved beside the other as it is: \(linked.joined(separator: "; "))"
            flagDays.append(
                FlagDay(
                    id: id, packages: members.map { entries[$0].name }, reason: reason,
                    isProved: proved.count >= members.count - 1))
        }
        return flagDays
    }

    /// A wave is one more than the highest wave among the blockers; a group that moves together shares one.
    private func assignWaves(_ entries: inout [PlanEntry], _ links: [[Int]]) {
        // Components come with what they depend on first.
        for component in StronglyConnected.components(links) {
            let members = Set(component)
            guard component.contains(where: { hasWork(entries[$0], $0) }) else { continue }
            let before = component.flatMap { links[$0] }.filter { !members.contains($0) }
            let wave = (before.compactMap { entries[$0].wave }.max() ?? 0) + 1
            for name in component { entries[name].wave = wave }
        }
    }

    private func hasWork(_ entry: PlanEntry, _ name: Int) -> Bool {
        switch entry.status {
        case .declaredOnly, .ready, .blocked, .together, .noReplacement, .optional, .unreleased: !roots.contains(name)
        case .free, .legacy, .notInstallable, .unknown: false
        }
    }

    /// The first wave in which a package's own sources can move: after those that have to go before it, and not before the
    /// extensions that it uses have a ppx form in a version that it can have.
    private func assignStarts(_ entries: inout [PlanEntry], _ works: [Int: OwnWork], _ movement: Movement) {
        var before = [[Int]](repeating: [], count: entries.count)
        for pair in movement.precedences where pair.drops == nil { before[pair.second].append(pair.first) }
        for (first, second) in movement.inseparable {
            before[first].append(second)
            before[second].append(first)
        }
        for name in works.keys.sorted() {
            for window in entries[name].windows where !window.isOpen && window.extension != nil {
                guard let used = universe.position(of: window.dependency) else { continue }
                before[name].append(used)
            }
        }
        for component in StronglyConnected.components(before) {
            let members = Set(component)
            let starts = component.filter { works[$0]?.isEmpty == false && entries[$0].wave != nil }
            guard !starts.isEmpty else { continue }
            let earlier = component.flatMap { before[$0] }.filter { !members.contains($0) }
            let start = (earlier.compactMap { entries[$0].startsIn }.max() ?? 0) + 1
            // Nothing starts later than it can be done.
            for name in starts { entries[name].startsIn = min(start, entries[name].wave ?? start) }
        }
    }

    /// A library that ships the camlp4 form of an extension drops it after those who use it.
    private func noteDrops(_ entries: inout [PlanEntry], _ movement: Movement) {
        let drops = Dictionary(grouping: movement.precedences.filter { $0.drops != nil }, by: \.second)
        for (name, pairs) in drops.sorted(by: { $0.key < $1.key }) {
            let users = pairs.map(\.first).sorted()
            guard let form = pairs.first?.drops else { continue }
            let names = users.map { universe.names[$0] }.joined(separator: ", ")
            entries[name].actions
                .append("keep \(form) until those have moved that use it as far as metadata tells: \(names)")
            if entries[name].status == .optional {
                entries[name].wave = 1 + (users.compactMap { entries[$0].startsIn }.max() ?? 0)
            }
        }
    }

    private func estimateEffort(_ entries: inout [PlanEntry], _ works: [Int: OwnWork]) {
        for name in entries.indices {
            guard let work = works[name], !work.isEmpty, entries[name].status != .declaredOnly,
                SyntaxPackage.named(entries[name].name) == nil
            else { continue }
            let isTied = !work.rootAtoms.isEmpty || !work.syntaxPackages.isEmpty
            guard isTied else { continue }
            entries[name].effort = EffortEstimate.effort(of: entries[name].extensions)
        }
    }

    /// Numbers the packages with work to do; returns their positions in that order.
    private func rank(_ entries: inout [PlanEntry]) -> [Int] {
        for name in entries.indices where entries[name].wave != nil {
            let entry = entries[name]
            entries[name].priority =
                100 * (10 * entry.frees + entry.transitiveDependents) / (20 + entry.effort.constructs)
        }
        let leading = first.compactMap { universe.position(of: $0) }.filter { entries[$0].wave != nil }
        let rest = entries.indices.filter { entries[$0].wave != nil && !leading.contains($0) }.sorted { left, right in
            let a = entries[left]
            let b = entries[right]
            return (a.wave ?? 0, -a.priority, -a.frees, left) < (b.wave ?? 0, -b.priority, -b.frees, right)
        }
        let order = leading + rest
        for (index, name) in order.enumerated() { entries[name].rank = index + 1 }
        return order
    }

    private func waves(_ entries: [PlanEntry], in order: [Int], _ leverage: Leverage) -> [Wave] {
        let last = entries.compactMap(\.wave).max() ?? 0
        var done: [Int] = []
        var freedBefore = 0
        return (0..<last).map { index in
            let members = order.filter { entries[$0].wave == index + 1 }
            done += members
            let freed = leverage.freed(migrating: done).count
            defer { freedBefore = freed }
            return Wave(number: index + 1, packages: members.map { entries[$0].name }, frees: freed - freedBefore)
        }
    }
}
