import Findings
import OCamlSyntax
import Text

/// duppy: a monad's keywords.
extension Catalogue {
    static let duppy = SyntaxExtension(
        id: "duppy", title: "duppy: a scheduler's monad with keywords", findlib: ["duppy.syntax"],
        archives: ["pa_duppy"],
        dialects: .duppy, keywords: ["duppy", "duppy_return", "duppy_raise", "duppy_try", "duppy_do"],
        implies: ["camlp4"],
        turnedOn: "package(duppy.syntax); Liquidsoap ran it by hand on *.camlp4 files",
        replacement: Replacement("calls of Duppy.Monad", [.always(.library("duppy"))]),
        caveats: ["`and` evaluates all right sides before the first bind, as let … and … does."],
        rules: [
            Rule(
                "duppy/keyword", "a keyword of duppy", at: [.duppyExpression],
                words: ["duppy", "duppy_return", "duppy_raise", "duppy_try", "duppy_do"],
                examples: [
                    .rewritten(
                        "let f t = «duppy x = t () in «duppy_return (x + 1)»»",
                        to: "let f t = Duppy.Monad.bind (t ()) (fun x -> Duppy.Monad.return (x + 1))"),
                    .rewritten(
                        "let g () = «duppy_try «duppy_raise 1» with _ -> «duppy_return 2»»",
                        to:
                            "let g () = Duppy.Monad.catch (Duppy.Monad.raise 1) (function _ -> Duppy.Monad.return 2)"),
                    .reported("let f () = «duppy_do a; b done»"),
                    .ordinary("let duppy = 1\nlet f duppy = duppy + 1"),
                ]
            ) { node in
                Draft(node, .likely, duppyFix(node))
            }
        ])

    private static func duppyFix(_ node: SyntaxNode) -> Fix {
        guard node.isWhole else { return .manual("a part of it is missing: mend that first") }
        let parts = node.parts
        let isPlain = !node.hasComments(outside: parts.flatMap { $0.kind == .letBinding ? $0.children : [$0] })
        if node.firstToken.reads("duppy"), isPlain, parts.count == 2, let body = parts.last {
            let sides = parts[0].children
            if parts[0].kind == .letBinding, sides.count == 2 {
                return .safe([
                    node.replace("Duppy.Monad.bind \(sides[1], as: .argument) (fun \(sides[0]) -> \(body))")
                ])
            }
        }
        if node.firstToken.reads("duppy_return") || node.firstToken.reads("duppy_raise"), let value = parts.first {
            let name = node.firstToken.reads("duppy_return") ? "Duppy.Monad.return" : "Duppy.Monad.raise"
            return .safe([node.replaceKeyword(name)] + value.parenthesise(as: .argument))
        }
        if node.firstToken.reads("duppy_try"), isPlain, parts.count >= 2,
            parts.dropFirst().allSatisfy({ $0.kind == .matchCase }),
            let word = node.token(.with)
        {
            return .safe(
                [node.replaceKeyword("Duppy.Monad.catch")] + parts[0].parenthesise(as: .argument)
                    + [word.replace("(function"), node.insertBehind(")")])
        }
        return .manual("write it with Duppy.Monad.bind, .iter, .fold_left, .run and .Io, as its module has them")
    }
}
