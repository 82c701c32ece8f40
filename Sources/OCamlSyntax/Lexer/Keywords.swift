/// The reserved words of base OCaml, found by hashing the last eight bytes of a word.
///
/// The multiplier was searched so that no two words share a slot of the table; a test holds it to that.
package struct Keywords: Sendable {
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
    ]

    /// By slot: the last eight bytes of the word, the first of them in the highest place.
    let words: [UInt64]
    /// By slot: the kind; `.lowercaseIdentifier` where the slot is empty.
    let kinds: [TokenKind]

    private init() {
        var words = [UInt64](repeating: 0, count: 256)
        var kinds = [TokenKind](repeating: .lowercaseIdentifier, count: 256)
        for (word, kind) in Self.all {
            var packed: UInt64 = 0
            for byte in word.utf8 { packed = packed << 8 | UInt64(byte) }
            words[Self.slot(packed)] = packed
            kinds[Self.slot(packed)] = kind
        }
        self.words = words
        self.kinds = kinds
    }

    @inline(__always)
    package static func slot(_ packed: UInt64) -> Int {
        Int(truncatingIfNeeded: (packed &* 0x04b0_1247_3c3e_c14b) >> 56)
    }

    /// The kind of a word of two to eleven bytes whose last eight bytes are `packed`. For the three words longer than
    /// that the caller compares the rest.
    @inline(__always)
    func kind(_ packed: UInt64) -> TokenKind {
        let slot = Self.slot(packed)
        return words[slot] == packed ? kinds[slot] : .lowercaseIdentifier
    }
}
