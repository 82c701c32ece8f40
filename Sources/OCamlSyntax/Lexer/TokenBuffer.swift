/// Where the lexer puts its tokens: two blocks of memory with room for a token a byte and one more.
///
/// There can be no more tokens than bytes, so nothing is asked at a write; what is never written never becomes real
/// memory. The blocks are those of the arrays that the list keeps.
@safe struct TokenBuffer: ~Copyable {
    /// Where the next token goes: what the lexer's loop keeps in registers.
    @safe struct Cursor {
        fileprivate let kinds: UnsafeMutablePointer<TokenKind>
        fileprivate let ends: UnsafeMutablePointer<UInt32>
        fileprivate(set) var count = 0

        @inline(__always)
        mutating func append(_ kind: TokenKind, end: Int) {
            unsafe kinds[count] = kind
            unsafe ends[count] = UInt32(truncatingIfNeeded: end)
            count &+= 1
        }

        /// Appends a token that is dropped again where `isThere` is false: cheaper than asking first.
        @inline(__always)
        mutating func append(_ kind: TokenKind, end: Int, if isThere: Bool) {
            unsafe kinds[count] = kind
            unsafe ends[count] = UInt32(truncatingIfNeeded: end)
            count &+= isThere ? 1 : 0
        }
    }

    var cursor: Cursor

    private init(kinds: UnsafeMutablePointer<TokenKind>, ends: UnsafeMutablePointer<UInt32>) {
        unsafe cursor = Cursor(kinds: kinds, ends: ends)
    }

    mutating func append(_ kind: TokenKind, end: Int) { cursor.append(kind, end: end) }

    var endsWithBlank: Bool { cursor.count > 0 ? unsafe cursor.kinds[cursor.count - 1] == .blank : false }

    /// Takes the last token back.
    mutating func removeLast() { cursor.count -= 1 }

    /// Fills the arrays of a list for a file of `size` bytes.
    static func arrays(
        for size: Int, _ body: (consuming TokenBuffer) -> Int
    ) -> (kinds: [TokenKind], ends: [UInt32]) {
        var kinds: [TokenKind] = []
        let ends = unsafe [UInt32](unsafeUninitializedCapacity: size + 1) { endsBuffer, endCount in
            kinds = unsafe [TokenKind](unsafeUninitializedCapacity: size + 1) { kindsBuffer, kindCount in
                guard let first = kindsBuffer.baseAddress, let second = endsBuffer.baseAddress else {
                    return
                }
                kindCount = unsafe body(TokenBuffer(kinds: first, ends: second))
                endCount = kindCount
            }
        }
        return (kinds, ends)
    }
}
