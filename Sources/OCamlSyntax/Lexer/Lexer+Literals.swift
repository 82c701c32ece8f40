/// Strings, quoted strings and characters.
extension Lexer {
    /// Reads a string from its opening quote.
    mutating func string() -> TokenKind {
        let isSound = stringBody(from: position + 1)
        guard let isSound else { return .unterminatedString }
        return isSound ? .string : .badString
    }

    /// Moves behind the closing quote of a string whose content begins at `start`; answers whether its escapes are
    /// sound, nil where the file ends first.
    mutating func stringBody(from start: Int) -> Bool? {
        var isSound = true
        var end = start
        while true {
            end = source.stringStop(from: end)
            if end >= source.count { break }
            switch byte(end) {
            case UInt8(ascii: "\""):
                position = end + 1
                return isSound
            case UInt8(ascii: "\\"):
                if !isCamlp4, !isSoundEscape(at: end + 1) { isSound = false }
                end += 2
            default: end += 1
            }
        }
        position = source.count
        return nil
    }

    /// Whether stock OCaml takes the escape whose letter stands at `offset`. Unknown ones are mere warnings; those that
    /// name a byte or character beyond what exists are errors.
    private func isSoundEscape(at offset: Int) -> Bool {
        let letter = byte(offset)
        switch letter {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return decimalEscape(at: offset).map { $0 < 256 } ?? true
        case UInt8(ascii: "o"): return octalEscape(at: offset + 1).map { $0 < 256 } ?? true
        case UInt8(ascii: "u"): return isSoundCharacterEscape(at: offset + 1)
        default: return true
        }
    }

    /// The value of three decimal digits.
    private func decimalEscape(at offset: Int) -> Int? {
        value(at: offset, base: 10)
    }

    /// The value of three octal digits.
    private func octalEscape(at offset: Int) -> Int? {
        value(at: offset, base: 8)
    }

    private func value(at offset: Int, base: UInt8) -> Int? {
        var value = 0
        for index in offset..<offset + 3 {
            guard isDigit(byte(index), below: base) else { return nil }
            value = value * Int(base) + Int(byte(index) - UInt8(ascii: "0"))
        }
        return value
    }

    /// `{XXXX}` after `\u`: at most six digits, and a Unicode scalar value. Without braces it is no such escape.
    private func isSoundCharacterEscape(at offset: Int) -> Bool {
        guard byte(offset) == UInt8(ascii: "{") else { return true }
        var value = 0
        var end = offset + 1
        while isHexadecimalDigit(byte(end)) {
            let byte = byte(end)
            if end < offset + 8 { value = value * 16 + Int(byte < 0x3A ? byte - 0x30 : (byte | 0x20) - 0x57) }
            end += 1
        }
        let count = end - offset - 1
        guard count > 0, byte(end) == UInt8(ascii: "}") else { return true }
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
    func quotedStringStart(at start: Int, inComment: Bool) -> QuotedStringStart? {
        var kind = TokenKind.quotedString
        var end = start + 1
        if byte(end) == UInt8(ascii: "%") {
            end += 1
            kind = .quotedExtension
            if byte(end) == UInt8(ascii: "%") {
                end += 1
                kind = .quotedExtensionItem
            }
            guard let name = attributeName(from: end) else { return nil }
            end = name
            while byte(end) == 0x20 || byte(end) == 0x09 || byte(end) == 0x0C { end += 1 }
            if end == name, !inComment {
                return byte(end) == UInt8(ascii: "|")
                    ? QuotedStringStart(kind: kind, identifier: end..<end, end: end + 1) : nil
            }
        }
        let identifier = end
        while isQuotedStringIdentifier(byte(end)) { end += 1 }
        guard byte(end) == UInt8(ascii: "|") else { return nil }
        return QuotedStringStart(kind: kind, identifier: identifier..<end, end: end + 1)
    }

    private func isQuotedStringIdentifier(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") || byte == UInt8(ascii: "_")
    }

    /// The end of a dotted name that starts at `start`.
    private func attributeName(from start: Int) -> Int? {
        var end = start
        while true {
            let first = byte(end)
            guard has(first, .asciiIdentifier), !isDigit(first, below: 10), first != UInt8(ascii: "'") else {
                return end > start ? end - 1 : nil
            }
            end = skip(.asciiIdentifier, from: end + 1)
            guard byte(end) == UInt8(ascii: ".") else { return end }
            end += 1
        }
    }

    /// Moves behind the `|id}` that closes a quoted string; false where the file ends first.
    mutating func quotedStringBody(_ opening: QuotedStringStart) -> Bool {
        var end = opening.end
        while end < source.count {
            guard byte(end) == UInt8(ascii: "|") else {
                end += 1
                continue
            }
            let identifier = end + 1
            end = identifier
            while isQuotedStringIdentifier(byte(end)) { end += 1 }
            guard byte(end) == UInt8(ascii: "}") else { continue }
            end += 1
            if isSame(identifier..<end - 1, opening.identifier) {
                position = end
                return true
            }
        }
        position = source.count
        return false
    }

    private func isSame(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count else { return false }
        for offset in 0..<left.count
        where byte(left.lowerBound + offset) != byte(right.lowerBound + offset) {
            return false
        }
        return true
    }

    // MARK: Characters

    /// `'`: a character literal, or the mark of a type variable or label.
    mutating func quote() -> TokenKind {
        let next = byte(position + 1)
        switch next {
        case UInt8(ascii: "\\"): return escapedCharacter()
        case 0x0A, 0x0D:
            guard let end = lineEnd(at: position + 1), byte(end) == UInt8(ascii: "'") else {
                return single(.quote)
            }
            position = end + 1
            return .character
        case UInt8(ascii: "'") where !isCamlp4:
            position += 2
            return .emptyCharacter
        default:
            guard byte(position + 2) == UInt8(ascii: "'"), position + 1 < source.count else {
                return single(.quote)
            }
            position += 3
            return .character
        }
    }

    /// The end of the line end at `offset`; nil where there is none. Stock takes any number of carriage returns before
    /// the line feed, camlp4 one, or one alone.
    func lineEnd(at offset: Int) -> Int? {
        if byte(offset) == 0x0A { return offset + 1 }
        guard byte(offset) == 0x0D else { return nil }
        if isCamlp4 { return byte(offset + 1) == 0x0A ? offset + 2 : offset + 1 }
        var end = offset + 1
        while byte(end) == 0x0D { end += 1 }
        return byte(end) == 0x0A ? end + 1 : nil
    }

    private mutating func escapedCharacter() -> TokenKind {
        let escape = position + 2
        if let (end, isSound) = characterEscape(at: escape), byte(end) == UInt8(ascii: "'") {
            position = end + 1
            return isSound ? .character : .badCharacter
        }
        // The lexers stop behind the byte after the backslash.
        guard escape < source.count else { return single(.quote) }
        position = escape + 1
        return .badCharacter
    }

    /// The end of the escape whose letter stands at `offset`, and whether it names a byte.
    func characterEscape(at offset: Int) -> (end: Int, isSound: Bool)? {
        switch byte(offset) {
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "n"), UInt8(ascii: "t"),
            UInt8(ascii: "b"), UInt8(ascii: "r"), UInt8(ascii: " "):
            return (offset + 1, true)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return decimalEscape(at: offset).map { (offset + 3, $0 < 256) }
        case UInt8(ascii: "o") where !isCamlp4:
            return octalEscape(at: offset + 1).map { (offset + 4, $0 < 256) }
        case UInt8(ascii: "x"):
            let isHexadecimal =
                isHexadecimalDigit(byte(offset + 1)) && isHexadecimalDigit(byte(offset + 2))
            return isHexadecimal ? (offset + 3, true) : nil
        default: return nil
        }
    }
}
