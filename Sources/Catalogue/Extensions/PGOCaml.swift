import Findings
import OCamlSyntax
import Text

/// PG'OCaml: SQL statements checked against the database.
extension Catalogue {
    static let pgocaml = SyntaxExtension(
        id: "pgocaml", title: "PG'OCaml: SQL checked at compile time",
        findlib: ["pgocaml.syntax", "pgocaml.statements"],
        archives: ["pa_pgsql"], dialects: .pgocaml, keywords: ["PGSQL"], implies: ["camlp4"],
        turnedOn: "package(pgocaml.syntax) with syntax_camlp4o",
        replacement: Replacement(
            "pgocaml_ppx",
            [
                .from(TargetDate(2019, 11, 15), .ppx("pgocaml_ppx", from: "4.0"), .library("pgocaml", from: "4.0"))
            ]), caveats: ["The statements are checked against a database while compiling, before and after."],
        rules: [
            Rule(
                "pgocaml/pgsql", "a statement of PG'OCaml", at: [.pgsqlExpression], words: ["PGSQL"],
                examples: [
                    .rewritten(
                        "let f dbh name = «PGSQL(dbh) \"select id from t where name = $name\"»",
                        to: "let f dbh name = [%pgsql dbh \"select id from t where name = $name\"]"),
                    .rewritten(
                        "let f c = «PGSQL (get c) \"execute\" \"create temp table t ()\"»",
                        to: "let f c = [%pgsql (get c) \"execute\" \"create temp table t ()\"]"),
                    .ordinary("let x = PGSQL"),
                ]
            ) { node in
                guard node.isWhole, let handle = node.parts.first, let open = node.token(.leftParen),
                    let close = node.token(.rightParen), handle.kind != .constant
                else { return Draft(node, .possible, .manual("write [%pgsql dbh \"…\"]")) }
                guard node.context.target >= TargetDate(2019, 11, 15) else {
                    return Draft(
                        node, .likely,
                        .manual("pgocaml_ppx came with PG'OCaml 4.0 (2019-11-15): then write [%pgsql \(handle.text) …]")
                    )
                }
                let isBare = !handle.needsParentheses(as: .argument)
                var edits = [
                    node.context.replace(
                        ByteRange(node.range.start, open.range.end), isBare ? "[%pgsql " : "[%pgsql ("),
                    isBare ? close.delete() : close.replace(")"), node.insertBehind("]"),
                ]
                if handle.range.start > open.range.end {
                    edits.append(Edit(ByteRange(open.range.end, handle.range.start), ""))
                }
                return Draft(node, .likely, .safe(edits))
            }
        ])
}
