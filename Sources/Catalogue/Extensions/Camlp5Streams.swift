import Findings
import OCamlSyntax
import Text

/// camlp5's stream parsers.
extension Catalogue {
    static let camlp5Streams = SyntaxExtension(
        id: "camlp5-streams", title: "camlp5's stream parsers and lexers",
        archives: ["camlp5o", "pa_lexer", "pa_fstream"],
        dialects: .streams, implies: ["camlp4-stream-parsers"],
        turnedOn: "-pp camlp5o, dune's (preprocess (action (run camlp5o %{input-file})))",
        replacement: Replacement(
            "camlp5 stays, or plain functions on Stream", [.plain(), .always(.tool("camlp5", from: "6.04"))]),
        caveats: [
            "The constructs are those of camlp4-stream-parsers, and its rules find them.",
            "camlp5 has look-ahead (?=) and let … in as components beside them.",
            "camlp5 reads no quotations in comments and knows {|…|}, [@@…] and let*: it is closer to OCaml than camlp4.",
        ])
}
