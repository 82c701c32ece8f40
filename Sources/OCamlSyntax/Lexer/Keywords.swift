/// The reserved words of base OCaml, found by hashing the first eight bytes of a word.
///
/// The multiplier was searched so that no two words share a slot of the table; a test holds it to that. A pointer for the
/// reason that `ByteClassTable` gives; every slot has an entry, so no look can go outside.
@safe package struct Keywords: @unchecked Sendable {
    static let shared = Keywords()

    package static let all: [(word: String, kind: TokenKind)] = [
        ("and", .and), ("as", .as), ("assert", .assert), ("begin", .begin), ("class", .class),
        ("constraint", .constraint), ("do", .do), ("done", .done), ("downto", .downto), ("else", .else), ("end", .end),
        ("exception", .exception), ("external", .external), ("false", .false), ("for", .for), ("fun", .fun),
        ("function", .function), ("functor", .functor), ("if", .if), ("in", .in), ("include", .include),
        ("inherit", .inherit), ("initializer", .initializer), ("lazy", .lazy), ("let", .let), ("match", .match),
        ("method", .method), ("module", .module), ("mutable", .mutable), ("new", .new), ("nonrec", .nonrec),
        ("object", .object), ("of", .of), ("open", .open), ("or", .or), ("private", .private), ("rec", .rec),
        ("sig", .sig), ("struct", .struct), ("then", .then), ("to", .to), ("true", .true), ("try", .try),
        ("type", .type), ("val", .val), ("virtual", .virtual), ("when", .when), ("while", .while), ("with", .with),
        ("land", .wordOperator3), ("lor", .wordOperator3), ("lxor", .wordOperator3), ("mod", .wordOperator3),
        ("lsl", .wordOperator4), ("lsr", .wordOperator4), ("asr", .wordOperator4),
        // No keyword, but a word that is no name either.
        ("_", .underscore),
    ]

    /// What the table answers for words of eight bytes and more, whose first eight do not tell the whole.
    static let undecided = TokenKind.endOfFile

    private struct Entry {
        /// The first eight bytes of the word; 0 where the slot is empty.
        var word: UInt64
        var kind: TokenKind
    }

    private let entries: UnsafePointer<Entry>

    private init() {
        let entries = UnsafeMutablePointer<Entry>.allocate(capacity: 256)
        unsafe entries.initialize(repeating: Entry(word: 0, kind: .lowercaseIdentifier), count: 256)
        for (word, kind) in Self.all {
            let packed = Self.packed(word.utf8)
            unsafe entries[Self.slot(packed)] = Entry(word: packed, kind: word.utf8.count < 8 ? kind : Self.undecided)
        }
        unsafe self.entries = UnsafePointer(entries)
    }

    /// The first eight bytes of a word, the first of them in the lowest place.
    package static func packed(_ word: some Collection<UInt8>) -> UInt64 {
        word.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// What keeps the first `length` (at least 1) bytes of eight.
    @inline(__always)
    static func mask(_ length: Int) -> UInt64 {
        ~0 &>> UInt64(truncatingIfNeeded: 64 &- 8 &* min(length, 8))
    }

    /// Between 0 and 255.
    @inline(__always)
    package static func slot(_ packed: UInt64) -> Int {
        Int(truncatingIfNeeded: (packed &* 0xa5b5_c856_2f3e_3319) >> 56)
    }

    /// The keyword whose first eight bytes are `packed`, or `.undecided`; `other` where there is none.
    @inline(__always)
    func kind(_ packed: UInt64, or other: TokenKind) -> TokenKind {
        let entry = unsafe entries[Self.slot(packed)]
        return entry.word == packed ? entry.kind : other
    }

    /// The kind of a word of eight bytes or more.
    static func kind(ofLong word: some Collection<UInt8>) -> TokenKind {
        all.first { $0.word.utf8.elementsEqual(word) }?.kind ?? .lowercaseIdentifier
    }
}
