import Findings
import OCamlSyntax
import Text

/// pa_monad: `perform`.
extension Catalogue {
    static let monadCustom = SyntaxExtension(
        id: "pa_monad_custom", title: "pa_monad: `perform`", findlib: ["monad-custom", "pa_monad", "monad"],
        opam: ["pa_monad_custom"], archives: ["pa_monad"], dialects: .monad, keywords: ["perform", "<--"],
        implies: ["camlp4"],
        turnedOn: "package(monad-custom) with syntax_camlp4o",
        replacement: Replacement(
            "let* of OCaml 4.08; before it calls of bind",
            [
                .plain(note: "calls of bind: bind a (fun x -> …)"),
                .plain(since: TargetDate(2019, 6, 14), ocaml: "4.08", note: "let ( let* ) = bind in let* x = a in …"),
            ]),
        caveats: [
            "`e;` binds a unit, `\\ e;` is an ordinary sequence.",
            "A pattern that may not match adds a call of failwith, or of the function behind `and`.",
            "perform with module M takes M.bind.",
        ],
        rules: [
            Rule(
                "pa_monad_custom/perform", "`perform`, a sequence of binds", at: [.monadExpression], words: ["perform"],
                examples: [
                    .rewritten(
                        "let a bind c = «perform x <-- b; (y, _) <-- c x; let z = 1 in c (x + y + z)»",
                        to:
                            "let a bind c = let ( let* ) = bind in let* x = b in let* (y, _) = c x in let z = 1 in c (x + y + z)"
                    ),
                    .rewritten(
                        "let a f g = «perform with module M in\n  x <-- f;\n  g x;\n  \\ print_int x;\n  M.return x»",
                        to:
                            "let a f g = let ( let* ) = M.bind in\n  let* x = f in\n  let* _ = g x in\n  print_int x;\n  M.return x"
                    ),
                    .rewritten(
                        "let a b c = «perform Some x <-- b; c x»",
                        to:
                            "let a b c = bind b (function Some x -> (c x) | _ -> failwith \"pattern match\")"),
                    .reported("let a = «perform rec x <-- f x; g x»"),
                    .ordinary("let f perform = perform ()"),
                ]
            ) { node in
                let isShown = node.children.contains { $0.kind == .monadBind }
                return Draft(node, isShown ? .likely : .possible, Perform(node)?.fix ?? performAdvice)
            }
        ])

    private static let performAdvice = Fix.manual("write let ( let* ) = bind in let* x = a in …")
}
