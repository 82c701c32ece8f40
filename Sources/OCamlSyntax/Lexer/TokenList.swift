package import Text

/// The tokens of one file, with its bytes: they tile it, in order, every byte in exactly one token.
///
/// Two parallel arrays, five bytes a token. Indices beyond the list are no error: they answer `.endOfFile` and empty
/// ranges at the end of the file, so a reader may look ahead freely.
package struct TokenList: Sendable {
    package let bytes: [UInt8]
    package let kinds: [TokenKind]
    /// End offsets, ascending; the last is the size of the file.
    package let ends: [UInt32]
    package let rules: LexicalRules
    /// Indices of the tokens at which the lexer of these rules would have stopped.
    package let errors: [Int]

    init(bytes: [UInt8], kinds: [TokenKind], ends: [UInt32], rules: LexicalRules) {
        self.bytes = bytes
        self.kinds = kinds
        self.ends = ends
        self.rules = rules
        var errors: [Int] = []
        for index in 0..<kinds.count where kinds[index].isError { errors.append(index) }
        self.errors = errors
    }

    package var count: Int { kinds.count }

    package func kind(_ index: Int) -> TokenKind {
        index >= 0 && index < kinds.count ? kinds[index] : .endOfFile
    }

    /// Whether any token is of this kind.
    package func holds(_ kind: TokenKind) -> Bool {
        for index in 0..<kinds.count where kinds[index] == kind { return true }
        return false
    }

    /// Offset of the token's first byte.
    package func start(_ index: Int) -> Int {
        if index <= 0 { return 0 }
        return index <= ends.count ? Int(ends[index - 1]) : bytes.count
    }

    /// Offset just behind the token.
    package func end(_ index: Int) -> Int {
        if index < 0 { return 0 }
        return index < ends.count ? Int(ends[index]) : bytes.count
    }

    package func range(_ index: Int) -> ByteRange {
        ByteRange(start(index), end(index))
    }

    /// The token's bytes.
    package func text(_ index: Int) -> ArraySlice<UInt8> {
        bytes[start(index)..<max(start(index), end(index))]
    }

    /// Whether the token reads exactly `text`.
    package func text(_ index: Int, equals text: StaticString) -> Bool {
        let start = start(index)
        let count = text.utf8CodeUnitCount
        guard end(index) - start == count, index < self.count else { return false }
        return text.withUTF8Buffer { expected in
            for offset in 0..<count where unsafe bytes[start + offset] != expected[offset] { return false }
            return true
        }
    }

    /// Whether the token reads exactly `text`.
    package func text(_ index: Int, equals text: [UInt8]) -> Bool {
        let start = start(index)
        guard index >= 0, index < count, end(index) - start == text.count else { return false }
        for offset in 0..<text.count where bytes[start + offset] != text[offset] { return false }
        return true
    }

    /// The token as text for messages; bytes that are not UTF-8 are replaced.
    package func string(_ index: Int) -> String {
        String(decoding: text(index), as: UTF8.self)
    }

    /// The first token at or after `index` that is neither blank nor comment; `count` where there is none.
    package func significant(from index: Int) -> Int {
        var index = max(index, 0)
        while index < kinds.count, kinds[index].isTrivia { index += 1 }
        return min(index, kinds.count)
    }

    /// The last token before `index` that is neither blank nor comment.
    package func significant(before index: Int) -> Int? {
        var index = min(index, kinds.count) - 1
        while index >= 0, kinds[index].isTrivia { index -= 1 }
        return index >= 0 ? index : nil
    }

    /// The token that holds the byte at `offset`; nil outside the file. O(log tokens).
    package func index(atOffset offset: Int) -> Int? {
        guard offset >= 0, offset < bytes.count else { return nil }
        var low = 0
        var high = ends.count
        while low < high {
            let middle = (low + high) / 2
            if Int(ends[middle]) <= offset { low = middle + 1 } else { high = middle }
        }
        return low < ends.count ? low : nil
    }

    /// Indices of the tokens that a grammar sees, in order.
    package var significant: SignificantTokens { SignificantTokens(tokens: self) }
}

/// Walks the indices of all tokens that are neither blanks nor comments.
package struct SignificantTokens: Sequence, IteratorProtocol, Sendable {
    private let tokens: TokenList
    private var index = 0

    init(tokens: TokenList) {
        self.tokens = tokens
    }

    package mutating func next() -> Int? {
        let found = tokens.significant(from: index)
        guard found < tokens.count else { return nil }
        index = found + 1
        return found
    }
}
