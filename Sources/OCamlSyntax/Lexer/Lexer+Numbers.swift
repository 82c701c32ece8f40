/// Numbers: decimal, hexadecimal, octal, binary, floats, and the letters that may follow them.
extension Lexer {
    mutating func number() -> TokenKind {
        let isFloat = numberBody()
        let next = byte(position)
        guard has(next, isCamlp4 ? .identifier : .asciiIdentifier) else { return isFloat ? .float : .integer }
        return isCamlp4 ? camlp4Suffix(next, isFloat: isFloat) : stockSuffix(next, isFloat: isFloat)
    }

    /// Reads digits, fraction and exponent; answers whether it is a float.
    private mutating func numberBody() -> Bool {
        if byte(position) == UInt8(ascii: "0") {
            switch byte(position + 1) | 0x20 {
            case UInt8(ascii: "x") where isHexadecimalDigit(byte(position + 2)):
                position = skip(.hexadecimals, from: position + 3)
                return isCamlp4 ? false : fraction(.hexadecimals, exponent: UInt8(ascii: "p"))
            case UInt8(ascii: "o") where isDigit(byte(position + 2), below: 8):
                position = digits(below: 8, from: position + 3)
                return false
            case UInt8(ascii: "b") where isDigit(byte(position + 2), below: 2):
                position = digits(below: 2, from: position + 3)
                return false
            default: break
            }
        }
        position = skip(.digits, from: position + 1)
        return fraction(.digits, exponent: UInt8(ascii: "e"))
    }

    private mutating func fraction(_ digits: ByteClass, exponent: UInt8) -> Bool {
        var isFloat = false
        if byte(position) == UInt8(ascii: ".") {
            isFloat = true
            position = skip(digits, from: position + 1)
        }
        if byte(position) | 0x20 == exponent {
            var end = position + 1
            if byte(end) == UInt8(ascii: "+") || byte(end) == UInt8(ascii: "-") { end += 1 }
            if isDigit(byte(end), below: 10) {
                isFloat = true
                position = skip(.digits, from: end + 1)
            }
        }
        return isFloat
    }

    /// camlp4 knows `l`, `L` and `n` after integers.
    private mutating func camlp4Suffix(_ next: UInt8, isFloat: Bool) -> TokenKind {
        let isSuffix = next == UInt8(ascii: "l") || next == UInt8(ascii: "L") || next == UInt8(ascii: "n")
        if !isFloat, isSuffix, !has(byte(position + 1), .identifier) {
            position += 1
            return .integer
        }
        position = skip(.identifier, from: position)
        return .badNumber
    }

    /// Stock takes one letter from g to z as a modifier, and refuses everything else that could go on a word.
    private mutating func stockSuffix(_ next: UInt8, isFloat: Bool) -> TokenKind {
        let letter = next | 0x20
        if letter >= UInt8(ascii: "g"), letter <= UInt8(ascii: "z"), next & 0x40 != 0,
            !has(byte(position + 1), .asciiIdentifier)
        {
            position += 1
            return isFloat ? .float : .integer
        }
        position = skip(.asciiIdentifier, from: position)
        return .badNumber
    }

    private func digits(below base: UInt8, from offset: Int) -> Int {
        var offset = offset
        while isDigit(byte(offset), below: base) || byte(offset) == UInt8(ascii: "_") { offset += 1 }
        return offset
    }

    func isDigit(_ byte: UInt8, below base: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte < UInt8(ascii: "0") + base
    }

    func isHexadecimalDigit(_ byte: UInt8) -> Bool {
        byte != UInt8(ascii: "_") && has(byte, .hexadecimals)
    }
}
