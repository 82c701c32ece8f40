/// A package in the plan: what is said of its latest version.
package struct PlanEntry: Sendable {
    package let name: String
    package let version: String
    package internal(set) var status: Status
    package internal(set) var roles: [Role]
    package internal(set) var evidence: Evidence
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
    package internal(set) var extensions: [String]
    package let blockedBy: [String]
    package internal(set) var unblocks: [String] = []
    /// The wave in which it can be released free of camlp4: after all that blocks it.
    package internal(set) var wave: Int?
    /// The first wave in which its own sources can move, from the windows of its dependencies: a release that works beside what
    /// has not moved yet. Nil where there is nothing of its own to move.
    package internal(set) var startsIn: Int?
    /// What it uses, with the versions that serve it before and after its move.
    package internal(set) var windows: [SupportWindow] = []
    package internal(set) var effort = Effort.none
    /// Position by `Plan.priorityFormula`; larger is better.
    package internal(set) var priority = 0
    /// Its metadata admits OCaml 4.01, which a move to ppx ends.
    package let promisesOldCompilers: Bool
    package internal(set) var rank: Int?
    package internal(set) var flagDay: String?
    /// How many latest versions become installable without camlp4 if this package alone migrates.
    package internal(set) var frees = 0
    package internal(set) var actions: [String]
    /// It needs camlp4 through others only, with nothing of its own to change as far as metadata tells.
    package internal(set) var isCarriedAlong: Bool
    /// Whether there is something of its own to move: as metadata tells, or sources where they were read.
    package var hasOwnWork: Bool {
        switch status {
        case .ready, .declaredOnly, .noReplacement, .unreleased: true
        case .blocked, .together: !isCarriedAlong
        case .free, .optional, .legacy, .notInstallable, .unknown: false
        }
    }
    /// What its sources use; nil where none were read.
    package internal(set) var sources: SourceKnowledge.State?
    package let maintainers: [String]
    package let devRepository: String?
    package let homepage: String?

    /// `cstruct.1.9.0 → type_conv {build} → camlp4`; nil without a path.
    package var pathText: String? {
        path.isEmpty ? nil : (["\(name).\(version)"] + path.map(\.text)).joined(separator: " → ")
    }
}
