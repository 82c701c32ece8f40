/// What a byte can be part of: one table of 256 entries that all of the lexer's loops look into.
struct ByteClass: OptionSet, Sendable {
    let rawValue: UInt8

    /// A byte of an identifier after its first: letters of Latin-1, digits, `_`, `'`.
    static let identifier = ByteClass(rawValue: 1)
    /// The same without the letters beyond ASCII.
    static let asciiIdentifier = ByteClass(rawValue: 2)
    /// `! $ % & * + - . / : < = > ? @ ^ | ~`.
    static let symbol = ByteClass(rawValue: 4)
    /// Blank, tab, form feed, line feed.
    static let blank = ByteClass(rawValue: 8)
    /// A digit or `_`.
    static let digits = ByteClass(rawValue: 16)
    /// A hexadecimal digit or `_`.
    static let hexadecimals = ByteClass(rawValue: 32)
    /// `! $ % & * + - / : = > ? @ ^ |`: what may follow the dot of an index operator, or the first of `let*`.
    static let dotSymbol = ByteClass(rawValue: 128)

    fileprivate static func classes(of byte: UInt8) -> ByteClass {
        var classes: ByteClass = []
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
            classes = [.identifier, .asciiIdentifier]
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            classes = [.identifier, .asciiIdentifier, .digits, .hexadecimals]
        case UInt8(ascii: "'"): classes = [.identifier, .asciiIdentifier]
        case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0xFF: classes = .identifier
        case 0x20, 0x09, 0x0C, 0x0A: classes = .blank
        default: break
        }
        if "!$%&*+-./:<=>?@^|~".utf8.contains(byte) { classes.insert(.symbol) }
        if "!$%&*+-/:=>?@^|".utf8.contains(byte) { classes.insert(.dotSymbol) }
        if byte == UInt8(ascii: "_") { classes.formUnion([.digits, .hexadecimals]) }
        if "abcdefABCDEF".utf8.contains(byte) { classes.insert(.hexadecimals) }
        return classes
    }
}

/// The classes of all 256 bytes, made once and kept for the life of the program.
///
/// A pointer, since an array inside the lexer would be copied with it, or counted, at every look. Every byte has an
/// entry, so no look can go outside.
@safe struct ByteClassTable: @unchecked Sendable {
    static let shared = ByteClassTable()

    private let entries: UnsafePointer<UInt8>

    private init() {
        let entries = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        for byte in 0...255 { unsafe entries[byte] = ByteClass.classes(of: UInt8(byte)).rawValue }
        unsafe self.entries = UnsafePointer(entries)
    }

    @inline(__always)
    func has(_ byte: UInt8, _ classes: ByteClass) -> Bool {
        unsafe entries[Int(byte)] & classes.rawValue != 0
    }
}
