/// One replacement of bytes in a file; an empty range inserts.
///
/// What it puts there may hold stretches of the text that it replaces, moved or copied: the edits of constructs inside
/// such a stretch are made in the copy (`EditScript` weaves them in).
package struct Edit: Hashable, Sendable {
    /// A part of a replacement.
    package enum Piece: Hashable, Sendable {
        case bytes([UInt8])
        /// What stands in the file at this range, and these are its bytes. The range lies within the edit's.
        case source(ByteRange, [UInt8])
    }

    /// To which of its neighbours an insertion belongs, where several meet at one offset.
    package enum Side: UInt8, Hashable, Sendable {
        /// What ends here: the closing bracket of a construct.
        case closing
        /// What begins here.
        case opening
    }

    package let range: ByteRange
    package let pieces: [Piece]
    package let side: Side

    package init(_ range: ByteRange, pieces: [Piece], side: Side = .opening) {
        self.range = range
        self.pieces = pieces
        self.side = side
    }

    package init(_ range: ByteRange, _ replacement: [UInt8], side: Side = .opening) {
        self.init(range, pieces: [.bytes(replacement)], side: side)
    }

    package init(_ range: ByteRange, _ replacement: String, side: Side = .opening) {
        self.init(range, Array(replacement.utf8), side: side)
    }

    /// Puts `text` in front of what begins at `offset`.
    package static func opening(_ offset: Int, _ text: String) -> Edit {
        Edit(ByteRange(offset, offset), text, side: .opening)
    }

    /// Puts `text` behind what ends at `offset`.
    package static func closing(_ offset: Int, _ text: String) -> Edit {
        Edit(ByteRange(offset, offset), text, side: .closing)
    }

    /// The bytes that it puts there when it is the only edit.
    package var replacement: [UInt8] {
        pieces.flatMap { piece in
            switch piece {
            case .bytes(let bytes): bytes
            case .source(_, let bytes): bytes
            }
        }
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
