/// A package version, ordered as opam orders it: Debian's order, where `~` sorts before the end of the string and what
/// stands behind the last `-` is compared last, as Debian's revision is.
///
/// Checked against opam 2.1.2: `1.0~x-2 < 1.0 < 1.0-1 < 1.0a < 1.0+1 < 1.0-a-b`, and `1.0`, `1.00`, `01.0` are equal.
package struct Version: Sendable, Hashable, Comparable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// The characters that opam allows in a version, of which there must be one at least.
    package static func isValid(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"),
                    UInt8(ascii: "."), UInt8(ascii: "~"):
                    true
                default: false
                }
            }
    }

    package static func < (left: Version, right: Version) -> Bool {
        left.compare(right) < 0
    }

    /// Equal in opam's order, though perhaps spelled otherwise.
    package func isSame(as other: Version) -> Bool { compare(other) == 0 }

    /// Negative, zero or positive. Linear in the shorter text; allocates nothing.
    package func compare(_ other: Version) -> Int {
        if text == other.text { return 0 }
        let left = text.utf8Span.span
        let right = other.text.utf8Span.span
        let a = Parts(left)
        let b = Parts(right)
        let epochs = Self.compareChunks(left, a.epoch, right, b.epoch)
        if epochs != 0 { return epochs }
        let upstream = Self.compareChunks(left, a.upstream, right, b.upstream)
        return upstream != 0 ? upstream : Self.compareChunks(left, a.revision, right, b.revision)
    }

    /// Where the parts of a version lie: up to the first colon, up to the last dash, the rest.
    private struct Parts {
        var epoch = 0..<0
        var upstream: Range<Int>
        var revision: Range<Int>

        init(_ text: Span<UInt8>) {
            upstream = 0..<text.count
            revision = text.count..<text.count
            for index in text.indices where text[index] == UInt8(ascii: ":") {
                epoch = 0..<index
                upstream = (index + 1)..<text.count
                break
            }
            for index in upstream.reversed() where text[index] == UInt8(ascii: "-") {
                revision = (index + 1)..<text.count
                upstream = upstream.lowerBound..<index
                break
            }
        }
    }

    /// Compares by turns a stretch without digits and a number, as Debian Policy 5.6.12 tells.
    private static func compareChunks(
        _ left: Span<UInt8>, _ leftRange: Range<Int>, _ right: Span<UInt8>, _ rightRange: Range<Int>
    ) -> Int {
        var i = leftRange.lowerBound
        var j = rightRange.lowerBound
        let leftEnd = leftRange.upperBound
        let rightEnd = rightRange.upperBound
        while i < leftEnd || j < rightEnd {
            while true {
                let a = i < leftEnd && !isDigit(left[i]) ? left[i] : nil
                let b = j < rightEnd && !isDigit(right[j]) ? right[j] : nil
                if a == nil && b == nil { break }
                let order = rank(a) - rank(b)
                if order != 0 { return order }
                i += 1
                j += 1
            }
            while i < leftEnd, left[i] == UInt8(ascii: "0") { i += 1 }
            while j < rightEnd, right[j] == UInt8(ascii: "0") { j += 1 }
            // Of two numbers the longer is the larger, and among equally long ones the first digit that differs decides.
            var difference = 0
            while i < leftEnd, j < rightEnd, isDigit(left[i]), isDigit(right[j]) {
                if difference == 0 { difference = Int(left[i]) - Int(right[j]) }
                i += 1
                j += 1
            }
            if i < leftEnd, isDigit(left[i]) { return 1 }
            if j < rightEnd, isDigit(right[j]) { return -1 }
            if difference != 0 { return difference }
        }
        return 0
    }

    /// `~` first, then the end or a digit, then letters, then everything else.
    private static func rank(_ byte: UInt8?) -> Int {
        guard let byte else { return 0 }
        switch byte {
        case UInt8(ascii: "~"): return -1
        case 65...90, 97...122: return Int(byte)
        default: return Int(byte) + 256
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
}

/// Package names: letters, digits, `-`, `_`, `+`, with one letter at least; ordered as opam lists them.
package enum PackageName {
    package static func isValid(_ text: String) -> Bool {
        var hasLetter = false
        for byte in text.utf8 {
            switch byte {
            case 65...90, 97...122: hasLetter = true
            case 48...57, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "+"): continue
            default: return false
            }
        }
        return hasLetter
    }

    /// Byte by byte without regard to case; where two letters differ by case only, upper case comes first.
    package static func precedes(_ left: String, _ right: String) -> Bool {
        var left = left.utf8.makeIterator()
        var right = right.utf8.makeIterator()
        while true {
            switch (left.next(), right.next()) {
            case (nil, nil), (_?, nil): return false
            case (nil, _?): return true
            case (let a?, let b?):
                let x = lowercase(a)
                let y = lowercase(b)
                if x != y { return x < y }
                if a != b { return a < b }
            }
        }
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        byte >= 65 && byte <= 90 ? byte + 32 : byte
    }
}
