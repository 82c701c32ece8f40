/// One replacement of bytes in a file; an empty range inserts.
package struct Edit: Hashable, Sendable {
    package let range: ByteRange
    package let replacement: [UInt8]

    package init(_ range: ByteRange, _ replacement: [UInt8]) {
        self.range = range
        self.replacement = replacement
    }

    package init(_ range: ByteRange, _ replacement: String) {
        self.init(range, Array(replacement.utf8))
    }
}

/// Edits of one file, sorted and disjoint by construction.
package struct EditList: Sendable {
    package private(set) var edits: [Edit] = []

    package init() {}

    /// Nil where two of the edits touch the same bytes, or insert at the same place.
    package init?(_ edits: [Edit]) {
        let sorted = edits.sorted { $0.range < $1.range }
        for (left, right) in zip(sorted, sorted.dropFirst()) {
            let samePlace = left.range.isEmpty && right.range.isEmpty && left.range.start == right.range.start
            guard left.range.end <= right.range.start, !samePlace else { return nil }
        }
        self.edits = sorted
    }

    /// The bytes with all edits made; ranges beyond the end are cut to it.
    package func applied(to bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var done = 0
        for edit in edits {
            let start = min(max(edit.range.start, done), bytes.count)
            result += bytes[done..<start]
            result += edit.replacement
            done = min(max(edit.range.end, start), bytes.count)
        }
        result += bytes[done...]
        return result
    }
}
