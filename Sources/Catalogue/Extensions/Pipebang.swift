import Findings
import OCamlSyntax
import Text

/// pipebang: `|>` and `|!`.
extension Catalogue {
    static let pipebang = SyntaxExtension(
        id: "pipebang", title: "pipebang: `|>` and `|!` without a call", findlib: ["pa_pipebang"], opam: ["pipebang"],
        archives: ["pa_pipebang"], operators: ["|!"], implies: ["camlp4"],
        turnedOn: "package(pa_pipebang) with syntax(camlp4o): its name does not end in syntax",
        replacement: Replacement(
            "the standard library's |>",
            [
                .plain(note: "|> is in OCaml since 4.01")
            ]), caveats: ["It inlined the application; the library's |> is a function, and does the same."],
        rules: [
            Rule(
                "pipebang/pipe", "`|!`, application from left to right", at: [.infixOperation],
                examples: [
                    .rewritten("let n = l «|!» List.length", to: "let n = l |> List.length"),
                    .silent("let ( |! ) x f = f x"), .ordinary("let n = l |! List.length"),
                ]
            ) { node in
                guard let sign = node.infixOperator, sign.reads("|!") else { return nil }
                return Draft(sign.range, .possible, .safe([sign.replace("|>")]), construct: node.range)
            }
        ])
}
