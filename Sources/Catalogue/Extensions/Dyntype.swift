import Findings
import OCamlSyntax
import Text

/// dyntype: types and values at run time.
extension Catalogue {
    static let dyntype = SyntaxExtension(
        id: "dyntype", title: "dyntype: types and values at run time", findlib: ["dyntype.syntax"], opam: ["dyntype"],
        archives: ["pa_dyntype", "pa_type", "pa_value"], generators: ["type_of", "value"], implies: ["type_conv"],
        turnedOn:
            "package(dyntype.syntax) with syntax(camlp4o) in _tags, -package dyntype.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement("nothing exact: ppx_typerep_conv comes nearest"),
        caveats: ["The last change was in 2013."])
}
