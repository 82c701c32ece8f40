import Findings
import OCamlSyntax
import Text

/// froc: `lft` and `lbt`.
extension Catalogue {
    static let froc = SyntaxExtension(
        id: "froc", title: "froc: functional reactive programming with `lft` and `lbt`", findlib: ["froc.syntax"],
        archives: ["pa_froc"], dialects: .froc, keywords: ["lft", "lbt"], implies: ["camlp4"],
        turnedOn: "package(froc.syntax)", replacement: Replacement("calls of Froc.bind and Froc.blift", [.plain()]),
        caveats: ["lbt is Froc.bind, lft is Froc.blift; with n bindings bind2 … and blift2 …, up to what Froc has."],
        rules: [
            Rule(
                "froc/let", "a binding of froc", at: [.frocLet], words: ["lft", "lbt"],
                examples: [
                    .rewritten(
                        "let f a b = «lft x = a and y = b in x + y»",
                        to: "let f a b = Froc.blift2 a b (fun x y -> x + y)"),
                    .rewritten(
                        "let f a g = «lbt (x, _) = a in g x»", to: "let f a g = Froc.bind a (fun (x, _) -> g x)"),
                    .ordinary("let lft = 1\nlet f lbt = lbt + lft"),
                ]
            ) { node in
                let bindings = node.children.filter { $0.kind == .letBinding }
                let sides = bindings.map(\.children)
                guard node.isWhole, let body = node.lastChild, sides.allSatisfy({ $0.count == 2 }), !bindings.isEmpty,
                    !node.hasComments(outside: sides.flatMap(\.self) + [body])
                else {
                    return Draft(node, .likely, .manual("write Froc.bind a (fun x -> …) or Froc.blift a (fun x -> …)"))
                }
                let name = node.firstToken.reads("lbt") ? "Froc.bind" : "Froc.blift"
                var call: Template = "\(name)\(bindings.count == 1 ? "" : String(bindings.count))"
                for side in sides { call.pieces += (" \(side[1], as: .argument)" as Template).pieces }
                var patterns: Template = ""
                for side in sides { patterns.pieces += (" \(parameter: side[0])" as Template).pieces }
                return Draft(node, .likely, .safe([node.replace("\(call) (fun\(patterns) -> \(body))")]))
            }
        ])
}
