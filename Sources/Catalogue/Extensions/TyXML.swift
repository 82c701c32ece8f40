import Findings
import OCamlSyntax
import Text

/// TyXML: HTML and SVG in quotations.
extension Catalogue {
    static let tyxml = SyntaxExtension(
        id: "tyxml", title: "TyXML: typed HTML and SVG in quotations", findlib: ["tyxml.syntax"],
        archives: ["pa_tyxml"],
        quotations: ["html5", "html5list", "svg", "svglist", "xhtml", "xhtmllist", "htmllist"], implies: ["camlp4"],
        replacement: "tyxml-ppx",
        rules: [
            .manualQuotations(
                "tyxml/quotation", "a quotation of HTML or SVG",
                ["html5", "html5list", "svg", "svglist", "xhtml", "xhtmllist", "htmllist"],
                advice: "write [%html \"…\"] or [%svg \"…\"] of tyxml-ppx, antiquotations between strings",
                examples: [.reported("let p = «<:html5< <p>a</p> >>»")])
        ])
}
