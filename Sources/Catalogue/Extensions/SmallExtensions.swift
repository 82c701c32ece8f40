import Findings
import OCamlSyntax
import Text

/// Extensions of one file that were never packages.
extension Catalogue {
    static let small = SyntaxExtension(
        id: "misc-small", title: "small extensions of one file that were never packages",
        archives: [
            "pa_refutable", "pa_tryfinally", "pa_lettry", "pa_let_try", "pa_forin", "pa_forstep", "pa_repeat",
            "pa_memo",
        ],
        implies: ["camlp4"], turnedOn: "camlp4o with the archive behind it, (*pp …*) of OCamlMakefile",
        replacement: Replacement("plain OCaml, by hand", [.plain()]),
        caveats: [
            "pa_tryfinally: `try a finally b` is Fun.protect ~finally:(fun () -> b) (fun () -> a).",
            "pa_refutable: `(\\ f \\2 \\1)` is (fun h1 h2 -> f h2 h1).",
            "pa_lettry: `let try x = a in b with p -> c` is match a with x -> b | exception p -> c.",
            "pa_forin: `for p in e do … done` is an iteration of e's container.",
        ])
}
