import Findings
import OCamlSyntax
import Text

/// Quotations of OCaml's own syntax.
extension Catalogue {
    static let quotations = SyntaxExtension(
        id: "camlp4-quotations", title: "quotations of OCaml's own syntax",
        findlib: [
            "camlp4.quotations", "camlp4.quotations.o", "camlp4.quotations.r", "camlp5.quotations",
        ],
        archives: ["q_MLast", "Camlp4QuotationExpander"],
        quotations: [
            "expr", "patt", "ctyp", "str_item", "sig_item", "module_expr", "module_type", "class_expr", "class_type",
            "class_str_item", "class_sig_item", "match_case", "binding", "rec_binding", "module_binding", "with_constr",
            "ident", "sem_expr", "directive",
        ],
        implies: ["camlp4"],
        turnedOn:
            "package(camlp4.quotations), camlp4of (original syntax inside), camlp4orf and camlp4rf (revised syntax inside)",
        replacement: Replacement(
            "metaquot (ppx_tools, today ppxlib)",
            [
                .always(.ppx("ppx_tools.metaquot", of: "ppx_tools", from: "0.1")),
                .from(TargetDate(2018, 3, 18), .ppx("ppxlib.metaquot", of: "ppxlib", from: "0.1.0")),
            ]), caveats: ["The trees differ: Camlp4's Ast against OCaml's Parsetree, so all around changes too."],
        rules: [
            .manualQuotations(
                "camlp4-quotations/quotation", "a quotation of OCaml's syntax tree",
                [
                    "expr", "patt", "ctyp", "str_item", "sig_item", "module_expr", "module_type", "class_expr",
                    "class_type",
                    "class_str_item", "class_sig_item", "match_case", "binding", "rec_binding", "module_binding",
                    "with_constr", "ident", "sem_expr", "directive",
                ],
                advice: "in a ppx rewriter write [%expr …], [%pat? …], [%type: …] or [%stri …] of metaquot",
                examples: [
                    .reported("let e _loc a = «<:expr< $a$ + 1 >>»"),
                    .reported("let t _loc = «<:ctyp@here< int -> string >>»"),
                ])
        ])
}
