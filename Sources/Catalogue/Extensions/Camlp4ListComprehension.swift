import Findings
import OCamlSyntax
import Text

/// camlp4's list comprehensions.
extension Catalogue {
    static let listComprehension = SyntaxExtension(
        id: "camlp4-listcomprehension", title: "camlp4's list comprehensions", findlib: ["camlp4.listcomprehension"],
        archives: ["Camlp4ListComprehension"], dialects: .comprehensions,
        implies: ["camlp4"],
        turnedOn: "package(camlp4.listcomprehension); camlp4of, camlp4oof and camlp4orf have it on",
        replacement: Replacement(
            "List.map, List.filter and List.fold_right",
            [
                .plain()
            ]), caveats: ["[ x | x <- l ] is l itself."],
        rules: [
            Rule(
                "camlp4-listcomprehension/comprehension", "a list comprehension", at: [.comprehension],
                examples: [
                    .rewritten("let a l = «[ x + 1 | x <- l ]»", to: "let a l = List.map (fun x -> x + 1) l"),
                    .rewritten(
                        "let b l m = f «[ (x, y) | x <- l; y <- m; x < y ]»",
                        to:
                            "let b l m = f (List.concat (List.map (fun x -> List.map (fun y -> (x, y)) (List.filter (fun y -> x < y) m)) l))"
                    ),
                    .rewritten("let d l = «[ x | x <- l; x > 1 ]»", to: "let d l = List.filter (fun x -> x > 1) l"),
                    .rewritten(
                        "let c l = «[ x + 1 | Some x <- l ]»",
                        to:
                            "let c l = List.fold_right (fun item rest -> match item with Some x -> (x + 1) :: rest | _ -> rest) l []"
                    ),
                    .rewritten(
                        "let c l = «[ x | Some x <- l; x > 1 ]»",
                        to:
                            "let c l = List.fold_right (fun item rest -> match item with Some x -> x :: rest | _ -> rest) (List.filter (function Some x -> x > 1 | _ -> false) l) []"
                    ),
                    .silent("let f r = [ 1 ]; r.x <- 2"),
                ]
            ) { node in
                // The bracketed ones with question marks are pa_comprehension's.
                if node.firstToken.next.kind == .question { return nil }
                guard let text = ListComprehension(node)?.text else {
                    return Draft(
                        node, .certain, .manual("write List.map (fun x -> …) (List.filter (fun x -> …) l)"))
                }
                return Draft(node, .certain, .safe([node.replace(node.standsAlone ? text : "(\(text))")]))
            }
        ])
}
