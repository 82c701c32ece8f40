import Findings
import Text

/// A scan as compilers speak: place, source line, what is marked in it, what to write instead.
package struct ScanText {
    /// How much is told.
    package enum Detail: Sendable {
        /// The summary, and what was not read.
        case summary
        case findings
        /// Also what every file was read as.
        case everything
    }

    private let colour: Bool
    private var text: [UInt8] = []

    /// - Parameter next: the command to try next, printed last.
    package static func write(
        _ report: ScanReport, colour: Bool, next: String, detail: Detail = .findings
    ) -> [UInt8] {
        var writer = ScanText(colour: colour)
        if detail == .everything {
            for file in report.files { writer.reading(of: file) }
        }
        if detail != .summary {
            for finding in report.files.flatMap(\.findings) { writer.finding(finding) }
            for finding in report.metadata.flatMap(\.findings) { writer.finding(finding) }
            for finding in (report.documents ?? []).flatMap(\.findings) { writer.finding(finding) }
        }
        writer.partial(report)
        writer.skipped(report.coverage)
        writer.usage(report.usage)
        writer.summary(report)
        writer.line("next: \(next)")
        return writer.text
    }

    /// One finding: place, source line, what is marked in it, what to write instead. Ends with an empty line.
    static func text(of finding: Finding, colour: Bool) -> [UInt8] {
        var writer = ScanText(colour: colour)
        writer.finding(finding)
        return writer.text
    }

    private init(colour: Bool) {
        self.colour = colour
    }

    // MARK: findings

    private mutating func finding(_ finding: Finding) {
        let place =
            finding.start.line == finding.end.line
            ? "\(finding.path):\(finding.start.line):\(finding.start.column)-\(finding.end.column)"
            : "\(finding.path):\(finding.start.line):\(finding.start.column)-\(finding.end.line):\(finding.end.column)"
        line(styled(place, .bold) + ": " + styled(finding.rule, .colour) + ": " + finding.message)
        let number = String(finding.start.line)
        append(Array("\(number) | ".utf8) + Self.printable(finding.sourceLine) + [0x0A])
        let margin = String(repeating: " ", count: number.utf8.count + 3)
        append(Array(margin.utf8) + Self.indent(finding) + Array((styled(Self.carets(finding), .colour) + "\n").utf8))
        if let rewritten = Self.rewritten(finding) {
            append(
                Array("\(number) + ".utf8) + Self.printable(rewritten)
                    + Array("  (\(finding.fix.safety.rawValue))\n".utf8))
        } else if !finding.fix.edits.isEmpty {
            line("  an edit is known (\(finding.fix.safety.rawValue))")
        }
        for note in finding.fix.notes { line("  \(note)") }
        line("")
    }

    /// Tabs stay tabs, so that the carets stand under what they mark.
    private static func indent(_ finding: Finding) -> [UInt8] {
        finding.sourceLine.prefix(finding.start.column).filter { $0 & 0xC0 != 0x80 }.map { $0 == 0x09 ? 0x09 : 0x20 }
    }

    private static func carets(_ finding: Finding) -> String {
        let lineEnd = finding.sourceLine.count
        let end = finding.start.line == finding.end.line ? min(finding.end.column, lineEnd) : lineEnd
        let start = min(finding.start.column, end)
        return String(repeating: "^", count: max(1, finding.sourceLine[start..<end].count { $0 & 0xC0 != 0x80 }))
    }

    /// The line with the edits made, where all of them lie in it.
    static func rewritten(_ finding: Finding) -> [UInt8]? {
        let lineStart = finding.start.offset - finding.start.column
        let moved = finding.fix.edits.map { edit in
            Edit(ByteRange(edit.range.start - lineStart, edit.range.end - lineStart), edit.replacement)
        }
        guard !moved.isEmpty, moved.allSatisfy({ $0.range.start >= 0 && $0.range.end <= finding.sourceLine.count }),
            !moved.contains(where: { $0.replacement.contains(0x0A) }), let list = EditList(moved)
        else { return nil }
        return list.applied(to: finding.sourceLine)
    }

    /// Control bytes would change the terminal: shown as `?`.
    static func printable(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map { ($0 < 0x20 && $0 != 0x09) || $0 == 0x7F ? UInt8(ascii: "?") : $0 }
    }

    // MARK: the end

    private mutating func partial(_ report: ScanReport) {
        for file in report.files {
            if let reason = file.partial { line("\(file.path): partly understood: \(reason)") }
        }
        for file in report.metadata {
            for problem in file.problems { line("\(file.path): partly understood: \(problem)") }
        }
    }

    private mutating func skipped(_ coverage: Coverage) {
        for skipped in coverage.skipped { line("\(skipped.path): skipped: \(skipped.reason)") }
    }

    private mutating func usage(_ usage: [Usage]) {
        for row in usage {
            switch row.status {
            case .used: continue
            case .declaredUnused:
                line(
                    "\(row.component): \(row.extension) is declared and not used (\(row.declaredIn.joined(separator: ", ")))"
                )
            case .unknown:
                line(
                    "\(row.component): whether \(row.extension) is used is not known, some sources leave it open "
                        + "(\(row.unclear.joined(separator: ", ")))"
                )
            case .usedUndeclared:
                line(
                    "\(row.component): \(row.extension) is used and not declared (\(row.usedIn.joined(separator: ", ")))"
                )
            case .implemented: line("\(row.component): implements \(row.extension) itself")
            }
        }
    }

    private mutating func summary(_ report: ScanReport) {
        let coverage = report.coverage
        let width = report.byExtension.map(\.name.count).max() ?? 0
        for count in report.byExtension {
            let name = count.name + String(repeating: " ", count: width - count.name.count)
            line("\(name)  \(plural(count.findings, "use")) in \(plural(count.files, "file"))")
            let rules = report.byRule.filter { $0.name.hasPrefix(count.name + "/") }
            guard rules.count > 1 else { continue }
            for rule in rules { line("  \(rule.name)  \(plural(rule.findings, "use"))") }
        }
        worst(report)
        line(
            "\(plural(coverage.files, "source file")) read (\(coverage.bytes) bytes), \(coverage.partial) in part, "
                + "\(coverage.skipped.count) skipped: \(plural(report.sourceFindings, "use")) of camlp4, "
                + "\(plural(report.metadataFindings, "build line")) that bring it in")
        if let documents = report.documents {
            line(
                "\(plural(report.documentFindings, "place")) in \(plural(documents.count, "document or source", "documents or sources")) "
                    + "whose text still shows it")
        }
    }

    /// The files with most uses, where there are enough files to choose from.
    private mutating func worst(_ report: ScanReport) {
        let files = report.files.filter { !$0.findings.isEmpty }.enumerated()
            .sorted { ($1.element.findings.count, $0.offset) < ($0.element.findings.count, $1.offset) }.map(\.element)
        guard files.count > 3 else { return }
        line("most uses: " + files.prefix(5).map { "\($0.path) (\($0.findings.count))" }.joined(separator: ", "))
    }

    private mutating func reading(of file: ScannedFile) {
        let stock = file.acceptedByStock ? "taken by stock OCaml" : "not taken by stock OCaml"
        let on = file.turnedOn.isEmpty ? "" : ", on: \(file.turnedOn.joined(separator: " "))"
        line("\(file.path): read by \(file.dialect.rawValue), \(stock)\(on)")
    }

    private func plural(_ count: Int, _ noun: String, _ nouns: String? = nil) -> String {
        "\(count) \(count == 1 ? noun : nouns ?? noun + "s")"
    }

    private enum Style: String {
        case bold = "1"
        case colour = "1;35"
    }

    private func styled(_ text: String, _ style: Style) -> String {
        colour ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    private mutating func line(_ line: String) { append(Array((line + "\n").utf8)) }

    private mutating func append(_ bytes: [UInt8]) { text += bytes }
}
