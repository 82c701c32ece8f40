import Findings
import OCamlSyntax
import Text

/// fieldslib: the generator `fields`.
extension Catalogue {
    static let fieldslib = SyntaxExtension(
        id: "fieldslib", title: "fieldslib: record fields as values", findlib: ["fieldslib.syntax", "pa_fields_conv"],
        opam: ["pa_fields_conv"], archives: ["pa_fields_conv"], generators: ["fields"], implies: ["type_conv"],
        replacement: "ppx_fields_conv")
}
