import Findings
import OCamlSyntax
import Text

/// estring: strings with a specifier.
extension Catalogue {
    static let estring = SyntaxExtension(
        id: "estring", title: "estring: strings with a specifier", findlib: ["estring"], opam: ["estring"],
        archives: ["pa_estring", "pa_strings"], dialects: .estring, implies: ["camlp4"],
        replacement: Replacement(
            "what each specifier's literals stand for",
            [
                .plain(note: "u\"…\" is a call of the function that the specifier's module registered")
            ]))
}
