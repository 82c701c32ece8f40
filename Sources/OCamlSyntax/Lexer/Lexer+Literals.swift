/// Strings, quoted strings and characters.
extension Lexer {
    /// Reads a string from its opening quote.
    mutating func string(_ bytes: Span<UInt8>) -> TokenKind {
        let isSound = stringBody(bytes, from: position + 1)
        guard let isSound else { return .unterminatedString }
        return isSound ? .string : .badString
    }

    /// Moves behind the closing quote of a string whose content begins at `start`; answers whether its escapes are
    /// sound, nil where the file ends first.
    mutating func stringBody(_ bytes: Span<UInt8>, from start: Int) -> Bool? {
        var isSound = true
        var end = start
        while end < bytes.count {
            let byte = byte(bytes, end)
            if byte == UInt8(ascii: "\"") {
                position = end + 1
                return isSound
            }
            guard byte == UInt8(ascii: "\\") else {
                end += 1
                continue
            }
            if !isCamlp4, !isSoundEscape(bytes, at: end + 1) { isSound = false }
            end += 2
        }
        position = bytes.count
        return nil
    }

    /// Whether stock OCaml takes the escape whose letter stands at `offset`. Unknown ones are mere warnings; those that
    /// name a byte or character beyond what exists are errors.
    private func isSoundEscape(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
        let letter = byte(bytes, offset)
        switch letter {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return decimalEscape(bytes, at: offset).map { $0 < 256 } ?? true
        case UInt8(ascii: "o"): return octalEscape(bytes, at: offset + 1).map { $0 < 256 } ?? true
        case UInt8(ascii: "u"): return isSoundCharacterEscape(bytes, at: offset + 1)
        default: return true
        }
    }

    /// The value of three decimal digits.
    private func decimalEscape(_ bytes: Span<UInt8>, at offset: Int) -> Int? {
        value(bytes, at: offset, base: 10)
    }

    /// The value of three octal digits.
    private func octalEscape(_ bytes: Span<UInt8>, at offset: Int) -> Int? {
        value(bytes, at: offset, base: 8)
    }

    private func value(_ bytes: Span<UInt8>, at offset: Int, base: UInt8) -> Int? {
        var value = 0
        for index in offset..<offset + 3 {
            guard isDigit(byte(bytes, index), below: base) else { return nil }
            value = value * Int(base) + Int(byte(bytes, index) - UInt8(ascii: "0"))
        }
        return value
    }

    /// `{XXXX}` after `\u`: at most six digits, and a Unicode scalar value. Without braces it is no such escape.
    private func isSoundCharacterEscape(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
        guard byte(bytes, offset) == UInt8(ascii: "{") else { return true }
        var value = 0
        var end = offset + 1
        while isHexadecimalDigit(byte(bytes, end)) {
            let byte = byte(bytes, end)
            if end < offset + 8 { value = value * 16 + Int(byte < 0x3A ? byte - 0x30 : (byte | 0x20) - 0x57) }
            end += 1
        }
        let count = end - offset - 1
        guard count > 0, byte(bytes, end) == UInt8(ascii: "}") else { return true }
        return count <= 6 && (value < 0xD800 || (value > 0xDFFF && value <= 0x10FFFF))
    }

    // MARK: Quoted strings

    /// What a quoted string opens with.
    struct QuotedStringStart {
        var kind: TokenKind
        var identifier: Range<Int>
        /// Behind the `|`.
        var end: Int
    }

    /// The opening of `{id|`, `{%ext|`, `{%ext id|`, `{%%ext id|` at `start`, if one stands there.
    ///
    /// - Parameter inComment: in comments no blank is needed between the extension's name and the identifier.
    func quotedStringStart(_ bytes: Span<UInt8>, at start: Int, inComment: Bool) -> QuotedStringStart? {
        var kind = TokenKind.quotedString
        var end = start + 1
        if byte(bytes, end) == UInt8(ascii: "%") {
            end += 1
            kind = .quotedExtension
            if byte(bytes, end) == UInt8(ascii: "%") {
                end += 1
                kind = .quotedExtensionItem
            }
            guard let name = attributeName(bytes, from: end) else { return nil }
            end = name
            while byte(bytes, end) == 0x20 || byte(bytes, end) == 0x09 || byte(bytes, end) == 0x0C { end += 1 }
            if end == name, !inComment {
                return byte(bytes, end) == UInt8(ascii: "|")
                    ? QuotedStringStart(kind: kind, identifier: end..<end, end: end + 1) : nil
            }
        }
        let identifier = end
        while isQuotedStringIdentifier(byte(bytes, end)) { end += 1 }
        guard byte(bytes, end) == UInt8(ascii: "|") else { return nil }
        return QuotedStringStart(kind: kind, identifier: identifier..<end, end: end + 1)
    }

    private func isQuotedStringIdentifier(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") || byte == UInt8(ascii: "_")
    }

    /// The end of a dotted name that starts at `start`.
    private func attributeName(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        var end = start
        while true {
            let first = byte(bytes, end)
            guard has(first, .asciiIdentifier), !isDigit(first, below: 10), first != UInt8(ascii: "'") else {
                return end > start ? end - 1 : nil
            }
            end = skip(bytes, .asciiIdentifier, from: end + 1)
            guard byte(bytes, end) == UInt8(ascii: ".") else { return end }
            end += 1
        }
    }

    /// Moves behind the `|id}` that closes a quoted string; false where the file ends first.
    mutating func quotedStringBody(_ bytes: Span<UInt8>, _ opening: QuotedStringStart) -> Bool {
        var end = opening.end
        while end < bytes.count {
            guard byte(bytes, end) == UInt8(ascii: "|") else {
                end += 1
                continue
            }
            let identifier = end + 1
            end = identifier
            while isQuotedStringIdentifier(byte(bytes, end)) { end += 1 }
            guard byte(bytes, end) == UInt8(ascii: "}") else { continue }
            end += 1
            if isSame(bytes, identifier..<end - 1, opening.identifier) {
                position = end
                return true
            }
        }
        position = bytes.count
        return false
    }

    private func isSame(_ bytes: Span<UInt8>, _ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count else { return false }
        for offset in 0..<left.count
        where byte(bytes, left.lowerBound + offset) != byte(bytes, right.lowerBound + offset) {
            return false
        }
        return true
    }

    // MARK: Characters

    /// `'`: a character literal, or the mark of a type variable or label.
    mutating func quote(_ bytes: Span<UInt8>) -> TokenKind {
        let next = byte(bytes, position + 1)
        switch next {
        case UInt8(ascii: "\\"): return escapedCharacter(bytes)
        case 0x0A, 0x0D:
            guard let end = lineEnd(bytes, at: position + 1), byte(bytes, end) == UInt8(ascii: "'") else {
                return single(.quote)
            }
            position = end + 1
            return .character
        case UInt8(ascii: "'") where !isCamlp4:
            position += 2
            return .emptyCharacter
        default:
            guard byte(bytes, position + 2) == UInt8(ascii: "'"), position + 1 < bytes.count else {
                return single(.quote)
            }
            position += 3
            return .character
        }
    }

    /// The end of the line end at `offset`; nil where there is none. Stock takes any number of carriage returns before
    /// the line feed, camlp4 one, or one alone.
    func lineEnd(_ bytes: Span<UInt8>, at offset: Int) -> Int? {
        if byte(bytes, offset) == 0x0A { return offset + 1 }
        guard byte(bytes, offset) == 0x0D else { return nil }
        if isCamlp4 { return byte(bytes, offset + 1) == 0x0A ? offset + 2 : offset + 1 }
        var end = offset + 1
        while byte(bytes, end) == 0x0D { end += 1 }
        return byte(bytes, end) == 0x0A ? end + 1 : nil
    }

    private mutating func escapedCharacter(_ bytes: Span<UInt8>) -> TokenKind {
        let escape = position + 2
        if let (end, isSound) = characterEscape(bytes, at: escape), byte(bytes, end) == UInt8(ascii: "'") {
            position = end + 1
            return isSound ? .character : .badCharacter
        }
        // The lexers stop behind the byte after the backslash.
        guard escape < bytes.count else { return single(.quote) }
        position = escape + 1
        return .badCharacter
    }

    /// The end of the escape whose letter stands at `offset`, and whether it names a byte.
    func characterEscape(_ bytes: Span<UInt8>, at offset: Int) -> (end: Int, isSound: Bool)? {
        switch byte(bytes, offset) {
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "n"), UInt8(ascii: "t"),
            UInt8(ascii: "b"), UInt8(ascii: "r"), UInt8(ascii: " "):
            return (offset + 1, true)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return decimalEscape(bytes, at: offset).map { (offset + 3, $0 < 256) }
        case UInt8(ascii: "o") where !isCamlp4:
            return octalEscape(bytes, at: offset + 1).map { (offset + 4, $0 < 256) }
        case UInt8(ascii: "x"):
            let isHexadecimal =
                isHexadecimalDigit(byte(bytes, offset + 1)) && isHexadecimalDigit(byte(bytes, offset + 2))
            return isHexadecimal ? (offset + 3, true) : nil
        default: return nil
        }
    }
}
