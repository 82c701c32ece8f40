import Findings
import OCamlSyntax
import Text

/// macaque: typed SQL.
extension Catalogue {
    private static let macaqueTags = [
        "table", "view", "value", "select", "insert", "update", "delete", "sequence", "compose",
    ]

    static let macaque = SyntaxExtension(
        id: "macaque", title: "macaque: typed SQL in comprehensions", findlib: ["macaque.syntax"],
        archives: ["pa_macaque", "pa_bananas"], dialects: .macaque, quotations: macaqueTags, implies: ["camlp4"],
        replacement: Replacement("nothing exact: petrol, caqti and pgocaml_ppx are other designs"),
        rules: [
            .manualQuotations(
                "macaque/quotation", "a query of macaque", macaqueTags,
                advice: "nothing replaces macaque exactly: see petrol, caqti or pgocaml_ppx",
                examples: [.reported("let v = «<:view< {u.id} | u in $users$ >>»")])
        ])
}
