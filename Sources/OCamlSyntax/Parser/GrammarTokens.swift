/// The tokens that a grammar sees: those of a file without blanks and comments, five bytes each.
///
/// Two blocks of memory with one owner, filled once; looking at them costs no count of owners and cannot fail: beyond
/// the last token everything is `.endOfFile`.
@safe struct GrammarTokens: ~Copyable {
    /// Tokens of kind `.endOfFile` behind the last.
    static let ahead = 8

    private let kindsStart: UnsafeMutablePointer<TokenKind>
    private let indicesStart: UnsafeMutablePointer<UInt32>
    /// The tokens and what stands behind the last of them.
    let count: Int

    /// - Parameter hidden: by token of the file, whether the grammar does not see it; empty where it sees all.
    init(_ tokens: TokenList, hidden: [Bool]) {
        let all = tokens.count
        unsafe kindsStart = .allocate(capacity: all + Self.ahead)
        unsafe indicesStart = .allocate(capacity: all + Self.ahead)
        var count = 0
        for index in 0..<all {
            let kind = tokens.kinds[index]
            unsafe kindsStart[count] = kind
            unsafe indicesStart[count] = UInt32(truncatingIfNeeded: index)
            // Written anyway, and kept where it counts: cheaper than asking first.
            count &+= kind.isTrivia || (!hidden.isEmpty && hidden[index]) ? 0 : 1
        }
        for place in count..<count + Self.ahead {
            unsafe kindsStart[place] = .endOfFile
            unsafe indicesStart[place] = UInt32(truncatingIfNeeded: all)
        }
        self.count = count + Self.ahead
    }

    deinit {
        unsafe kindsStart.deallocate()
        unsafe indicesStart.deallocate()
    }

    /// Makes a token a keyword of some dialect.
    mutating func makeKeyword(_ place: Int) {
        guard place >= 0, place < count else { return }
        unsafe kindsStart[place] = .extensionKeyword
    }

    @inline(__always)
    var kinds: Kinds { unsafe Kinds(start: kindsStart, endIndex: count) }

    @inline(__always)
    var indices: Indices { unsafe Indices(start: indicesStart, count: count) }

    /// The kinds, for looking at while the parser lives.
    @safe struct Kinds: RandomAccessCollection {
        fileprivate let start: UnsafeMutablePointer<TokenKind>
        let endIndex: Int
        var startIndex: Int { 0 }

        @inline(__always)
        subscript(place: Int) -> TokenKind {
            UInt(bitPattern: place) < UInt(bitPattern: endIndex) ? unsafe start[place] : .endOfFile
        }
    }

    /// For each its index in the file's list; behind the last it is the number of tokens.
    @safe struct Indices {
        fileprivate let start: UnsafeMutablePointer<UInt32>
        fileprivate let count: Int

        @inline(__always)
        subscript(place: Int) -> UInt32 {
            unsafe start[UInt(bitPattern: place) < UInt(bitPattern: count) ? place : count - 1]
        }
    }
}
