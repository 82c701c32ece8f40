import Findings
import Gate
import Text

/// The gate's report as reviewdog reads it (rdjson): diagnostics with suggestions. Lines and columns count from 1, columns
/// in bytes.
enum ReviewdogJSON {
    static func write(_ report: GateReport) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.object("source") { $0.field("name", "caravan") }
            json.field("severity", "ERROR")
            json.array("diagnostics") { json in
                for use in report.new { diagnostic(use, report, &json) }
                for complaint in report.baselineComplaints {
                    let identity = complaint.identity
                    json.object { json in
                        json.field("message", "\(identity.path): \(identity.rule): \(complaint.message)")
                        json.object("location") { $0.field("path", report.reference.baseline ?? identity.path) }
                        json.field("severity", "ERROR")
                        json.object("code") { $0.field("value", "baseline/drift") }
                    }
                }
            }
        }
        json.finish()
        return json.bytes
    }

    private static func diagnostic(_ use: Judgement.NewUse, _ report: GateReport, _ json: inout JSONWriter) {
        let finding = use.finding
        json.object { json in
            json.field("message", report.message(use))
            json.object("location") { json in
                json.field("path", finding.path)
                range(finding.start.line, finding.start.column, finding.end.line, finding.end.column, &json)
            }
            json.field("severity", use.severity == .note ? "INFO" : use.severity.rawValue.uppercased())
            json.object("code") { $0.field("value", finding.rule) }
            // A suggestion replaces whole lines, so that several edits of one finding are one suggestion.
            if let line = ScanText.rewritten(finding) {
                json.array("suggestions") { json in
                    json.object { json in
                        range(finding.start.line, 0, finding.start.line, finding.sourceLine.count, &json)
                        json.field("text", String(decoding: line, as: UTF8.self))
                    }
                }
            }
        }
    }

    private static func range(
        _ startLine: Int, _ startColumn: Int, _ endLine: Int, _ endColumn: Int, _ json: inout JSONWriter
    ) {
        json.object("range") { json in
            json.object("start") { json in
                json.field("line", startLine)
                json.field("column", startColumn + 1)
            }
            json.object("end") { json in
                json.field("line", endLine)
                json.field("column", endColumn + 1)
            }
        }
    }
}
