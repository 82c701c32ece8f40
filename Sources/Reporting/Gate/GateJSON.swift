import Findings
import Gate
import Text

/// The gate's report for programs, schema `caravan.gate/1`.
enum GateJSON {
    static func write(_ report: GateReport) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("schema", "caravan.gate/1")
            json.field("passed", report.passes)
            json.object("reference") { json in
                json.field("revision", report.reference.revision)
                json.field("commit", report.reference.commit)
                json.field("baseline", report.reference.baseline)
                json.field("frozen", report.isFrozen)
            }
            json.array("new") { json in
                for use in report.new {
                    json.object { json in
                        ScanJSON.members(of: use.finding, &json)
                        json.field("severity", use.severity.rawValue)
                        json.field("why", report.why(use))
                    }
                }
            }
            identities("stale", report.stale, &json)
            identities("grown", report.grown, &json)
            json.object("summary") { json in
                json.field("new", report.new.count)
                json.field("known", report.known)
                json.field("allowed", report.allowed)
                json.field("stale", report.stale.count)
                json.field("files", report.filesRead)
            }
            json.array("skipped") { json in
                for skipped in report.skipped {
                    json.object { json in
                        json.field("path", skipped.path)
                        json.field("reason", skipped.reason)
                    }
                }
            }
        }
        json.finish()
        return json.bytes
    }

    private static func identities(_ key: String, _ identities: [FindingIdentity], _ json: inout JSONWriter) {
        json.array(key) { json in
            for identity in identities {
                json.object { json in
                    json.field("rule", identity.rule)
                    json.field("path", identity.path)
                    json.field("id", "\(identity.surroundings)-\(identity.ordinal)")
                }
            }
        }
    }
}
