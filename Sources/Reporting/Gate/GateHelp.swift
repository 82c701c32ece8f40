import Findings
import Gate

/// What a failed gate tells somebody who has never heard of camlp4: what it is about, and what to type.
struct GateHelp: Sendable {
    /// A few sentences; empty where only the baseline is at fault.
    let about: String
    /// In the order of trying.
    let steps: [(what: String, command: String)]

    /// Nothing where the gate passes.
    init(_ report: GateReport) {
        if report.passes {
            (about, steps) = ("", [])
            return
        }
        let baseline = report.reference.baseline.map(Escaping.shellWord)
        var steps: [(what: String, command: String)] = []
        // Comments that allow nothing are new findings too, but no uses of camlp4.
        let uses = report.new.filter { !Suppression.rules.contains($0.finding.rule) }
        steps += Self.rewriting(uses)
        if let finding = (uses.first ?? report.new.first)?.finding {
            steps.append(("to learn about a rule", "caravan explain \(finding.rule)"))
        }
        if let use = uses.first {
            steps.append(("to keep a use, say why in a comment on the line before it", Self.allowance(use)))
            if let baseline {
                steps.append(
                    (
                        "or take it into the baseline",
                        "caravan baseline accept \(use.finding.fingerprint) --reason WHY --baseline \(baseline)"
                    ))
            }
        }
        if let baseline, report.isFrozen, !report.stale.isEmpty {
            steps.append(("to drop lines of uses that are gone", "caravan baseline prune --baseline \(baseline)"))
        }
        self.steps = steps
        about =
            uses.isEmpty
            ? ""
            : """
            camlp4 is a preprocessor that extends OCaml's syntax; this project is moving its code to ppx, which the
            compiler itself supports, and lets no new use of camlp4 in.
            """
    }

    private static func rewriting(_ uses: [Judgement.NewUse]) -> [(what: String, command: String)] {
        guard let use = uses.first(where: { !$0.finding.fix.edits.isEmpty }) else { return [] }
        let path = Escaping.shellWord(use.finding.path)
        return [
            ("to see the rewrite", "caravan rewrite \(path)"), ("to make it", "caravan rewrite --inplace \(path)"),
        ]
    }

    private static func allowance(_ use: Judgement.NewUse) -> String {
        let isSource = SourceLanguage.isSource(fileName: use.finding.path)
        return isSource ? "(* caravan: allow \(use.finding.rule) WHY *)" : "# caravan:allow \(use.finding.rule) WHY"
    }
}
