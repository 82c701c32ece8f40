import Findings
import OCamlSyntax
import Text

/// orm: storage from types.
extension Catalogue {
    static let orm = SyntaxExtension(
        id: "orm", title: "orm: storage from types", findlib: ["orm.syntax"], opam: ["orm"], archives: ["pa_orm"],
        generators: ["orm"], implies: ["dyntype"],
        turnedOn:
            "package(orm.syntax) with syntax(camlp4o) in _tags, -package orm.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement("nothing: caqti or irmin are other designs"),
        caveats: ["Nothing comes near: the tables have to be written by hand."]
    )
}
