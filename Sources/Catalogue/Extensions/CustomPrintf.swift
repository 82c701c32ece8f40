import Findings
import OCamlSyntax
import Text

/// custom_printf: formats with conversions of modules.
extension Catalogue {
    static let customPrintf = SyntaxExtension(
        id: "custom_printf", title: "custom_printf: `!\"…%{M}…\"` formats", findlib: ["custom_printf.syntax"],
        opam: ["custom_printf"], archives: ["pa_custom_printf"], isUsedSilently: markedFormat, implies: ["camlp4"],
        turnedOn:
            "package(custom_printf.syntax) with syntax(camlp4o) in _tags, -package custom_printf.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_custom_printf (the syntax stays)",
            [
                .from(TargetDate(2015, 9, 30), .ppx("ppx_custom_printf", from: "113.09.00")),
                .from(TargetDate(2016, 1, 13), .ppx("ppx_custom_printf", from: "113.24.00")),
            ]), caveats: ["camlp4 rewrote !\"…\" as an argument only, the ppx rewrites each !\"literal\"."])

    /// `!"…"`: a string right behind the operator.
    @Sendable private static func markedFormat(_ tokens: TokenList) -> Bool {
        (1..<max(tokens.count, 1)).contains { index in
            tokens.kind(index) == .string && tokens.text(index - 1, equals: "!")
        }
    }
}
