package import BuildFiles
package import Findings
import Text

/// What a project's own extensions look for in build files, by patterns.
package struct PrivatePatterns: Sendable {
    private let entries: [(entry: PrivateExtension, patterns: [Pattern])]

    package init(_ extensions: [PrivateExtension]) {
        entries = extensions.filter { !$0.patterns.isEmpty }.map { entry in
            (entry, entry.patterns.map { Pattern($0, blanksCount: true) })
        }
    }

    /// What a build file holds, by place; comments do not count.
    package func findings(in bytes: [UInt8], path: String, format: BuildFormat) -> [Finding] {
        if entries.isEmpty { return [] }
        let lines = LineTable(bytes)
        var findings: [Finding] = []
        for (entry, patterns) in entries {
            var seen: Set<ByteRange> = []
            for match in patterns.flatMap({ $0.matches(in: bytes) }) {
                guard let range = match.count > 1 ? match[1] ?? match[0] : match[0], range.end > range.start else {
                    continue
                }
                let start = lines.position(of: range.start)
                let line = lines.range(ofLine: start.line, in: bytes) ?? range
                let text = Array(bytes[line.start..<line.end])
                let comment = Fingerprint.commentStart(in: text, format.commentMarks) ?? text.count
                if line.start + comment <= range.start { continue }
                guard seen.insert(range).inserted else { continue }
                findings.append(
                    Finding(
                        rule: "\(entry.name)/pattern", extension: entry.name, path: path, start: start,
                        end: lines.position(of: range.end), message: entry.message, fix: .manual(entry.replacement),
                        sourceLine: Array(text.prefix(400))))
            }
        }
        findings.sort { $0.range != $1.range ? $0.range < $1.range : $0.rule < $1.rule }
        Fingerprint.assign(
            to: &findings,
            surroundings: findings.map { Fingerprint.line($0.sourceLine, commentsFrom: format.commentMarks) })
        return findings
    }
}
