import Findings
import OCamlSyntax
import Text

/// variantslib: the generator `variants`.
extension Catalogue {
    static let variantslib = SyntaxExtension(
        id: "variantslib", title: "variantslib: constructors as values",
        findlib: ["variantslib.syntax", "pa_variants_conv"], opam: ["pa_variants_conv"], archives: ["pa_variants_conv"],
        generators: ["variants"], implies: ["type_conv"],
        turnedOn:
            "package(variantslib.syntax) with syntax(camlp4o) in _tags, -package variantslib.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_variants_conv",
            [
                .from(
                    TargetDate(2015, 9, 25), .ppx("ppx_variants_conv", from: "113.09.00"),
                    .library("variantslib", from: "113.09.00")),
                .from(
                    TargetDate(2016, 1, 13), .ppx("ppx_variants_conv", from: "113.24.00"),
                    .library("variantslib", from: "113.09.00")),
            ]), caveats: ["A constructor that reads as a keyword is Open → open__ here, open_ with ppx_variants_conv."])
}
