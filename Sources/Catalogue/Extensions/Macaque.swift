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
        archives: ["pa_macaque", "pa_bananas"], dialects: .macaque, operators: ["#!", "#?"], quotations: macaqueTags,
        implies: ["camlp4"],
        turnedOn: "package(macaque.syntax) with syntax_camlp4o",
        replacement: Replacement("nothing exact: petrol, caqti and pgocaml_ppx are other designs"),
        caveats: [
            "macaque 0.8 still needs camlp4. Its expansion is plain OCaml over the module Sql, and can be kept instead."
        ],
        rules: [
            .manualQuotations(
                "macaque/quotation", "a query of macaque", macaqueTags,
                advice: "nothing replaces macaque exactly: see petrol, caqti or pgocaml_ppx",
                examples: [.reported("let v = «<:view< {u.id} | u in $users$ >>»")]),
            Rule(
                "macaque/access", "the value of a row's field", at: [.macaqueAccess],
                examples: [
                    .rewritten("let f r = «r#!id» + 1", to: "let f r = Sql.get r#id + 1"),
                    .rewritten("let g f r = f «r#?name»", to: "let g f r = f (Sql.getn r#name)"),
                    .ordinary("let f r = r #! id"),
                ]
            ) { node in
                guard node.isWhole, let row = node.firstChild, let field = node.child(.name) else { return nil }
                let call: Template = "\(row.nextToken.next.kind == .bang ? "Sql.get" : "Sql.getn") \(row)#\(field)"
                let isBare: Bool =
                    switch node.parent?.kind {
                    case .letBinding, .infixOperation, .sequence, .tuple, .parenthesised, .matchCase, .recordField: true
                    default: false
                    }
                return Draft(node, .possible, .safe([node.replace(isBare ? call : "(\(call))")]))
            },
        ])
}
