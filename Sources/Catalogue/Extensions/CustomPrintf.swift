import Findings
import OCamlSyntax
import Text

/// custom_printf: formats with conversions of modules.
extension Catalogue {
    static let customPrintf = SyntaxExtension(
        id: "custom_printf", title: "custom_printf: `!\"…%{M}…\"` formats", findlib: ["custom_printf.syntax"],
        opam: ["custom_printf"], archives: ["pa_custom_printf"], implies: ["camlp4"],
        replacement: "ppx_custom_printf (the syntax stays)")
}
