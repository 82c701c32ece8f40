import Findings
import OCamlSyntax
import Text

/// camlp5's EXTEND and quotations.
extension Catalogue {
    static let camlp5Extend = SyntaxExtension(
        id: "camlp5-extend-quotations", title: "camlp5's EXTEND, quotations and extensible printers",
        archives: ["pa_extprint", "pa_extfun", "pa_lefteval", "pa_oop"], implies: ["camlp4-extend"],
        turnedOn:
            "#load \"pa_extend.cmo\";; and #load \"q_MLast.cmo\";; at the head of a source, or the same behind -pp",
        replacement: Replacement(
            "camlp5 stays, or a ppx rewriter",
            [.always(.tool("camlp5", from: "6.04")), .from(TargetDate(2018, 3, 18), .library("ppxlib", from: "0.1.0"))]),
        caveats: [
            "The rules of camlp4-extend and camlp4-quotations find its constructs.",
            "EXTEND names no grammar module in camlp5, and GEXTEND does; the location is `loc`, not `_loc`.",
            "pa_ppx (2020-07-17) runs ppx rewriters on camlp5's own tree.",
        ],
        rules: [
            Rule(
                "camlp5-extend-quotations/load", "a grammar that the preprocessor loads", at: [.directive],
                examples: [
                    .reported("«#load \"pa_extend.cmo\"»;;\nlet x = 1"),
                    .reported("«#default_quotation \"expr\"»;;\nlet x = 1"),
                    .ordinary("#load \"unix.cma\";;\nlet x = 1"),
                ]
            ) { node in
                let word = node.firstToken.next
                let isOwn =
                    word.reads("default_quotation")
                    || word.reads("load") && (word.next.text.hasPrefix("\"pa_") || word.next.text.hasPrefix("\"q_"))
                guard isOwn else { return nil }
                return Draft(
                    node, .likely,
                    .manual(
                        "it works on the preprocessor: drop it with the last construct that needs \(word.next.text)"))
            }
        ])
}
