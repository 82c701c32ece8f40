import Findings
import OCamlSyntax
import Text

/// Puts lines for cppo where code stood: they have to be lines of their own, and begin at the margin by custom.
enum CppoLayout {
    /// Puts a directive in the place of `range`: what stands before and behind it on its lines goes to lines of its own.
    static func directive(_ text: String, at range: ByteRange, in context: SourceContext) -> Edit {
        let lineEnd = context.lineEnd
        let bytes = context.tokens.bytes
        var start = context.blanksBefore(range.start)
        let end = context.blanksBehind(range.end)
        let isFirst = start == 0 || bytes[start - 1] == 0x0A
        if !isFirst, followsDirective(range.start, context) { start = range.start }
        let isLast = end == bytes.count || bytes[end] == 0x0A || bytes[end] == 0x0D
        let before = isFirst ? "" : lineEnd
        let after = isLast ? "" : lineEnd + context.indentation(at: range.start)
        return Edit(
            ByteRange(start, end), before + text.replacing("\n", with: lineEnd) + after)
    }

    /// Whether a word of a conditional ends where only blanks stand between it and `offset`: it makes the line end.
    private static func followsDirective(_ offset: Int, _ context: SourceContext) -> Bool {
        guard let place = context.tokens.index(atOffset: offset) else { return false }
        let previous = SyntaxToken(context, place).previous
        return ["THEN", "ELSE", "END", "ENDIF"].contains(previous.text)
            && previous.range.end == context.blanksBefore(offset)
    }
}
