package import Text

/// A set of digests in a file, kept between runs: sixteen bytes each, ascending, behind a line that says what it is.
///
/// Another run may replace the file at any time. It is never needed: where it cannot be read, or is something else, the set
/// is empty.
package struct DigestFile: Sendable {
    private static let title = Array("caravan digests 1\n".utf8)
    /// Beyond this many the file is begun anew, so that it cannot grow without end.
    private static let limit = 1 << 18

    private let path: String
    private let known: [QuickDigest]

    package init(path: String) {
        self.path = path
        let bytes = (try? FileReader.read(path)) ?? []
        guard bytes.starts(with: Self.title) else {
            known = []
            return
        }
        known = unsafe bytes.withUnsafeBytes { buffer in
            stride(from: Self.title.count, through: buffer.count - 16, by: 16).map { offset in
                unsafe QuickDigest(
                    high: UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
                    low: UInt64(bigEndian: buffer.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)))
            }
        }
    }

    package func contains(_ digest: QuickDigest) -> Bool {
        var range = known.indices
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if known[middle] == digest { return true }
            range = known[middle] < digest ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
        }
        return false
    }

    /// Writes the file with more digests in it. Its folders are made.
    package func adding(_ digests: [QuickDigest]) throws(FileError) {
        if digests.isEmpty { return }
        let all = Set(known.count + digests.count > Self.limit ? [] : known).union(digests.prefix(Self.limit)).sorted()
        var bytes = Self.title
        bytes.reserveCapacity(bytes.count + 16 * all.count)
        for digest in all {
            for word in [digest.high, digest.low] {
                for shift in stride(from: 56, through: 0, by: -8) {
                    bytes.append(UInt8(truncatingIfNeeded: word >> shift))
                }
            }
        }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try DirectoryMaker.make(String(path[..<slash]))
        }
        try AtomicFileWriter.write(bytes, to: path)
    }
}
