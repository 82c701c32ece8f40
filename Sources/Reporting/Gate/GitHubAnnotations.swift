import Findings
import Gate
import Text

/// The gate's report as commands that GitHub's workflows turn into annotations, and as the summary of a job.
///
/// GitHub shows ten errors and ten warnings of a step and drops the rest without a word, so the tenth says how many more
/// there are; the summary has them all, as far as its megabyte goes.
package enum GitHubAnnotations {
    static let annotationLimit = 10
    static let summaryLimit = 1 << 20

    static func write(_ report: GateReport) -> (bytes: [UInt8], omissions: [String]) {
        var lines: [String] = []
        var omissions: [String] = []
        for severity in Severity.allCases.reversed() {
            var commands = report.new.filter { $0.severity == severity }.map { command($0, report) }
            if severity == .error {
                commands += report.baselineComplaints.map { complaint in
                    let file = Escaping.workflowProperty(report.reference.baseline ?? complaint.identity.path)
                    let text = "\(complaint.identity.path): \(complaint.identity.rule): \(complaint.message)"
                    return "::error file=\(file),title=camlp4 baseline::\(Escaping.workflowMessage(text))"
                }
            }
            if commands.count > annotationLimit {
                let rest = commands.count - (annotationLimit - 1)
                omissions.append("github: \(rest) \(severity.rawValue)s not shown: a step shows \(annotationLimit)")
                commands = Array(commands.prefix(annotationLimit - 1))
                commands.append("::\(word(severity))::\(rest) more not shown here; the job's summary lists them")
            }
            lines += commands
        }
        // Behind the commands stands what the step's log shows people.
        let help = GateHelp(report)
        lines.append(report.headline)
        if !help.about.isEmpty { lines.append(help.about) }
        lines += help.steps.map { "  \($0.what): \($0.command)" }
        return (Array(lines.map { $0 + "\n" }.joined().utf8), omissions)
    }

    private static func command(_ use: Judgement.NewUse, _ report: GateReport) -> String {
        let finding = use.finding
        var properties = [
            "file=" + Escaping.workflowProperty(finding.path), "line=\(finding.start.line)",
            "endLine=\(finding.end.line)",
        ]
        if finding.start.line == finding.end.line {
            properties += ["col=\(finding.start.column + 1)", "endColumn=\(finding.end.column + 1)"]
        }
        properties.append("title=" + Escaping.workflowProperty("new camlp4 use (\(finding.rule))"))
        return "::\(word(use.severity)) \(properties.joined(separator: ","))::"
            + Escaping.workflowMessage(report.message(use))
    }

    private static func word(_ severity: Severity) -> String { severity == .note ? "notice" : severity.rawValue }

    /// The summary of the job, as Markdown.
    package static func summary(_ report: GateReport) -> (bytes: [UInt8], omissions: [String]) {
        var text = "### \(report.passes ? "No new camlp4" : "New uses of camlp4")\n\n\(report.headline)\n"
        let help = GateHelp(report)
        if !help.about.isEmpty { text += "\n\(help.about)\n" }
        if !help.steps.isEmpty { text += "\n" }
        for step in help.steps { text += "- \(step.what): \(Escaping.markdownCode(step.command))\n" }
        var shown = 0
        let rows =
            report.byWeight.map { use in
                [
                    use.severity.rawValue, "\(use.finding.path):\(use.finding.start.line)", use.finding.rule,
                    report.message(use),
                ]
            }
            + report.baselineComplaints.map {
                ["error", report.reference.baseline ?? "", $0.identity.rule, "\($0.identity.path): \($0.message)"]
            }
        if !rows.isEmpty { text += "\n| | where | rule | what to do |\n| --- | --- | --- | --- |\n" }
        for row in rows {
            let line = "| " + row.map(Escaping.markdownCell).joined(separator: " | ") + " |\n"
            // Room for the line that says what is missing.
            if text.utf8.count + line.utf8.count > summaryLimit - 512 { break }
            text += line
            shown += 1
        }
        guard shown < rows.count else { return (Array(text.utf8), []) }
        text += "\n\(rows.count - shown) not shown: a summary takes 1 MiB.\n"
        return (Array(text.utf8), ["github: \(rows.count - shown) not shown in the summary: it takes 1 MiB"])
    }
}
