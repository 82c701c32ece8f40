import Findings
import OCamlSyntax
import Text

/// orm: storage from types.
extension Catalogue {
    static let orm = SyntaxExtension(
        id: "orm", title: "orm: storage from types", findlib: ["orm.syntax"], opam: ["orm"], archives: ["pa_orm"],
        generators: ["orm"], implies: ["dyntype"], replacement: Replacement("nothing: caqti or irmin are other designs")
    )
}
