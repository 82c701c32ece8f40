package import Findings
import Text

/// A use of an extension as it stands in a source, and as it would stand with its own edits made.
package struct UseSample: Sendable, Hashable {
    package let path: String
    /// Of its first line, from 1.
    package let line: Int
    package let rule: String
    /// The lines of the construct, without the last one's end.
    package let before: String
    /// Nil where there is nothing but advice.
    package let after: String?
    /// What a person should know or do.
    package let notes: [String]

    /// Lines shown of a longer construct.
    private static let lineLimit = 8

    init(path: String, line: Int, rule: String, before: String, after: String?, notes: [String]) {
        self.path = path
        self.line = line
        self.rule = rule
        self.before = before
        self.after = after
        self.notes = notes
    }

    /// - Parameter bytes: the file's.
    package init(_ finding: Finding, in bytes: [UInt8]) {
        let construct = finding.construct
        let edited = finding.fix.edits.map(\.range)
        let first = min(construct.start, edited.map(\.start).min() ?? construct.start, bytes.count)
        let last = min(max(construct.end, edited.map(\.end).max() ?? construct.end, first), bytes.count)
        let start = bytes[..<first].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let end = bytes[last...].firstIndex(of: 0x0A) ?? bytes.count
        let lines = Array(bytes[start..<end])
        let moved = finding.fix.edits.map { edit in
            Edit(
                ByteRange(edit.range.start - start, edit.range.end - start), edit.replacement, side: edit.side)
        }
        let after = moved.isEmpty ? nil : EditList(moved)?.applied(to: lines)
        self.init(
            path: finding.path, line: finding.start.line, rule: finding.rule, before: Self.shown(lines),
            after: after.map(Self.shown), notes: finding.fix.notes)
    }

    private static func shown(_ bytes: [UInt8]) -> String {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        let text = lines.prefix(lineLimit).map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")
        let rest = lines.count - lineLimit
        return rest > 0 ? "\(text)\n(\(rest) more line\(rest == 1 ? "" : "s"))" : text
    }
}
