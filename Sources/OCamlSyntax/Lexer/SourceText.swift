import CByteScan

/// The bytes of a file followed by zeros, for loops that look ahead without asking where the file ends.
///
/// A copy, made once a file: it costs a twentieth of the lexing, and saves a comparison at every look. Zero is in no
/// class of bytes, so loops over classes stop at the end by themselves, and no rule looks further ahead than the zeros
/// reach: a look goes past a byte only when that byte was found to be what the rule wants, which zero never is.
@safe struct SourceText: ~Copyable {
    /// How far behind the end may be looked.
    private static let zeros = 128

    let count: Int
    private let bytes: UnsafeMutablePointer<UInt8>

    init(_ source: [UInt8]) {
        count = source.count
        unsafe bytes = UnsafeMutablePointer.allocate(capacity: source.count + Self.zeros)
        unsafe source.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { unsafe bytes.update(from: start, count: source.count) }
        }
        unsafe (bytes + source.count).update(repeating: 0, count: Self.zeros)
    }

    deinit { unsafe bytes.deallocate() }

    /// The byte at `offset`, 0 beyond the end of the file.
    @inline(__always)
    subscript(offset: Int) -> UInt8 {
        assert(offset >= 0 && offset < count + Self.zeros)
        return unsafe bytes[offset]
    }

    /// The eight bytes from `offset` on, the first of them in the lowest place.
    @inline(__always)
    func word(at offset: Int) -> UInt64 {
        assert(offset >= 0 && offset + 8 <= count + Self.zeros)
        return unsafe UInt64(littleEndian: UnsafeRawPointer(bytes + offset).loadUnaligned(as: UInt64.self))
    }

    /// Which of the 64 bytes from `offset` on belong to words and which are blank.
    @inline(__always)
    func classes(at offset: Int) -> caravan_classes {
        assert(offset >= 0 && offset <= count + Self.zeros - 64)
        return unsafe caravan_classify(bytes + offset)
    }

    /// The first offset from `offset` on of `"`, a backslash or zero.
    @inline(__always)
    func stringStop(from offset: Int) -> Int { unsafe offset + caravan_before_string_stop(bytes + offset) }

    /// The first offset from `offset` on of `*`, `"`, `'`, `{`, zero or `more`.
    @inline(__always)
    func commentStop(from offset: Int, or more: UInt8) -> Int {
        unsafe offset + caravan_before_comment_stop(bytes + offset, more)
    }
}

/// The runs of words and blanks in the 64 bytes that the lexer is in.
///
/// Sixteen-byte looks at every token would each wait for the one before to say where the token ends; here the answer is
/// a count of bits that are already at hand.
struct RunTable {
    private var start = 0
    private var classes: caravan_classes

    init(_ source: borrowing SourceText, at offset: Int) {
        start = offset
        classes = source.classes(at: offset)
    }

    /// The offset of the first byte from `offset` on that is not blank; `word` may be asked from there.
    @inline(__always)
    mutating func blanksEnd(_ source: borrowing SourceText, from offset: Int) -> Int {
        var offset = offset
        if offset &- start >= 64 { self = RunTable(source, at: offset) }
        while true {
            let place = UInt64(truncatingIfNeeded: offset &- start)
            offset &+= (~(classes.blank &>> place)).trailingZeroBitCount
            if offset &- start < 64 { return offset }
            self = RunTable(source, at: offset)
        }
    }

    /// The offset of the first byte from `offset` on that belongs to no word; `offset` is where blanks ended.
    @inline(__always)
    mutating func wordEnd(_ source: borrowing SourceText, from offset: Int) -> Int {
        var offset = offset
        while true {
            let place = UInt64(truncatingIfNeeded: offset &- start)
            offset &+= (~(classes.word &>> place)).trailingZeroBitCount
            if offset &- start < 64 { return offset }
            self = RunTable(source, at: offset)
        }
    }
}
