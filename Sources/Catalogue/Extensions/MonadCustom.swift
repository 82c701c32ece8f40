import Findings
import OCamlSyntax
import Text

/// pa_monad: `perform`.
extension Catalogue {
    static let monadCustom = SyntaxExtension(
        id: "pa_monad_custom", title: "pa_monad: `perform`", findlib: ["monad-custom", "pa_monad", "monad"],
        opam: ["pa_monad_custom"], archives: ["pa_monad"], dialects: .monad, keywords: ["perform", "<--"],
        implies: ["camlp4"],
        replacement: Replacement(
            "let* of OCaml 4.08; before it calls of bind",
            [
                .plain(note: "calls of bind: bind a (fun x -> …)"),
                .plain(since: TargetDate(2019, 6, 14), ocaml: "4.08", note: "let ( let* ) = bind in let* x = a in …"),
            ]),
        rules: [
            Rule(
                "pa_monad_custom/perform", "`perform`, a sequence of binds", at: [.monadExpression],
                examples: [
                    .reported("let a = «perform x <-- b; c»"), .ordinary("let f perform = perform ()"),
                ]
            ) { node in
                Draft(node, .possible, .manual("write let ( let* ) = bind in let* x = a in …"))
            }
        ])
}
