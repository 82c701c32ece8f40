package import Text

/// What a stretch of bytes of an opam file is; the kinds are those of the reference lexer, plus the trivia that it
/// drops and the errors at which it stops.
package enum OpamTokenKind: UInt8, Sendable {
    case blank
    case lineComment
    case blockComment
    case leftBrace
    case rightBrace
    case leftBracket
    case rightBracket
    case leftParenthesis
    case rightParenthesis
    case colon
    case string
    case tripleQuotedString
    case bool
    case int
    case ident
    case relop
    case and
    case or
    case prefixOperator
    case environmentOperator
    case invalid

    package var isTrivia: Bool {
        self == .blank || self == .lineComment || self == .blockComment
    }
}

/// One token; the tokens of a file tile it.
package struct OpamToken: Sendable {
    package var kind: OpamTokenKind
    package var range: ByteRange
}

/// Why an opam file, or a field of it, is not what the format allows. Columns count bytes from 0, lines from 1.
package struct OpamError: Error, Hashable, Sendable {
    package var message: String
    package var position: Position

    package init(_ message: String, at position: Position) {
        self.message = message
        self.position = position
    }
}
