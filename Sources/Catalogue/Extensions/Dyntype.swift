import Findings
import OCamlSyntax
import Text

/// dyntype: types and values at run time.
extension Catalogue {
    static let dyntype = SyntaxExtension(
        id: "dyntype", title: "dyntype: types and values at run time", findlib: ["dyntype.syntax"], opam: ["dyntype"],
        archives: ["pa_dyntype", "pa_type", "pa_value"], generators: ["type_of", "value"], implies: ["type_conv"],
        replacement: Replacement("nothing exact: ppx_typerep_conv comes nearest"))
}
