import BuildFiles
package import Findings
import Text

/// Whether the extensions of a project's own report what their examples say, and nothing else.
package struct ExampleCheck: Sendable {
    /// An example that is not as it says.
    package struct Failure: Sendable, Hashable {
        package let `extension`: String
        package let line: Int
        package let reason: String
    }

    package private(set) var failures: [Failure] = []
    package private(set) var count = 0

    /// - Parameter index: the catalogue with these extensions in it.
    package init(_ extensions: [PrivateExtension], _ index: ExtensionIndex) {
        let scanner = SourceScanner(index, nil)
        let metadata = MetadataScanner(index)
        let patterns = PrivatePatterns(extensions)
        for entry in extensions {
            for example in entry.examples {
                count += 1
                let (bytes, marks) = Self.unmarked(example.text)
                var findings: [Finding] = []
                var reason: String?
                if let format = BuildFormat.of(path: example.file) {
                    findings += metadata.scan(format.read(bytes, path: example.file), bytes).findings
                    findings += patterns.findings(in: bytes, path: example.file, format: format)
                }
                if SourceLanguage.isSource(fileName: example.file) {
                    let on = index.closure(of: [entry.name])
                    switch scanner.scan(bytes, path: example.file, turnedOn: on) {
                    case .scanned(let file): findings += file.findings
                    case .unreadable(let what): reason = "is no text: \(what)"
                    }
                } else if BuildFormat.of(path: example.file) == nil {
                    reason = "\(example.file) is the name of no source and of no build file"
                }
                let found = findings.filter { $0.extension == entry.name }.map(\.range).sorted()
                if let reason = reason ?? Self.complaint(example.verdict, found, marks.sorted(), bytes) {
                    failures.append(Failure(extension: entry.name, line: example.line, reason: reason))
                }
            }
        }
    }

    private static func complaint(
        _ verdict: PrivateExample.Verdict, _ found: [ByteRange], _ marks: [ByteRange], _ bytes: [UInt8]
    ) -> String? {
        func shown(_ ranges: [ByteRange]) -> String {
            ranges.map { "`" + String(decoding: bytes[$0.start..<$0.end], as: UTF8.self) + "`" }.joined(separator: ", ")
        }
        switch verdict {
        case .report where found.isEmpty: return "missing: nothing is reported in " + excerpt(bytes)
        case .report where !marks.isEmpty && marks != found:
            return "wrong place: reported is \(shown(found)), marked is \(shown(marks))"
        case .silent where !found.isEmpty: return "noisy: \(shown(found)) is reported"
        default: return nil
        }
    }

    private static func excerpt(_ bytes: [UInt8]) -> String {
        let line = bytes.prefix { $0 != 0x0A }
        return "`" + String(decoding: line.prefix(80), as: UTF8.self) + "`"
    }

    /// The text without its marks, and the ranges that they enclose; marks nest.
    private static func unmarked(_ text: String) -> (bytes: [UInt8], marks: [ByteRange]) {
        var bytes: [UInt8] = []
        var open: [Int] = []
        var marks: [ByteRange] = []
        for scalar in text.unicodeScalars {
            switch scalar {
            case "«": open.append(bytes.count)
            case "»" where !open.isEmpty: marks.append(ByteRange(open.removeLast(), bytes.count))
            default: bytes += String(scalar).utf8
            }
        }
        return (bytes, marks)
    }
}
