import Findings
import OCamlSyntax
import Text

/// meta_conv: conversions between types and trees of data.
extension Catalogue {
    static let metaConv = SyntaxExtension(
        id: "meta_conv", title: "meta_conv: conversions between types and trees of data", findlib: ["meta_conv.syntax"],
        opam: ["meta_conv"], archives: ["pa_meta_conv"], generators: ["conv"], implies: ["type_conv"],
        turnedOn:
            "package(meta_conv.syntax) with syntax(camlp4o) in _tags, -package meta_conv.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_meta_conv",
            [
                // First in the opam repository between 2014-12-31 and this day, for OCaml 4.02.1.
                .from(TargetDate(2015, 3, 31), .ppx("ppx_meta_conv", from: "2.0.0"))
            ]),
        caveats: [
            "with conv(json, ocaml) is [@@deriving conv{json; ocaml}].",
            "A field or constructor renamed with `as` is no stock OCaml, and stays as it is.",
        ])
}
