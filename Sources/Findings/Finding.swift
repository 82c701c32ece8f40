package import Text

/// One use of camlp4 at one place: the rule that found it and what to write instead.
package struct Finding: Sendable, Hashable {
    /// `extension/construct-slug`, stable once released.
    package let rule: String
    /// The catalogue's id of the extension.
    package let `extension`: String
    package let path: String
    /// The first byte of the construct; of an infix operation the operator's.
    package let start: Position
    /// Behind its last byte.
    package let end: Position
    package let message: String
    package let fix: Fix
    /// See `Fingerprint`; filled in when all findings of a file are known.
    package var fingerprint = ""
    /// A hash of the structure item or metadata line around it; filled in with the fingerprint.
    package var surroundings = ""
    /// Which one it is, from 0, of those with the same rule, path and surroundings.
    package var ordinal = 0
    /// The line on which it starts, without its end, for reports that show it.
    package let sourceLine: [UInt8]
    /// The construct with its operands, in which its edits lie; the finding's own range or more.
    package let construct: ByteRange

    package init(
        rule: String, extension name: String, path: String, start: Position, end: Position, message: String, fix: Fix,
        sourceLine: [UInt8], construct: ByteRange? = nil
    ) {
        self.rule = rule
        self.extension = name
        self.path = path
        self.start = start
        self.end = end
        self.message = message
        self.fix = fix
        self.sourceLine = sourceLine
        self.construct = construct ?? ByteRange(start.offset, end.offset)
    }

    package var range: ByteRange { ByteRange(start.offset, end.offset) }

    /// The same finding with another fix.
    package func with(_ fix: Fix) -> Finding {
        var finding = Finding(
            rule: rule, extension: `extension`, path: path, start: start, end: end, message: message, fix: fix,
            sourceLine: sourceLine, construct: construct)
        finding.fingerprint = fingerprint
        return finding
    }
}

/// How far an edit can be trusted.
package enum Safety: String, Sendable, Hashable, CaseIterable {
    /// The meaning stays the same.
    case safe
    /// The edit is complete, but a person should look: the notes say at what.
    case review
    /// No edit: the notes say what to write.
    case manual
}

/// What to write instead. Manual fixes have no edits, the others at least one.
package struct Fix: Sendable, Hashable {
    package let safety: Safety
    package let edits: [Edit]
    package let notes: [String]

    private init(_ safety: Safety, _ edits: [Edit], _ notes: [String]) {
        self.safety = safety
        self.edits = edits
        self.notes = notes
    }

    /// The same with a note more, and perhaps less safe for it.
    func noting(_ note: String, safety: Safety? = nil) -> Fix { Fix(safety ?? self.safety, edits, notes + [note]) }

    package static func safe(_ edits: [Edit], _ notes: [String] = []) -> Fix { Fix(.safe, edits, notes) }
    package static func review(_ edits: [Edit], _ notes: [String]) -> Fix { Fix(.review, edits, notes) }
    package static func manual(_ notes: String...) -> Fix { Fix(.manual, [], notes) }
    package static func manual(_ notes: [String]) -> Fix { Fix(.manual, [], notes) }
}

extension Sequence<Finding> {
    /// By construct, outer ones before those inside them: the order that `EditScript` wants its groups in.
    package func inNestingOrder() -> [Finding] {
        let ranges = map { ($0.construct.start, -$0.construct.end) }
        // Mostly they stand so already, and of those that do not the places are moved, not the findings.
        if zip(ranges, ranges.dropFirst()).allSatisfy({ $0 <= $1 }) { return Array(self) }
        let findings = Array(self)
        return findings.indices.sorted { (ranges[$0].0, ranges[$0].1, $0) < (ranges[$1].0, ranges[$1].1, $1) }
            .map { findings[$0] }
    }
}
