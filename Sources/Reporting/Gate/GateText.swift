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
        let help = GateHelp(report)
        if !help.about.isEmpty { text += (help.about + "\n").utf8 }
        for step in help.steps { text += "  \(step.what): \(step.command)\n".utf8 }
        return text
    }
}
