import Findings
import OCamlSyntax
import Text

/// sqlexpr: typed SQLite statements.
extension Catalogue {
    static let sqlexpr = SyntaxExtension(
        id: "sqlexpr", title: "sqlexpr: typed SQLite statements", findlib: ["sqlexpr.syntax", "pa_sqlexpr"],
        archives: ["pa_sql"], implies: ["camlp4", "estring"],
        turnedOn: "package(sqlexpr.syntax) with syntax_camlp4o",
        replacement: Replacement(
            "sqlexpr.ppx, later ppx_sqlexpr",
            [
                .from(
                    TargetDate(2014, 12, 31), .ppx("sqlexpr.ppx", of: "sqlexpr", from: "0.5.5", below: "0.9.0"),
                    until: TargetDate(2025, 3, 31)),
                .from(
                    TargetDate(2018, 5, 12), .ppx("ppx_sqlexpr", from: "0.9.0"), .library("sqlexpr", from: "0.9.0"),
                    until: TargetDate(2025, 3, 31)),
            ]),
        caveats: [
            "sql_check\"sqlite\" is [%sqlcheck \"sqlite\"].",
            "sqlexpr and ppx_sqlexpr left the opam repository early in 2025.",
        ],
        rules: [
            Rule(
                "sqlexpr/literal", "a statement of sqlexpr", at: [.taggedString],
                examples: [
                    .rewritten(
                        "let q = «sqlc\"SELECT @s{login} FROM users WHERE id = %d\"»",
                        to: "let q = [%sqlc \"SELECT @s{login} FROM users WHERE id = %d\"]"),
                    .rewritten("let c = «sql_check\"sqlite\"»", to: "let c = [%sqlcheck \"sqlite\"]"),
                    .silent("let q sqlc = sqlc \"SELECT\""),
                ]
            ) { node in
                guard let name = node.child(.name), let point = sqlSpecifiers[name.text] else { return nil }
                let edits = [name.replaceKeyword("[%\(point) "), node.insertBehind("]")]
                let target = node.context.target
                if target < TargetDate(2014, 12, 31) {
                    return Draft(node, .certain, .manual("sqlexpr has no ppx before 0.5.5 (2014-12)"))
                }
                return Draft(
                    node, .certain,
                    target < TargetDate(2025, 3, 31)
                        ? .safe(edits)
                        : .review(
                            edits, ["sqlexpr's ppx left the opam repository early in 2025: pin it, or move to caqti"]))
            }
        ])
}
