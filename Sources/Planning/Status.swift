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
