package import Text

/// A list of a build file from which entries can be taken, and into which others can be put: the tags of a line, the
/// packages of a field, the words of a command.
package struct EntryList: Sendable, Hashable {
    /// What parts the entries, blanks aside.
    package enum Separator: String, Sendable, Hashable {
        case blank = " "
        case comma = ", "
        case semicolon = "; "
        /// As findlib's `-package a,b` wants it.
        case tightComma = ","
    }

    /// In the order of the file, disjoint, each with all that belongs to it (a constraint, a flag's argument).
    package let entries: [ByteRange]
    package let separator: Separator
    /// What goes with the last entry: a line with its end, a field, the entry of a list around it. Nil where the list may be
    /// empty.
    package let owner: ByteRange?
    /// Whether what stands behind the name in an entry is a bound on its versions, which no other package shares.
    package let hasConstraints: Bool
    /// Whether it is the arguments of a command that means nothing without one; options are none.
    package let isCommand: Bool

    package init(
        _ entries: [ByteRange], _ separator: Separator, owner: ByteRange? = nil, hasConstraints: Bool = false,
        isCommand: Bool = false
    ) {
        self.isCommand = isCommand
        self.entries = entries
        self.separator = separator
        self.owner = owner
        self.hasConstraints = hasConstraints
    }
}

/// A preprocessing action of dune or jbuilder, which is replaced as a whole.
package struct PreprocessingAction: Sendable, Hashable {
    /// `(action (run camlp4o …))`.
    package let action: ByteRange
    /// The `(preprocess …)` around it where it is all that stands in there.
    package let field: ByteRange?
    /// jbuild files write `(pps (a b))`, dune files `(pps a b)`.
    package let isJbuild: Bool

    package init(action: ByteRange, field: ByteRange?, isJbuild: Bool) {
        self.action = action
        self.field = field
        self.isJbuild = isJbuild
    }
}

extension [UInt8] {
    /// The whole lines on which `range` lies, with the end of the last.
    package func wholeLines(_ range: ByteRange) -> ByteRange {
        var start = Swift.min(Swift.max(range.start, 0), count)
        while start > 0, self[start - 1] != 0x0A { start -= 1 }
        var end = Swift.min(Swift.max(range.end, start), count)
        if end > start, self[end - 1] == 0x0A { return ByteRange(start, end) }
        while end < count, self[end] != 0x0A { end += 1 }
        return ByteRange(start, Swift.min(end + 1, count))
    }

    /// Whether nothing but blanks stands beside `range` on its lines.
    package func isAloneOnItsLines(_ range: ByteRange) -> Bool {
        let lines = wholeLines(range)
        return trimmed(lines) == trimmed(range)
    }
}
