import Findings
import OCamlSyntax
import Text

/// comparelib: the generator `compare`, and its quotation.
extension Catalogue {
    static let comparelib = SyntaxExtension(
        id: "comparelib", title: "comparelib: comparison functions from types", findlib: ["comparelib.syntax"],
        opam: ["comparelib"], archives: ["pa_compare"], quotations: ["compare"], generators: ["compare"],
        implies: ["type_conv"], replacement: "ppx_compare",
        rules: [
            .payloadQuotations(
                "comparelib/quotation", "a quotation that compares values of a type", [("compare", "compare:")],
                examples: [.rewritten("let c = «<:compare< int list >>»", to: "let c = [%compare: int list]")])
        ])
}
