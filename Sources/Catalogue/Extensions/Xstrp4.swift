import Findings
import OCamlSyntax
import Text

/// xstrp4: interpolated strings.
extension Catalogue {
    static let xstrp4 = SyntaxExtension(
        id: "xstrp4", title: "xstrp4: interpolated strings", findlib: ["xstrp4"], opam: ["xstrp4"],
        archives: ["xstrp4"], dialects: .xstrp4,
        keywords: ["interpolate", "include_file"], quotations: ["here"], implies: ["camlp4"],
        replacement: Replacement(
            "String.concat and Printf.sprintf; later also ppx_string",
            [
                .plain(note: "String.concat \"\" […]")
            ]),
        rules: [
            .manualQuotations(
                "xstrp4/quotation", "an interpolated here document", ["here"],
                advice: "write [%string \"…\"] of ppx_string",
                examples: [.reported("let c = «<:here<text ${name}>>»")])
        ])
}
