import Findings
import Gate
import Text

/// The gate's report in Checkstyle's XML: findings by file.
enum Checkstyle {
    static func write(_ report: GateReport) -> [UInt8] {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n"
        var path: String?
        func open(_ next: String?) {
            if path != nil { text += "  </file>\n" }
            if let next { text += "  <file name=\"\(Escaping.xml(next))\">\n" }
            path = next
        }
        for use in report.new {
            let finding = use.finding
            if finding.path != path { open(finding.path) }
            let severity = use.severity == .note ? "info" : use.severity.rawValue
            text += "    <error line=\"\(finding.start.line)\" column=\"\(finding.start.column + 1)\""
            text += " severity=\"\(severity)\" message=\"\(Escaping.xml(report.message(use)))\""
            text += " source=\"caravan.\(Escaping.xml(finding.rule))\"/>\n"
        }
        for complaint in report.baselineComplaints {
            let file = report.reference.baseline ?? complaint.identity.path
            if file != path { open(file) }
            let message = "\(complaint.identity.path): \(complaint.identity.rule): \(complaint.message)"
            text += "    <error line=\"1\" severity=\"error\" message=\"\(Escaping.xml(message))\""
            text += " source=\"caravan.baseline/drift\"/>\n"
        }
        open(nil)
        return Array((text + "</checkstyle>\n").utf8)
    }
}

/// The gate's report in JUnit's XML: one test a new use, which fails; one that passes where there is none.
enum JUnit {
    static func write(_ report: GateReport) -> [UInt8] {
        var cases: [String] = []
        for use in report.new {
            let finding = use.finding
            let place = "\(finding.path):\(finding.start.line):\(finding.start.column)"
            cases.append(
                failure(
                    "\(finding.rule) at \(place)", finding.path, finding.message,
                    String(decoding: ScanText.text(of: finding, colour: false), as: UTF8.self) + report.message(use)))
        }
        for complaint in report.baselineComplaints {
            let identity = complaint.identity
            let name = "baseline: \(identity.path) \(identity.rule) \(identity.surroundings)-\(identity.ordinal)"
            cases.append(
                failure(name, report.reference.baseline ?? identity.path, complaint.message, complaint.message))
        }
        let failures = cases.count
        if cases.isEmpty {
            cases.append("    <testcase name=\"no new use of camlp4\" classname=\"caravan\" time=\"0\"/>\n")
        }
        let counts = "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\" time=\"0\""
        return Array(
            ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites \(counts)>\n"
                + "  <testsuite name=\"caravan gate\" \(counts) skipped=\"0\">\n"
                + cases.joined() + "  </testsuite>\n</testsuites>\n").utf8)
    }

    private static func failure(_ name: String, _ file: String, _ message: String, _ text: String) -> String {
        "    <testcase name=\"\(Escaping.xml(name))\" classname=\"\(Escaping.xml(file))\" time=\"0\">\n"
            + "      <failure message=\"\(Escaping.xml(message))\" type=\"camlp4\">\(Escaping.xml(text))</failure>\n"
            + "    </testcase>\n"
    }
}
