import Findings
import OCamlSyntax
import Text

/// bisect: coverage.
extension Catalogue {
    static let bisect = SyntaxExtension(
        id: "bisect", title: "bisect: coverage", findlib: ["bisect.syntax"], archives: ["bisect_pp"],
        implies: ["camlp4"],
        replacement: "bisect_ppx")
}
