import Findings
import OCamlSyntax
import Text

/// PG'OCaml: SQL statements checked against the database.
extension Catalogue {
    static let pgocaml = SyntaxExtension(
        id: "pgocaml", title: "PG'OCaml: SQL checked at compile time",
        findlib: ["pgocaml.syntax", "pgocaml.statements"],
        archives: ["pa_pgsql"], dialects: .pgocaml, keywords: ["PGSQL"], implies: ["camlp4"],
        replacement: Replacement(
            "pgocaml_ppx",
            [
                .from(TargetDate(2019, 11, 15), .ppx("pgocaml_ppx", from: "4.0"), .library("pgocaml", from: "4.0"))
            ]),
        rules: [
            Rule(
                "pgocaml/pgsql", "a statement of PG'OCaml", at: [.pgsqlExpression], words: ["PGSQL"],
                examples: [.reported("let f dbh = «PGSQL(dbh) \"select 1\"»"), .ordinary("let x = PGSQL")]
            ) { node in
                Draft(node, node.isWhole ? .likely : .possible, .manual("write [%pgsql dbh \"…\"]"))
            }
        ])
}
