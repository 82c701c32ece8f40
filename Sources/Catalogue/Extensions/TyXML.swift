import Findings
import OCamlSyntax
import Text

/// TyXML: HTML and SVG in quotations.
extension Catalogue {
    static let tyxml = SyntaxExtension(
        id: "tyxml", title: "TyXML: typed HTML and SVG in quotations", findlib: ["tyxml.syntax"],
        archives: ["pa_tyxml"],
        quotations: ["html5", "html5list", "svg", "svglist", "xhtml", "xhtmllist", "htmllist"], implies: ["camlp4"],
        replacement: Replacement(
            "tyxml-ppx",
            [
                .from(
                    TargetDate(2016, 5, 20), .ppx("tyxml-ppx", from: "4.0.0"), .library("tyxml", from: "4.0.0"),
                    note: "module Html5 is Html from tyxml 4.0 on")
            ]),
        rules: [
            .manualQuotations(
                "tyxml/quotation", "a quotation of HTML or SVG",
                ["html5", "html5list", "svg", "svglist", "xhtml", "xhtmllist", "htmllist"],
                advice: "write [%html \"…\"] or [%svg \"…\"] of tyxml-ppx, antiquotations between strings",
                examples: [.reported("let p = «<:html5< <p>a</p> >>»")])
        ])
}
