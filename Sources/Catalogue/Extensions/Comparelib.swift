import Findings
import OCamlSyntax
import Text

/// comparelib: the generator `compare`, and its quotation.
extension Catalogue {
    static let comparelib = SyntaxExtension(
        id: "comparelib", title: "comparelib: comparison functions from types", findlib: ["comparelib.syntax"],
        opam: ["comparelib"], archives: ["pa_compare"], quotations: ["compare"], generators: ["compare"],
        implies: ["type_conv"],
        turnedOn:
            "package(comparelib.syntax) with syntax(camlp4o) in _tags, -package comparelib.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_compare",
            [
                .from(TargetDate(2015, 9, 25), .ppx("ppx_compare", from: "113.09.00")),
                .from(TargetDate(2016, 1, 13), .ppx("ppx_compare", from: "113.24.00")),
            ]), caveats: ["For a type t it gave compare and compare_t, ppx_compare gives compare alone."],
        rules: [
            .payloadQuotations(
                "comparelib/quotation", "a quotation that compares values of a type", [("compare", "compare:")],
                examples: [.rewritten("let c = «<:compare< int list >>»", to: "let c = [%compare: int list]")])
        ])
}
