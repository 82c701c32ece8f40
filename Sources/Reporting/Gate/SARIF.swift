import Findings
import Gate
import Text

/// The gate's report as SARIF 2.1.0: rules, places, edits, and fingerprints by which a platform knows a result again.
///
/// GitHub takes 25,000 results of a run and shows 5,000, and takes 10 MB of compressed text (docs.github.com, "SARIF
/// support for code scanning"); what is beyond is left out, and told.
enum SARIF {
    static let resultLimit = 25_000
    static let shownLimit = 5_000
    /// Results differ in paths, lines and fingerprints alone and compress by far more than four to one.
    static let sizeLimit = 40 << 20

    static func write(_ report: GateReport) -> (bytes: [UInt8], omissions: [String]) {
        let room = max(0, resultLimit - report.baselineComplaints.count)
        var uses = Array(report.byWeight.prefix(room))
        var omissions: [String] = []
        func omit(_ count: Int, _ reason: String) { omissions.append("sarif: \(count) not shown: \(reason)") }
        var bytes = text(report, uses, fixes: true, omissions)
        if bytes.count > sizeLimit {
            omit(uses.count, "their edits, as the file would be too large for GitHub")
            bytes = text(report, uses, fixes: false, omissions)
        }
        while bytes.count > sizeLimit, uses.count > 1 {
            uses = Array(uses.prefix(uses.count / 2))
            bytes = text(report, uses, fixes: false, omissions)
        }
        if uses.count < report.new.count {
            omit(report.new.count - uses.count, "GitHub takes \(resultLimit) results and 10 MB, compressed")
            bytes = text(report, uses, fixes: bytes.count < sizeLimit && omissions.count == 1, omissions)
        } else if uses.count > shownLimit {
            omit(uses.count - shownLimit, "they are in the file, but GitHub shows \(shownLimit) results")
            bytes = text(report, uses, fixes: omissions.count == 1, omissions)
        }
        return (bytes, omissions)
    }

    private static func text(
        _ report: GateReport, _ uses: [Judgement.NewUse], fixes: Bool, _ omissions: [String]
    ) -> [UInt8] {
        let rules = Array(Set(uses.map(\.finding.rule) + report.baselineComplaints.map { _ in baselineRule })).sorted()
        var json = JSONWriter()
        json.object { json in
            json.field("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
            json.field("version", "2.1.0")
            json.array("runs") { json in
                json.object { json in
                    tool(rules, uses, &json)
                    json.field("columnKind", "utf16CodeUnits")
                    json.object("originalUriBaseIds") { json in
                        json.object("SRCROOT") { json in
                            json.object("description") { $0.field("text", "The root of the repository.") }
                        }
                    }
                    json.array("invocations") { json in
                        json.object { json in
                            json.field("executionSuccessful", true)
                            json.array("toolExecutionNotifications") { json in
                                for omission in omissions {
                                    json.object { json in
                                        json.field("level", "warning")
                                        json.object("message") { $0.field("text", omission) }
                                    }
                                }
                            }
                        }
                    }
                    json.array("results") { json in
                        for use in uses { result(use, report, rules, fixes, &json) }
                        for complaint in report.baselineComplaints.prefix(resultLimit) {
                            baseline(complaint, rules, report, &json)
                        }
                    }
                }
            }
        }
        json.finish()
        return json.bytes
    }

    private static let baselineRule = "baseline/drift"

    private static func tool(_ rules: [String], _ uses: [Judgement.NewUse], _ json: inout JSONWriter) {
        var messages: [String: String] = [baselineRule: "a line of the baseline that should not be there"]
        for use in uses where messages[use.finding.rule] == nil { messages[use.finding.rule] = use.finding.message }
        json.object("tool") { json in
            json.object("driver") { json in
                json.field("name", "Caravan")
                json.field("version", "0.1.0")
                json.array("rules") { json in
                    for rule in rules {
                        json.object { json in
                            json.field("id", rule)
                            json.object("shortDescription") { $0.field("text", messages[rule] ?? rule) }
                            json.object("help") { $0.field("text", "caravan explain \(rule)") }
                        }
                    }
                }
            }
        }
    }

    private static func result(
        _ use: Judgement.NewUse, _ report: GateReport, _ rules: [String], _ fixes: Bool, _ json: inout JSONWriter
    ) {
        let finding = use.finding
        json.object { json in
            json.field("ruleId", finding.rule)
            json.field("ruleIndex", rules.firstIndex(of: finding.rule) ?? -1)
            json.field("level", use.severity.rawValue)
            json.object("message") { $0.field("text", report.message(use)) }
            json.array("locations") { json in
                json.object { json in
                    json.object("physicalLocation") { json in
                        artifact(finding.path, &json)
                        json.object("region") { region(finding, &$0) }
                    }
                }
            }
            json.object("partialFingerprints") { $0.field("caravanFinding/v1", finding.fingerprint) }
            if fixes, !finding.fix.edits.isEmpty { fix(finding, &json) }
        }
    }

    /// Columns in UTF-16 code units from 1. Where a finding ends on a later line, that line's end stands for its end.
    private static func region(_ finding: Finding, _ json: inout JSONWriter) {
        json.field("startLine", finding.start.line)
        json.field("startColumn", column(finding.start.column, finding) + 1)
        json.field("endLine", finding.end.line)
        if finding.start.line == finding.end.line {
            json.field("endColumn", column(finding.end.column, finding) + 1)
        }
        json.field("byteOffset", finding.start.offset)
        json.field("byteLength", finding.end.offset - finding.start.offset)
    }

    private static func column(_ bytes: Int, _ finding: Finding) -> Int {
        guard bytes <= finding.sourceLine.count else { return bytes }
        return String(decoding: finding.sourceLine.prefix(bytes), as: UTF8.self).utf16.count
    }

    private static func fix(_ finding: Finding, _ json: inout JSONWriter) {
        json.array("fixes") { json in
            json.object { json in
                let note = finding.fix.notes.first.map { ": " + $0 } ?? ""
                json.object("description") { $0.field("text", "rewrite (\(finding.fix.safety.rawValue))\(note)") }
                json.array("artifactChanges") { json in
                    json.object { json in
                        artifact(finding.path, &json)
                        json.array("replacements") { json in
                            for edit in finding.fix.edits {
                                json.object { json in
                                    json.object("deletedRegion") { json in
                                        json.field("byteOffset", edit.range.start)
                                        json.field("byteLength", edit.range.count)
                                    }
                                    json.object("insertedContent") {
                                        $0.field("text", String(decoding: edit.replacement, as: UTF8.self))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static func baseline(
        _ complaint: (identity: FindingIdentity, message: String), _ rules: [String], _ report: GateReport,
        _ json: inout JSONWriter
    ) {
        let identity = complaint.identity
        json.object { json in
            json.field("ruleId", baselineRule)
            json.field("ruleIndex", rules.firstIndex(of: baselineRule) ?? -1)
            json.field("level", "error")
            json.object("message") { $0.field("text", "\(identity.path): \(identity.rule): \(complaint.message)") }
            json.array("locations") { json in
                json.object { json in
                    json.object("physicalLocation") { artifact(report.reference.baseline ?? identity.path, &$0) }
                }
            }
            json.object("partialFingerprints") {
                $0.field("caravanFinding/v1", "\(identity.path):\(identity.surroundings)-\(identity.ordinal)")
            }
        }
    }

    private static func artifact(_ path: String, _ json: inout JSONWriter) {
        json.object("artifactLocation") { json in
            json.field("uri", Escaping.uri(path))
            json.field("uriBaseId", "SRCROOT")
        }
    }
}
