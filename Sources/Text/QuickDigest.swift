/// A digest of 128 bits of bytes, made at several bytes a cycle: for telling contents apart, the same on every machine.
///
/// Two lanes of multiplications folded into 64 bits, over sixteen bytes at a time. No defence against those who want two
/// contents to look alike.
package struct QuickDigest: Hashable, Sendable, Comparable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    package init(_ bytes: [UInt8]) {
        var lanes = Lanes()
        unsafe bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset + 16 <= buffer.count {
                unsafe lanes.add(
                    UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
                    UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)))
                offset += 16
            }
            var rest: (UInt64, UInt64) = (0, 0)
            for place in offset..<buffer.count {
                let byte = unsafe UInt64(buffer[place])
                if place - offset < 8 {
                    rest.0 |= byte << UInt64(8 * (place - offset))
                } else {
                    rest.1 |= byte << UInt64(8 * (place - offset - 8))
                }
            }
            lanes.add(rest.0, rest.1)
        }
        lanes.add(UInt64(bytes.count), 0)
        self = lanes.digest
    }

    package init(_ text: String) { self.init(Array(text.utf8)) }

    /// The digest of two things, in this order.
    package func and(_ other: QuickDigest) -> QuickDigest {
        var lanes = Lanes()
        lanes.add(high, low)
        lanes.add(other.high, other.low)
        return lanes.digest
    }

    package static func < (left: QuickDigest, right: QuickDigest) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }

    private struct Lanes {
        private var first: UInt64 = 0x243F_6A88_85A3_08D3
        private var second: UInt64 = 0x1319_8A2E_0370_7344

        mutating func add(_ left: UInt64, _ right: UInt64) {
            first = Self.folded(left ^ first, right ^ 0xA409_3822_299F_31D0) ^ right.byteSwapped
            second = Self.folded(right ^ second, left ^ 0x082E_FA98_EC4E_6C89) ^ left.byteSwapped
        }

        var digest: QuickDigest {
            QuickDigest(
                high: Self.folded(first ^ 0x4528_21E6_38D0_1377, second ^ 0xBE54_66CF_34E9_0C6C),
                low: Self.folded(first ^ 0xC0AC_29B7_C97C_50DD, second ^ 0x3F84_D5B5_B547_0917))
        }

        @inline(__always)
        private static func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
            let product = left.multipliedFullWidth(by: right)
            return product.high ^ product.low
        }
    }
}
