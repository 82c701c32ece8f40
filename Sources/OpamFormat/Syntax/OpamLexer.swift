import Text

/// Splits the bytes of an opam file into tokens that tile it, by the rules of the reference lexer of the opam file
/// format (2.0 to 2.2): longest match, earlier rule on a tie.
///
/// What the reference rejects becomes an `invalid` token and an entry in `errors`, and lexing goes on behind it.
struct OpamLexer {
    private(set) var tokens: [OpamToken] = []
    private(set) var errors: [(message: String, offset: Int)] = []
    private let bytes: [UInt8]
    private var offset = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        tokens.reserveCapacity(bytes.count / 4)
        while offset < bytes.count { next() }
    }

    private func byte(_ index: Int) -> UInt8 {
        index < bytes.count ? bytes[index] : 0
    }

    private mutating func add(_ kind: OpamTokenKind, to end: Int) {
        tokens.append(OpamToken(kind: kind, range: ByteRange(offset, end)))
        offset = end
    }

    private mutating func fail(_ message: String, to end: Int) {
        errors.append((message, offset))
        add(.invalid, to: max(end, offset + 1))
    }

    private mutating func next() {
        let first = byte(offset)
        switch first {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0A, 0x0D: blank()
        case UInt8(ascii: "#"):
            var end = offset
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            add(.lineComment, to: end)
        case UInt8(ascii: "("):
            if byte(offset + 1) == UInt8(ascii: "*") { blockComment() } else { add(.leftParenthesis, to: offset + 1) }
        case UInt8(ascii: ")"): add(.rightParenthesis, to: offset + 1)
        case UInt8(ascii: "["): add(.leftBracket, to: offset + 1)
        case UInt8(ascii: "]"): add(.rightBracket, to: offset + 1)
        case UInt8(ascii: "{"): add(.leftBrace, to: offset + 1)
        case UInt8(ascii: "}"): add(.rightBrace, to: offset + 1)
        case UInt8(ascii: "\""): string()
        case UInt8(ascii: "&"): add(.and, to: offset + 1)
        case UInt8(ascii: "|"): add(.or, to: offset + 1)
        case UInt8(ascii: "?"): add(.prefixOperator, to: offset + 1)
        case UInt8(ascii: "~"): add(.relop, to: offset + 1)
        case UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: ":"),
            UInt8(ascii: "+"):
            operatorToken(first)
        default: word()
        }
    }

    private mutating func blank() {
        var end = offset
        loop: while end < bytes.count {
            switch bytes[end] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), 0x0A: end += 1
            case 0x0D where byte(end + 1) == 0x0A: end += 2
            default: break loop
            }
        }
        if end == offset {
            fail("a carriage return must be followed by a line feed", to: offset + 1)
        } else {
            add(.blank, to: end)
        }
    }

    private mutating func blockComment() {
        var depth = 1
        var end = offset + 2
        while end < bytes.count {
            if bytes[end] == UInt8(ascii: "*"), byte(end + 1) == UInt8(ascii: ")") {
                depth -= 1
                end += 2
                if depth == 0 { return add(.blockComment, to: end) }
            } else if bytes[end] == UInt8(ascii: "("), byte(end + 1) == UInt8(ascii: "*") {
                depth += 1
                end += 2
            } else {
                end += 1
            }
        }
        fail("this comment is not closed: add `*)`", to: bytes.count)
    }

    private mutating func operatorToken(_ first: UInt8) {
        let second = byte(offset + 1)
        let equals = UInt8(ascii: "=")
        let isExtended = second == UInt8(ascii: "+") || second == UInt8(ascii: ":")
        switch first {
        case UInt8(ascii: "!"):
            if second == equals { add(.relop, to: offset + 2) } else { add(.prefixOperator, to: offset + 1) }
        case UInt8(ascii: "<"), UInt8(ascii: ">"):
            add(.relop, to: offset + (second == equals ? 2 : 1))
        case equals where isExtended:
            let long = byte(offset + 2) == equals
            if long, second == UInt8(ascii: ":") {
                fail("`=:=` is not an environment update operator", to: offset + 3)
            } else {
                add(.environmentOperator, to: offset + (long ? 3 : 2))
            }
        case equals: add(.relop, to: offset + 1)
        default:  // ':' or '+'
            if second == equals {
                add(.environmentOperator, to: offset + 2)
            } else if first == UInt8(ascii: ":") {
                add(.colon, to: offset + 1)
            } else {
                fail("`+` stands alone", to: offset + 1)
            }
        }
    }

    // MARK: Strings

    private mutating func string() {
        let quote = UInt8(ascii: "\"")
        let triple = byte(offset + 1) == quote && byte(offset + 2) == quote
        var end = offset + (triple ? 3 : 1)
        var escapeError: Int?
        while end < bytes.count {
            switch bytes[end] {
            case quote where !triple:
                return finishString(.string, to: end + 1, escapeError)
            case quote where byte(end + 1) == quote && byte(end + 2) == quote:
                return finishString(.tripleQuotedString, to: end + 3, escapeError)
            case UInt8(ascii: "\\"):
                if let length = OpamStringEscape.length(in: bytes, at: end) {
                    end += length
                } else {
                    escapeError = escapeError ?? end
                    end += 2
                }
            default: end += 1
            }
        }
        fail("this string is not closed: add `\(triple ? "\"\"\"" : "\"")`", to: bytes.count)
    }

    private mutating func finishString(_ kind: OpamTokenKind, to end: Int, _ escapeError: Int?) {
        if let escapeError {
            errors.append(("illegal escape sequence in a string", escapeError))
        }
        add(kind, to: end)
    }

    // MARK: Words

    private mutating func word() {
        if let end = identEnd(offset) {
            if matches("true", to: end) || matches("false", to: end) {
                add(.bool, to: end)
            } else {
                add(.ident, to: end)
            }
            return
        }
        var end = offset
        if byte(end) == UInt8(ascii: "-") { end += 1 }
        let digits = end
        while Self.isDigit(byte(end)) || byte(end) == UInt8(ascii: "_") { end += 1 }
        guard end > digits else {
            // A whole UTF-8 character, so that messages show it.
            end = offset + 1
            while byte(end) & 0xC0 == 0x80 { end += 1 }
            return fail("this character has no meaning here", to: end)
        }
        guard Self.isDigit(byte(digits)), integerFits(ByteRange(digits, end)) else {
            return fail("this is not an integer", to: end)
        }
        add(.int, to: end)
    }

    /// The end of `ident = (id | '_') ('+' (id | '_'))* (':' id)?` at `start`, where `id` is a run of letters, digits,
    /// `_` and `-` with at least one letter. A lone `_` is left to the rule for integers, which comes first.
    private func identEnd(_ start: Int) -> Int? {
        guard var end = partEnd(start) else { return nil }
        let loneUnderscore = end == start + 1 && bytes[start] == UInt8(ascii: "_")
        while byte(end) == UInt8(ascii: "+"), let next = partEnd(end + 1) { end = next }
        if byte(end) == UInt8(ascii: ":"), let next = runEnd(end + 1) { end = next }
        return loneUnderscore && end == start + 1 ? nil : end
    }

    private func partEnd(_ start: Int) -> Int? {
        runEnd(start) ?? (byte(start) == UInt8(ascii: "_") ? start + 1 : nil)
    }

    private func runEnd(_ start: Int) -> Int? {
        var end = start
        var hasLetter = false
        while end < bytes.count {
            let byte = bytes[end]
            if Self.isLetter(byte) {
                hasLetter = true
            } else if !(Self.isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")) {
                break
            }
            end += 1
        }
        return hasLetter ? end : nil
    }

    private func matches(_ text: StaticString, to end: Int) -> Bool {
        guard text.utf8CodeUnitCount == end - offset else { return false }
        return text.description.utf8.elementsEqual(bytes[offset..<end])
    }

    /// OCaml's native integers have 63 bits.
    private func integerFits(_ range: ByteRange) -> Bool {
        var value = 0
        for byte in bytes[range.start..<range.end] where byte != UInt8(ascii: "_") {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(byte) - 48)
            if overflow || carry { return false }
            value = sum
        }
        let limit = Int.max >> 1
        return value <= limit || (value == limit + 1 && byte(offset) == UInt8(ascii: "-"))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

    private static func isLetter(_ byte: UInt8) -> Bool {
        let lower = byte | 0x20
        return lower >= 97 && lower <= 122
    }
}

/// The escapes of opam strings: `\\ \" \' \n \r \t \b`, `\ `, three decimal digits up to 255, `x` and two hexadecimal
/// digits, and a line end with the blanks behind it, which vanishes.
enum OpamStringEscape {
    /// How many bytes the escape at `start` (a backslash) has; nil if it is none.
    static func length(in bytes: [UInt8], at start: Int) -> Int? {
        func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
        func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
        switch byte(start + 1) {
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "n"), UInt8(ascii: "r"),
            UInt8(ascii: "t"), UInt8(ascii: "b"), UInt8(ascii: " "):
            return 2
        case UInt8(ascii: "x"):
            return hexadecimal(byte(start + 2)) != nil && hexadecimal(byte(start + 3)) != nil ? 4 : nil
        case 0x0A: return 2 + blanks(in: bytes, at: start + 2)
        case 0x0D where byte(start + 2) == 0x0A: return 3 + blanks(in: bytes, at: start + 3)
        case let first where isDigit(first):
            guard isDigit(byte(start + 2)), isDigit(byte(start + 3)) else { return nil }
            let value = (Int(first) - 48) * 100 + (Int(byte(start + 2)) - 48) * 10 + Int(byte(start + 3)) - 48
            return value <= 255 ? 4 : nil
        default: return nil
        }
    }

    /// What the escape at `start` stands for; nil for a line end that vanishes.
    static func value(in bytes: [UInt8], at start: Int) -> UInt8? {
        func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
        switch byte(start + 1) {
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "b"): return 0x08
        case 0x0A, 0x0D: return nil
        case UInt8(ascii: "x"):
            return (hexadecimal(byte(start + 2)) ?? 0) * 16 + (hexadecimal(byte(start + 3)) ?? 0)
        case let first where first >= 48 && first <= 57:
            let value = (Int(first) - 48) * 100 + (Int(byte(start + 2)) - 48) * 10 + Int(byte(start + 3)) - 48
            return UInt8(truncatingIfNeeded: value)
        case let other: return other
        }
    }

    private static func blanks(in bytes: [UInt8], at start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] == UInt8(ascii: " ") || bytes[end] == UInt8(ascii: "\t") { end += 1 }
        return end - start
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}
