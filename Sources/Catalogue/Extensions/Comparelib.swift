import Findings
import OCamlSyntax
import Text

/// comparelib: the generator `compare`, and its quotation.
extension Catalogue {
    static let comparelib = SyntaxExtension(
        id: "comparelib", title: "comparelib: comparison functions from types", findlib: ["comparelib.syntax"],
        opam: ["comparelib"], archives: ["pa_compare"], quotations: ["compare"], generators: ["compare"],
        implies: ["type_conv"],
        replacement: Replacement(
            "ppx_compare",
            [
                .from(TargetDate(2015, 9, 25), .ppx("ppx_compare", from: "113.09.00")),
                .from(TargetDate(2016, 1, 13), .ppx("ppx_compare", from: "113.24.00")),
            ]),
        rules: [
            .payloadQuotations(
                "comparelib/quotation", "a quotation that compares values of a type", [("compare", "compare:")],
                examples: [.rewritten("let c = «<:compare< int list >>»", to: "let c = [%compare: int list]")])
        ])
}
