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
        turnedOn:
            "package(sexplib.syntax) with syntax(camlp4o) in _tags, -package sexplib.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_sexp_conv",
            [
                .from(
                    TargetDate(2015, 9, 25), .ppx("ppx_sexp_conv", from: "113.09.00"),
                    .library("sexplib", from: "113.09.00"),
                    note: "sexp_option, sexp_list and their like stay as they are"),
                .from(
                    TargetDate(2016, 1, 13), .ppx("ppx_sexp_conv", from: "113.24.00"),
                    .library("sexplib", from: "113.24.00"),
                    note: "sexp_option, sexp_list and their like stay as they are"),
                .from(
                    TargetDate(2018, 3, 31), .ppx("ppx_sexp_conv", from: "v0.11.0"),
                    .library("sexplib", from: "v0.11.0"),
                    note: "sexp_option, sexp_list and their like stay as they are; generated code calls sexplib0"),
                .from(
                    TargetDate(2019, 12, 31), .ppx("ppx_sexp_conv", from: "v0.13.0"),
                    .library("sexplib", from: "v0.13.0"),
                    note: "sexp_option and its like become [@sexp.option]; from v0.14 on the old names are gone"),
            ]),
        caveats: [
            "sexp_option, sexp_array and sexp_bool mean something on record fields only, sexp_list on the one argument of a constructor too.",
            "sexp_opaque becomes (t [@sexp.opaque]), always with its parentheses.",
            "Generated code wants sexp_of_int and its like in scope: open Sexplib.Std (or Core).",
        ],
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
