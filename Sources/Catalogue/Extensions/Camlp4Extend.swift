import Findings
import OCamlSyntax
import Text

/// `EXTEND`: sources that implement syntax.
extension Catalogue {
    static let extend = SyntaxExtension(
        id: "camlp4-extend", title: "EXTEND: grammar extensions, that is, implementations of syntax extensions",
        findlib: ["camlp4.extend", "camlp4.gramlib", "camlp5.extend"], archives: ["pa_extend", "Camlp4GrammarParser"],
        dialects: .grammarExtensions, keywords: ["EXTEND", "DELETE_RULE", "GEXTEND", "Camlp4"],
        implies: ["camlp4", "camlp4-quotations"],
        turnedOn: "package(camlp4.extend), camlp4of, pa_extend.cmo",
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
        caveats: ["Who only parses a language of one's own moves to menhir or camlp5; who extends OCaml writes a ppx."],
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
            },
            Rule(
                "camlp4-extend/precast", "a use of camlp4's own modules: this file implements syntax",
                at: [.modulePath],
                examples: [
                    .reported("open «Camlp4.PreCast»\nmodule Id = struct let name = \"pa_x\" end"),
                    .reported("module M = «Camlp4.Register.OCamlSyntaxExtension» (Id) (Make)"),
                    .ordinary("open Lib.Camlp4"), .ordinary("type t = Camlp4 | Ppx"),
                ]
            ) { node in
                guard node.firstToken.reads("Camlp4"), node.firstToken.next.kind == .dot else { return nil }
                let module = node.firstToken.next.next.text
                return Draft(node, .likely, .manual(implementerAdvice[module] ?? anyImplementerAdvice))
            },
        ])

    private static let anyImplementerAdvice =
        "an extension's source: write a ppx rewriter (ppxlib) that its users can move to, and keep this one until they have"

    /// What to do with an extension's source, by the module of camlp4 that it uses.
    private static let implementerAdvice = [
        "Register":
            "what registers the extension: ppxlib's Driver.register_transformation with rules for extension nodes takes its place",
        "Struct": "camlp4's grammar for a language of one's own: menhir or camlp5's Grammar takes its place",
    ]

    /// `EXTEND Gram` or `EXTEND` followed by an entry and a colon.
    private static func isGrammar(_ node: SyntaxNode) -> Bool {
        var token = node.firstToken.next
        while token.kind == .uppercaseIdentifier && !token.reads("GLOBAL") || token.kind == .dot { token = token.next }
        return token.reads("GLOBAL")
            || token.kind == .lowercaseIdentifier
                && (token.next.kind == .colon || node.firstToken.isFirstOnLine && token.next.kind != .bar)
    }
}
