import Findings
import OCamlSyntax
import Text

/// pa_solution: input and output of contest programs.
extension Catalogue {
    static let paSolution = SyntaxExtension(
        id: "pa_solution", title: "pa_solution: input and output of contest programs", findlib: ["pa_solution"],
        opam: ["pa_solution"], archives: ["pa_solution"], implies: ["pa_qualified"],
        turnedOn: "package(pa_solution); nothing more is known",
        replacement: Replacement("Scanf and Printf, by hand", [.plain()]),
        caveats: ["Its grammar was not found, so no construct of it is recognised."])
}
