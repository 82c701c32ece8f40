import Findings
import OCamlSyntax
import Text

/// openin: `open M in e`.
extension Catalogue {
    static let paOpenIn = SyntaxExtension(
        id: "pa_openin", title: "openin: `open M in e`", findlib: ["openin"], opam: ["openin"],
        archives: ["pa_openin", "pa_openin_r"], dialects: .openIn, implies: ["camlp4"], replacement: "let open M in e")
}
