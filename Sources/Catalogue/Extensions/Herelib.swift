import Findings
import OCamlSyntax
import Text

/// herelib: `_here_`.
extension Catalogue {
    static let herelib = SyntaxExtension(
        id: "herelib", title: "herelib: `_here_`, the source position", findlib: ["herelib.syntax"], opam: ["herelib"],
        archives: ["pa_herelib"], keywords: ["_here_"], implies: ["camlp4"], replacement: "ppx_here",
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
