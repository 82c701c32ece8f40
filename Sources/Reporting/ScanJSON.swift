import Findings
import Text

/// A scan as JSON, schema `caravan.scan/1`.
package enum ScanJSON {
    package static func write(_ report: ScanReport) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("schema", "caravan.scan/1")
            coverage(report.coverage, &json)
            json.array("files") { json in
                for entry in report.files { file(entry, &json) }
            }
            json.array("metadata") { json in
                for entry in report.metadata { metadata(entry, &json) }
            }
            json.array("usage") { json in
                for entry in report.usage { usage(entry, &json) }
            }
            if let documents = report.documents {
                json.array("documents") { json in
                    for entry in documents { document(entry, &json) }
                }
            }
            summary(report, &json)
        }
        json.finish()
        return json.bytes
    }

    private static func coverage(_ coverage: Coverage, _ json: inout JSONWriter) {
        json.object("coverage") { json in
            json.field("files", coverage.files)
            json.field("bytes", coverage.bytes)
            json.field("parsed", coverage.parsed)
            json.field("partial", coverage.partial)
            json.array("skipped") { json in
                for skipped in coverage.skipped {
                    json.object { json in
                        json.field("path", skipped.path)
                        json.field("reason", skipped.reason)
                    }
                }
            }
        }
    }

    private static func file(_ file: ScannedFile, _ json: inout JSONWriter) {
        json.object { json in
            json.field("path", file.path)
            json.field("accepted_by_stock", file.acceptedByStock)
            if let rejection = file.rejection {
                json.object("rejected_by_stock") { json in
                    position("at", rejection.position, &json)
                    json.field("reason", rejection.reason)
                }
            }
            json.field("mixed", file.mixed)
            json.field("dialect", file.dialect.rawValue)
            json.field("turned_on", file.turnedOn)
            json.field("extensions", file.extensions)
            if let partial = file.partial { json.field("partial", partial) }
            findings(file.findings, &json)
        }
    }

    private static func metadata(_ result: MetadataScanner.Result, _ json: inout JSONWriter) {
        json.object { json in
            json.field("path", result.path)
            json.field("format", result.format)
            if !result.problems.isEmpty { json.field("problems", result.problems) }
            findings(result.findings, &json)
        }
    }

    private static func document(_ result: DocumentScanner.Result, _ json: inout JSONWriter) {
        json.object { json in
            json.field("path", result.path)
            json.field("kind", result.kind)
            findings(result.findings, &json)
        }
    }

    private static func findings(_ findings: [Finding], _ json: inout JSONWriter) {
        json.array("findings") { json in
            for entry in findings { finding(entry, &json) }
        }
    }

    private static func finding(_ finding: Finding, _ json: inout JSONWriter) {
        json.object { json in members(of: finding, &json) }
    }

    /// The fields of a finding, without the object around them.
    static func members(of finding: Finding, _ json: inout JSONWriter) {
        json.field("rule", finding.rule)
        json.field("extension", finding.extension)
        json.field("path", finding.path)
        json.object("range") { json in
            position("start", finding.start, &json)
            position("end", finding.end, &json)
        }
        json.field("message", finding.message)
        json.field("fingerprint", finding.fingerprint)
        json.object("fix") { json in
            json.field("safety", finding.fix.safety.rawValue)
            json.array("edits") { json in
                for edit in finding.fix.edits {
                    json.object { json in
                        json.field("start", edit.range.start)
                        json.field("end", edit.range.end)
                        json.field("replacement", String(decoding: edit.replacement, as: UTF8.self))
                    }
                }
            }
            json.field("notes", finding.fix.notes)
        }
    }

    private static func position(_ key: String, _ position: Position, _ json: inout JSONWriter) {
        json.object(key) { json in
            json.field("offset", position.offset)
            json.field("line", position.line)
            json.field("column", position.column)
        }
    }

    private static func usage(_ usage: Usage, _ json: inout JSONWriter) {
        json.object { json in
            json.field("component", usage.component)
            json.field("extension", usage.extension)
            // Readers of the format know four statuses. What may be used is to be left where it is, so it counts as used for
            // them, and `unclear_in` says that it may not be.
            json.field("status", usage.status == .unknown ? Usage.Status.used.rawValue : usage.status.rawValue)
            json.field("declared_in", usage.declaredIn)
            json.field("used_in", usage.usedIn)
            if !usage.unclear.isEmpty { json.field("unclear_in", usage.unclear) }
            if !usage.distinctions.isEmpty { json.field("distinctions", usage.distinctions.map(\.rawValue)) }
        }
    }

    private static func summary(_ report: ScanReport, _ json: inout JSONWriter) {
        json.object("summary") { json in
            json.field("findings", report.sourceFindings)
            json.field("files_with_findings", report.files.count { !$0.findings.isEmpty })
            json.field("metadata_findings", report.metadataFindings)
            if report.documents != nil { json.field("document_findings", report.documentFindings) }
            for (key, counts) in [("by_extension", report.byExtension), ("by_rule", report.byRule)] {
                json.array(key) { json in
                    for count in counts {
                        json.object { json in
                            json.field(key == "by_rule" ? "rule" : "extension", count.name)
                            json.field("findings", count.findings)
                            json.field("files", count.files)
                        }
                    }
                }
            }
        }
    }
}
