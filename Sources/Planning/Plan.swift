package import Universe

/// Where a package stands on its way from camlp4, as its latest version shows.
package enum Status: String, Sendable, Hashable, CaseIterable {
    case free
    case declaredOnly = "declared-only"
    case ready
    case blocked
    case together
    case noReplacement = "no-replacement"
    case optional
    case unreleased
    case legacy
    case notInstallable = "not-installable"
    case unknown

    /// What the status means.
    package var definition: String {
        switch self {
        case .free: "nothing ties it to camlp4"
        case .declaredOnly: "its metadata names camlp4 or an extension that, by its own word, it can do without"
        case .ready: "it uses camlp4 itself, and nothing that it depends on holds it back"
        case .blocked: "a package that it depends on needs camlp4 and has no version that does not"
        case .together: "it and others block each other, so they move on one day"
        case .noReplacement: "it uses, or is, an extension for which there is no replacement on that date"
        case .optional: "camlp4 is an optional dependency only"
        case .unreleased: "its sources have moved, its newest release has not"
        case .legacy: "older versions need camlp4, the latest does not"
        case .notInstallable: "its latest version cannot be installed in this world, with or without camlp4"
        case .unknown: "its metadata cannot be read, so nothing is claimed"
        }
    }

    /// What its maintainers do.
    package var instruction: String {
        switch self {
        case .free: "Nothing to do."
        case .declaredOnly: "Drop the dependency and release: no source changes are expected."
        case .ready: "Move the sources to ppx, drop the dependencies named, release."
        case .blocked: "Prepare the move; release when the packages that block it have."
        case .together: "Agree on a day with the others of the group and release together."
        case .noReplacement: "Decide on a strategy: plain OCaml, cppo, another library, or wait for a ppx."
        case .optional: "Nobody is held up. Retire the optional part when its users have moved."
        case .unreleased: "Make a release."
        case .legacy: "Nothing to do; users of old versions upgrade."
        case .notInstallable: "Look at the newest version that can be installed, or at another world."
        case .unknown: "Mend the metadata first."
        }
    }
}

/// What a package has to do with camlp4.
package enum Role: String, Sendable, Hashable {
    /// Others get a syntax extension from it.
    case provides
    /// It is written with one.
    case uses
    /// It builds one with camlp4.
    case implements
}

/// One step of the path that ties a package to camlp4.
package struct PathStep: Sendable, Hashable {
    package let name: String
    package let kind: EdgeKind
    package let constraint: String

    /// `type_conv {build & >= "109.53"}`, as the opam file of the step before would have it.
    package var text: String {
        let parts = [kind == .depends ? nil : kind.rawValue, constraint.isEmpty ? nil : constraint].compactMap { $0 }
        return parts.isEmpty ? name : "\(name) {\(parts.joined(separator: " & "))}"
    }
}

/// A package in the plan: what is said of its latest version.
package struct PlanEntry: Sendable {
    package let name: String
    package let version: String
    package internal(set) var status: Status
    package let roles: [Role]
    /// Installable in the world with camlp4 there.
    package let available: Bool
    /// Installable in the world, and not once camlp4 is gone.
    package let needsCamlp4: Bool
    /// From the package to camlp4, itself not among the steps; empty where nothing leads there.
    package let path: [PathStep]
    package let directDependents: Int
    package let transitiveDependents: Int
    package let optionalDependents: Int
    /// Extensions that its metadata tells of, by the catalogue's names.
    package let extensions: [String]
    package let blockedBy: [String]
    package internal(set) var unblocks: [String] = []
    package internal(set) var wave: Int?
    package internal(set) var rank: Int?
    package internal(set) var flagDay: String?
    /// How many latest versions become installable without camlp4 if this package alone migrates.
    package internal(set) var frees = 0
    package let actions: [String]
    /// It needs camlp4 through others only, with nothing of its own to change as far as metadata tells.
    package let isCarriedAlong: Bool
    package let maintainers: [String]
    package let devRepository: String?
    package let homepage: String?

    /// `cstruct.1.9.0 → type_conv {build} → camlp4`; nil without a path.
    package var pathText: String? {
        path.isEmpty ? nil : (["\(name).\(version)"] + path.map(\.text)).joined(separator: " → ")
    }
}

/// A set of packages that can move at the same time, once the waves before have.
package struct Wave: Sendable {
    package let number: Int
    /// In the order of the plan.
    package let packages: [String]
    /// How many more latest versions are free of camlp4 when it is done.
    package let frees: Int
}

/// Packages that cannot move apart.
package struct FlagDay: Sendable {
    package let id: String
    package let packages: [String]
    package let reason: String
}

/// The whole plan of a universe; a pure value, the same for the same input.
package struct Plan: Sendable {
    package let world: World
    /// The packages that are to go, by name.
    package let removed: [String]
    /// The day for which replacements are suggested (YYYY-MM-DD).
    package let date: String
    /// How it was decided what needs camlp4.
    package let method: String
    /// Every package, in opam's order of names.
    package let packages: [PlanEntry]
    package let waves: [Wave]
    package let flagDays: [FlagDay]
    package let graph: NameGraph
    /// The packages put first.
    package let first: [String]

    package func entry(_ name: String) -> PlanEntry? {
        graph.universe.position(of: name).map { packages[$0] }
    }

    /// Number of packages of each status, in the order in which statuses are declared; those that do not occur too.
    package var totals: [(status: Status, count: Int)] {
        var counts: [Status: Int] = [:]
        for entry in packages { counts[entry.status, default: 0] += 1 }
        return Status.allCases.map { ($0, counts[$0] ?? 0) }
    }
}
