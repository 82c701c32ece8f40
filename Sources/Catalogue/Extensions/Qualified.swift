import Findings
import OCamlSyntax
import Text

/// pa_qualified: `Q.` before absolute paths.
extension Catalogue {
    static let qualified = SyntaxExtension(
        id: "pa_qualified", title: "pa_qualified: `Q.M.x`, M of outside whatever the file defines",
        findlib: ["pa_qualified"], opam: ["pa_qualified"], archives: ["pa_qualified"], operators: ["Q"],
        implies: ["camlp4"],
        turnedOn: "package(pa_qualified), syntax_camlp4o",
        replacement: Replacement("a module alias at the head of the file", [.plain()]),
        caveats: ["It put a module _Q_<file>_ at the head of the file, in interfaces with `module type of`."],
        rules: [
            Rule(
                "pa_qualified/path", "a path of outside", at: [.valuePath, .constructorPath, .modulePath, .typePath],
                openings: ["Q"],
                examples: [
                    .reported("let f = «Q.List.map»"), .ordinary("let f = Q.List.map"), .silent("let f = M.Q.x"),
                ]
            ) { node in
                guard node.firstToken.next.kind == .dot, node.previousToken.kind != .dot
                else { return nil }
                let module = node.firstToken.next.next.text
                return Draft(
                    node, .possible,
                    .manual(
                        "put `module \(module)_ = \(module)` at the head of the file and write \(module)_ for Q.\(module)"
                    ))
            }
        ])
}
