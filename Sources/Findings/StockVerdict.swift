import OCamlSyntax
import Text

/// Whether the stock OCaml parser takes a file as it stands, as far as findings tell.
///
/// The one place of this answer. It errs on one side: a file without a construct that stock surely rejects counts as
/// accepted, whatever else is wrong with it.
package enum StockVerdict {
    package static func isAccepted(_ drafts: [Draft], _ context: SourceContext, lexicalErrors: Int) -> Bool {
        lexicalErrors == 0 && !drafts.contains { $0.certainty == .certain } && !hasDirective(context.tokens)
    }

    /// `#use`, `#if` and the like at the start of a line: legal in the toplevel alone.
    private static func hasDirective(_ tokens: SourceTokens) -> Bool {
        (0..<tokens.count).contains { index in
            guard tokens.kind(index) == .hash, tokens.touchesNext(index) else { return false }
            let start = tokens.range(index).start
            return start == 0 || tokens.list.bytes[start - 1] == 0x0A
        }
    }
}
