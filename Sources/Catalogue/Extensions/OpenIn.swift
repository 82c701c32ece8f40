import Findings
import OCamlSyntax
import Text

/// openin: `open M in e`.
extension Catalogue {
    static let paOpenIn = SyntaxExtension(
        id: "pa_openin", title: "openin: `open M in e`", findlib: ["openin"], opam: ["openin"],
        archives: ["pa_openin", "pa_openin_r"], dialects: .openIn, implies: ["camlp4"],
        replacement: Replacement(
            "let open M in e",
            [
                .plain(note: "let open M in e is in OCaml since 3.12"),
                .plain(
                    since: TargetDate(2019, 6, 14), ocaml: "4.08", note: "let open struct … end in e for a structure"),
            ]))
}
