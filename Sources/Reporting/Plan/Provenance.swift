package import Text

/// Where a plan's universe was read, for the head of every report.
package struct Provenance: Sendable {
    /// The commit; nil where a plain directory was read.
    package let revision: String?
    /// The day of the commit (YYYY-MM-DD); nil where a plain directory was read.
    package let date: String?
    /// Number of opam files read, and the paths left out with the reason.
    package let files: Int
    package let skipped: [(path: String, reason: String)]

    package init(revision: String?, date: String?, files: Int, skipped: [(path: String, reason: String)]) {
        self.revision = revision
        self.date = date
        self.files = files
        self.skipped = skipped
    }

    /// The member `repository` of a report.
    package func write(_ json: inout JSONWriter) {
        json.object("repository") { json in
            json.field("revision", revision)
            json.field("date", date)
            json.field("files", files)
            json.array("skipped") { json in
                for skipped in skipped {
                    json.object { json in
                        json.field("path", skipped.path)
                        json.field("reason", skipped.reason)
                    }
                }
            }
        }
    }
}
