import BuildFiles
package import Findings
import Glibc
import OCamlSyntax
package import Text

/// A comment that allows a use of camlp4: `(* caravan: allow lwt/let the reason *)` on the line of the construct or before
/// it, `# caravan:allow lwt/package the reason` in a build file.
package struct Suppression: Sendable, Hashable {
    /// Rules or extensions.
    package let rules: [String]
    package let reason: String
    package let start: Position
    package let end: Position
    /// The line for whose constructs it holds, besides its own.
    package let nextLine: Int
    /// The comment as it stands, for its own identity and for reports.
    package let sourceLine: [UInt8]

    /// Findings about suppressions themselves.
    package static let rules = [GateRule.unused.id, GateRule.reasonless.id]

    /// The suppressions of a source or build file, in order.
    package static func all(in bytes: [UInt8], path: String) -> [Suppression] {
        guard mayHold(bytes) else { return [] }
        let comments: [ByteRange]
        if let format = BuildFormat.of(path: path), !path.hasSuffix(".ml") {
            comments = lineComments(in: bytes, marks: format.commentMarks)
        } else {
            let tokens = Lexer.tokenize(bytes, rules: .stock)
            comments = tokens.kinds.indices.filter { tokens.kinds[$0].isComment }.map { tokens.range($0) }
        }
        let lines = LineTable(bytes)
        var found = comments.compactMap { read(bytes[$0.start..<$0.end], at: $0, bytes, lines) }
        // Of comments one below the other all speak of what stands below the last.
        for index in found.indices.reversed() where index + 1 < found.count {
            if found[index + 1].start.line == found[index].nextLine {
                found[index] = found[index].above(found[index + 1])
            }
        }
        return found
    }

    /// Whether it allows this finding.
    package func covers(_ finding: Finding) -> Bool {
        rules.contains { RuleSelection.covers($0, finding.rule) } && stands(at: finding)
    }

    private func stands(at finding: Finding) -> Bool {
        finding.start.line == nextLine || (start.line...end.line).contains(finding.start.line)
            || finding.end.line == start.line
    }

    private func above(_ other: Suppression) -> Suppression {
        Suppression(
            rules: rules, reason: reason, start: start, end: end, nextLine: other.nextLine, sourceLine: sourceLine)
    }

    // MARK: Reading

    private static let mark = Array("caravan".utf8)

    /// Whether `caravan:` stands anywhere: most files are done with this.
    private static func mayHold(_ bytes: [UInt8]) -> Bool {
        unsafe bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return false }
            var offset = mark.count
            while offset < buffer.count,
                let colon = unsafe memchr(start + offset, CInt(UInt8(ascii: ":")), buffer.count - offset)
            {
                let place = unsafe UnsafeRawPointer(colon) - start
                if unsafe buffer[(place - mark.count)..<place].elementsEqual(mark) { return true }
                offset = place + 1
            }
            return false
        }
    }

    private static func lineComments(in bytes: [UInt8], marks: [[UInt8]]) -> [ByteRange] {
        let lines = LineTable(bytes)
        return lines.starts.indices.compactMap { index in
            guard let line = lines.range(ofLine: index + 1, in: bytes) else { return nil }
            return Fingerprint.commentStart(in: Array(bytes[line.start..<line.end]), marks)
                .map { ByteRange(line.start + $0, line.end) }
        }
    }

    private static func read(
        _ comment: ArraySlice<UInt8>, at range: ByteRange, _ bytes: [UInt8], _ lines: LineTable
    ) -> Suppression? {
        var text = String(decoding: comment, as: UTF8.self)[...]
        for opening in ["(**", "(*"] where text.hasPrefix(opening) {
            text = text.dropFirst(opening.count)
            break
        }
        if text.hasSuffix("*)") { text = text.dropLast(2) }
        while let first = text.first, first == "#" || first == ";" || first == "-" || first.isWhitespace {
            text = text.dropFirst()
        }
        guard text.hasPrefix("caravan:") else { return nil }
        let words = text.dropFirst("caravan:".count).split(whereSeparator: \.isWhitespace)
        guard words.first == "allow" else { return nil }
        let rules = (words.dropFirst().first ?? "").split(separator: ",").map(String.init)
        let start = lines.position(of: range.start)
        let end = lines.position(of: range.end)
        let line = lines.range(ofLine: start.line, in: bytes) ?? range
        return Suppression(
            rules: rules, reason: words.dropFirst(2).joined(separator: " "), start: start, end: end,
            nextLine: end.line + 1, sourceLine: Array(bytes[line.start..<line.end].prefix(400)))
    }

    // MARK: Applying

    /// Parts the findings of one file into those that stand and those that a comment allows, and adds what is wrong with
    /// the comments themselves.
    package static func apply(
        _ suppressions: [Suppression], to findings: [Finding], path: String
    ) -> (standing: [Finding], allowed: [(finding: Finding, reason: String)]) {
        var used = [Bool](repeating: false, count: suppressions.count)
        var standing: [Finding] = []
        var allowed: [(finding: Finding, reason: String)] = []
        for finding in findings {
            let covering = suppressions.indices.filter { suppressions[$0].covers(finding) }
            for index in covering { used[index] = true }
            if let first = covering.first {
                allowed.append((finding, suppressions[first].reason))
            } else {
                standing.append(finding)
            }
        }
        var complaints: [Finding] = []
        for (suppression, isUsed) in zip(suppressions, used) {
            let named = suppression.rules.isEmpty ? "no rule" : suppression.rules.joined(separator: ",")
            if !isUsed {
                complaints.append(
                    suppression.finding(
                        GateRule.unused.id, path, "allows \(named), but \(suppression.whatIsThere(among: findings))",
                        "delete the comment, or name the rule that is meant"))
            } else if suppression.reason.isEmpty {
                complaints.append(
                    suppression.finding(
                        GateRule.reasonless.id, path, "allows \(named) without a reason",
                        "say why behind the rule: caravan: allow \(named) REASON"))
            }
        }
        Fingerprint.assign(to: &complaints, surroundings: complaints.map { Fingerprint.normalised($0.sourceLine) })
        return (standing + complaints, allowed)
    }

    private func whatIsThere(among findings: [Finding]) -> String {
        let rules = Set(findings.filter(stands).map(\.rule)).sorted()
        return rules.isEmpty
            ? "there is no such use of camlp4 here" : "what stands here is \(rules.joined(separator: ", "))"
    }

    private func finding(_ rule: String, _ path: String, _ message: String, _ advice: String) -> Finding {
        Finding(
            rule: rule, extension: "suppression", path: path, start: start, end: end, message: message,
            fix: .manual(advice), sourceLine: sourceLine)
    }
}
