/// Where the lexer puts its tokens: two growing blocks of memory of its own.
///
/// Appending to two arrays costs a quarter of the whole lexing time in checks for other owners; this buffer has one
/// owner by its type. Every write is preceded by a check of the room left.
@safe struct TokenBuffer: ~Copyable {
    private var kinds: UnsafeMutablePointer<TokenKind>
    private var ends: UnsafeMutablePointer<UInt32>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 16)
        unsafe kinds = UnsafeMutablePointer.allocate(capacity: self.capacity)
        unsafe ends = UnsafeMutablePointer.allocate(capacity: self.capacity)
    }

    deinit {
        unsafe kinds.deallocate()
        unsafe ends.deallocate()
    }

    @inline(__always)
    mutating func append(_ kind: TokenKind, end: Int) {
        if count == capacity { grow() }
        unsafe kinds[count] = kind
        unsafe ends[count] = UInt32(truncatingIfNeeded: end)
        count &+= 1
    }

    @inline(never)
    private mutating func grow() {
        let larger = capacity * 2
        let newKinds = UnsafeMutablePointer<TokenKind>.allocate(capacity: larger)
        let newEnds = UnsafeMutablePointer<UInt32>.allocate(capacity: larger)
        unsafe newKinds.update(from: kinds, count: count)
        unsafe newEnds.update(from: ends, count: count)
        unsafe kinds.deallocate()
        unsafe ends.deallocate()
        unsafe kinds = newKinds
        unsafe ends = newEnds
        capacity = larger
    }

    /// What was appended, as arrays.
    func arrays() -> (kinds: [TokenKind], ends: [UInt32]) {
        let kinds = unsafe Array(UnsafeBufferPointer(start: kinds, count: count))
        let ends = unsafe Array(UnsafeBufferPointer(start: ends, count: count))
        return (kinds, ends)
    }
}
