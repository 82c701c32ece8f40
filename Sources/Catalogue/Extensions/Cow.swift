import Findings
import OCamlSyntax
import Text

/// cow, Caml on the Web: HTML, XML and CSS in quotations.
extension Catalogue {
    static let cow = SyntaxExtension(
        id: "cow", title: "Caml on the Web: HTML, XML, CSS in quotations", findlib: ["cow.syntax"],
        archives: ["pa_cow"], quotations: ["html", "xml", "css"], generators: ["json", "xml", "html"],
        implies: ["type_conv", "dyntype"],
        turnedOn:
            "package(cow.syntax) with syntax(camlp4o) in _tags, -package cow.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "cow's combinators",
            [
                .from(TargetDate(2016, 3, 31), .library("cow", from: "2.0.0"))
            ]), caveats: ["There is no quotation <:json<.", "`with json` and its like have no successor."],
        rules: [
            .manualQuotations(
                "cow/quotation", "a quotation of HTML, XML or CSS", ["html", "xml", "css"],
                advice: "write it with the combinators of Cow.Html, Cow.Xml or Css",
                examples: [.reported("let p = «<:html< <p>a</p>&>>»")])
        ])
}
