/// Cuts the bytes of a file into tokens; takes any bytes, never fails, in time linear in their number.
///
/// One pass, no recursion: nesting of comments and quotations is counted. What the rules asked for do not allow becomes
/// a token of a kind of its own (`TokenKind.isError`). The rarer rules live in the other files of this directory.
package struct Lexer: ~Copyable {
    /// The tokens of `bytes` under `rules`. Only the first 4 GiB of a file are read.
    package static func tokenize(_ bytes: [UInt8], rules: LexicalRules = .stock) -> TokenList {
        let bytes = bytes.count < Int(UInt32.max) ? bytes : Array(bytes.prefix(Int(UInt32.max) - 1))
        var lexer = Lexer(rules: rules, size: bytes.count)
        lexer.run(bytes.span)
        let (kinds, ends) = lexer.buffer.arrays()
        return TokenList(bytes: bytes, kinds: kinds, ends: ends, rules: rules)
    }

    private var buffer: TokenBuffer
    /// Where the token being read goes on.
    var position = 0
    let isCamlp4: Bool
    let quotations: Bool
    let table = ByteClassTable.shared
    let keywords: Keywords = Keywords.shared
    /// What `nextLineEnd` last found, so that looking for line ends costs no more than reading the file once more.
    var knownLineStart = 0
    var knownLineEnd = -1
    /// The last run of closing brackets and symbols that camlp4's glued brackets were looked for in.
    var closingRun = ClosingRun()

    private init(rules: LexicalRules, size: Int) {
        isCamlp4 = rules.flavour == .camlp4
        quotations = isCamlp4 && rules.quotations
        buffer = TokenBuffer(capacity: size / 3)
    }

    private mutating func run(_ bytes: Span<UInt8>) {
        skipHashBang(bytes)
        while position < bytes.count {
            let kind = next(bytes)
            emit(kind)
        }
    }

    /// Ends the token of kind `kind` at `position`.
    @inline(__always)
    mutating func emit(_ kind: TokenKind) {
        buffer.append(kind, end: position)
    }

    /// The byte at `offset`, 0 beyond the end of the file.
    @inline(__always)
    func byte(_ bytes: Span<UInt8>, _ offset: Int) -> UInt8 {
        // In bounds: offsets never go below 0, and the end is looked at here.
        offset < bytes.count ? unsafe bytes[unchecked: offset] : 0
    }

    @inline(__always)
    func has(_ byte: UInt8, _ classes: ByteClass) -> Bool {
        table.has(byte, classes)
    }

    /// The offset of the first byte at or after `offset` that is in none of `classes`.
    @inline(__always)
    func skip(_ bytes: Span<UInt8>, _ classes: ByteClass, from offset: Int) -> Int {
        var offset = offset
        while has(byte(bytes, offset), classes) { offset += 1 }
        return offset
    }

    /// Reads one token; on return `position` is behind it.
    @inline(__always)
    private mutating func next(_ bytes: Span<UInt8>) -> TokenKind {
        let first = byte(bytes, position)
        switch first {
        case 0x20, 0x0A, 0x09, 0x0C, 0x0D: return blank(bytes)
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"): return lowercaseWord(bytes)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), 0xC0...0xD6, 0xD8...0xDE:
            position = skip(bytes, .identifier, from: position + 1)
            return .uppercaseIdentifier
        case 0xDF...0xF6, 0xF8...0xFF: return lowercaseWord(bytes)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return number(bytes)
        case UInt8(ascii: "("): return leftParen(bytes)
        case UInt8(ascii: ")"):
            if isCamlp4, let end = gluedClosing(bytes) { return closing(bytes, end: end) }
            return single(.rightParen)
        case UInt8(ascii: "\""): return string(bytes)
        case UInt8(ascii: "'"): return quote(bytes)
        case UInt8(ascii: ","): return single(.comma)
        case UInt8(ascii: ";"):
            return byte(bytes, position + 1) == UInt8(ascii: ";") ? double(.semicolonSemicolon) : single(.semicolon)
        case UInt8(ascii: "`"): return single(.backquote)
        default: return symbol(bytes, first)
        }
    }

    @inline(__always)
    mutating func single(_ kind: TokenKind) -> TokenKind {
        position += 1
        return kind
    }

    @inline(__always)
    mutating func double(_ kind: TokenKind) -> TokenKind {
        position += 2
        return kind
    }

    // MARK: Blanks

    @inline(__always)
    private mutating func blank(_ bytes: Span<UInt8>) -> TokenKind {
        let start = position
        position = skip(bytes, .blank, from: position)
        if byte(bytes, position) == 0x0D { return carriageReturns(bytes, start: start) }
        return .blank
    }

    /// Carriage returns are blanks before a line feed, and anywhere for camlp4; alone they are illegal to stock.
    @inline(never)
    private mutating func carriageReturns(_ bytes: Span<UInt8>, start: Int) -> TokenKind {
        while byte(bytes, position) == 0x0D {
            var end = position + 1
            while byte(bytes, end) == 0x0D { end += 1 }
            guard isCamlp4 || byte(bytes, end) == 0x0A else {
                if position > start { return .blank }
                position = end
                return .illegal
            }
            position = skip(bytes, .blank, from: end)
        }
        return .blank
    }

    // MARK: Words

    @inline(__always)
    private mutating func lowercaseWord(_ bytes: Span<UInt8>) -> TokenKind {
        let start = position
        var packed: UInt64 = 0
        var end = start
        var byte = byte(bytes, end)
        repeat {
            packed = packed << 8 | UInt64(byte)
            end += 1
            byte = self.byte(bytes, end)
        } while has(byte, .identifier)
        position = end
        let length = end - start
        if length > 11 { return .lowercaseIdentifier }
        let kind = keywords.kind(packed)
        if kind == .lowercaseIdentifier {
            return length == 1 && packed == UInt64(UInt8(ascii: "_")) ? .underscore : .lowercaseIdentifier
        }
        if length > 8 || kind == .let || kind == .and {
            return longOrOperator(bytes, kind, start: start)
        }
        return kind
    }

    /// Settles words longer than eight bytes, and `let` and `and` with an operator glued on.
    @inline(never)
    private mutating func longOrOperator(_ bytes: Span<UInt8>, _ kind: TokenKind, start: Int) -> TokenKind {
        if position - start == 3 {
            guard !isCamlp4, isBindingOperatorStart(byte(bytes, position)) else { return kind }
            position = skip(bytes, .dotSymbol, from: position + 1)
            return kind == .let ? .letOperator : .andOperator
        }
        switch kind {
        case .exception where reads(bytes, "exception", at: start): return kind
        case .constraint where reads(bytes, "constraint", at: start): return kind
        case .initializer where reads(bytes, "initializer", at: start): return kind
        default: return .lowercaseIdentifier
        }
    }

    /// Whether the token from `start` to `position` is `text`.
    func reads(_ bytes: Span<UInt8>, _ text: StaticString, at start: Int) -> Bool {
        guard position - start == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { expected in
            for offset in 0..<expected.count where unsafe byte(bytes, start + offset) != expected[offset] {
                return false
            }
            return true
        }
    }

    private func isBindingOperatorStart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "/"), UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "@"),
            UInt8(ascii: "^"), UInt8(ascii: "|"):
            true
        default: false
        }
    }
}
