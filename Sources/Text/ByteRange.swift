/// A half-open range of byte offsets in one file, counted from 0.
package struct ByteRange: Hashable, Sendable, Comparable {
    package var start: Int
    package var end: Int

    /// A range; an `end` before `start` is taken as empty at `start`.
    package init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = max(start, end)
    }

    package var count: Int { end - start }
    package var isEmpty: Bool { start == end }

    package func contains(_ offset: Int) -> Bool { start <= offset && offset < end }
    package func contains(_ other: ByteRange) -> Bool { start <= other.start && other.end <= end }

    /// By start, and among ranges that start together the shorter first.
    package static func < (left: ByteRange, right: ByteRange) -> Bool {
        left.start != right.start ? left.start < right.start : left.end < right.end
    }
}
