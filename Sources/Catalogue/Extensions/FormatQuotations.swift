import Findings
import OCamlSyntax
import Text

/// format: interpolation in quotations.
extension Catalogue {
    static let formatQuotations = SyntaxExtension(
        id: "format", title: "format: interpolated strings in quotations", opam: ["format"], implies: ["camlp4"],
        turnedOn: "an opam package of that name; its findlib name is not known",
        replacement: Replacement("Printf.sprintf", [.plain()]),
        caveats: ["Its quotations are reported as unknown ones."])
}
