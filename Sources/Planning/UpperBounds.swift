package import OpamFormat
import Text
package import Universe

/// Which package versions must get an upper bound when a version of a package comes without camlp4.
///
/// Every version whose dependency admits that version is in danger: whoever uses the syntax that the package shipped breaks,
/// and opam metadata does not tell who does. So all are given, with the evidence for each, and none is claimed.
package struct UpperBounds: Sendable {
    /// How sure it is that a version uses what goes.
    package enum Evidence: String, Sendable, Hashable, CaseIterable, Comparable {
        /// Its sources use it.
        case uses
        /// Its metadata names camlp4 or what comes with it.
        case suggests
        /// Nothing tells.
        case unknown
        /// Its sources were read and do not use it.
        case unused
        /// It asks for an older compiler than the version that is to come, so that no installation holds both.
        case apart

        package var definition: String {
            switch self {
            case .uses: "its sources use the syntax"
            case .suggests: "its metadata names what camlp4 comes with; sources were not read"
            case .unknown: "metadata cannot tell; sources were not read"
            case .unused: "its sources were read and do not use the syntax"
            case .apart: "it asks for an older OCaml than that version does, so the two never meet"
            }
        }

        package static func < (left: Evidence, right: Evidence) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    /// What reading a version's sources has shown.
    package struct SourceEvidence: Sendable, Hashable {
        package let uses: Bool
        /// `PATH:LINE: what`, the first few.
        package let places: [String]
        /// What was read: a tag, a directory.
        package let origin: String

        package init(uses: Bool, places: [String], origin: String) {
            self.uses = uses
            self.places = places
            self.origin = origin
        }
    }

    /// One version that admits what is to come.
    package struct Dependent: Sendable {
        package let position: Int
        package let isOptional: Bool
        /// The dependency as its file spells it: `"cstruct" {>= "1.0.1"}`.
        package let texts: [String]
        package internal(set) var evidence: Evidence
        /// Why the evidence is what it is.
        package internal(set) var reasons: [String]
        package internal(set) var sources: SourceEvidence?
        /// How many names depend on it, directly or not, in their latest versions.
        package let weight: Int
    }

    package let universe: Universe
    package let name: String
    package let version: Version
    /// In order: by evidence, then latest versions first, then by how many depend on them, then in opam's order.
    package private(set) var dependents: [Dependent]
    /// Versions that admit the new version and no older one: they were written for it, so they get no bound.
    package let writtenForIt: [Int]

    /// - Parameters:
    ///   - suggestive: names whose presence among the dependencies suggests use: camlp4, type_conv.
    ///   - includingOptional: whether optional dependencies count.
    ///   - oldestOCaml: the first compiler that the version is for: whoever takes none from there on never meets it. Nil
    ///     where that does not count.
    package init(
        universe: Universe, name: String, version: Version, suggestive: [String], includingOptional: Bool,
        oldestOCaml: Version? = nil
    ) {

        self.universe = universe
        self.name = name
        self.version = version
        let suggestive = Set(suggestive)
        let graph = NameGraph(universe: universe).dependents(NameGraph.hardKinds)
        var weights: [Int: Int] = [:]
        var dependents: [Dependent] = []
        var writtenForIt: [Int] = []
        for position in universe.packages.indices where universe.name(position) != name {
            guard DependencyQuery.isListed(universe, position) else { continue }
            let package = universe.packages[position]
            let admission = Self.admission(of: version, as: name, package, universe)
            guard admission.isRequired || (includingOptional && admission.isOptional) else { continue }
            guard admission.admitsOlder else {
                writtenForIt.append(position)
                continue
            }
            let weight = weights[package.name] ?? NameGraph.closure(of: package.name, graph).count
            weights[package.name] = weight
            let named = (package.file.depends.atoms + package.file.depopts.atoms).map(\.name)
            let hints = Set(named.filter(suggestive.contains)).sorted()
            var evidence = hints.isEmpty ? Evidence.unknown : .suggests
            var reasons = hints.isEmpty ? [] : ["its metadata names \(hints.joined(separator: ", "))"]
            if let oldestOCaml, Self.takesNone(from: oldestOCaml, package) {
                evidence = .apart
                reasons.append("it takes no OCaml from \(oldestOCaml.text) on")
            }
            dependents.append(
                Dependent(
                    position: position, isOptional: !admission.isRequired, texts: admission.texts,
                    evidence: evidence, reasons: reasons, sources: nil, weight: weight))
        }
        self.dependents = dependents
        self.writtenForIt = writtenForIt
        sort()
    }

    /// The first release of OCaml that a version's own file takes; nil where the repository does not have the version.
    package static func oldestOCaml(of version: Version, as name: String, in universe: Universe) -> Version? {
        let known = universe.versions(of: name).first { universe.packages[$0].version.isSame(as: version) }
        guard let known else { return nil }
        return OCamlReleases.all.map(\.version).first { admits($0, universe.packages[known]) }
    }

    /// Puts what sources have shown in place of what metadata suggests.
    package mutating func refine(_ sources: [Int: SourceEvidence]) {
        for index in dependents.indices {
            guard let found = sources[dependents[index].position] else { continue }
            dependents[index].sources = found
            if dependents[index].evidence != .apart { dependents[index].evidence = found.uses ? .uses : .unused }
            let what = found.uses ? "sources use it" : "sources do not use it"
            dependents[index].reasons.append("\(what) (\(found.origin))")
        }
        sort()
    }

    private mutating func sort() {
        let universe = universe
        dependents.sort { left, right in
            let a = (left.evidence, universe.isLatest(left.position) ? 0 : 1, -left.weight, left.position)
            let b = (right.evidence, universe.isLatest(right.position) ? 0 : 1, -right.weight, right.position)
            return a < b
        }
    }

    // MARK: Who admits it

    private struct Admission {
        var isRequired = false
        var isOptional = false
        var admitsOlder = false
        var texts: [String] = []
    }

    /// Whether a version's own file takes some compiler, and none from a release on. On which system does not matter.
    private static func takesNone(from oldest: Version, _ package: Package) -> Bool {
        let taken = OCamlReleases.all.map(\.version).filter { admits($0, package) }
        return !taken.isEmpty && !taken.contains { $0 >= oldest }
    }

    private static let systems = ["linux", "darwin", "macos", "win32", "cygwin", "freebsd", "openbsd", "netbsd"]

    /// Whether a version's own file takes a compiler on some system.
    private static func admits(_ compiler: Version, _ package: Package) -> Bool {
        systems.contains { system in
            let world = World(ocaml: compiler, os: system)
            guard package.file.available.isTrue(undefined: false, { world.value(of: $0) }) else { return false }
            return package.file.depends.resolved { world.value(of: $0) }.holds { atom in
                atom.name != "ocaml" || atom.admits(compiler)
            }
        }
    }

    /// Filters are decided as opam decides them for listing; test and documentation dependencies do not count.
    private static func admission(
        of version: Version, as name: String, _ package: Package, _ universe: Universe
    ) -> Admission {
        var result = Admission()
        let older = universe.versions(of: name).map { universe.packages[$0].version }.filter { $0 < version }
        let environment = environment(of: package, universe)
        let isShutOut = package.file.conflicts.resolved(environment).atoms.contains { atom in
            atom.name == name && atom.admits(version)
        }
        guard !isShutOut else { return result }
        for (formula, isRequired) in [(package.file.depends, true), (package.file.depopts, false)] {
            for dependency in formula.atoms where dependency.name == name {
                guard let atom = dependency.resolved(environment), atom.admits(version) else { continue }
                if isRequired { result.isRequired = true } else { result.isOptional = true }
                if older.contains(where: atom.admits) { result.admitsOlder = true }
                let kind = dependency.kind(environment)
                let text = PathStep(
                    name: name, kind: isRequired ? kind : .depopt, constraint: atom.constraintText)
                result.texts.append(text.quoted)
            }
        }
        return result
    }

    private static func environment(of package: Package, _ universe: Universe) -> Filter.Environment {
        let name = universe.names[package.name]
        return { variable in
            DependencyKinds.build.value(of: variable) ?? PackageVariables.value(of: variable, name, package.version)
        }
    }

    // MARK: Edits

    /// The file of a dependent with its bound, and why there is none where there is none.
    package enum Edited: Sendable, Hashable {
        case file([UInt8])
        case impossible(String)
    }

    /// Edits a dependent's opam file, and checks by reading the result that it admits what it admitted below the version
    /// and nothing from there on.
    package func edited(_ dependent: Dependent, _ bytes: [UInt8]) -> Edited {
        let package = universe.packages[dependent.position]
        let tree = OpamSyntaxTree(parsing: bytes)
        guard tree.errors.isEmpty else { return .impossible("the file does not keep to the format") }
        let environment = Self.environment(of: package, universe)
        let editor = ConstraintEditor(tree)
        let fields = dependent.isOptional ? ["depopts"] : ["depends"]
        let edits = fields.flatMap { field in
            editor.bounding(name, below: version, in: field) { $0.resolved(environment)?.admits(version) ?? false }
        }
        guard !edits.isEmpty, let list = EditList(edits) else {
            return .impossible("the dependency could not be found in the file")
        }
        let result = list.applied(to: bytes)
        let after = Package(
            name: package.name, version: package.version, path: package.path, file: OpamFile(parsing: result))
        guard after.file.isWellFormed, after.file.unreadFields == package.file.unreadFields else {
            return .impossible("the edited file is not well-formed")
        }
        let admission = Self.admission(of: version, as: name, after, universe)
        guard !(dependent.isOptional ? admission.isOptional : admission.isRequired) else {
            return .impossible("the edited file admits \(name).\(version.text) still")
        }
        for older in universe.versions(of: name) {
            let known = universe.packages[older].version
            let before = Self.admission(of: known, as: name, package, universe)
            let now = Self.admission(of: known, as: name, after, universe)
            let isSame = before.isRequired == now.isRequired && before.isOptional == now.isOptional
            if known < version, !isSame {
                return .impossible("the edit would change what older versions it admits")
            }
        }
        return .file(result)
    }
}
