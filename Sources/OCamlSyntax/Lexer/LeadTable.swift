/// What to do with the first byte of a token: for most the table alone decides, by this byte and the one after it.
///
/// One table for stock's rules and one for camlp4's, which glues far more together. Whatever is not settled here takes
/// the long way through the rules, so the table may say "long way" too often, never too rarely.
@safe struct LeadTable: @unchecked Sendable {
    static let stock = LeadTable(isCamlp4: false)
    static let camlp4 = LeadTable(isCamlp4: true)

    enum Way: UInt8 {
        /// An ASCII letter or `_`: a word.
        case word
        /// A token of one byte, unless the next byte is in the entry's `notBefore`.
        case single
        case digit
        case string
        case quote
        case long
    }

    /// For words and single bytes what they are.
    struct Entry {
        var way: Way
        var kind: TokenKind
        /// Groups of bytes (see `group`) that make more than a single byte of this one.
        var notBefore: UInt8
        /// The groups that this byte is in.
        var groups: UInt8
    }

    private let entries: UnsafePointer<Entry>

    @inline(__always)
    subscript(byte: UInt8) -> Entry { unsafe entries[Int(byte)] }

    private init(isCamlp4: Bool) {
        let entries = UnsafeMutablePointer<Entry>.allocate(capacity: 256)
        for byte in UInt8.min...UInt8.max {
            unsafe (entries + Int(byte)).initialize(
                to: Entry(way: .long, kind: .illegal, notBefore: 0, groups: Self.groups(of: byte, isCamlp4)))
        }
        func set(_ byte: UInt8, _ way: Way, _ kind: TokenKind, _ notBefore: UInt8 = 0) {
            unsafe entries[Int(byte)].way = way
            unsafe entries[Int(byte)].kind = kind
            unsafe entries[Int(byte)].notBefore = notBefore
        }
        for byte in UInt8(ascii: "a")...UInt8(ascii: "z") { set(byte, .word, .lowercaseIdentifier) }
        for byte in UInt8(ascii: "A")...UInt8(ascii: "Z") { set(byte, .word, .uppercaseIdentifier) }
        set(UInt8(ascii: "_"), .word, .lowercaseIdentifier)
        for byte in UInt8(ascii: "0")...UInt8(ascii: "9") { set(byte, .digit, .integer) }
        set(UInt8(ascii: "\""), .string, .string)
        set(UInt8(ascii: "'"), .quote, .quote)
        for (byte, kind, notBefore) in isCamlp4 ? Self.camlp4Singles : Self.stockSingles {
            set(byte, .single, kind, notBefore)
        }
        unsafe self.entries = UnsafePointer(entries)
    }

    // MARK: Groups of bytes

    /// What a word must not be followed by directly, lest it go on or become `let*`.
    static let wordGoesOn: UInt8 = 1
    private static let symbol: UInt8 = 2
    private static let semicolon: UInt8 = 4
    /// `] } )` and `#`.
    private static let closing: UInt8 = 8
    // To stock:
    private static let star: UInt8 = 16
    private static let colon: UInt8 = 32
    private static let bracket: UInt8 = 64
    private static let brace: UInt8 = 128
    // To camlp4:
    private static let blank: UInt8 = 16

    private static func groups(of byte: UInt8, _ isCamlp4: Bool) -> UInt8 {
        var groups: UInt8 = 0
        let table = ByteClassTable.shared
        if byte >= 0x80 || !isCamlp4 && "$&*+-/<=>@^|".utf8.contains(byte) { groups |= wordGoesOn }
        if table.has(byte, .symbol) { groups |= symbol }
        if byte == UInt8(ascii: ";") { groups |= semicolon }
        if "]})#".utf8.contains(byte) { groups |= closing }
        if isCamlp4 {
            if byte == UInt8(ascii: "\\") { groups |= symbol }
            if byte == 0x20 || byte == 0x09 || byte == 0x0C { groups |= blank }
            return groups
        }
        if byte == UInt8(ascii: "*") { groups |= star }
        if ":=>".utf8.contains(byte) { groups |= colon }
        if "|<>@%".utf8.contains(byte) { groups |= bracket }
        if "<%|_".utf8.contains(byte) || byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") { groups |= brace }
        return groups
    }

    private static let operators: [(UInt8, TokenKind)] = [
        (UInt8(ascii: "="), .equal), (UInt8(ascii: "<"), .less), (UInt8(ascii: ">"), .greater),
        (UInt8(ascii: "|"), .bar), (UInt8(ascii: "&"), .ampersand), (UInt8(ascii: "$"), .infixOperator0),
        (UInt8(ascii: "@"), .infixOperator1), (UInt8(ascii: "^"), .infixOperator1), (UInt8(ascii: "+"), .plus),
        (UInt8(ascii: "-"), .minus), (UInt8(ascii: "*"), .star), (UInt8(ascii: "/"), .infixOperator3),
        (UInt8(ascii: "%"), .percent), (UInt8(ascii: "!"), .bang),
    ]

    private static let stockSingles: [(UInt8, TokenKind, UInt8)] =
        operators.map { ($0, $1, symbol | closing) } + [
            (UInt8(ascii: ")"), .rightParen, 0), (UInt8(ascii: "]"), .rightBracket, 0),
            (UInt8(ascii: "}"), .rightBrace, 0), (UInt8(ascii: ","), .comma, 0), (UInt8(ascii: "`"), .backquote, 0),
            (UInt8(ascii: ";"), .semicolon, semicolon), (UInt8(ascii: "("), .leftParen, star),
            (UInt8(ascii: "."), .dot, symbol), (UInt8(ascii: ":"), .colon, colon),
            (UInt8(ascii: "["), .leftBracket, bracket), (UInt8(ascii: "{"), .leftBrace, brace),
        ]

    private static let camlp4Singles: [(UInt8, TokenKind, UInt8)] =
        operators.map { ($0, $1, symbol | closing) } + [
            (UInt8(ascii: ")"), .rightParen, symbol | closing), (UInt8(ascii: "]"), .rightBracket, symbol | closing),
            (UInt8(ascii: "}"), .rightBrace, symbol | closing), (UInt8(ascii: ","), .comma, 0),
            (UInt8(ascii: "`"), .backquote, 0), (UInt8(ascii: ";"), .semicolon, semicolon),
            (UInt8(ascii: "("), .leftParen, symbol | blank), (UInt8(ascii: "."), .dot, symbol | closing),
            (UInt8(ascii: ":"), .colon, symbol | closing), (UInt8(ascii: "["), .leftBracket, symbol),
            (UInt8(ascii: "{"), .leftBrace, symbol),
        ]
}
