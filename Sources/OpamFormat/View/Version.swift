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

    /// Negative, zero or positive. Linear in the shorter text.
    package func compare(_ other: Version) -> Int {
        if text == other.text { return 0 }
        var left = Array(text.utf8)[...]
        var right = Array(other.text.utf8)[...]
        let epochs = Self.compareChunks(Self.takeEpoch(&left), Self.takeEpoch(&right))
        if epochs != 0 { return epochs }
        let leftRevision = Self.takeRevision(&left)
        let rightRevision = Self.takeRevision(&right)
        let upstream = Self.compareChunks(left, right)
        return upstream != 0 ? upstream : Self.compareChunks(leftRevision, rightRevision)
    }

    private static func takeEpoch(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return [] }
        defer { text = text[(colon + 1)...] }
        return text[..<colon]
    }

    private static func takeRevision(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let dash = text.lastIndex(of: UInt8(ascii: "-")) else { return [] }
        defer { text = text[..<dash] }
        return text[(dash + 1)...]
    }

    /// Compares by turns a stretch without digits and a number, as Debian Policy 5.6.12 tells.
    private static func compareChunks(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        var left = left
        var right = right
        while !(left.isEmpty && right.isEmpty) {
            while true {
                let a = left.first.flatMap { isDigit($0) ? nil : $0 }
                let b = right.first.flatMap { isDigit($0) ? nil : $0 }
                if a == nil && b == nil { break }
                let order = rank(a) - rank(b)
                if order != 0 { return order }
                left = left.dropFirst()
                right = right.dropFirst()
            }
            let a = takeNumber(&left)
            let b = takeNumber(&right)
            if a.count != b.count { return a.count - b.count }
            for (x, y) in zip(a, b) where x != y { return Int(x) - Int(y) }
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

    private static func takeNumber(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = text.prefix(while: isDigit)
        text = text[digits.endIndex...]
        return digits.drop { $0 == UInt8(ascii: "0") }
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
