import Findings
import OCamlSyntax
import Text

/// variantslib: the generator `variants`.
extension Catalogue {
    static let variantslib = SyntaxExtension(
        id: "variantslib", title: "variantslib: constructors as values",
        findlib: ["variantslib.syntax", "pa_variants_conv"], opam: ["pa_variants_conv"], archives: ["pa_variants_conv"],
        generators: ["variants"], implies: ["type_conv"], replacement: "ppx_variants_conv")
}
