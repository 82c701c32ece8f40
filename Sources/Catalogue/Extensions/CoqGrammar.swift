import Findings
import OCamlSyntax
import Text

/// Coq's .ml4 files.
extension Catalogue {
    static let coqGrammar = SyntaxExtension(
        id: "coq-ml4", title: "Coq's .ml4 files: TACTIC EXTEND and its like", archives: ["q_constr", "compat5b"],
        implies: ["camlp4-extend"],
        turnedOn: "a comment (*i camlp4deps: \"grammar/grammar.cma\" i*) on the first lines; coq_makefile",
        replacement: Replacement(
            "Coq's own coqpp and .mlg files",
            [
                .from(
                    TargetDate(2018, 12, 31), .tool("coq", from: "8.9"), note: "all of Coq's own files are .mlg in 8.10"
                )
            ]),
        caveats: [
            "OCaml code stands between braces in .mlg files: VERNAC COMMAND EXTEND x | [ \"y\" ] -> { … } END.",
            "The rules of camlp4-extend find EXTEND in them.",
        ])
}
