import Text

/// The identity of a finding across edits elsewhere in its file: rule, path, a hash of the text around it with blanks
/// and comments normalised, and its ordinal among findings that are equal in all of these.
///
/// No line numbers and no message text go in, so moved code and reworded messages keep their identity.
package enum Fingerprint {
    /// Fills in the fingerprints of one file's findings, which come in source order.
    ///
    /// - Parameter surroundings: the normalised text around each finding, in the same order.
    package static func assign(to findings: inout [Finding], surroundings: [[UInt8]]) {
        var seen: [String: Int] = [:]
        for (index, text) in zip(findings.indices, surroundings) {
            let finding = findings[index]
            let hash = digest(rule: finding.rule, path: finding.path, text: text)
            let ordinal = seen[hash, default: 0]
            seen[hash] = ordinal + 1
            findings[index].fingerprint = "\(hash)-\(ordinal)"
            findings[index].surroundings = Self.hash(text)
            findings[index].ordinal = ordinal
        }
    }

    /// The fingerprint that an identity has in reports, without its ordinal.
    package static func digest(rule: String, path: String, text: [UInt8]) -> String {
        hash(Array(rule.utf8) + [0] + Array(path.utf8) + [0] + text)
    }

    /// A line of a build file without its comment, blanks normalised.
    ///
    /// - Parameter marks: what begins a comment in the format, outside of quotes.
    package static func line(_ line: [UInt8], commentsFrom marks: [[UInt8]]) -> [UInt8] {
        normalised(line[..<(commentStart(in: line, marks) ?? line.count)])
    }

    /// Where a comment begins that goes to the end of a build file's line; nil where there is none. Marks count at the start
    /// of a word, outside of quotes.
    package static func commentStart(in line: [UInt8], _ marks: [[UInt8]]) -> Int? {
        var isQuoted = false
        for (offset, byte) in line.enumerated() {
            if byte == UInt8(ascii: "\""), offset == 0 || line[offset - 1] != UInt8(ascii: "\\") { isQuoted.toggle() }
            if isQuoted { continue }
            let isWordStart = offset == 0 || line[offset - 1] == 0x20 || line[offset - 1] == 0x09
            if isWordStart, marks.contains(where: { line[offset...].starts(with: $0) }) { return offset }
        }
        return nil
    }

    /// `text` with every run of blanks as one blank, none at the ends.
    package static func normalised(_ text: some Sequence<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var blank = false
        for byte in text {
            if byte == 0x20 || (0x09...0x0D).contains(byte) {
                blank = !result.isEmpty
            } else {
                if blank { result.append(0x20) }
                blank = false
                result.append(byte)
            }
        }
        return result
    }

    /// FNV-1a of 64 bits in 16 hexadecimal digits: short, the same everywhere, and no secret is at stake.
    static func hash(_ bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes {
            hash ^= UInt64(byte)
            hash = hash &* 0x100_0000_01B3
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
