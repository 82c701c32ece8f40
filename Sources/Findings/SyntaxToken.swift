package import OCamlSyntax
package import Text

/// A token of a source as rules see it: where it stands, what it reads, what is around it.
///
/// `next` and `previous` skip blanks and comments. Beyond the ends of the file a token has kind `.endOfFile` and is empty.
package struct SyntaxToken: Sendable {
    package let context: SourceContext
    /// Index into the file's tokens, blanks and comments counted.
    package let index: Int

    package init(_ context: SourceContext, _ index: Int) {
        self.context = context
        self.index = index
    }

    package var kind: TokenKind { context.tokens.kind(index) }
    package var range: ByteRange { context.tokens.range(index) }
    package var text: String { context.tokens.string(index) }
    package func reads(_ text: StaticString) -> Bool { context.tokens.text(index, equals: text) }

    /// The next token that is neither blank nor comment.
    package var next: SyntaxToken { SyntaxToken(context, context.tokens.significant(from: index + 1)) }

    /// The token before that is neither blank nor comment.
    package var previous: SyntaxToken { SyntaxToken(context, context.tokens.significant(before: index) ?? -1) }

    /// Whether no byte stands between this token and the next.
    package var touchesNext: Bool { range.end == next.range.start }

    /// Whether nothing but blanks stands before it on its line.
    package var isFirstOnLine: Bool {
        var offset = range.start
        let bytes = context.tokens.bytes
        while offset > 0 {
            let byte = bytes[offset - 1]
            if byte == 0x0A { return true }
            guard byte == 0x20 || byte == 0x09 || byte == 0x0D else { return false }
            offset -= 1
        }
        return true
    }

    /// Whether it stands where only a name can: behind a dot, a label's sign, `let%`.
    package var standsAsName: Bool {
        switch previous.kind {
        case .dot, .hash, .hashOperator, .tilde, .question, .backquote, .percent, .leftBracketPercent,
            .leftBracketPercentPercent, .leftBracketAt, .leftBracketAtAt, .leftBracketAtAtAt, .method, .val, .type:
            true
        default: false
        }
    }

    /// Whether it stands at the very start of its line.
    package var startsLine: Bool {
        range.start == 0 || context.tokens.bytes[range.start - 1] == 0x0A
    }

    /// Whether comments stand between it and the token before.
    package var hasCommentBefore: Bool {
        var place = index - 1
        while place >= 0, context.tokens.kind(place).isTrivia {
            if context.tokens.kind(place).isComment { return true }
            place -= 1
        }
        return false
    }
}
