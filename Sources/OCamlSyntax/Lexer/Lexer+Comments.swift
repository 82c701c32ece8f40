/// Comments, quotations, and the lines that only preprocessors read.
extension Lexer {
    /// Reads a comment from its `(*`.
    mutating func comment(_ bytes: Span<UInt8>) -> TokenKind {
        let start = position
        var depth = 1
        position += 2
        while depth > 0 {
            var offset = position
            while offset < bytes.count, !has(byte(bytes, offset), .commentStop) { offset += 1 }
            position = offset
            guard offset < bytes.count else { return .unterminatedComment }
            switch byte(bytes, offset) {
            case UInt8(ascii: "*"):
                if byte(bytes, offset + 1) == UInt8(ascii: ")") {
                    depth -= 1
                    position += 2
                } else {
                    position += 1
                }
            case UInt8(ascii: "("):
                if byte(bytes, offset + 1) == UInt8(ascii: "*") {
                    depth += 1
                    position += 2
                } else {
                    position += 1
                }
            case UInt8(ascii: "\""):
                if stringBody(bytes, from: offset + 1) == nil { return .unterminatedComment }
            case UInt8(ascii: "'"): characterInComment(bytes)
            case UInt8(ascii: "{"): if !quotedStringInComment(bytes) { return .unterminatedComment }
            case UInt8(ascii: "<"): if !quotationInComment(bytes) { return .unterminatedComment }
            default:
                // A word: an apostrophe in it opens no character. Stock knows ASCII words only here.
                let isWord = isCamlp4 || byte(bytes, offset) < 0x80
                position =
                    isWord ? skip(bytes, isCamlp4 ? .identifier : .asciiIdentifier, from: offset + 1) : offset + 1
            }
        }
        let isDocumentation =
            byte(bytes, start + 2) == UInt8(ascii: "*") && byte(bytes, start + 3) != UInt8(ascii: "*")
        return isDocumentation ? .documentationComment : .comment
    }

    /// Moves behind a character literal, or behind the apostrophe that opens none.
    private mutating func characterInComment(_ bytes: Span<UInt8>) {
        let next = byte(bytes, position + 1)
        switch next {
        case UInt8(ascii: "'"):
            position += isCamlp4 && byte(bytes, position + 2) == UInt8(ascii: "'") ? 3 : 2
        case 0x0A, 0x0D:
            let end = lineEnd(bytes, at: position + 1)
            if let end, byte(bytes, end) == UInt8(ascii: "'") { position = end + 1 } else { position += 1 }
        case UInt8(ascii: "\\"):
            let isKnown =
                byte(bytes, position + 2) != UInt8(ascii: "o") || byte(bytes, position + 3) < UInt8(ascii: "4")
            let escape = characterEscape(bytes, at: position + 2)
            if let (end, _) = escape, isKnown, byte(bytes, end) == UInt8(ascii: "'") {
                position = end + 1
            } else {
                position += 1
            }
        default:
            position += byte(bytes, position + 2) == UInt8(ascii: "'") ? 3 : 1
        }
    }

    private mutating func quotedStringInComment(_ bytes: Span<UInt8>) -> Bool {
        guard !isCamlp4, let opening = quotedStringStart(bytes, at: position, inComment: true) else {
            position += 1
            return true
        }
        return quotedStringBody(bytes, opening)
    }

    private mutating func quotationInComment(_ bytes: Span<UInt8>) -> Bool {
        guard quotations, let start = quotationStart(bytes, at: position) else {
            position += 1
            return true
        }
        return quotationBody(bytes, from: start)
    }

    // MARK: Quotations

    /// The end of `<<`, `<:tag<`, `<:tag@loc<` or `<@loc<` at `offset`; nil where none stands there.
    func quotationStart(_ bytes: Span<UInt8>, at offset: Int) -> Int? {
        var end = offset + 1
        if byte(bytes, end) == UInt8(ascii: ":") {
            guard let tag = quotationTag(bytes, from: end + 1) else { return nil }
            end = tag
        }
        if byte(bytes, end) == UInt8(ascii: "@") {
            guard isLetter(byte(bytes, end + 1)) else { return nil }
            end = skip(bytes, .identifier, from: end + 2)
        }
        return byte(bytes, end) == UInt8(ascii: "<") ? end + 1 : nil
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        has(byte, .identifier) && !isDigit(byte, below: 10) && byte != UInt8(ascii: "'")
    }

    private func quotationTag(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        guard isLetter(byte(bytes, start)) else { return nil }
        var end = start + 1
        while has(byte(bytes, end), .identifier) || byte(bytes, end) == UInt8(ascii: ".") { end += 1 }
        return end
    }

    /// Moves behind the `>>` that closes a quotation whose content begins at `start`; false where the file ends first.
    /// Nothing but quotations counts inside: no strings, no comments.
    mutating func quotationBody(_ bytes: Span<UInt8>, from start: Int) -> Bool {
        var depth = 1
        var end = start
        while end < bytes.count {
            let byte = byte(bytes, end)
            if byte == UInt8(ascii: ">"), self.byte(bytes, end + 1) == UInt8(ascii: ">") {
                depth -= 1
                end += 2
                if depth == 0 {
                    position = end
                    return true
                }
            } else if byte == UInt8(ascii: "<"), let inner = quotationStart(bytes, at: end) {
                depth += 1
                end = inner
            } else {
                end += 1
            }
        }
        position = bytes.count
        return false
    }

    /// Reads a quotation at `position` in code, where the rules see one; nil where it is an operator.
    mutating func quotation(_ bytes: Span<UInt8>) -> TokenKind? {
        guard quotations else { return nil }
        let second = byte(bytes, position + 1)
        let symbolEnd = skip(bytes, .symbol, from: position + 1, or: UInt8(ascii: "\\"))
        let start: Int
        switch second {
        case UInt8(ascii: "<"):
            // The operator wins where it is longer than what a quotation's opening can swallow.
            var end = position + 2
            while isQuotationOpening(byte(bytes, end)) { end += 1 }
            if end == position + 2, symbolEnd == end + 2, byte(bytes, end) == UInt8(ascii: ">"),
                byte(bytes, end + 1) == UInt8(ascii: ">")
            {
                position = symbolEnd
                return .quotation
            }
            guard symbolEnd == end else { return nil }
            start = position + 2
        case UInt8(ascii: ":"), UInt8(ascii: "@"):
            guard symbolEnd == position + 2, let opening = quotationStart(bytes, at: position) else { return nil }
            start = opening
        default: return nil
        }
        return quotationBody(bytes, from: start) ? .quotation : .unterminatedQuotation
    }

    private func isQuotationOpening(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\\")
            || has(byte, .symbol) && byte != UInt8(ascii: "$") && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
    }

    /// As `skip`, with one byte more that counts.
    func skip(_ bytes: Span<UInt8>, _ classes: ByteClass, from offset: Int, or other: UInt8) -> Int {
        var offset = offset
        while has(byte(bytes, offset), classes) || byte(bytes, offset) == other { offset += 1 }
        return offset
    }

    // MARK: Lines of preprocessors

    /// `#!…` at the start of a file: one line, or, where the second line is followed by `!#`, three.
    mutating func skipHashBang(_ bytes: Span<UInt8>) {
        guard !isCamlp4, byte(bytes, 0) == UInt8(ascii: "#"), byte(bytes, 1) == UInt8(ascii: "!") else { return }
        func lineFeed(from offset: Int) -> Int {
            var offset = offset
            while offset < bytes.count, byte(bytes, offset) != 0x0A { offset += 1 }
            return offset
        }
        let first = lineFeed(from: 0)
        guard first < bytes.count else { return }
        position = first + 1
        let second = lineFeed(from: position)
        if byte(bytes, second + 1) == UInt8(ascii: "!"), byte(bytes, second + 2) == UInt8(ascii: "#"),
            byte(bytes, second + 3) == 0x0A
        {
            position = second + 4
        }
        emit(.hashBang)
    }

    /// The offset of the first line feed or, for camlp4, carriage return at or after `offset`; the size of the file
    /// where there is none.
    mutating func nextLineEnd(_ bytes: Span<UInt8>, from offset: Int) -> Int {
        if offset <= knownLineEnd, offset >= knownLineStart { return knownLineEnd }
        var end = offset
        while end < bytes.count, byte(bytes, end) != 0x0A, byte(bytes, end) != 0x0D { end += 1 }
        knownLineStart = offset
        knownLineEnd = end
        return end
    }

    /// Reads a line directive from its `#`; nil where it is none. Its line end is not part of it.
    ///
    /// Stock wants it at the start of a line and with a file name; camlp4 takes it anywhere, without one, but wants the
    /// line to end before the file does.
    mutating func lineDirective(_ bytes: Span<UInt8>) -> TokenKind? {
        if !isCamlp4, position > 0, byte(bytes, position - 1) != 0x0A { return nil }
        var end = position + 1
        func skipBlanks() { while byte(bytes, end) == 0x20 || byte(bytes, end) == 0x09 { end += 1 } }
        skipBlanks()
        let number = end
        while isDigit(byte(bytes, end), below: 10) { end += 1 }
        guard end > number else { return nil }
        var kind = TokenKind.lineDirective
        if !isCamlp4 {
            if !isLineNumber(bytes, number..<end) { kind = .illegal }
            skipBlanks()
            guard byte(bytes, end) == UInt8(ascii: "\"") else { return nil }
            end += 1
            while end < bytes.count, !"\"\n\r".utf8.contains(byte(bytes, end)) { end += 1 }
            guard byte(bytes, end) == UInt8(ascii: "\"") else { return nil }
        }
        let line = nextLineEnd(bytes, from: position)
        if isCamlp4, line == bytes.count { return nil }
        position = line
        return kind
    }

    /// Whether the digits make a number that OCaml's 63-bit integers hold.
    private func isLineNumber(_ bytes: Span<UInt8>, _ digits: Range<Int>) -> Bool {
        let largest = (1 << 62) - 1
        var value = 0
        for offset in digits {
            if value > largest / 10 { return false }
            value = value * 10 + Int(byte(bytes, offset) - UInt8(ascii: "0"))
            if value > largest { return false }
        }
        return true
    }
}
