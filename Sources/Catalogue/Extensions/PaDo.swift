import Findings
import OCamlSyntax
import Text

/// pa_do: delimited overloading.
extension Catalogue {
    static let paDo = SyntaxExtension(
        id: "pa_do", title: "pa_do: `Float.(x + 1)`, overloading between parentheses", findlib: ["pa_do", "pa_do.num"],
        opam: ["pa_do"], archives: ["pa_do", "pa_do_nums", "pa_infix"], implies: ["camlp4"],
        turnedOn: "package(pa_do), syntax_camlp4o",
        replacement: Replacement(
            "a local open of a module that has the operators", [.plain(note: "M.( e ) is in OCaml since 3.12")]),
        caveats: [
            "It looks like OCaml's local open, but changes literals (1 to 1.0) and operators and opens nothing: only build "
                + "files tell.",
            "OVERLOAD and OVERLOAD_ARITHMETIC define more of them.",
        ],
        rules: [
            Rule(
                "pa_do/open", "operators and literals of a module", at: [.localOpen],
                examples: [
                    .reported("let f x = «Float.(x + 1)»"), .ordinary("let f x = Float.(x + 1)"),
                    .silent("let f x = Float.x"),
                ]
            ) { node in
                guard node.lastToken.kind == .rightParen else { return nil }
                return Draft(
                    node, .possible,
                    .manual(
                        "\(node.firstToken.text).( … ) keeps its operators if that module has them; write literals in its type, "
                            + "1 as 1.0 for floats, as 1L for Int64"))
            }
        ])
}
