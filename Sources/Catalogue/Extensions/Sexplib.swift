import Findings
import OCamlSyntax
import Text

/// sexplib: the generators `sexp`, `sexp_of`, `of_sexp`, and quotations of types.
extension Catalogue {
    static let sexplib = SyntaxExtension(
        id: "sexplib", title: "sexplib: conversions to and from S-expressions",
        findlib: ["sexplib.syntax", "pa_sexp_conv", "pa_sexp_conv.syntax"], opam: ["pa_sexp_conv"],
        archives: ["pa_sexp_conv"], quotations: ["sexp_of", "of_sexp"],
        generators: ["sexp", "sexp_of", "of_sexp", "sexp_poly", "of_sexp_poly"], implies: ["type_conv"],
        replacement: "ppx_sexp_conv",
        rules: [
            .payloadQuotations(
                "sexplib/quotation", "a quotation that converts values of a type to or from S-expressions",
                [("sexp_of", "sexp_of:"), ("of_sexp", "of_sexp:")],
                examples: [
                    .rewritten("let f = «<:sexp_of< int list >>»", to: "let f = [%sexp_of: int list]"),
                    .rewritten("let f = «<:of_sexp<int>>» x", to: "let f = [%of_sexp: int] x"),
                ])
        ])
}
