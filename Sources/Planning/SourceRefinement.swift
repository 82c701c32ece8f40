import Survey

/// Puts what sources have shown in place of what metadata suggests: statuses, roles, extensions and efforts; what the two
/// disagree about is kept as findings of its own.
struct SourceRefinement {
    private let known: [String: SourceKnowledge]
    private let removed: String
    private(set) var conflicts: [EvidenceConflict] = []

    /// - Parameters:
    ///   - known: by names of packages.
    ///   - removed: the names of what is to go, for people.
    init(_ known: [String: SourceKnowledge], removed: String) {
        self.known = known
        self.removed = removed
    }

    /// - Parameters:
    ///   - work: what metadata says the package has to do.
    ///   - dependencies: the names that its latest version depends on, optionally too.
    mutating func refine(_ entry: inout PlanEntry, _ work: OwnWork?, dependencies: Set<String>) {
        guard let knowledge = known[entry.name], let state = knowledge.release ?? knowledge.newest else { return }
        entry.evidence = .sources
        entry.sources = state
        let declared = entry.extensions
        refineRoles(&entry, state)
        // A package that is nothing but an extension is what it is, whatever it is written with.
        let isExtension = SyntaxPackage.named(entry.name) != nil
        if !isExtension { entry.effort = state.effort }
        entry.extensions = Set(declared).union(state.used).sorted()
        note(entry, work, state, declared, dependencies)
        guard !isExtension, let release = knowledge.release else { return }
        if let newest = knowledge.newest, newest.isClean, !release.isClean, entry.needsCamlp4 || entry.wave != nil {
            entry.status = .unreleased
            entry.actions = ["release: \(newest.origin) uses no extension any more, \(release.origin) does"]
        } else if entry.status == .ready, release.used.isEmpty {
            entry.status = .declaredOnly
            entry.actions.insert("drop what it declares: no source of \(release.origin) uses an extension", at: 0)
        } else if work?.isEmpty == true, !release.used.isEmpty {
            let what = release.used.map { "\($0) (\(release.uses[$0]?.constructs ?? 0))" }.joined(separator: ", ")
            entry.isCarriedAlong = false
            let rest = entry.blockedBy.isEmpty ? [] : ["be free when \(entry.blockedBy.joined(separator: ", ")) are"]
            entry.actions = ["move its sources: \(what)"] + rest
        }
    }

    private func refineRoles(_ entry: inout PlanEntry, _ state: SourceKnowledge.State) {
        var roles = Set(entry.roles)
        if state.used.isEmpty { roles.remove(.uses) } else { roles.insert(.uses) }
        if state.uses.values.contains(where: \.isProvided) { roles.insert(.provides) }
        if (state.uses["camlp4-extend"]?.constructs ?? 0) > 0 { roles.insert(.implements) }
        entry.roles = Role.allCases.filter(roles.contains)
    }

    private mutating func note(
        _ entry: PlanEntry, _ work: OwnWork?, _ state: SourceKnowledge.State, _ declared: [String],
        _ dependencies: Set<String>
    ) {
        let provided = state.uses.filter { $0.value.isProvided }.map(\.key)
        for use in work?.syntaxPackages ?? [] {
            let name = use.package.extension
            // type_conv is the ground that generators stand on; none of its own words is in the sources.
            let isUsed = name == "type_conv" ? !state.used.isEmpty : state.uses[name]?.constructs ?? 0 > 0
            guard !isUsed, !provided.contains(name) else { continue }
            add(entry, .declaredUnused, name, use.text, state)
        }
        for name in state.used where !provided.contains(name) && !declared.contains(name) {
            guard !brings(name, dependencies) else { continue }
            add(entry, .usedUndeclared, name, state.uses[name]?.places.first ?? name, state)
        }
    }

    /// Whether a dependency brings an extension: camlp4 all that comes with it, a library what it ships, a generator's library
    /// its generator.
    private func brings(_ name: String, _ dependencies: Set<String>) -> Bool {
        dependencies.contains { dependency in
            SyntaxPackage.named(dependency)?.extension == name || ShippedExtension.named(dependency)?.extension == name
                || dependency == name || dependency == "camlp4" || dependency == "type_conv"
        }
    }

    private mutating func add(
        _ entry: PlanEntry, _ kind: EvidenceConflict.Kind, _ name: String, _ text: String,
        _ state: SourceKnowledge.State
    ) {
        conflicts.append(
            EvidenceConflict(
                name: entry.name, version: entry.version, kind: kind, extension: name, text: text,
                origin: state.origin))
    }
}
