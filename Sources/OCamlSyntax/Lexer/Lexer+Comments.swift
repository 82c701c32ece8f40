/// Comments, quotations, and the lines that only preprocessors read.
extension Lexer {
    /// Reads a comment from its `(*`.
    mutating func comment() -> TokenKind {
        let start = position
        let angle = quotations ? UInt8(ascii: "<") : UInt8(ascii: "*")
        var depth = 1
        position += 2
        while depth > 0 {
            // Everything before `position` is taken: a parenthesis there opens nothing any more.
            let offset = source.commentStop(from: position, or: angle)
            switch byte(offset) {
            case UInt8(ascii: "*"):
                if offset > position, byte(offset - 1) == UInt8(ascii: "(") {
                    depth += 1
                    position = offset + 1
                } else if byte(offset + 1) == UInt8(ascii: ")") {
                    depth -= 1
                    position = offset + 2
                } else {
                    position = offset + 1
                }
            case UInt8(ascii: "\""):
                if stringBody(from: offset + 1) == nil { return .unterminatedComment }
            case UInt8(ascii: "'"):
                if isInWord(offset) {
                    position = skip(isCamlp4 ? .identifier : .asciiIdentifier, from: offset + 1)
                } else {
                    position = offset
                    characterInComment()
                }
            case UInt8(ascii: "{"):
                position = offset
                if !quotedStringInComment() { return .unterminatedComment }
            case UInt8(ascii: "<"):
                position = offset
                if !quotationInComment() { return .unterminatedComment }
            default:
                position = min(offset + 1, source.count)
                if offset >= source.count { return .unterminatedComment }
            }
        }
        let isDocumentation =
            byte(start + 2) == UInt8(ascii: "*") && byte(start + 3) != UInt8(ascii: "*")
        return isDocumentation ? .documentationComment : .comment
    }

    /// Whether the apostrophe at `offset` belongs to a word that begins at or after `position`: then it opens no
    /// character. Stock knows ASCII words only here.
    private func isInWord(_ offset: Int) -> Bool {
        var place = offset - 1
        while place >= position, has(byte(place), isCamlp4 ? .identifier : .asciiIdentifier) {
            if !isDigit(byte(place), below: 10) { return true }
            place -= 1
        }
        return false
    }

    /// Moves behind a character literal, or behind the apostrophe that opens none.
    private mutating func characterInComment() {
        let next = byte(position + 1)
        switch next {
        case UInt8(ascii: "'"):
            position += isCamlp4 && byte(position + 2) == UInt8(ascii: "'") ? 3 : 2
        case 0x0A, 0x0D:
            let end = lineEnd(at: position + 1)
            if let end, byte(end) == UInt8(ascii: "'") { position = end + 1 } else { position += 1 }
        case UInt8(ascii: "\\"):
            let isKnown =
                byte(position + 2) != UInt8(ascii: "o") || byte(position + 3) < UInt8(ascii: "4")
            let escape = characterEscape(at: position + 2)
            if let (end, _) = escape, isKnown, byte(end) == UInt8(ascii: "'") {
                position = end + 1
            } else {
                position += 1
            }
        default:
            position += byte(position + 2) == UInt8(ascii: "'") ? 3 : 1
        }
    }

    private mutating func quotedStringInComment() -> Bool {
        guard !isCamlp4, let opening = quotedStringStart(at: position, inComment: true) else {
            position += 1
            return true
        }
        return quotedStringBody(opening)
    }

    private mutating func quotationInComment() -> Bool {
        guard quotations, let start = quotationStart(at: position) else {
            position += 1
            return true
        }
        return quotationBody(from: start)
    }

    // MARK: Quotations

    /// The end of `<<`, `<:tag<`, `<:tag@loc<` or `<@loc<` at `offset`; nil where none stands there.
    func quotationStart(at offset: Int) -> Int? {
        var end = offset + 1
        if byte(end) == UInt8(ascii: ":") {
            guard let tag = quotationTag(from: end + 1) else { return nil }
            end = tag
        }
        if byte(end) == UInt8(ascii: "@") {
            guard isLetter(byte(end + 1)) else { return nil }
            end = skip(.identifier, from: end + 2)
        }
        return byte(end) == UInt8(ascii: "<") ? end + 1 : nil
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        has(byte, .identifier) && !isDigit(byte, below: 10) && byte != UInt8(ascii: "'")
    }

    private func quotationTag(from start: Int) -> Int? {
        guard isLetter(byte(start)) else { return nil }
        var end = start + 1
        while has(byte(end), .identifier) || byte(end) == UInt8(ascii: ".") { end += 1 }
        return end
    }

    /// Moves behind the `>>` that closes a quotation whose content begins at `start`; false where the file ends first.
    /// Nothing but quotations counts inside: no strings, no comments.
    mutating func quotationBody(from start: Int) -> Bool {
        var depth = 1
        var end = start
        while end < source.count {
            let byte = byte(end)
            if byte == UInt8(ascii: ">"), self.byte(end + 1) == UInt8(ascii: ">") {
                depth -= 1
                end += 2
                if depth == 0 {
                    position = end
                    return true
                }
            } else if byte == UInt8(ascii: "<"), let inner = quotationStart(at: end) {
                depth += 1
                end = inner
            } else {
                end += 1
            }
        }
        position = source.count
        return false
    }

    /// Reads a quotation at `position` in code, where the rules see one; nil where it is an operator.
    mutating func quotation() -> TokenKind? {
        guard quotations else { return nil }
        let second = byte(position + 1)
        let symbolEnd = skip(.symbol, from: position + 1, or: UInt8(ascii: "\\"))
        let start: Int
        switch second {
        case UInt8(ascii: "<"):
            // The operator wins where it is longer than what a quotation's opening can swallow.
            var end = position + 2
            while isQuotationOpening(byte(end)) { end += 1 }
            if end == position + 2, symbolEnd == end + 2, byte(end) == UInt8(ascii: ">"),
                byte(end + 1) == UInt8(ascii: ">")
            {
                position = symbolEnd
                return .quotation
            }
            guard symbolEnd == end else { return nil }
            start = position + 2
        case UInt8(ascii: ":"), UInt8(ascii: "@"):
            guard symbolEnd == position + 2, let opening = quotationStart(at: position) else { return nil }
            start = opening
        default: return nil
        }
        return quotationBody(from: start) ? .quotation : .unterminatedQuotation
    }

    private func isQuotationOpening(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\\")
            || has(byte, .symbol) && byte != UInt8(ascii: "$") && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">")
    }

    /// As `skip`, with one byte more that counts.
    func skip(_ classes: ByteClass, from offset: Int, or other: UInt8) -> Int {
        var offset = offset
        while has(byte(offset), classes) || byte(offset) == other { offset += 1 }
        return offset
    }

    // MARK: Lines of preprocessors

    /// `#!…` at the start of a file: one line, or, where the second line is followed by `!#`, three.
    mutating func skipHashBang() {
        guard !isCamlp4, byte(0) == UInt8(ascii: "#"), byte(1) == UInt8(ascii: "!") else { return }
        func lineFeed(from offset: Int) -> Int {
            var offset = offset
            while offset < source.count, byte(offset) != 0x0A { offset += 1 }
            return offset
        }
        let first = lineFeed(from: 0)
        guard first < source.count else { return }
        position = first + 1
        let second = lineFeed(from: position)
        if byte(second + 1) == UInt8(ascii: "!"), byte(second + 2) == UInt8(ascii: "#"),
            byte(second + 3) == 0x0A
        {
            position = second + 4
        }
        emit(.hashBang)
    }

    /// The offset of the first line feed or, for camlp4, carriage return at or after `offset`; the size of the file
    /// where there is none.
    mutating func nextLineEnd(from offset: Int) -> Int {
        if offset <= knownLineEnd, offset >= knownLineStart { return knownLineEnd }
        var end = offset
        while end < source.count, byte(end) != 0x0A, byte(end) != 0x0D { end += 1 }
        knownLineStart = offset
        knownLineEnd = end
        return end
    }

    /// Reads a line directive from its `#`; nil where it is none. Its line end is not part of it.
    ///
    /// Stock wants it at the start of a line and with a file name; camlp4 takes it anywhere, without one, but wants the
    /// line to end before the file does.
    mutating func lineDirective() -> TokenKind? {
        if !isCamlp4, position > 0, byte(position - 1) != 0x0A { return nil }
        var end = position + 1
        func skipBlanks() { while byte(end) == 0x20 || byte(end) == 0x09 { end += 1 } }
        skipBlanks()
        let number = end
        while isDigit(byte(end), below: 10) { end += 1 }
        guard end > number else { return nil }
        var kind = TokenKind.lineDirective
        if !isCamlp4 {
            if !isLineNumber(number..<end) { kind = .illegal }
            skipBlanks()
            guard byte(end) == UInt8(ascii: "\"") else { return nil }
            end += 1
            while end < source.count, !"\"\n\r".utf8.contains(byte(end)) { end += 1 }
            guard byte(end) == UInt8(ascii: "\"") else { return nil }
        }
        let line = nextLineEnd(from: position)
        if isCamlp4, line == source.count { return nil }
        position = line
        return kind
    }

    /// Whether the digits make a number that OCaml's 63-bit integers hold.
    private func isLineNumber(_ digits: Range<Int>) -> Bool {
        let largest = (1 << 62) - 1
        var value = 0
        for offset in digits {
            if value > largest / 10 { return false }
            value = value * 10 + Int(byte(offset) - UInt8(ascii: "0"))
            if value > largest { return false }
        }
        return true
    }
}
