package import OCamlSyntax
package import Text

/// The tokens of a source that a grammar sees, comments and blanks left out, with quick questions about them.
///
/// Indices beyond the ends answer `.endOfFile` and empty ranges, so rules may look around freely.
package struct SourceTokens: Sendable {
    package let list: TokenList
    private let significant: [Int32]

    package init(_ list: TokenList) {
        self.list = list
        var significant: [Int32] = []
        for (index, kind) in list.kinds.enumerated() where !kind.isTrivia { significant.append(Int32(index)) }
        self.significant = significant
    }

    package var count: Int { significant.count }

    package func kind(_ index: Int) -> TokenKind {
        guard significant.indices.contains(index) else { return .endOfFile }
        return list.kind(Int(significant[index]))
    }

    package func range(_ index: Int) -> ByteRange {
        guard significant.indices.contains(index) else {
            let place = index < 0 ? 0 : list.bytes.count
            return ByteRange(place, place)
        }
        return list.range(Int(significant[index]))
    }

    /// From the first byte of one token to the last of another.
    package func range(_ first: Int, through last: Int) -> ByteRange {
        ByteRange(range(first).start, range(last).end)
    }

    package func text(_ index: Int) -> String {
        let range = range(index)
        return String(decoding: list.bytes[range.start..<range.end], as: UTF8.self)
    }

    package func bytes(_ range: ByteRange) -> ArraySlice<UInt8> {
        list.bytes[range.start..<range.end]
    }

    package func string(_ range: ByteRange) -> String {
        String(decoding: bytes(range), as: UTF8.self)
    }

    /// Whether no byte stands between a token and the one after it.
    package func touchesNext(_ index: Int) -> Bool {
        range(index).end == range(index + 1).start
    }

    /// Whether the token is the first of its line, blanks aside.
    package func isFirstOnLine(_ index: Int) -> Bool {
        var offset = range(index).start
        while offset > 0 {
            let byte = list.bytes[offset - 1]
            if byte == 0x0A { return true }
            guard byte == 0x20 || byte == 0x09 || byte == 0x0D else { return false }
            offset -= 1
        }
        return true
    }

    /// Whether comments stand between two tokens.
    package func hasComment(from first: Int, through last: Int) -> Bool {
        guard significant.indices.contains(first), significant.indices.contains(last), first <= last else {
            return false
        }
        return (Int(significant[first])...Int(significant[last])).contains { list.kind($0).isComment }
    }

    /// Whether a word stands where only a name can: bound by `let`, after a dot, a label or a type variable's quote.
    package func isValueName(_ index: Int) -> Bool {
        switch kind(index - 1) {
        case .let, .rec, .and, .val, .external, .fun, .dot, .hash, .hashOperator, .method, .type, .nonrec, .mutable,
            .quote,
            .tilde, .question, .label, .optionalLabel, .module, .new, .inherit, .backquote, .private, .virtual, .as,
            // `let%lwt`, `[%lwt …]`, `[@@deriving …]`: ppx's own.
            .percent, .leftBracketPercent, .leftBracketPercentPercent, .leftBracketAt, .leftBracketAtAt,
            .leftBracketAtAtAt:
            true
        default: false
        }
    }

    /// Whether an operand may end with the token.
    package func endsOperand(_ index: Int) -> Bool {
        switch kind(index) {
        case .lowercaseIdentifier, .uppercaseIdentifier, .integer, .float, .character, .string, .quotedString,
            .quotation,
            .rightParen, .rightBracket, .rightBrace, .barRightBracket, .greaterRightBracket, .greaterRightBrace,
            .rightDelimiter, .colonRightBracket, .end, .done, .true, .false:
            true
        default: false
        }
    }

    /// Whether `for_lwt` at `index` has an `in` before its `do`.
    func hasInBeforeDo(after index: Int) -> Bool {
        var index = index + 1
        let limit = index + 40
        while index < min(count, limit) {
            switch kind(index) {
            case .in: return true
            case .do, .equal: return false
            default: index += 1
            }
        }
        return false
    }

    /// Whether an expression surely ends before the token: rules that replace a word in front of one atom ask this.
    package func endsExpression(_ index: Int) -> Bool {
        switch kind(index) {
        case .endOfFile, .semicolon, .semicolonSemicolon, .rightParen, .rightBracket, .rightBrace, .barRightBracket,
            .end,
            .done, .in, .bar, .with, .else, .then, .do, .and, .let, .type, .module, .open, .exception, .val, .external,
            .include, .class:
            true
        default: false
        }
    }
}
