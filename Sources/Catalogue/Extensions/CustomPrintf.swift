import Findings
import OCamlSyntax
import Text

/// custom_printf: formats with conversions of modules.
extension Catalogue {
    static let customPrintf = SyntaxExtension(
        id: "custom_printf", title: "custom_printf: `!\"…%{M}…\"` formats", findlib: ["custom_printf.syntax"],
        opam: ["custom_printf"], archives: ["pa_custom_printf"], implies: ["camlp4"],
        replacement: Replacement(
            "ppx_custom_printf (the syntax stays)",
            [
                .from(TargetDate(2015, 9, 30), .ppx("ppx_custom_printf", from: "113.09.00")),
                .from(TargetDate(2016, 1, 13), .ppx("ppx_custom_printf", from: "113.24.00")),
            ]))
}
