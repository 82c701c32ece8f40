import Findings
import OCamlSyntax
import Text

/// camlp4's `reloaded` grammar.
extension Catalogue {
    static let reloaded = SyntaxExtension(
        id: "camlp4-reloaded", title: "camlp4's reloaded grammar: match, function and if that end with `end`",
        archives: ["Camlp4OCamlReloadedParser"], implies: ["camlp4"],
        turnedOn: "only by -parser rr or -parser reloaded",
        replacement: Replacement("OCaml's own syntax, by hand", [.plain()]),
        caveats: ["No package is known that uses it."])
}
