/// Brackets, which camlp4 glues to the symbols beside them.
extension Lexer {
    // MARK: Opening

    mutating func leftParen() -> TokenKind {
        if byte(position + 1) == UInt8(ascii: "*") { return comment() }
        guard isCamlp4 else { return single(.leftParen) }
        if parenthesisedOperator() { return .rightParen }
        let end = gluedOpening()
        let isSingle = end == position + 1
        position = end
        return isSingle ? .leftParen : .leftDelimiter
    }

    /// `( op )`: emits the parenthesis, blanks and operator, and reads the closing parenthesis. Inside, camlp4 sees
    /// neither quotations nor glued brackets.
    private mutating func parenthesisedOperator() -> Bool {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0C }
        var start = position + 1
        while isBlank(byte(start)) { start += 1 }
        let end = skip(.symbol, from: start, or: UInt8(ascii: "\\"))
        var close = end
        while isBlank(byte(close)) { close += 1 }
        let first = byte(start)
        guard end > start, byte(close) == UInt8(ascii: ")"),
            !(close == end && byte(end - 1) == UInt8(ascii: "*"))
        else { return false }
        position += 1
        emit(.leftParen)
        if start > position {
            position = start
            emit(.blank)
        }
        position = end
        emit(escapedOperatorKind(first, start: start))
        if close > end {
            position = close
            emit(.blank)
        }
        position = close + 1
        return true
    }

    private func escapedOperatorKind(_ first: UInt8, start: Int) -> TokenKind {
        switch first {
        case UInt8(ascii: "\\"): return .backslashOperator
        case UInt8(ascii: "."):
            if position == start + 1 { return .dot }
            return position == start + 2 && byte(start + 1) == first ? .dotDot : .dotOperator
        case UInt8(ascii: ":"):
            if position == start + 1 { return .colon }
            guard position == start + 2 else { return .infixOperator0 }
            switch byte(start + 1) {
            case UInt8(ascii: ":"): return .colonColon
            case UInt8(ascii: "="): return .colonEqual
            case UInt8(ascii: ">"): return .colonGreater
            default: return .infixOperator0
            }
        default: return operatorKind(first, start: start)
        }
    }

    mutating func leftBracket() -> TokenKind {
        let start = position
        let end = isCamlp4 ? gluedOpening() : start + 1
        let second = byte(start + 1)
        var kind = TokenKind.leftBracket
        var length = 1
        switch second {
        case UInt8(ascii: "|"): (kind, length) = (.leftBracketBar, 2)
        case UInt8(ascii: "<"): (kind, length) = (.leftBracketLess, 2)
        case UInt8(ascii: ">") where !isCamlp4 || isLoneGreater(at: start + 1):
            (kind, length) = (.leftBracketGreater, 2)
        case UInt8(ascii: ":") where isCamlp4: (kind, length) = (.leftBracketColon, 2)
        case UInt8(ascii: "@"):
            length = 2
            while length < 4, byte(start + length) == UInt8(ascii: "@") { length += 1 }
            kind = length == 2 ? .leftBracketAt : length == 3 ? .leftBracketAtAt : .leftBracketAtAtAt
        case UInt8(ascii: "%"):
            length = byte(start + 2) == UInt8(ascii: "%") ? 3 : 2
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
    private func isLoneGreater(at offset: Int) -> Bool {
        let next = byte(offset + 1)
        return !has(next, .symbol) && !"\\)]}".utf8.contains(next)
    }

    mutating func leftBrace() -> TokenKind {
        let start = position
        if isCamlp4 {
            position = gluedOpening()
            if position == start + 1 { return .leftBrace }
            return position == start + 2 && byte(start + 1) == UInt8(ascii: "<")
                ? .leftBraceLess : .leftDelimiter
        }
        if byte(start + 1) == UInt8(ascii: "<") { return double(.leftBraceLess) }
        guard let opening = quotedStringStart(at: start, inComment: false) else { return single(.leftBrace) }
        return quotedStringBody(opening) ? opening.kind : .unterminatedQuotedString
    }

    /// The end of camlp4's longest `left_delimitor` at `position`.
    private func gluedOpening() -> Int {
        let bracket = byte(position)
        var end = position + 1
        var lastLess = -1
        var isSafe = false
        while true {
            let byte = byte(end)
            if isSafeDelimiter(byte) {
                isSafe = true
            } else if !isDelimiter(byte) {
                guard isSafe, isOpening(byte) else { break }
            }
            if byte == UInt8(ascii: "<"), !isSafe { lastLess = end }
            end += 1
        }
        if isSafe { return end }
        let second = byte(position + 1)
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
    mutating func gluedClosing() -> Int? {
        if position < closingRun.start || position >= closingRun.end { findClosingRun() }
        var end = -1
        if closingRun.lastSafe >= position { end = closingRun.lastClosing + 1 }
        // The first bracket after symbols alone.
        var bracket = position
        while bracket < closingRun.end, isDelimiter(byte(bracket)) { bracket += 1 }
        if bracket < closingRun.end, bracket > position, end < bracket + 1,
            closes(position..<bracket, with: byte(bracket))
        {
            end = bracket + 1
        }
        guard end > position + 1 else { return nil }
        let symbolEnd =
            has(byte(position), .symbol) ? skip(.symbol, from: position + 1, or: UInt8(ascii: "\\")) : 0
        return end > symbolEnd ? end : nil
    }

    private func closes(_ symbols: Range<Int>, with bracket: UInt8) -> Bool {
        let last = byte(symbols.upperBound - 1)
        let closesMore = last == UInt8(ascii: "|") || last == UInt8(ascii: ":")
        let opensWithGreater = byte(symbols.lowerBound) == UInt8(ascii: ">")
        switch bracket {
        case UInt8(ascii: ")"): return closesMore
        case UInt8(ascii: "]"): return opensWithGreater || closesMore && symbols.count == 1
        default: return opensWithGreater || closesMore
        }
    }

    private mutating func findClosingRun() {
        var run = ClosingRun(start: position, end: position)
        var safe = -1
        while true {
            let byte = byte(run.end)
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
    mutating func closing(end: Int) -> TokenKind {
        let first = byte(position)
        let isPair = end == position + 2
        position = end
        guard isPair else { return .rightDelimiter }
        switch (first, byte(end - 1)) {
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
