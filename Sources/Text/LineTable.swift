/// A place in a file as OCaml counts: lines from 1, columns from 0 in bytes, offsets from 0 in bytes.
package struct Position: Hashable, Sendable {
    package var offset: Int
    package var line: Int
    package var column: Int

    package init(offset: Int, line: Int, column: Int) {
        self.offset = offset
        self.line = line
        self.column = column
    }
}

/// The offsets at which the lines of a file begin; turns an offset into line and column.
///
/// A line ends after `\n`; a `\r` before it belongs to the line, as for OCaml's lexer.
package struct LineTable: Sendable {
    /// Ascending; the first is 0.
    package let starts: [Int]
    private let size: Int

    package init(_ bytes: [UInt8]) {
        var starts = [0]
        for offset in 0..<bytes.count where bytes[offset] == 0x0A {
            starts.append(offset + 1)
        }
        self.starts = starts
        size = bytes.count
    }

    /// The place of `offset`; offsets outside the file are moved to its nearest end. O(log lines).
    package func position(of offset: Int) -> Position {
        let offset = min(max(offset, 0), size)
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return Position(offset: offset, line: low + 1, column: offset - starts[low])
    }

    /// The bytes of line `line` (from 1) without its line end; nil if there is no such line.
    package func range(ofLine line: Int, in bytes: [UInt8]) -> ByteRange? {
        guard line >= 1, line <= starts.count else { return nil }
        let start = starts[line - 1]
        var end = line < starts.count ? starts[line] - 1 : size
        if end > start, bytes.indices.contains(end - 1), bytes[end - 1] == 0x0D { end -= 1 }
        return ByteRange(start, end)
    }
}
