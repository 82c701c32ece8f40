package import Findings
package import Gate

/// What a run of the gate has to say, before any format puts it into words.
package struct GateReport: Sendable {
    /// What the uses were held against.
    package struct Reference: Sendable {
        /// The revision as it was named, and its commit.
        package var revision: String?
        package var commit: String?
        package var baseline: String?

        package init(revision: String? = nil, commit: String? = nil, baseline: String? = nil) {
            self.revision = revision
            self.commit = commit
            self.baseline = baseline
        }

        /// `since origin/main (1a2b3c4d) and baseline caravan.baseline`; nil where any use counts.
        package var text: String? {
            var parts: [String] = []
            if let revision { parts.append("since \(revision)" + (commit.map { " (\($0.prefix(8)))" } ?? "")) }
            if let baseline { parts.append("beside the baseline \(baseline)") }
            return parts.isEmpty ? nil : parts.joined(separator: " and ")
        }
    }

    package let reference: Reference
    /// By path and place.
    package let new: [Judgement.NewUse]
    package let known: Int
    package let allowed: Int
    /// Lines of the baseline whose use is gone.
    package let stale: [FindingIdentity]
    /// Lines that the change adds to the baseline, where it is frozen.
    package let grown: [FindingIdentity]
    package let isFrozen: Bool
    package let passes: Bool
    package let filesRead: Int
    package let skipped: [Coverage.Skipped]

    package init(
        reference: Reference, new: [Judgement.NewUse], known: Int, allowed: Int, stale: [FindingIdentity],
        grown: [FindingIdentity] = [], isFrozen: Bool, passes: Bool, filesRead: Int, skipped: [Coverage.Skipped]
    ) {
        self.reference = reference
        self.new = new
        self.known = known
        self.allowed = allowed
        self.stale = stale
        self.grown = grown
        self.isFrozen = isFrozen
        self.passes = passes
        self.filesRead = filesRead
        self.skipped = skipped
    }

    /// What to say of lines of the baseline, where they matter.
    var baselineComplaints: [(identity: FindingIdentity, message: String)] {
        guard isFrozen else { return [] }
        return stale.map { ($0, "the baseline names a use that is gone: run caravan baseline prune") }
            + grown.map { ($0, "the change adds this use to the baseline, which may only shrink") }
    }

    /// The weightiest first, then by place: what is kept where a platform shows but so many.
    var byWeight: [Judgement.NewUse] {
        new.enumerated().sorted { left, right in
            left.element.severity != right.element.severity
                ? left.element.severity > right.element.severity : left.offset < right.offset
        }.map(\.element)
    }

    /// Why a use counts as new, in words.
    func why(_ use: Judgement.NewUse) -> String {
        let place = reference.text ?? ""
        switch use.why {
        case .anyCounts: return "any use of camlp4 fails here: neither a baseline nor a revision was given"
        case .notKnown: return "new \(place)"
        case .changed: return "new \(place): uses of \(use.finding.rule) were there, in code that this changes"
        }
    }

    /// What stands instead, in a line; nil where a person has to see.
    func advice(_ use: Judgement.NewUse) -> String? {
        if let line = ScanText.rewritten(use.finding) {
            let text = String(decoding: ScanText.printable(line), as: UTF8.self)
            return "write instead: " + text.trimmingBlanks()
        }
        if !use.finding.fix.edits.isEmpty { return "see: caravan rewrite \(use.finding.path)" }
        return use.finding.fix.notes.first
    }

    /// Message, reason and advice in one line.
    func message(_ use: Judgement.NewUse) -> String {
        ([use.finding.message, why(use)] + (advice(use).map { [$0] } ?? [])).joined(separator: "; ")
    }

    var headline: String {
        let errors = count(new.count, "new use") + " of camlp4"
        let rest = "\(known) known, \(allowed) allowed by comments, \(count(filesRead, "file")) read"
        return (passes ? "gate passed: " : "gate failed: ") + errors + " (\(rest))"
    }

    func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}

extension String {
    fileprivate func trimmingBlanks() -> String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}

/// A format of the gate's report: its name and its writer.
package struct GateFormat: Sendable {
    package let name: String
    package let title: String
    /// The report's bytes, and what a platform's limits leave out, told to people.
    package let write: @Sendable (GateReport) -> (bytes: [UInt8], omissions: [String])

    package static let all: [GateFormat] = [
        GateFormat(name: "text", title: "as compilers print") { (GateText.write($0, colour: false), []) },
        GateFormat(name: "json", title: "schema caravan.gate/1") { (GateJSON.write($0), []) },
        GateFormat(name: "sarif", title: "SARIF 2.1.0") { SARIF.write($0) },
        GateFormat(name: "github", title: "annotations of GitHub's workflows") { GitHubAnnotations.write($0) },
        GateFormat(name: "gitlab", title: "GitLab's code quality") { (GitLabCodeQuality.write($0), []) },
        GateFormat(name: "checkstyle", title: "Checkstyle's XML") { (Checkstyle.write($0), []) },
        GateFormat(name: "junit", title: "JUnit's XML") { (JUnit.write($0), []) },
        GateFormat(name: "rdjson", title: "reviewdog's JSON") { (ReviewdogJSON.write($0), []) },
    ]

    package static func named(_ name: String) -> GateFormat? { all.first { $0.name == name } }
}
