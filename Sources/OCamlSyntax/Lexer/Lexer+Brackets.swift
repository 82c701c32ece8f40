/// Brackets, which camlp4 glues to the symbols beside them.
extension Lexer {
    // MARK: Opening

    mutating func leftParen(_ bytes: Span<UInt8>) -> TokenKind {
        if byte(bytes, position + 1) == UInt8(ascii: "*") { return comment(bytes) }
        guard isCamlp4 else { return single(.leftParen) }
        if parenthesisedOperator(bytes) { return .rightParen }
        let end = gluedOpening(bytes)
        let isSingle = end == position + 1
        position = end
        return isSingle ? .leftParen : .leftDelimiter
    }

    /// `( op )`: emits the parenthesis, blanks and operator, and reads the closing parenthesis. Inside, camlp4 sees
    /// neither quotations nor glued brackets.
    private mutating func parenthesisedOperator(_ bytes: Span<UInt8>) -> Bool {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0C }
        var start = position + 1
        while isBlank(byte(bytes, start)) { start += 1 }
        let end = skip(bytes, .symbol, from: start, or: UInt8(ascii: "\\"))
        var close = end
        while isBlank(byte(bytes, close)) { close += 1 }
        let first = byte(bytes, start)
        guard end > start, byte(bytes, close) == UInt8(ascii: ")"),
            !(close == end && byte(bytes, end - 1) == UInt8(ascii: "*"))
        else { return false }
        position += 1
        emit(.leftParen)
        if start > position {
            position = start
            emit(.blank)
        }
        position = end
        emit(escapedOperatorKind(bytes, first, start: start))
        if close > end {
            position = close
            emit(.blank)
        }
        position = close + 1
        return true
    }

    private func escapedOperatorKind(_ bytes: Span<UInt8>, _ first: UInt8, start: Int) -> TokenKind {
        switch first {
        case UInt8(ascii: "\\"): return .backslashOperator
        case UInt8(ascii: "."):
            if position == start + 1 { return .dot }
            return position == start + 2 && byte(bytes, start + 1) == first ? .dotDot : .dotOperator
        case UInt8(ascii: ":"):
            if position == start + 1 { return .colon }
            guard position == start + 2 else { return .infixOperator0 }
            switch byte(bytes, start + 1) {
            case UInt8(ascii: ":"): return .colonColon
            case UInt8(ascii: "="): return .colonEqual
            case UInt8(ascii: ">"): return .colonGreater
            default: return .infixOperator0
            }
        default: return operatorKind(bytes, first, start: start)
        }
    }

    mutating func leftBracket(_ bytes: Span<UInt8>) -> TokenKind {
        let start = position
        let end = isCamlp4 ? gluedOpening(bytes) : start + 1
        let second = byte(bytes, start + 1)
        var kind = TokenKind.leftBracket
        var length = 1
        switch second {
        case UInt8(ascii: "|"): (kind, length) = (.leftBracketBar, 2)
        case UInt8(ascii: "<"): (kind, length) = (.leftBracketLess, 2)
        case UInt8(ascii: ">") where !isCamlp4 || isLoneGreater(bytes, at: start + 1):
            (kind, length) = (.leftBracketGreater, 2)
        case UInt8(ascii: ":") where isCamlp4: (kind, length) = (.leftBracketColon, 2)
        case UInt8(ascii: "@"):
            length = 2
            while length < 4, byte(bytes, start + length) == UInt8(ascii: "@") { length += 1 }
            kind = length == 2 ? .leftBracketAt : length == 3 ? .leftBracketAtAt : .leftBracketAtAtAt
        case UInt8(ascii: "%"):
            length = byte(bytes, start + 2) == UInt8(ascii: "%") ? 3 : 2
            kind = length == 2 ? .leftBracketPercent : .leftBracketPercentPercent
        default: break
        }
        if isCamlp4, end > start + length {
            position = end
            return .leftDelimiter
        }
        position = start + length
        return kind
    }

    /// camlp4 reads `[>` as two symbols; as one it saves the grammar a case, wherever `>` stands alone.
    private func isLoneGreater(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
        let next = byte(bytes, offset + 1)
        return !has(next, .symbol) && !"\\)]}".utf8.contains(next)
    }

    mutating func leftBrace(_ bytes: Span<UInt8>) -> TokenKind {
        let start = position
        if isCamlp4 {
            position = gluedOpening(bytes)
            if position == start + 1 { return .leftBrace }
            return position == start + 2 && byte(bytes, start + 1) == UInt8(ascii: "<")
                ? .leftBraceLess : .leftDelimiter
        }
        if byte(bytes, start + 1) == UInt8(ascii: "<") { return double(.leftBraceLess) }
        guard let opening = quotedStringStart(bytes, at: start, inComment: false) else { return single(.leftBrace) }
        return quotedStringBody(bytes, opening) ? opening.kind : .unterminatedQuotedString
    }

    /// The end of camlp4's longest `left_delimitor` at `position`.
    private func gluedOpening(_ bytes: Span<UInt8>) -> Int {
        let bracket = byte(bytes, position)
        var end = position + 1
        var lastLess = -1
        var isSafe = false
        while true {
            let byte = byte(bytes, end)
            if isSafeDelimiter(byte) {
                isSafe = true
            } else if !isDelimiter(byte) {
                guard isSafe, isOpening(byte) else { break }
            }
            if byte == UInt8(ascii: "<"), !isSafe { lastLess = end }
            end += 1
        }
        if isSafe { return end }
        let second = byte(bytes, position + 1)
        let opensMore = second == UInt8(ascii: "|") || second == UInt8(ascii: ":")
        switch bracket {
        case UInt8(ascii: "("): return opensMore ? end : position + 1
        case UInt8(ascii: "["):
            if lastLess >= 0 { return lastLess + 1 }
            return opensMore ? position + 2 : position + 1
        default:
            if opensMore { return end }
            return lastLess >= 0 ? lastLess + 1 : position + 1
        }
    }

    // MARK: Closing

    /// A run of bytes that can belong to closing brackets, and what in it decides.
    struct ClosingRun {
        var start = 0
        /// Behind the run.
        var end = 0
        /// The last closing bracket of the run, and the last of `% & / @ ^` before it; -1 where there is none.
        var lastClosing = -1
        var lastSafe = -1
    }

    /// The end of camlp4's longest `right_delimitor` at `position`, where it is longer than one byte and longer than
    /// any other token; nil where it is not.
    mutating func gluedClosing(_ bytes: Span<UInt8>) -> Int? {
        if position < closingRun.start || position >= closingRun.end { findClosingRun(bytes) }
        var end = -1
        if closingRun.lastSafe >= position { end = closingRun.lastClosing + 1 }
        // The first bracket after symbols alone.
        var bracket = position
        while bracket < closingRun.end, isDelimiter(byte(bytes, bracket)) { bracket += 1 }
        if bracket < closingRun.end, bracket > position, end < bracket + 1,
            closes(bytes, position..<bracket, with: byte(bytes, bracket))
        {
            end = bracket + 1
        }
        guard end > position + 1 else { return nil }
        let symbolEnd =
            has(byte(bytes, position), .symbol) ? skip(bytes, .symbol, from: position + 1, or: UInt8(ascii: "\\")) : 0
        return end > symbolEnd ? end : nil
    }

    private func closes(_ bytes: Span<UInt8>, _ symbols: Range<Int>, with bracket: UInt8) -> Bool {
        let last = byte(bytes, symbols.upperBound - 1)
        let closesMore = last == UInt8(ascii: "|") || last == UInt8(ascii: ":")
        let opensWithGreater = byte(bytes, symbols.lowerBound) == UInt8(ascii: ">")
        switch bracket {
        case UInt8(ascii: ")"): return closesMore
        case UInt8(ascii: "]"): return opensWithGreater || closesMore && symbols.count == 1
        default: return opensWithGreater || closesMore
        }
    }

    private mutating func findClosingRun(_ bytes: Span<UInt8>) {
        var run = ClosingRun(start: position, end: position)
        var safe = -1
        while true {
            let byte = byte(bytes, run.end)
            if isSafeDelimiter(byte) {
                safe = run.end
            } else if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
                run.lastClosing = run.end
                run.lastSafe = safe
            } else if !isDelimiter(byte) {
                break
            }
            run.end += 1
        }
        closingRun = run
    }

    /// Ends a closing token at `end` and names it.
    mutating func closing(_ bytes: Span<UInt8>, end: Int) -> TokenKind {
        let first = byte(bytes, position)
        let isPair = end == position + 2
        position = end
        guard isPair else { return .rightDelimiter }
        switch (first, byte(bytes, end - 1)) {
        case (UInt8(ascii: "|"), UInt8(ascii: "]")): return .barRightBracket
        case (UInt8(ascii: ">"), UInt8(ascii: "]")): return .greaterRightBracket
        case (UInt8(ascii: ">"), UInt8(ascii: "}")): return .greaterRightBrace
        case (UInt8(ascii: ":"), UInt8(ascii: "]")): return .colonRightBracket
        default: return .rightDelimiter
        }
    }

    // MARK: Parts of glued brackets

    private func isSafeDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "%"), UInt8(ascii: "&"), UInt8(ascii: "/"), UInt8(ascii: "@"), UInt8(ascii: "^"): true
        default: false
        }
    }

    private func isDelimiter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "|"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ":"), UInt8(ascii: "="),
            UInt8(ascii: "."):
            true
        default: isSafeDelimiter(byte)
        }
    }

    private func isOpening(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "(") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{")
    }
}
