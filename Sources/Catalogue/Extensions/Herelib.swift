import Findings
import OCamlSyntax
import Text

/// herelib: `_here_`.
extension Catalogue {
    static let herelib = SyntaxExtension(
        id: "herelib", title: "herelib: `_here_`, the source position", findlib: ["herelib.syntax"], opam: ["herelib"],
        archives: ["pa_herelib"], keywords: ["_here_"], implies: ["camlp4"],
        turnedOn:
            "package(herelib.syntax) with syntax(camlp4o) in _tags, -package herelib.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_here",
            [
                .from(TargetDate(2015, 9, 25), .ppx("ppx_here", from: "113.09.00")),
                .from(TargetDate(2016, 1, 13), .ppx("ppx_here", from: "113.24.00")),
            ]), caveats: ["OCaml's own __POS__ is another type; [%here] is a Lexing.position."],
        rules: [
            Rule(
                "herelib/here", "`_here_`, the position in the source", at: [.valuePath], openings: ["_here_"],
                examples: [
                    .rewritten("let p () = «_here_»", to: "let p () = [%here]"),
                    .ordinary("let f _here_ = 1"),
                ]
            ) { node in
                node.reads("_here_") ? Draft(node, .likely, .safe([node.replaceKeyword("[%here]")])) : nil
            }
        ])
}
