import Findings
import OCamlSyntax
import Text

/// sqlexpr: typed SQLite statements.
extension Catalogue {
    static let sqlexpr = SyntaxExtension(
        id: "sqlexpr", title: "sqlexpr: typed SQLite statements", findlib: ["sqlexpr.syntax", "pa_sqlexpr"],
        archives: ["pa_sql"], implies: ["camlp4", "estring"],
        replacement: Replacement(
            "sqlexpr.ppx, later ppx_sqlexpr",
            [
                .from(
                    TargetDate(2014, 12, 31), .ppx("sqlexpr.ppx", of: "sqlexpr", from: "0.5.5", below: "0.9.0"),
                    until: TargetDate(2025, 3, 31)),
                .from(
                    TargetDate(2018, 5, 12), .ppx("ppx_sqlexpr", from: "0.9.0"), .library("sqlexpr", from: "0.9.0"),
                    until: TargetDate(2025, 3, 31)),
            ]))
}
