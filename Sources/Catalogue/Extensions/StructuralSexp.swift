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
            structuralMessage,
        ])

    private static let structuralMessage = Rule(
        "pa_structural_sexp/message", "a quotation that makes an error of a message and values",
        atTokens: [.quotation],
        examples: [
            .rewritten(
                "let f x = «<:raise_structural_sexp< \"bad\" (x : int) >>»",
                to: "let f x = raise_s [%message \"bad\" (x : int)]"),
            .rewritten(
                "let f x = g «<:structural_or_error< \"bad\" (x : int) >>»",
                to: "let f x = g (Or_error.error_s [%message \"bad\" (x : int)])"),
        ]
    ) { token in
        let functions = [
            "raise_structural_sexp": "raise_s", "structural_error": "Error.create_s",
            "structural_or_error": "Or_error.error_s",
        ]
        guard let quotation = Quotation(token), let function = functions[quotation.tag] else { return nil }
        guard token.context.target >= TargetDate(2016, 1, 13) else {
            let advice = "write \(function) (Sexp.List [ … ]): ppx_sexp_message came on 2016-01-13"
            return Draft(quotation.range, .certain, .manual(advice))
        }
        let message = Rule.payloadFix(quotation, "message")
        if message.safety == .manual { return Draft(quotation.range, .certain, message) }
        // Behind these tokens it is the body of something and needs no parentheses.
        let isBody = [.equal, .arrow, .then, .else, .in, .semicolon, .leftParen, .begin].contains(token.previous.kind)
        let brackets: [Edit] =
            isBody
            ? [.opening(quotation.range.start, "\(function) ")]
            : [.opening(quotation.range.start, "(\(function) "), .closing(quotation.range.end, ")")]
        return Draft(
            quotation.range, .certain,
            .review(brackets + message.edits, ["\(function) comes with Core of 113.24 and later"]))
    }
}
