/// Numbers: decimal, hexadecimal, octal, binary, floats, and the letters that may follow them.
extension Lexer {
    mutating func number(_ bytes: Span<UInt8>) -> TokenKind {
        let isFloat = numberBody(bytes)
        let next = byte(bytes, position)
        guard has(next, isCamlp4 ? .identifier : .asciiIdentifier) else { return isFloat ? .float : .integer }
        return isCamlp4 ? camlp4Suffix(bytes, next, isFloat: isFloat) : stockSuffix(bytes, next, isFloat: isFloat)
    }

    /// Reads digits, fraction and exponent; answers whether it is a float.
    private mutating func numberBody(_ bytes: Span<UInt8>) -> Bool {
        if byte(bytes, position) == UInt8(ascii: "0") {
            switch byte(bytes, position + 1) | 0x20 {
            case UInt8(ascii: "x") where isHexadecimalDigit(byte(bytes, position + 2)):
                position = skip(bytes, .hexadecimals, from: position + 3)
                return isCamlp4 ? false : fraction(bytes, .hexadecimals, exponent: UInt8(ascii: "p"))
            case UInt8(ascii: "o") where isDigit(byte(bytes, position + 2), below: 8):
                position = digits(bytes, below: 8, from: position + 3)
                return false
            case UInt8(ascii: "b") where isDigit(byte(bytes, position + 2), below: 2):
                position = digits(bytes, below: 2, from: position + 3)
                return false
            default: break
            }
        }
        position = skip(bytes, .digits, from: position + 1)
        return fraction(bytes, .digits, exponent: UInt8(ascii: "e"))
    }

    private mutating func fraction(_ bytes: Span<UInt8>, _ digits: ByteClass, exponent: UInt8) -> Bool {
        var isFloat = false
        if byte(bytes, position) == UInt8(ascii: ".") {
            isFloat = true
            position = skip(bytes, digits, from: position + 1)
        }
        if byte(bytes, position) | 0x20 == exponent {
            var end = position + 1
            if byte(bytes, end) == UInt8(ascii: "+") || byte(bytes, end) == UInt8(ascii: "-") { end += 1 }
            if isDigit(byte(bytes, end), below: 10) {
                isFloat = true
                position = skip(bytes, .digits, from: end + 1)
            }
        }
        return isFloat
    }

    /// camlp4 knows `l`, `L` and `n` after integers.
    private mutating func camlp4Suffix(_ bytes: Span<UInt8>, _ next: UInt8, isFloat: Bool) -> TokenKind {
        let isSuffix = next == UInt8(ascii: "l") || next == UInt8(ascii: "L") || next == UInt8(ascii: "n")
        if !isFloat, isSuffix, !has(byte(bytes, position + 1), .identifier) {
            position += 1
            return .integer
        }
        position = skip(bytes, .identifier, from: position)
        return .badNumber
    }

    /// Stock takes one letter from g to z as a modifier, and refuses everything else that could go on a word.
    private mutating func stockSuffix(_ bytes: Span<UInt8>, _ next: UInt8, isFloat: Bool) -> TokenKind {
        let letter = next | 0x20
        if letter >= UInt8(ascii: "g"), letter <= UInt8(ascii: "z"), next & 0x40 != 0,
            !has(byte(bytes, position + 1), .asciiIdentifier)
        {
            position += 1
            return isFloat ? .float : .integer
        }
        position = skip(bytes, .asciiIdentifier, from: position)
        return .badNumber
    }

    private func digits(_ bytes: Span<UInt8>, below base: UInt8, from offset: Int) -> Int {
        var offset = offset
        while isDigit(byte(bytes, offset), below: base) || byte(bytes, offset) == UInt8(ascii: "_") { offset += 1 }
        return offset
    }

    func isDigit(_ byte: UInt8, below base: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte < UInt8(ascii: "0") + base
    }

    func isHexadecimalDigit(_ byte: UInt8) -> Bool {
        byte != UInt8(ascii: "_") && has(byte, .hexadecimals)
    }
}
