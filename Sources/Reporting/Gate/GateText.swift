import Findings
import Gate

/// The gate's report for people: each new use with its rewrite and the reason why it counts, then what to type.
package enum GateText {
    package static func write(_ report: GateReport, colour: Bool) -> [UInt8] {
        var text: [UInt8] = []
        for use in report.new {
            // Its empty last line goes behind our own.
            text += ScanText.text(of: use.finding, colour: colour).dropLast()
            text += "  why: \(report.why(use))\n".utf8
            text +=
                "  id: \(use.finding.fingerprint)\(use.severity == .error ? "" : " (\(use.severity.rawValue))")\n\n"
                .utf8
        }
        for complaint in report.baselineComplaints {
            text += "\(complaint.identity.path): \(complaint.identity.rule): \(complaint.message)\n".utf8
        }
        if !report.isFrozen, !report.stale.isEmpty {
            let lines = report.count(report.stale.count, "line")
            text += "\(lines) of the baseline speak of uses that are gone: caravan baseline prune\n".utf8
        }
        for skipped in report.skipped { text += "\(skipped.path): skipped: \(skipped.reason)\n".utf8 }
        text += (report.headline + "\n").utf8
        if !report.passes { text += help(report).utf8 }
        return text
    }

    /// For somebody who has never heard of camlp4.
    private static func help(_ report: GateReport) -> String {
        let baseline = report.reference.baseline
        var lines: [(what: String, command: String)] = []
        if let use = report.new.first {
            let path = report.new.first { $0.finding.fix.safety != .manual }?.finding.path ?? use.finding.path
            if report.new.contains(where: { !$0.finding.fix.edits.isEmpty }) {
                lines.append(("to see the rewrite", "caravan rewrite \(path)"))
                lines.append(("to make it", "caravan rewrite --inplace \(path)"))
            }
            lines.append(("to learn about a rule", "caravan explain \(use.finding.rule)"))
            lines.append(("to keep a use, say why in a comment on the line before it", allowance(use)))
            if let baseline {
                lines.append(
                    (
                        "or take it into the baseline",
                        "caravan baseline accept \(use.finding.fingerprint) --reason WHY --baseline \(baseline)"
                    ))
            }
        }
        if let baseline, report.isFrozen, !report.stale.isEmpty {
            lines.append(("to drop lines of uses that are gone", "caravan baseline prune --baseline \(baseline)"))
        }
        let about =
            report.new.isEmpty
            ? ""
            : """
            camlp4 is a preprocessor that extends OCaml's syntax; this project is moving its code to ppx, which the
            compiler itself supports, and lets no new use of camlp4 in.

            """
        return about + lines.map { "  \($0.what): \($0.command)\n" }.joined()
    }

    private static func allowance(_ use: Judgement.NewUse) -> String {
        let isSource = SourceLanguage.isSource(fileName: use.finding.path)
        return isSource ? "(* caravan: allow \(use.finding.rule) WHY *)" : "# caravan:allow \(use.finding.rule) WHY"
    }
}
