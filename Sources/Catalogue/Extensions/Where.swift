import Findings
import OCamlSyntax
import Text

/// pa_where: `e where x = a`.
extension Catalogue {
    static let paWhere = SyntaxExtension(
        id: "pa_where", title: "pa_where: `e where x = a`", findlib: ["pa_where", "pa_where.syntax"],
        opam: ["pa_where"],
        archives: ["pa_where"], dialects: .where, implies: ["camlp4"],
        turnedOn: "package(pa_where.syntax) with -syntax camlp4o",
        replacement: Replacement(
            "let … in", [.plain()]),
        caveats: [
            "`a where b where c` is a where (b where c).",
            "ppx_where was there from 2016-02-25 until early 2025; let … in needs no package.",
        ],
        rules: [
            Rule(
                "pa_where/where", "bindings behind what they are for", at: [.whereExpression],
                examples: [
                    .rewritten(
                        "let a b d = «b c where b = d and c = 2»", to: "let a b d = let b = d and c = 2 in b c"),
                    .rewritten(
                        "let f x = «y + z where let y = «x where rec z = 3»»",
                        to: "let f x = let y = let rec z = 3 in x in y + z"),
                    .rewritten("let f x = g (); «y where y = x»", to: "let f x = g (); (let y = x in y)"),
                    .ordinary("let where = 1\nlet f where = where + 1"),
                ]
            ) { node in
                let bindings = node.children.filter { $0.kind == .letBinding }
                guard node.isWhole, let body = node.firstChild, body.kind != .letBinding, let first = bindings.first,
                    let last = bindings.last
                else { return Draft(node, .possible, .manual("write let x = a in e")) }
                if node.hasComments(outside: [body] + bindings) {
                    return Draft(
                        node, .possible, .manual("write let \(first.text) in \(body.text), and keep the comment"))
                }
                let word = first.previousToken.kind == .rec ? "let rec" : "let"
                let context = node.context
                let template: Template =
                    "\(word) \(verbatim: ByteRange(first.range.start, last.range.end), in: context) in \(body)"
                let needsParentheses =
                    node.parent.map { $0.kind == .sequence || $0.kind == .tuple || $0.kind == .if } ?? false
                return Draft(
                    node, .likely, .safe([node.replace(needsParentheses ? "(\(template))" : template)]))
            }
        ])
}
