package import OpamFormat
package import Universe

extension DependencyProblem {
    /// Reads the opam files of a universe as a problem.
    ///
    /// Filters are decided as the world has them; a package version counts as a development version where opam's solver
    /// takes it for one. In a world with a fixed compiler the package `ocaml` has that version only. Where the compiler is
    /// open and `available` speaks of it, a version is possible beside those releases of OCaml for which it is true.
    ///
    /// - Parameter migrations: what can lose dependencies; each adds the choice to do so.
    /// - Parameter services: extensions whose providers and users are among the migrations.
    /// - Complexity: linear in the sizes of all formulas and of the distinct sets of versions that they name.
    package init(
        universe: Universe, world: World, migrations: [Migration] = [], services: [ExtensionService] = []
    ) {
        var builder = ProblemBuilder(universe: universe, world: world, migrations: migrations)
        builder.build(services)
        self = builder.problem
    }
}

private struct ProblemBuilder {
    let universe: Universe
    let world: World
    var problem = DependencyProblem()
    private var choiceOfAtom: [PackageAtom: Int32] = [:]
    private var choiceOfMembers: [[Int32]: Int32] = [:]
    private var availabilities: [Filter: Availability] = [:]
    /// The nodes of OCaml's releases, in the table's order; none where the world says which compiler.
    private var releases: [Int32] = []

    private enum Availability {
        case always
        case never
        case beside(Int32)
    }

    init(universe: Universe, world: World, migrations: [DependencyProblem.Migration]) {
        self.universe = universe
        self.world = world
        problem.migrations = migrations
        problem.packageCount = universe.packages.count
        problem.requirements = [[DependencyProblem.Requirement]](repeating: [], count: universe.packages.count)
        problem.conflicts = [[Int32]](repeating: [], count: universe.packages.count)
        problem.isPossible = [Bool](repeating: true, count: universe.packages.count)
    }

    mutating func build(_ services: [DependencyProblem.ExtensionService]) {
        for versions in universe.versions where versions.count > 1 {
            problem.exclusive.append(versions.map(Int32.init))
        }
        addReleases()
        addAvailability()
        restrictCompiler()
        let migrations = Dictionary(
            problem.migrations.enumerated().map { ($1.position, $0) }, uniquingKeysWith: { first, _ in first })
        for position in universe.packages.indices { addFormulas(of: position, migration: migrations[position]) }
        for service in services { add(service, migrations) }
        addConflictClasses()
    }

    // MARK: The world

    private mutating func addReleases() {
        guard world.ocaml == nil, !world.anyPlatform else { return }
        releases = OCamlReleases.all.map { _ in addNode() }
        problem.exclusive.append(releases)
    }

    private mutating func addAvailability() {
        guard !world.anyPlatform else { return }
        for position in universe.packages.indices {
            switch availability(universe.packages[position].file.available) {
            case .always: continue
            case .never: problem.isPossible[position] = false
            case .beside(let choice): problem.requirements[position].append(.init(choice))
            }
        }
    }

    private mutating func availability(_ filter: Filter) -> Availability {
        if case .bool(let bool) = filter { return bool ? .always : .never }
        if let known = availabilities[filter] { return known }
        let result: Availability
        if releases.isEmpty || !Self.asksForCompiler(filter) {
            result = filter.isTrue(undefined: false) { world.value(of: $0) } ? .always : .never
        } else {
            let fitting = zip(OCamlReleases.all, releases).filter { release, _ in
                var world = world
                world.ocaml = release.version
                return filter.isTrue(undefined: false) { world.value(of: $0) }
            }
            .map(\.1)
            result = fitting.isEmpty ? .never : fitting.count == releases.count ? .always : .beside(choice(fitting))
        }
        availabilities[filter] = result
        return result
    }

    private static func asksForCompiler(_ filter: Filter) -> Bool {
        var asks = false
        filter.forEachVariable { variable in
            asks =
                asks
                || variable.isGlobal
                    && ["ocaml-version", "compiler", "sys-ocaml-version"].contains(variable.name)
        }
        return asks
    }

    private mutating func restrictCompiler() {
        guard let version = world.ocaml else { return }
        for position in universe.versions(of: "ocaml")
        where !universe.packages[position].version.isSame(as: version) {
            problem.isPossible[position] = false
        }
    }

    // MARK: Formulas

    private mutating func addFormulas(of position: Int, migration: Int?) {
        let package = universe.packages[position]
        let environment = world.environment(of: package, named: universe.names[package.name])
        let depends = package.file.depends.resolved(environment)
        guard let migration else {
            problem.requirements[position] += requirements(of: depends).map { .init($0) }
            addConflicts(of: position, environment)
            return
        }
        let change = problem.migrations[migration]
        let index = Int32(migration)
        for conjunct in depends.conjuncts {
            let before = requirements(of: conjunct)
            guard conjunct.atoms.contains(where: { change.touches($0.name) }) else {
                problem.requirements[position] += before.map { .init($0) }
                continue
            }
            let after = requirements(of: conjunct, after: change)
            problem.requirements[position] +=
                before.map { .init($0, migration: index) } + after.map { .init($0, migration: index, holdsAfter: true) }
        }
        for atom in change.added {
            problem.requirements[position].append(.init(choice(atom), migration: index, holdsAfter: true))
        }
        addConflicts(of: position, environment)
    }

    /// The choices that a formula asks for, all of them. A dropped atom asks for nothing, and so does a disjunction that
    /// has it as an arm.
    private mutating func requirements(
        of formula: Formula<PackageAtom>, after change: DependencyProblem.Migration? = nil
    ) -> [Int32] {
        switch formula {
        case .empty: return []
        case .atom(let atom):
            guard let change, change.touches(atom.name) else { return [choice(atom)] }
            return change.dropped.contains(atom.name) ? [] : [choice(lifting: atom)]
        case .and(let parts): return parts.flatMap { requirements(of: $0, after: change) }
        case .or(let parts):
            var members: Set<Int32> = []
            for part in parts {
                let required = requirements(of: part, after: change)
                guard let first = required.first else { return [] }
                if required.count == 1 {
                    members.formUnion(problem.choices[Int(first)])
                } else {
                    // A node of its own for an arm of several parts keeps the encoding linear.
                    let arm = addNode()
                    problem.requirements[Int(arm)] = required.map { .init($0) }
                    members.insert(arm)
                }
            }
            return [choice(members.sorted())]
        }
    }

    private mutating func addConflicts(of position: Int, _ environment: Filter.Environment) {
        let name = universe.name(position)
        for atom in universe.packages[position].file.conflicts.resolved(environment).atoms where atom.name != name {
            let choice = choice(atom)
            if !problem.choices[Int(choice)].isEmpty { problem.conflicts[position].append(choice) }
        }
    }

    private mutating func addConflictClasses() {
        var classes: [String: [Int32]] = [:]
        for (position, package) in universe.packages.enumerated() {
            for name in Set(package.file.conflictClasses) { classes[name, default: []].append(Int32(position)) }
        }
        for (_, members) in classes.sorted(by: { $0.key < $1.key }) where members.count > 1 {
            problem.exclusive.append(members)
        }
    }

    /// Each form of an extension is a node: it stands where a version is installed that has the form.
    private mutating func add(_ service: DependencyProblem.ExtensionService, _ migrations: [Int: Int]) {
        guard let provider = migrations[service.provider] else { return }
        let index = Int32(provider)
        let others = { (versions: [Int]) in versions.filter { $0 != service.provider }.map(Int32.init) }
        let latest = Int32(service.provider)
        let old = addNode()
        problem.requirements[Int(old)] = [
            .init(choice(service.camlp4.map(Int32.init)), migration: index),
            .init(choice(others(service.camlp4)), migration: index, holdsAfter: true),
        ]
        let new = addNode()
        problem.requirements[Int(new)] = [
            .init(choice(service.ppx.map(Int32.init)), migration: index),
            .init(choice((others(service.ppx) + [latest]).sorted()), migration: index, holdsAfter: true),
        ]
        for user in service.users {
            guard let migration = migrations[user] else { continue }
            problem.requirements[user] += [
                .init(choice([old]), migration: Int32(migration)),
                .init(choice([new]), migration: Int32(migration), holdsAfter: true),
            ]
        }
    }

    // MARK: Nodes and sets of them

    private mutating func addNode() -> Int32 {
        problem.requirements.append([])
        problem.conflicts.append([])
        problem.isPossible.append(true)
        return Int32(problem.requirements.count - 1)
    }

    private mutating func choice(_ atom: PackageAtom) -> Int32 {
        if let known = choiceOfAtom[atom] { return known }
        let result = choice(universe.matches(atom).map(Int32.init))
        choiceOfAtom[atom] = result
        return result
    }

    /// What an atom admits, and everything newer than that.
    private mutating func choice(lifting atom: PackageAtom) -> Int32 {
        let admitted = universe.matches(atom)
        guard let last = admitted.last else { return choice(atom) }
        let newer = (last + 1)..<max(last + 1, universe.versions(of: atom.name).upperBound)
        return choice((admitted + newer).map(Int32.init))
    }

    private mutating func choice(_ members: [Int32]) -> Int32 {
        if let known = choiceOfMembers[members] { return known }
        let result = Int32(problem.choices.count)
        problem.choices.append(members)
        choiceOfMembers[members] = result
        return result
    }
}

extension DependencyProblem.Migration {
    fileprivate func touches(_ name: String) -> Bool { dropped.contains(name) || lifted.contains(name) }
}

extension World {
    /// What the filters of a package version's own file see.
    package func environment(of package: Package, named name: String) -> Filter.Environment {
        var world = self
        if package.file.isDevelopmentVersion { world.kinds.insert(.dev) }
        return { [world] variable in
            if let value = world.value(of: variable) { return value }
            guard variable.packages.allSatisfy({ $0 == name || $0 == "_" }) else { return nil }
            switch variable.name {
            case "name": return .string(name)
            case "version": return .string(package.version.text)
            default: return nil
            }
        }
    }
}
