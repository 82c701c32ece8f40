import Findings
import OCamlSyntax
import Text

/// `EXTEND`: sources that implement syntax.
extension Catalogue {
    static let extend = SyntaxExtension(
        id: "camlp4-extend", title: "EXTEND: grammar extensions, that is, implementations of syntax extensions",
        findlib: ["camlp4.extend", "camlp4.gramlib", "camlp5.extend"], archives: ["pa_extend", "Camlp4GrammarParser"],
        dialects: .grammarExtensions, keywords: ["EXTEND", "DELETE_RULE", "GEXTEND"],
        implies: ["camlp4", "camlp4-quotations"],
        replacement: Replacement(
            "a ppx rewriter (ppxlib), or camlp5",
            [
                .always(
                    .tool("camlp5", from: "6.04"),
                    note:
                        "camlp5 has EXTEND for grammars of one's own; nothing else than a ppx replaces an extension of OCaml"
                ),
                .from(TargetDate(2018, 3, 18), .library("ppxlib", from: "0.1.0")),
            ]),
        rules: [
            Rule(
                "camlp4-extend/extend", "a grammar extension: this file implements syntax", at: [.grammarExtension],
                words: ["EXTEND", "GEXTEND", "DELETE_RULE"],
                examples: [
                    .reported("«EXTEND Gram\n  expr: [ [ \"x\"; e = expr -> e ] ];\nEND»"),
                    .ordinary("type t = EXTEND | B"),
                ]
            ) { node in
                Draft(
                    node, isGrammar(node) ? .certain : .possible,
                    .manual("a file that implements a syntax extension: write a ppx rewriter in its place"))
            }
        ])

    /// `EXTEND Gram` or `EXTEND` followed by an entry and a colon.
    private static func isGrammar(_ node: SyntaxNode) -> Bool {
        var token = node.firstToken.next
        while token.kind == .uppercaseIdentifier && !token.reads("GLOBAL") || token.kind == .dot { token = token.next }
        return token.reads("GLOBAL")
            || token.kind == .lowercaseIdentifier
                && (token.next.kind == .colon || node.firstToken.isFirstOnLine && token.next.kind != .bar)
    }
}
