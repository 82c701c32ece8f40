import Findings
import OCamlSyntax
import Text

/// enumerate: the generator `enumerate`, and its quotation.
extension Catalogue {
    static let enumerate = SyntaxExtension(
        id: "enumerate", title: "enumerate: all values of a type", findlib: ["enumerate.syntax"], opam: ["enumerate"],
        archives: ["pa_enumerate"], quotations: ["all"], generators: ["enumerate"], implies: ["type_conv"],
        turnedOn:
            "package(enumerate.syntax) with syntax(camlp4o) in _tags, -package enumerate.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_enumerate",
            [
                .from(TargetDate(2015, 9, 25), .ppx("ppx_enumerate", from: "113.09.00")),
                .from(TargetDate(2016, 1, 13), .ppx("ppx_enumerate", from: "113.24.00")),
            ]), caveats: ["<:all< t >> is [%all: t]."],
        rules: [
            .payloadQuotations(
                "enumerate/quotation", "a quotation that lists the values of a type", [("all", "all:")],
                examples: [.rewritten("let xs = «<:all< t >>»", to: "let xs = [%all: t]")])
        ])
}
