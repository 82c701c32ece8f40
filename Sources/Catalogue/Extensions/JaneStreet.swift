import Findings
import OCamlSyntax
import Text

/// The generators of type_conv that Jane Street published, and their small extensions beside it.
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

    static let binProt = SyntaxExtension(
        id: "bin_prot", title: "bin_prot: binary protocols", findlib: ["bin_prot.syntax", "pa_bin_prot"],
        opam: ["pa_bin_prot"], archives: ["pa_bin_prot"],
        generators: ["bin_io", "bin_read", "bin_write", "bin_type_class"], implies: ["type_conv"],
        replacement: "ppx_bin_prot")

    static let fieldslib = SyntaxExtension(
        id: "fieldslib", title: "fieldslib: record fields as values", findlib: ["fieldslib.syntax", "pa_fields_conv"],
        opam: ["pa_fields_conv"], archives: ["pa_fields_conv"], generators: ["fields"], implies: ["type_conv"],
        replacement: "ppx_fields_conv")

    static let variantslib = SyntaxExtension(
        id: "variantslib", title: "variantslib: constructors as values",
        findlib: ["variantslib.syntax", "pa_variants_conv"], opam: ["pa_variants_conv"], archives: ["pa_variants_conv"],
        generators: ["variants"], implies: ["type_conv"], replacement: "ppx_variants_conv")

    static let comparelib = SyntaxExtension(
        id: "comparelib", title: "comparelib: comparison functions from types", findlib: ["comparelib.syntax"],
        opam: ["comparelib"], archives: ["pa_compare"], quotations: ["compare"], generators: ["compare"],
        implies: ["type_conv"], replacement: "ppx_compare",
        rules: [
            .payloadQuotations(
                "comparelib/quotation", "a quotation that compares values of a type", [("compare", "compare:")],
                examples: [.rewritten("let c = «<:compare< int list >>»", to: "let c = [%compare: int list]")])
        ])

    static let typerep = SyntaxExtension(
        id: "typerep", title: "typerep: types at run time", findlib: ["typerep_lib.syntax", "pa_typerep_conv"],
        opam: ["pa_typerep_conv"], archives: ["typerep_syntax", "pa_typerep_conv"], quotations: ["typerep_of"],
        generators: ["typerep"], implies: ["type_conv"], replacement: "ppx_typerep_conv",
        rules: [
            .payloadQuotations(
                "typerep/quotation", "a quotation that gives a type's representation", [("typerep_of", "typerep_of:")],
                examples: [.rewritten("let r = «<:typerep_of< int >>»", to: "let r = [%typerep_of: int]")])
        ])

    static let enumerate = SyntaxExtension(
        id: "enumerate", title: "enumerate: all values of a type", findlib: ["enumerate.syntax"], opam: ["enumerate"],
        archives: ["pa_enumerate"], quotations: ["all"], generators: ["enumerate"], implies: ["type_conv"],
        replacement: "ppx_enumerate",
        rules: [
            .payloadQuotations(
                "enumerate/quotation", "a quotation that lists the values of a type", [("all", "all:")],
                examples: [.rewritten("let xs = «<:all< t >>»", to: "let xs = [%all: t]")])
        ])

    static let paTest = SyntaxExtension(
        id: "pa_test", title: "pa_test: assertions that print their values", findlib: ["pa_test.syntax"],
        opam: ["pa_test"],
        archives: ["pa_test_syntax"], quotations: ["test_eq", "test_result", "test_pred"],
        implies: ["sexplib", "comparelib"], replacement: "ppx_assert",
        rules: [
            .payloadQuotations(
                "pa_test/quotation", "a quotation that asserts on values of a type",
                [("test_eq", "test_eq:"), ("test_result", "test_result:"), ("test_pred", "test_pred:")],
                examples: [
                    .rewritten("let () = «<:test_eq< string >>» a b", to: "let () = [%test_eq: string] a b"),
                    .reported("let () = «<:test_result< int >>» (1 + 1) ~expect:2"),
                ])
        ])

    static let herelib = SyntaxExtension(
        id: "herelib", title: "herelib: `_here_`, the source position", findlib: ["herelib.syntax"], opam: ["herelib"],
        archives: ["pa_herelib"], keywords: ["_here_"], implies: ["camlp4"], replacement: "ppx_here",
        rules: [
            Rule(
                "herelib/here", "`_here_`, the position in the source", at: [.valuePath],
                examples: [
                    .rewritten("let p () = «_here_»", to: "let p () = [%here]"),
                    .ordinary("let f _here_ = 1"),
                ]
            ) { node in
                node.reads("_here_") ? Draft(node, .likely, .safe([node.replaceKeyword("[%here]")])) : nil
            }
        ])

    static let pipebang = SyntaxExtension(
        id: "pipebang", title: "pipebang: `|>` and `|!` without a call", findlib: ["pa_pipebang"], opam: ["pipebang"],
        archives: ["pa_pipebang"], operators: ["|!"], implies: ["camlp4"], replacement: "the standard library's |>",
        rules: [
            Rule(
                "pipebang/pipe", "`|!`, application from left to right", at: [.infixOperation],
                examples: [
                    .rewritten("let n = l «|!» List.length", to: "let n = l |> List.length"),
                    .silent("let ( |! ) x f = f x"), .ordinary("let n = l |! List.length"),
                ]
            ) { node in
                guard let sign = node.infixOperator, sign.reads("|!") else { return nil }
                return Draft(sign.range, .possible, .safe([sign.replace("|>")]), construct: node.range)
            }
        ])

    static let customPrintf = SyntaxExtension(
        id: "custom_printf", title: "custom_printf: `!\"…%{M}…\"` formats", findlib: ["custom_printf.syntax"],
        opam: ["custom_printf"], archives: ["pa_custom_printf"], implies: ["camlp4"],
        replacement: "ppx_custom_printf (the syntax stays)")

    static let structuralSexp = SyntaxExtension(
        id: "pa_structural_sexp", title: "pa_structural_sexp: S-expressions from expressions",
        findlib: ["pa_structural_sexp.syntax"], opam: ["pa_structural_sexp"], archives: ["pa_structural_sexp"],
        quotations: ["structural_sexp", "raise_structural_sexp", "structural_error", "structural_or_error"],
        implies: ["sexplib"], replacement: "ppx_sexp_value and ppx_sexp_message",
        rules: [
            .payloadQuotations(
                "pa_structural_sexp/quotation", "a quotation that makes an S-expression of an expression",
                [("structural_sexp", "sexp")],
                examples: [.rewritten("let s = «<:structural_sexp< (x : int) >>»", to: "let s = [%sexp (x : int)]")]),
            .manualQuotations(
                "pa_structural_sexp/message", "a quotation that makes an error of a message and values",
                ["raise_structural_sexp", "structural_error", "structural_or_error"],
                advice: "write raise_s [%message …], Error.create_s [%message …] or Or_error.error_s [%message …]",
                examples: [.reported("let f x = «<:raise_structural_sexp< \"bad\" (x : int) >>»")]),
        ])

    static let core = SyntaxExtension(
        id: "core", title: "core.syntax: all of Jane Street's extensions at once", findlib: ["core.syntax"],
        implies: [
            "sexplib", "bin_prot", "fieldslib", "variantslib", "comparelib", "typerep", "enumerate", "pa_ounit",
            "pa_bench",
            "pa_test", "herelib", "pipebang", "custom_printf", "pa_structural_sexp",
        ],
        replacement: "ppx_jane")
}
