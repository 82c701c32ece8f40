import OCamlSyntax
package import Text

/// How rules say what to write: edits on tokens and nodes, and templates in which the source's own text stands.
///
/// Insertions and replaced keywords keep comments and layout of all that is between; a template keeps the text of the nodes that it
/// names, and loses comments between them (`SyntaxNode.hasComments(outside:)` asks).
extension SyntaxToken {
    package func replace(_ text: String) -> Edit { Edit(range, text) }
    package func delete() -> Edit { Edit(range, "") }

    /// Deletes it and the blanks before it on its line.
    package func deleteWithBlanksBefore() -> Edit {
        Edit(ByteRange(context.blanksBefore(range.start), range.end), "")
    }

    /// Deletes it and the blanks behind it on its line.
    package func deleteWithBlanksBehind() -> Edit {
        Edit(ByteRange(range.start, context.blanksBehind(range.end)), "")
    }

    package func insertBefore(_ text: String) -> Edit { .opening(range.start, text) }
    package func insertBehind(_ text: String) -> Edit { .closing(range.end, text) }
}

extension SyntaxNode {
    /// Replaces its first token, the keyword of the construct.
    package func replaceKeyword(_ text: String) -> Edit { firstToken.replace(text) }

    package func wrap(_ before: String, _ after: String) -> [Edit] {
        [.opening(range.start, before), .closing(range.end, after)]
    }

    /// Parentheses where the expression needs them in that place; else nothing.
    package func parenthesise(as position: ExpressionPosition) -> [Edit] {
        needsParentheses(as: position) ? wrap("(", ")") : []
    }

    package func insertBefore(_ text: String) -> Edit { .opening(range.start, text) }
    package func insertBehind(_ text: String) -> Edit { .closing(range.end, text) }
    package func delete() -> Edit { Edit(range, "") }

    /// Replaces the whole node: `node.replace("Lwt.bind (\(left)) (fun _ -> \(right))")`.
    package func replace(_ template: Template) -> Edit { Edit(range, pieces: template.pieces) }
}

extension SourceContext {
    /// Replaces a range by a template whose nodes lie in it.
    package func replace(_ range: ByteRange, _ template: Template) -> Edit { Edit(range, pieces: template.pieces) }

    /// The offset of the first of the blanks (no line ends) that stand before `offset`.
    package func blanksBefore(_ offset: Int) -> Int {
        var start = offset
        while start > 0, [0x20, 0x09].contains(tokens.bytes[start - 1]) { start -= 1 }
        return start
    }

    /// The offset behind the blanks (no line ends) that stand at `offset`.
    package func blanksBehind(_ offset: Int) -> Int {
        var end = offset
        while end < tokens.bytes.count, [0x20, 0x09].contains(tokens.bytes[end]) { end += 1 }
        return end
    }

    /// The blanks with which the line of `offset` begins.
    package func indentation(at offset: Int) -> String {
        var start = min(offset, tokens.bytes.count)
        while start > 0, tokens.bytes[start - 1] != 0x0A { start -= 1 }
        return text(ByteRange(start, blanksBehind(start)))
    }

    /// What ends the file's lines: `\r\n` where its first line ends so.
    package var lineEnd: String {
        guard let feed = tokens.bytes.firstIndex(of: 0x0A), feed > 0 else { return "\n" }
        return tokens.bytes[feed - 1] == 0x0D ? "\r\n" : "\n"
    }
}

/// New text in which text of the source stands, as a string with nodes interpolated.
///
/// `\(node)` puts a node's text there as it is (with the edits of constructs in it), `\(node, as: .argument)` with
/// parentheses where it needs them there, `\(verbatim: range)` any stretch of the source, `\(string)` a text.
package struct Template: ExpressibleByStringInterpolation, Sendable {
    package var pieces: [Edit.Piece] = []

    package init(stringLiteral value: String) {
        pieces = [.bytes(Array(value.utf8))]
    }

    package init(stringInterpolation: StringInterpolation) {
        pieces = stringInterpolation.pieces
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        var pieces: [Edit.Piece] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { pieces.append(.bytes(Array(literal.utf8))) }
        }

        package mutating func appendInterpolation(_ text: String) { appendLiteral(text) }

        package mutating func appendInterpolation(_ node: SyntaxNode) {
            pieces.append(.source(node.range, Array(node.bytes)))
        }

        package mutating func appendInterpolation(_ node: SyntaxNode, as position: ExpressionPosition) {
            let isBare = !node.needsParentheses(as: position)
            if !isBare { appendLiteral("(") }
            appendInterpolation(node)
            if !isBare { appendLiteral(")") }
        }

        /// A pattern as the parameter of a function, with parentheses where it needs them there.
        package mutating func appendInterpolation(parameter pattern: SyntaxNode) {
            let isBare: Bool =
                switch pattern.kind {
                case .valuePath, .wildcardPattern, .parenthesised, .constant, .constructorPath, .record, .recordPattern,
                    .list, .array, .constrained, .variantTag:
                    true
                case .constantPattern: pattern.firstToken.kind != .minus
                default: false
                }
            if !isBare { appendLiteral("(") }
            appendInterpolation(pattern)
            if !isBare { appendLiteral(")") }
        }

        package mutating func appendInterpolation(_ token: SyntaxToken) {
            pieces.append(.source(token.range, Array(token.context.bytes(token.range))))
        }

        /// A stretch of the source, comments included.
        package mutating func appendInterpolation(verbatim range: ByteRange, in context: SourceContext) {
            pieces.append(.source(range, Array(context.bytes(range))))
        }

        package mutating func appendInterpolation(_ template: Template) { pieces += template.pieces }
    }
}
