import Findings
import OCamlSyntax
import Text

/// TyXML: HTML and SVG in quotations.
extension Catalogue {
    static let tyxml = SyntaxExtension(
        id: "tyxml", title: "TyXML: typed HTML and SVG in quotations", findlib: ["tyxml.syntax"],
        archives: ["pa_tyxml"],
        quotations: ["html5", "html5list", "svg", "svglist", "xhtml", "xhtmllist", "htmllist"], implies: ["camlp4"],
        turnedOn:
            "package(tyxml.syntax) with syntax(camlp4o) in _tags, -package tyxml.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "tyxml-ppx",
            [
                .from(
                    TargetDate(2016, 5, 20), .ppx("tyxml-ppx", from: "4.0.0"), .library("tyxml", from: "4.0.0"),
                    note: "module Html5 is Html from tyxml 4.0 on")
            ]),
        caveats: [
            "A quotation of two nodes kept the first one only, silently.",
            "TyXML 4 renamed Html5 to Html, and its quotations to html, which is cow's name too.",
        ],
        rules: [
            .manualQuotations(
                "tyxml/quotation", "a quotation of HTML or SVG",
                ["html5", "html5list", "svg", "svglist", "xhtml", "xhtmllist", "htmllist"],
                advice: "write [%html \"…\"] or [%svg \"…\"] of tyxml-ppx, antiquotations between strings",
                examples: [.reported("let p = «<:html5< <p>a</p> >>»")])
        ])
}
