import Findings
import OCamlSyntax
import Text

/// sqlexpr: typed SQLite statements.
extension Catalogue {
    static let sqlexpr = SyntaxExtension(
        id: "sqlexpr", title: "sqlexpr: typed SQLite statements", findlib: ["sqlexpr.syntax", "pa_sqlexpr"],
        archives: ["pa_sql"], implies: ["camlp4", "estring"], replacement: "ppx_sqlexpr")
}
