import Findings
import OCamlSyntax
import Text

/// typerep: the generator `typerep`, and its quotation.
extension Catalogue {
    static let typerep = SyntaxExtension(
        id: "typerep", title: "typerep: types at run time", findlib: ["typerep_lib.syntax", "pa_typerep_conv"],
        opam: ["pa_typerep_conv"], archives: ["typerep_syntax", "pa_typerep_conv"], quotations: ["typerep_of"],
        generators: ["typerep"], implies: ["type_conv"],
        turnedOn:
            "package(typerep_lib.syntax) with syntax(camlp4o) in _tags, -package typerep_lib.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_typerep_conv",
            [
                .from(
                    TargetDate(2015, 9, 25), .ppx("ppx_typerep_conv", from: "113.09.00"),
                    .library("typerep", from: "113.09.00")),
                .from(
                    TargetDate(2016, 1, 13), .ppx("ppx_typerep_conv", from: "113.24.00"),
                    .library("typerep", from: "113.09.00")),
            ]), caveats: ["typerep(abstract) becomes typerep ~abstract."],
        rules: [
            .payloadQuotations(
                "typerep/quotation", "a quotation that gives a type's representation", [("typerep_of", "typerep_of:")],
                examples: [.rewritten("let r = «<:typerep_of< int >>»", to: "let r = [%typerep_of: int]")])
        ])
}
