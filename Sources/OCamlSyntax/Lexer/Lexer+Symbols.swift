/// Brackets, punctuation and operators.
extension Lexer {
    /// Everything that begins with neither blank, letter, digit nor quote.
    @inline(__always)
    mutating func symbol(_ first: UInt8) -> TokenKind {
        switch first {
        case UInt8(ascii: "."): return dot()
        case UInt8(ascii: ":"): return colon()
        case UInt8(ascii: "["): return leftBracket()
        case UInt8(ascii: "]"):
            if isCamlp4, let end = gluedClosing() { return closing(end: end) }
            return single(.rightBracket)
        case UInt8(ascii: "{"): return leftBrace()
        case UInt8(ascii: "}"):
            if isCamlp4, let end = gluedClosing() { return closing(end: end) }
            return single(.rightBrace)
        case UInt8(ascii: "#"): return hash()
        case UInt8(ascii: "~"), UInt8(ascii: "?"): return labelOrOperator(first)
        case UInt8(ascii: "\\"): return backslash()
        default:
            guard has(first, .symbol) else { return single(.illegal) }
            return operatorToken(first)
        }
    }

    private mutating func dot() -> TokenKind {
        if isCamlp4, let end = gluedClosing() { return closing(end: end) }
        let next = byte(position + 1)
        if next == UInt8(ascii: ".") { return double(.dotDot) }
        if isCamlp4 { return single(.dot) }
        if next == UInt8(ascii: "~") { return double(.illegal) }
        guard has(next, .dotSymbol) else { return single(.dot) }
        position = skip(.symbol, from: position + 2)
        return .dotOperator
    }

    private mutating func colon() -> TokenKind {
        if isCamlp4, let end = gluedClosing() { return closing(end: end) }
        switch byte(position + 1) {
        case UInt8(ascii: ":"): return double(.colonColon)
        case UInt8(ascii: "="): return double(.colonEqual)
        case UInt8(ascii: ">"): return double(.colonGreater)
        default: return single(.colon)
        }
    }

    private mutating func hash() -> TokenKind {
        if let directive = lineDirective() { return directive }
        if isCamlp4 { return single(.hash) }
        let end = skip(.symbol, from: position + 1, or: UInt8(ascii: "#"))
        if end == position + 1 { return single(.hash) }
        position = end
        return .hashOperator
    }

    /// `\`: raw identifiers to stock since 5.2, the start of a symbol to camlp4.
    private mutating func backslash() -> TokenKind {
        if isCamlp4 {
            position = skip(.symbol, from: position + 1, or: UInt8(ascii: "\\"))
            return .backslashOperator
        }
        let letter = byte(position + 2)
        let isLowercase = letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z") || letter == UInt8(ascii: "_")
        guard byte(position + 1) == UInt8(ascii: "#"), isLowercase else { return single(.illegal) }
        position = skip(.asciiIdentifier, from: position + 3)
        return .rawIdentifier
    }

    // MARK: Labels

    private mutating func labelOrOperator(_ first: UInt8) -> TokenKind {
        if let kind = label(first) { return kind }
        return operatorToken(first)
    }

    private mutating func label(_ first: UInt8) -> TokenKind? {
        let isOptional = first == UInt8(ascii: "?")
        var start = position + 1
        let isRaw = !isCamlp4 && byte(start) == UInt8(ascii: "\\") && byte(start + 1) == UInt8(ascii: "#")
        if isRaw { start += 2 }
        let letter = byte(start)
        let isLowercase =
            letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "z") || letter == UInt8(ascii: "_")
            || letter >= 0xDF && letter != 0xF7
        guard isLowercase else { return nil }
        let end = skip(.identifier, from: start + 1)
        guard byte(end) == UInt8(ascii: ":") else { return nil }
        position = end
        if !isCamlp4, !isRaw, isKeyword(start..<end) {
            position = end + 1
            return isOptional ? .keywordOptionalLabel : .keywordLabel
        }
        position = end + 1
        return isOptional ? .optionalLabel : .label
    }

    private func isKeyword(_ word: Range<Int>) -> Bool {
        let packed = source.word(at: word.lowerBound) & Keywords.mask(word.count)
        let kind = keywords.kind(packed, or: .lowercaseIdentifier)
        if kind == Keywords.undecided { return Keywords.kind(ofLong: word.map { byte($0) }).isKeyword }
        return kind.isKeyword
    }

    // MARK: Operators

    /// A run of symbol bytes: as long as it gets, then named by what it reads.
    private mutating func operatorToken(_ first: UInt8) -> TokenKind {
        if isCamlp4 {
            if let end = gluedClosing() { return closing(end: end) }
            if first == UInt8(ascii: "<"), let quotation = quotation() { return quotation }
            let start = position
            position = skip(.symbol, from: start + 1, or: UInt8(ascii: "\\"))
            return operatorKind(first, start: start)
        }
        let start = position
        switch first {
        case UInt8(ascii: "!"), UInt8(ascii: "~"), UInt8(ascii: "?"):
            position = skip(.symbol, from: start + 1, or: UInt8(ascii: "#"))
        // `!=` is an operator unless it goes on with `#`, which no infix operator holds.
        default:
            position = skip(.symbol, from: start + 1)
        }
        if position == start + 1 {
            switch (first, byte(position)) {
            case (UInt8(ascii: "|"), UInt8(ascii: "]")): return single(.barRightBracket)
            case (UInt8(ascii: ">"), UInt8(ascii: "]")): return single(.greaterRightBracket)
            case (UInt8(ascii: ">"), UInt8(ascii: "}")): return single(.greaterRightBrace)
            default: break
            }
        }
        return operatorKind(first, start: start)
    }

    /// The kind of the operator that reads from `start` to `position`.
    func operatorKind(_ first: UInt8, start: Int) -> TokenKind {
        let length = position - start
        let second = length > 1 ? byte(start + 1) : 0
        switch first {
        case UInt8(ascii: "="): return length == 1 ? .equal : .infixOperator0
        case UInt8(ascii: "<"):
            if length == 1 { return .less }
            return length == 2 && second == UInt8(ascii: "-") ? .leftArrow : .infixOperator0
        case UInt8(ascii: ">"): return length == 1 ? .greater : .infixOperator0
        case UInt8(ascii: "|"):
            if length == 1 { return .bar }
            return length == 2 && second == first ? .barBar : .infixOperator0
        case UInt8(ascii: "&"):
            if length == 1 { return .ampersand }
            return length == 2 && second == first ? .ampersandAmpersand : .infixOperator0
        case UInt8(ascii: "$"): return .infixOperator0
        case UInt8(ascii: "@"), UInt8(ascii: "^"): return .infixOperator1
        case UInt8(ascii: "+"):
            if length == 1 { return .plus }
            guard length == 2 else { return .infixOperator2 }
            if second == UInt8(ascii: ".") { return .plusDot }
            return second == UInt8(ascii: "=") ? .plusEqual : .infixOperator2
        case UInt8(ascii: "-"):
            if length == 1 { return .minus }
            guard length == 2 else { return .infixOperator2 }
            if second == UInt8(ascii: ".") { return .minusDot }
            return second == UInt8(ascii: ">") ? .arrow : .infixOperator2
        case UInt8(ascii: "*"):
            if length == 1 { return .star }
            return second == UInt8(ascii: "*") ? .infixOperator4 : .infixOperator3
        case UInt8(ascii: "/"): return .infixOperator3
        case UInt8(ascii: "%"): return length == 1 ? .percent : .infixOperator3
        case UInt8(ascii: "!"):
            if length == 1 { return .bang }
            return length == 2 && second == UInt8(ascii: "=") ? .infixOperator0 : .prefixOperator
        case UInt8(ascii: "~"): return length == 1 ? .tilde : .prefixOperator
        case UInt8(ascii: "?"): return length == 1 ? .question : .prefixOperator
        default: return .illegal
        }
    }
}
