import Installability
import OpamFormat
import Universe

/// In which order packages can move their own sources: for each dependency the versions that serve before the move and after it
/// (`SupportWindow`), and between packages with work of their own what the solver proves about their moving apart.
struct Movement {
    /// By positions of names.
    private(set) var windows: [Int: [SupportWindow]] = [:]
    /// Who has to move first, by positions of names; with what the second one drops, where that is the form of an extension.
    private(set) var precedences: [(first: Int, second: Int, drops: String?)] = []
    /// Pairs that can only move at once.
    private(set) var inseparable: [(Int, Int)] = []

    private let universe: Universe
    private let date: String
    private let works: [Int: OwnWork]

    /// - Parameters:
    ///   - works: what each package that needs the roots has to do, by position of its name.
    ///   - moves: what a move makes of the latest version of each of them.
    ///   - requirements: the clauses of their versions.
    init(
        universe: Universe, world: World, roots: [Int], date: String, works: [Int: OwnWork],
        moves: [DependencyProblem.Migration], _ requirements: Requirements
    ) {
        self.universe = universe
        self.date = date
        self.works = works
        let isMoving = Set(moves.map { universe.packages[$0.position].name })
        let movers = isMoving.filter { works[$0]?.isEmpty != true }.sorted()
        let links = Self.links(among: movers, universe, requirements)
        let services = Self.services(universe, isMoving, works, requirements)
        let analysis =
            links.isEmpty
            ? nil
            : MoveAnalysis(universe: universe, world: world, roots: roots, moves: moves, services: services)
        var closed: Set<[Int]> = []
        if let analysis {
            for link in links { examine(link, analysis, &closed) }
        }
        for name in works.keys.sorted() {
            windows[name] = windows(of: name, requirements, closed)
        }
    }

    private struct Link: Hashable {
        let user: Int
        let used: Int
    }

    /// Which of some packages depends on which, by the clauses of their latest versions.
    private static func links(among movers: [Int], _ universe: Universe, _ requirements: Requirements) -> [Link] {
        let isMover = Set(movers)
        return movers.flatMap { user -> [Link] in
            let latest = universe.versions[user].upperBound - 1
            let used = Set(requirements.clauses[latest].flatMap(\.alternatives).compactMap(\.name))
            return used.filter { $0 != user && isMover.contains($0) && SyntaxPackage.named(universe.names[$0]) == nil }
                .sorted().map { Link(user: user, used: $0) }
        }
    }

    /// The extensions that packages ship beside their code, with those who use them as far as metadata tells: who depends on the
    /// provider and on camlp4, or what comes with it, directly.
    private static func services(
        _ universe: Universe, _ isMoving: Set<Int>, _ works: [Int: OwnWork], _ requirements: Requirements
    ) -> [DependencyProblem.ExtensionService] {
        ShippedExtension.all.compactMap { shipped in
            guard let provider = universe.position(of: shipped.name), isMoving.contains(provider),
                let latest = universe.versions[provider].last
            else { return nil }
            let users = works.keys.sorted().filter { name in
                guard name != provider, isMoving.contains(name), let work = works[name],
                    !work.rootAtoms.isEmpty || !work.syntaxPackages.isEmpty
                else { return false }
                return requirements.clauses[universe.versions[name].upperBound - 1]
                    .contains { $0.alternatives.contains { $0.name == provider } }
            }
            let versions = Array(universe.versions[provider])
            return DependencyProblem.ExtensionService(
                provider: latest, camlp4: versions.filter { shipped.hasCamlp4(universe.packages[$0].version) },
                ppx: versions.filter { shipped.hasPpx(universe.packages[$0].version) },
                users: users.map { universe.versions[$0].upperBound - 1 })
        }
    }

    private mutating func examine(_ link: Link, _ analysis: MoveAnalysis, _ closed: inout Set<[Int]>) {
        let user = universe.versions[link.user].upperBound - 1
        let used = universe.versions[link.used].upperBound - 1
        let userFirst = analysis.canStand(moved: user, beside: used)
        let usedFirst = analysis.canStand(moved: used, together: user)
        if userFirst && usedFirst { return }
        // Forms that cannot be installed whatever the other does say nothing about the two.
        guard analysis.canMove(user), analysis.canMove(used), analysis.canStay(user, with: used) else { return }
        if !userFirst { closed.insert([link.user, link.used]) }
        switch (userFirst, usedFirst) {
        case (true, true): return
        case (true, false): precedences.append((first: link.user, second: link.used, drops: shippedForm(of: link.used)))
        case (false, true): precedences.append((first: link.used, second: link.user, drops: nil))
        case (false, false): inseparable.append((link.user, link.used))
        }
    }

    private func shippedForm(of name: Int) -> String? { ShippedExtension.named(universe.names[name])?.findlib }

    // MARK: Windows

    private func windows(of name: Int, _ requirements: Requirements, _ closed: Set<[Int]>) -> [SupportWindow] {
        guard let work = works[name] else { return [] }
        let latest = universe.versions[name].upperBound - 1
        let blockers = Set(work.blockers)
        var seen: Set<Int> = [name]
        var windows: [SupportWindow] = []
        for alternative in requirements.clauses[latest].flatMap(\.alternatives) {
            guard let used = alternative.name, seen.insert(used).inserted, !alternative.matches.isEmpty else {
                continue
            }
            let versions = alternative.matches
            if let syntax = SyntaxPackage.named(alternative.atom.name) {
                windows.append(window(of: syntax, versions))
            } else if let shipped = ShippedExtension.named(alternative.atom.name) {
                let isClosed = closed.contains([name, used])
                if let window = window(of: shipped, versions, isProvedClosed: isClosed) { windows.append(window) }
            } else if blockers.contains(used), !work.isEmpty {
                let isClosed = closed.contains([name, used])
                windows.append(
                    SupportWindow(
                        dependency: alternative.atom.name, extension: nil, camlp4: span(versions), ppx: nil,
                        both: isClosed ? nil : span(versions), isOpen: !isClosed, isProvedClosed: isClosed))
            }
        }
        return windows.sorted { $0.dependency.utf8.lexicographicallyPrecedes($1.dependency.utf8) }
    }

    /// The ppx form of a package that is only an extension is another one, which stands beside it.
    private func window(of syntax: SyntaxPackage, _ versions: [Int]) -> SupportWindow {
        let isOpen = syntax.isReplaceable(on: date)
        return SupportWindow(
            dependency: syntax.name, extension: syntax.extension, camlp4: span(versions),
            ppx: isOpen ? syntax.replacement : nil, both: isOpen ? span(versions) : nil, isOpen: isOpen,
            isProvedClosed: false)
    }

    /// Nil where neither form is in the versions admitted.
    private func window(of shipped: ShippedExtension, _ versions: [Int], isProvedClosed: Bool) -> SupportWindow? {
        let version = { (position: Int) in universe.packages[position].version }
        let camlp4 = versions.filter { shipped.hasCamlp4(version($0)) }
        guard !camlp4.isEmpty else { return nil }
        let ppx = versions.filter { shipped.hasPpx(version($0)) }
        let both = camlp4.filter { shipped.hasPpx(version($0)) }
        return SupportWindow(
            dependency: shipped.name, extension: shipped.extension, camlp4: span(camlp4),
            ppx: ppx.isEmpty ? nil : "\(shipped.replacement) in \(span(ppx))", both: both.isEmpty ? nil : span(both),
            isOpen: !ppx.isEmpty && !isProvedClosed, isProvedClosed: isProvedClosed)
    }

    /// `1.0.1 – 1.9.0`, or the one version.
    private func span(_ versions: [Int]) -> String {
        let texts = [versions.first, versions.last].compactMap { $0.map { universe.packages[$0].version.text } }
        return Array(texts.prefix(texts.first == texts.last ? 1 : 2)).joined(separator: " – ")
    }
}
