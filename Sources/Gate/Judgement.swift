package import Findings

/// The gate's verdict: which uses of camlp4 are new, and which lines of the baseline speak of uses that are gone.
package struct Judgement: Sendable {
    /// A use that counts as new, and why.
    package struct NewUse: Sendable {
        package let finding: Finding
        package let severity: Severity
        package let why: Why

        package init(finding: Finding, severity: Severity, why: Why) {
            self.finding = finding
            self.severity = severity
            self.why = why
        }
    }

    /// Why a use counts as new.
    package enum Why: Sendable, Hashable {
        /// Neither a baseline nor a base was given: any use counts.
        case anyCounts
        /// The base or baseline has no such use in this file.
        case notKnown
        /// The base or baseline has one by this rule in this file, in an item or line that is not there any more: either
        /// another use, or the same one in code that was changed.
        case changed
    }

    /// What is known already.
    package struct Known: Sendable {
        package var baseline: Baseline?
        /// The uses of the base, where one was given.
        package var base: Set<FindingIdentity>?
        /// Old paths by new ones.
        package var oldPaths: [String: String]

        package init(baseline: Baseline? = nil, base: Set<FindingIdentity>? = nil, oldPaths: [String: String] = [:]) {
            self.baseline = baseline
            self.base = base
            self.oldPaths = oldPaths
        }
    }

    /// By path and place.
    package let new: [NewUse]
    package let knownCount: Int
    /// Lines of the baseline whose use is gone, ascending.
    package let stale: [FindingIdentity]

    /// - Parameters:
    ///   - findings: those that no comment allows.
    ///   - isLookedAt: whether a path of the baseline was looked at, so that a missing use is gone and not just unseen.
    package init(
        _ findings: [Finding], known: Known, selection: RuleSelection, isLookedAt: (String) -> Bool
    ) {
        var new: [NewUse] = []
        var knownCount = 0
        var met: Set<FindingIdentity> = []
        let identities = findings.map { (finding: $0, names: Self.names(of: $0, known)) }
        for entry in identities where known.baseline != nil { met.formUnion(entry.names) }
        let gone = Self.gone(known, Set(identities.flatMap(\.names)))
        for entry in identities {
            if entry.names.contains(where: { known.has($0) }) {
                knownCount += 1
                continue
            }
            guard let severity = selection.severity(of: entry.finding.rule) else { continue }
            let isChanged = entry.names.contains { gone.contains(RuleInFile(rule: $0.rule, path: $0.path)) }
            let why: Why =
                known.baseline == nil && known.base == nil ? .anyCounts : isChanged ? .changed : .notKnown
            new.append(NewUse(finding: entry.finding, severity: severity, why: why))
        }
        self.new = new.sorted { left, right in
            let (a, b) = (left.finding, right.finding)
            if a.path != b.path { return a.path.utf8.lexicographicallyPrecedes(b.path.utf8) }
            if a.range != b.range { return a.range < b.range }
            return a.rule < b.rule
        }
        self.knownCount = knownCount
        stale = known.baseline?.identities.filter { !met.contains($0) && isLookedAt($0.path) } ?? []
    }

    /// Whether the gate lets the change pass.
    ///
    /// - Parameters:
    ///   - bearable: the highest severity that does not fail; nil where everything does.
    ///   - isFrozen: whether stale lines fail too.
    package func passes(bearing bearable: Severity?, isFrozen: Bool) -> Bool {
        if isFrozen, !stale.isEmpty { return false }
        return !new.contains { use in bearable.map { use.severity > $0 } ?? true }
    }

    /// Under its path, and under the one that its file had.
    private static func names(of finding: Finding, _ known: Known) -> [FindingIdentity] {
        let identity = FindingIdentity(finding)
        return [identity] + (known.oldPaths[finding.path].map { [identity.at($0)] } ?? [])
    }

    private struct RuleInFile: Hashable {
        let rule: String
        let path: String
    }

    /// Where uses by a rule are gone from a file.
    private static func gone(_ known: Known, _ present: Set<FindingIdentity>) -> Set<RuleInFile> {
        var gone: Set<RuleInFile> = []
        for identity in (known.base ?? []).union(known.baseline?.identities ?? []) where !present.contains(identity) {
            gone.insert(RuleInFile(rule: identity.rule, path: identity.path))
        }
        return gone
    }
}

extension Judgement.Known {
    fileprivate func has(_ identity: FindingIdentity) -> Bool {
        baseline?.contains(identity) ?? false || base?.contains(identity) ?? false
    }
}

/// Files that were moved without git's knowledge: those whose uses in the baseline are exactly the uses of one new file.
package enum MovedFiles {
    /// Old paths by new ones.
    ///
    /// - Parameters:
    ///   - exists: whether there is a file at a path.
    package static func find(
        _ baseline: Baseline, _ findings: [Finding], exists: (String) -> Bool
    ) -> [String: String] {
        let known = Dictionary(grouping: baseline.identities, by: \.path)
        let found = Dictionary(grouping: findings.map(FindingIdentity.init), by: \.path)
        func content(_ identities: [FindingIdentity]) -> Set<FindingIdentity> { Set(identities.map { $0.at("") }) }
        var newPaths: [Set<FindingIdentity>: [String]] = [:]
        for (path, identities) in found where known[path] == nil {
            newPaths[content(identities), default: []].append(path)
        }
        var oldPaths: [String: String] = [:]
        for (path, identities) in known where !exists(path) {
            // Of several that look alike, none is sure.
            if let paths = newPaths[content(identities)], paths.count == 1, let new = paths.first,
                oldPaths[new] == nil
            {
                oldPaths[new] = path
            }
        }
        return oldPaths
    }
}
