import Findings
import OCamlSyntax
import Text

/// camlp4's list comprehensions.
extension Catalogue {
    static let listComprehension = SyntaxExtension(
        id: "camlp4-listcomprehension", title: "camlp4's list comprehensions", findlib: ["camlp4.listcomprehension"],
        archives: ["Camlp4ListComprehension"], dialects: .comprehensions,
        implies: ["camlp4"],
        replacement: Replacement(
            "List.map, List.filter and List.fold_right",
            [
                .plain()
            ]),
        rules: [
            Rule(
                "camlp4-listcomprehension/comprehension", "a list comprehension", at: [.comprehension],
                examples: [
                    .reported("let a l = «[ x + 1 | x <- l ]»"), .silent("let f r = [ 1 ]; r.x <- 2"),
                ]
            ) { node in
                Draft(node, .certain, .manual("write List.map (fun x -> …) (List.filter (fun x -> …) l)"))
            }
        ])
}
