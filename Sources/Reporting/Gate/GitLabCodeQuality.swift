import Findings
import Gate
import Text

/// The gate's report as GitLab's code quality artifact: a list, each entry with a fingerprint of its own (equal ones would
/// hide each other).
enum GitLabCodeQuality {
    static func write(_ report: GateReport) -> [UInt8] {
        var json = JSONWriter()
        json.array { json in
            for use in report.new {
                entry(
                    report.message(use), use.finding.rule, use.finding.fingerprint, severity(use.severity),
                    use.finding.path, use.finding.start.line, use.finding.end.line, &json)
            }
            for complaint in report.baselineComplaints {
                let identity = complaint.identity
                entry(
                    "\(identity.path): \(identity.rule): \(complaint.message)", "baseline/drift",
                    "\(identity.path):\(identity.rule):\(identity.surroundings)-\(identity.ordinal)", "major",
                    report.reference.baseline ?? identity.path, 1, 1, &json)
            }
        }
        json.finish()
        return json.bytes
    }

    private static func entry(
        _ description: String, _ rule: String, _ fingerprint: String, _ severity: String, _ path: String,
        _ begin: Int, _ end: Int, _ json: inout JSONWriter
    ) {
        json.object { json in
            json.field("type", "issue")
            json.field("description", description)
            json.field("check_name", rule)
            json.field("fingerprint", fingerprint)
            json.field("severity", severity)
            json.object("location") { json in
                json.field("path", path)
                json.object("lines") { json in
                    json.field("begin", begin)
                    json.field("end", end)
                }
            }
        }
    }

    private static func severity(_ severity: Severity) -> String {
        switch severity {
        case .note: "info"
        case .warning: "minor"
        case .error: "major"
        }
    }
}
