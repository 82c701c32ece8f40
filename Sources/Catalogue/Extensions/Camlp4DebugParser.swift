import Findings
import OCamlSyntax
import Text

/// camlp4's own `debug` statement.
extension Catalogue {
    static let debugParser = SyntaxExtension(
        id: "camlp4-debugparser", title: "camlp4's `debug` statement, used in its own sources",
        archives: ["Camlp4DebugParser"], implies: ["camlp4"], turnedOn: "only by -parser Camlp4DebugParser",
        replacement: Replacement("a print behind a condition", [.plain()]),
        caveats: ["`debug SECTION \"format\" args in e` printed only where STATIC_CAMLP4_DEBUG named the section."])
}
