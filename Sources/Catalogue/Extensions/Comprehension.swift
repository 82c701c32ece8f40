import Findings
import OCamlSyntax
import Text

/// pa_comprehension: comprehensions over any container.
extension Catalogue {
    static let comprehension = SyntaxExtension(
        id: "pa_comprehension", title: "pa_comprehension: comprehensions over any container",
        findlib: ["pa_comprehension", "batteries.pa_comprehension.syntax"], opam: ["pa_comprehension"],
        archives: ["pa_comprehension"], dialects: .enumComprehensions, implies: ["camlp4"],
        replacement: Replacement(
            "map, filter and concat of the container",
            [
                .plain()
            ]))
}
