import Findings
import OCamlSyntax
import Text

/// camlp5's macros.
extension Catalogue {
    static let camlp5Macro = SyntaxExtension(
        id: "camlp5-macro", title: "camlp5's macros: IFDEF with AND, OR, NOT and versions", dialects: .macros,
        implies: ["camlp4-macro"], turnedOn: "-pp \"camlp5o pa_macro.cmo -DNAME\", package(camlp5.macro)",
        replacement: Replacement("cppo, or camlp5 stays", [.always(.tool("cppo", from: "0.9.3"))]),
        caveats: [
            "The rules of camlp4-macro find its constructs.",
            "cppo knows OCAML_VERSION only when it is called with -V OCAML:x.y.z, and takes no #if 0.",
            "camlp5 expands constants in patterns too, which camlp4 does not.",
        ])
}
