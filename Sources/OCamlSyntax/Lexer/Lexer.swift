/// Cuts the bytes of a file into tokens; takes any bytes, never fails, in time linear in their number.
///
/// One pass, no recursion: nesting of comments and quotations is counted. What the rules asked for do not allow becomes
/// a token of a kind of its own (`TokenKind.isError`). The rarer rules live in the other files of this directory.
package struct Lexer: ~Copyable {
    /// The tokens of `bytes` under `rules`. Only the first 4 GiB of a file are read.
    package static func tokenize(_ bytes: [UInt8], rules: LexicalRules = .stock) -> TokenList {
        let bytes = bytes.count < Int(UInt32.max) ? bytes : Array(bytes.prefix(Int(UInt32.max) - 1))
        let (kinds, ends) = TokenBuffer.arrays(for: bytes.count) { buffer in
            var lexer = Lexer(rules: rules, source: SourceText(bytes), buffer: buffer)
            lexer.run()
            return lexer.buffer.cursor.count
        }
        return TokenList(bytes: bytes, kinds: kinds, ends: ends, rules: rules)
    }

    let source: SourceText
    private var buffer: TokenBuffer
    /// Where the token being read goes on.
    var position = 0
    let isCamlp4: Bool
    let quotations: Bool
    let table = ByteClassTable.shared
    let keywords = Keywords.shared
    /// What `nextLineEnd` last found, so that looking for line ends costs no more than reading the file once more.
    var knownLineStart = 0
    var knownLineEnd = -1
    /// The last run of closing brackets and symbols that camlp4's glued brackets were looked for in.
    var closingRun = ClosingRun()

    private init(rules: LexicalRules, source: consuming SourceText, buffer: consuming TokenBuffer) {
        isCamlp4 = rules.flavour == .camlp4
        quotations = isCamlp4 && rules.quotations
        self.source = source
        self.buffer = buffer
    }

    /// The whole file. What most tokens are is settled here, in few steps: blanks and words by runs of sixteen bytes,
    /// punctuation by a table; everything else goes the long way, through `next`.
    private mutating func run() {
        skipHashBang()
        let leads = isCamlp4 ? LeadTable.camlp4 : LeadTable.stock
        let keywords = keywords
        var at = position
        var cursor = buffer.cursor
        var runs = RunTable(source, at: at)
        while true {
            // Between most tokens stands a blank: one is written anyway, and kept where there is one.
            let end = runs.blanksEnd(source, from: at)
            cursor.append(.blank, end: end, if: end != at)
            at = end
            let lead = leads[source[at]]
            // Comparisons and no `switch`: the processor foresees them better than a jump through a table.
            if lead.way == .word {
                let start = at
                at = runs.wordEnd(source, from: start)
                let packed = source.word(at: start) & Keywords.mask(at &- start)
                var kind = keywords.kind(packed, or: lead.kind)
                if kind == Keywords.undecided || leads[source[at]].groups & LeadTable.wordGoesOn != 0 {
                    position = at
                    kind = wordGoingOn(kind, start: start)
                    at = position
                }
                cursor.append(kind, end: at)
            } else if lead.way == .single, lead.notBefore & leads[source[at &+ 1]].groups == 0 {
                at &+= 1
                cursor.append(lead.kind, end: at)
            } else {
                position = at
                buffer.cursor = cursor
                if at >= source.count { return }
                emit(next(lead.way))
                at = position
                cursor = buffer.cursor
            }
        }
    }

    /// Ends the token of kind `kind` at `position`.
    mutating func emit(_ kind: TokenKind) {
        buffer.append(kind, end: position)
    }

    /// The byte at `offset`, 0 beyond the end of the file.
    @inline(__always)
    func byte(_ offset: Int) -> UInt8 { source[offset] }

    @inline(__always)
    func has(_ byte: UInt8, _ classes: ByteClass) -> Bool {
        table.has(byte, classes)
    }

    /// The offset of the first byte at or after `offset` that is in none of `classes`.
    @inline(__always)
    func skip(_ classes: ByteClass, from offset: Int) -> Int {
        var offset = offset
        while has(byte(offset), classes) { offset += 1 }
        return offset
    }

    /// Reads one token, which is no blank and no word of ASCII; on return `position` is behind it.
    @inline(never)
    private mutating func next(_ way: LeadTable.Way) -> TokenKind {
        if way == .digit { return number() }
        if way == .string { return string() }
        let first = byte(position)
        switch first {
        case 0x0D: return carriageReturns()
        case 0xC0...0xD6, 0xD8...0xDE:
            position = skip(.identifier, from: position + 1)
            return .uppercaseIdentifier
        case 0xDF...0xF6, 0xF8...0xFF:
            position = skip(.identifier, from: position + 1)
            return .lowercaseIdentifier
        case UInt8(ascii: "("): return leftParen()
        case UInt8(ascii: ")"):
            if isCamlp4, let end = gluedClosing() { return closing(end: end) }
            return single(.rightParen)
        case UInt8(ascii: "'"): return quote()
        case UInt8(ascii: ";"):
            return byte(position + 1) == UInt8(ascii: ";") ? double(.semicolonSemicolon) : single(.semicolon)
        default: return symbol(first)
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

    /// Carriage returns are blanks before a line feed, and anywhere for camlp4; alone they are illegal to stock. The
    /// blanks before them, if any, are the last token: they become one with it.
    private mutating func carriageReturns() -> TokenKind {
        let start = position
        while byte(position) == 0x0D {
            var end = position + 1
            while byte(end) == 0x0D { end += 1 }
            guard isCamlp4 || byte(end) == 0x0A else {
                if position > start { break }
                position = end
                return .illegal
            }
            position = skip(.blank, from: end)
        }
        if buffer.endsWithBlank { buffer.removeLast() }
        return .blank
    }

    // MARK: Words

    /// Settles words of which the first eight bytes do not tell the whole, which go on with letters beyond ASCII, or
    /// which are `let` or `and` with an operator glued on.
    @inline(never)
    private mutating func wordGoingOn(_ kind: TokenKind, start: Int) -> TokenKind {
        if has(byte(position), .identifier) {
            position = skip(.identifier, from: position)
            return byte(start) < UInt8(ascii: "_") ? .uppercaseIdentifier : .lowercaseIdentifier
        }
        if kind == Keywords.undecided { return Keywords.kind(ofLong: (start..<position).map { byte($0) }) }
        guard kind == .let || kind == .and, !isCamlp4, isBindingOperatorStart(byte(position)) else { return kind }
        position = skip(.dotSymbol, from: position + 1)
        return kind == .let ? .letOperator : .andOperator
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
