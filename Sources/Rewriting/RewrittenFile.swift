package import Findings
package import Text

/// What became of one file.
package struct RewrittenFile: Sendable {
    package let path: String
    package let before: [UInt8]
    package let after: [UInt8]
    /// The findings whose edits were made, in the order of the rounds in which they were.
    package let converted: [Finding]
    /// Sorted by place.
    package let leftovers: [Leftover]
    /// What a person should look at in what was converted, sorted by place.
    package let reviews: [Review]
    /// Whether stock OCaml takes what it became, after cppo where it has cppo's lines.
    package let isAccepted: Bool
    /// The ids of the extensions that it used.
    package let extensions: [String]

    package var isChanged: Bool { before != after }

    package enum Outcome: String, Sendable, CaseIterable {
        case converted
        case partly = "partly converted"
        case unchanged
        case failed
    }

    /// A leftover that somebody asked for does not count against a file.
    package var outcome: Outcome {
        let isWhole = leftovers.allSatisfy { $0.kind == .unselected }
        if isChanged { return isWhole && isAccepted ? .converted : .partly }
        return isWhole ? .unchanged : .failed
    }

    /// The same, where it is a script of the toplevel, without stock OCaml's refusal of its directives, which is no leftover.
    package func heedingScripts() -> RewrittenFile {
        guard !isAccepted, CheckoutSource.isScript(after) else { return self }
        return RewrittenFile(
            path: path, before: before, after: after, converted: converted,
            leftovers: leftovers.filter { $0.kind != .rejected }, isAccepted: true, extensions: extensions,
            reviews: reviews)
    }

    /// The file as it was, since a tool refuses what it became.
    package func refused(_ rule: String, _ reason: String) -> RewrittenFile {
        let place = converted.first?.start ?? Position(offset: 0, line: 1, column: 0)
        let leftover = Leftover(
            kind: .refused, path: path, place: place, rule: rule, reason: "nothing is converted here: \(reason)")
        return RewrittenFile(
            path: path, before: before, after: before, converted: [], leftovers: [leftover] + leftovers,
            isAccepted: false)
    }

    /// The same where one remark has been told already.
    package func withoutReviews(saying note: String) -> RewrittenFile {
        RewrittenFile(
            path: path, before: before, after: after, converted: converted, leftovers: leftovers,
            isAccepted: isAccepted, extensions: extensions, reviews: reviews.filter { $0.note != note })
    }

    package init(
        path: String, before: [UInt8], after: [UInt8], converted: [Finding], leftovers: [Leftover], isAccepted: Bool,
        extensions: [String] = [], reviews: [Review] = []
    ) {
        self.reviews = reviews
        self.extensions = extensions
        self.path = path
        self.before = before
        self.after = after
        self.converted = converted
        self.leftovers = leftovers
        self.isAccepted = isAccepted
    }
}

/// An edit that was made and may not mean quite the same: what may differ, and where, in the file as it was.
package struct Review: Sendable, Hashable {
    package let path: String
    package let place: Position
    package let rule: String
    package let note: String

    package init(path: String, place: Position, rule: String, note: String) {
        self.path = path
        self.place = place
        self.rule = rule
        self.note = note
    }
}

/// Something that was not converted, and why; its place is in the file as it was.
package struct Leftover: Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
        /// No edit is known: a person has to write it.
        case manual
        /// The edit would have harmed, or collides with another.
        case refused
        /// Code that is left still needs it.
        case needed
        /// Left out by whoever started the run.
        case unselected
        /// What stock OCaml does not take, and no rule explains.
        case rejected
    }

    package let kind: Kind
    package let path: String
    package let place: Position
    package let rule: String
    package let reason: String

    package init(kind: Kind, path: String, place: Position, rule: String, reason: String) {
        self.kind = kind
        self.path = path
        self.place = place
        self.rule = rule
        self.reason = reason
    }

    /// `FILE:LINE:COLUMN: rule: why`
    package var description: String { "\(path):\(place.line):\(place.column): \(rule): \(reason)" }
}
