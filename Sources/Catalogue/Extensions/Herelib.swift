import Findings
import OCamlSyntax
import Text

/// herelib: `_here_`.
extension Catalogue {
    static let herelib = SyntaxExtension(
        id: "herelib", title: "herelib: `_here_`, the source position", findlib: ["herelib.syntax"], opam: ["herelib"],
        archives: ["pa_herelib"], keywords: ["_here_"], implies: ["camlp4"],
        replacement: Replacement(
            "ppx_here",
            [
                .from(TargetDate(2015, 9, 25), .ppx("ppx_here", from: "113.09.00")),
                .from(TargetDate(2016, 1, 13), .ppx("ppx_here", from: "113.24.00")),
            ]),
        rules: [
            Rule(
                "herelib/here", "`_here_`, the position in the source", at: [.valuePath],
                examples: [
                    .rewritten("let p () = «_here_»", to: "let p () = [%here]"),
                    .ordinary("let f _here_ = 1"),
                ]
            ) { node in
                node.reads("_here_") ? Draft(node, .likely, .safe([node.replaceKeyword("[%here]")])) : nil
            }
        ])
}
