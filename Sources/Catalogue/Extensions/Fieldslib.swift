import Findings
import OCamlSyntax
import Text

/// fieldslib: the generator `fields`.
extension Catalogue {
    static let fieldslib = SyntaxExtension(
        id: "fieldslib", title: "fieldslib: record fields as values", findlib: ["fieldslib.syntax", "pa_fields_conv"],
        opam: ["pa_fields_conv"], archives: ["pa_fields_conv"], generators: ["fields"], implies: ["type_conv"],
        turnedOn:
            "package(fieldslib.syntax) with syntax(camlp4o) in _tags, -package fieldslib.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_fields_conv",
            [
                .from(
                    TargetDate(2015, 9, 25), .ppx("ppx_fields_conv", from: "113.09.00"),
                    .library("fieldslib", from: "113.09.00")),
                .from(
                    TargetDate(2016, 1, 13), .ppx("ppx_fields_conv", from: "113.24.00"),
                    .library("fieldslib", from: "113.09.00")),
            ]), caveats: ["The generated modules are the same."])
}
