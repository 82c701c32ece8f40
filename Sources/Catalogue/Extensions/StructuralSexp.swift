import Findings
import OCamlSyntax
import Text

/// pa_structural_sexp: S-expressions of expressions.
extension Catalogue {
    static let structuralSexp = SyntaxExtension(
        id: "pa_structural_sexp", title: "pa_structural_sexp: S-expressions from expressions",
        findlib: ["pa_structural_sexp.syntax"], opam: ["pa_structural_sexp"], archives: ["pa_structural_sexp"],
        quotations: ["structural_sexp", "raise_structural_sexp", "structural_error", "structural_or_error"],
        implies: ["sexplib"],
        turnedOn:
            "package(pa_structural_sexp.syntax) with syntax(camlp4o) in _tags, -package pa_structural_sexp.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_sexp_value and ppx_sexp_message",
            [
                .from(
                    TargetDate(2015, 9, 25), .ppx("ppx_sexp_value", from: "113.09.00"),
                    note: "[%message …] is not there yet"),
                .from(
                    TargetDate(2016, 1, 13), .ppx("ppx_sexp_value", from: "113.24.00"),
                    .ppx("ppx_sexp_message", from: "113.24.00")),
            ]), caveats: ["Expressions stand in it, not types: [%sexp e], without a colon."],
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
}
