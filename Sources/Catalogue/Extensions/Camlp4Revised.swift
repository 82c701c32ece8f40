import Findings
import OCamlSyntax
import Text

/// camlp4's revised syntax.
extension Catalogue {
    static let revised = SyntaxExtension(
        id: "camlp4-revised", title: "camlp4's revised syntax, another grammar for all of OCaml",
        archives: ["camlp4rf", "Camlp4OCamlRevisedParser", "pa_r"], implies: ["camlp4"],
        turnedOn: "syntax_camlp4r in _tags, -pp camlp4r, -syntax camlp4r, a first line (* camlp4r *)",
        replacement: Replacement(
            "OCaml's own syntax, translated as a whole; or camlp5",
            [.plain(note: "camlp4r -printer o prints it, without layout"), .always(.tool("camlp5", from: "6.04"))]),
        caveats: [
            "camlp4r FILE -printer o prints the original syntax, but loses layout and some comments, prints `type t += A` as "
                + "another type, and drops the `let _ =` before expressions: read what it gives.",
            "The same words mean other things: fun [ ] always fails, [1; 2 :: l] is a list with a tail, constructors take "
                + "their arguments one by one.",
            "camlp5's revised syntax differs in labels: ~{x} for ~x.",
        ],
        rules: [
            Rule(
                "camlp4-revised/file", "a file in revised syntax", at: [.implementation, .interface],
                examples: [
                    .reported("«value rec f x = match x with [ A n -> n | _ -> 0 ];»\ntype t = [ A of int | B ];\n"),
                    .ordinary("let value = 1\nlet f x = value + x"),
                ]
            ) { node in
                guard node.context.tree.dialects.contains(.revised), let first = node.firstChild else { return nil }
                return Draft(
                    ByteRange(
                        first.range.start,
                        first.nextToken.kind == .semicolon ? first.nextToken.range.end : first.range.end),
                    .certain,
                    .manual(
                        "translate the whole file: camlp4r \(node.context.path) -printer o prints the original syntax, without "
                            + "the layout and some of the comments"))
            }
        ])
}
