import Findings
import OCamlSyntax
import Text

/// pa_comprehension: comprehensions over any container.
extension Catalogue {
    static let comprehension = SyntaxExtension(
        id: "pa_comprehension", title: "pa_comprehension: comprehensions over any container",
        findlib: ["pa_comprehension", "batteries.pa_comprehension.syntax"], opam: ["pa_comprehension"],
        archives: ["pa_comprehension"], dialects: .enumComprehensions, implies: ["camlp4"],
        turnedOn: "package(pa_comprehension) with syntax_camlp4o",
        replacement: Replacement(
            "map, filter and concat of the container",
            [
                .plain()
            ]), caveats: ["The module is Enum where none is given."],
        rules: [
            Rule(
                "pa_comprehension/comprehension", "a comprehension over a container", at: [.comprehension],
                examples: [
                    .rewritten(
                        "let a l = «[? List : x * 2 | x <- List : l; x > 1; x < 9 ?]»",
                        to: "let a l = List.map (fun x -> x * 2) (List.filter (fun x -> x > 1 && x < 9) l)"),
                    .reported("let a l = «[? x | x <- List : l; y <- l ?]»"), .silent("let f x = [ x ]"),
                ]
            ) { node in
                guard node.firstToken.next.kind == .question else { return nil }
                return Draft(node, .certain, comprehensionFix(node))
            }
        ])

    /// One generator of a pattern that always matches, over the container that is made.
    private static func comprehensionFix(_ node: SyntaxNode) -> Fix {
        let module = node.firstChild?.kind == .name ? node.firstChild?.text ?? "Enum" : "Enum"
        let advice = Fix.manual(
            "write \(module).map (fun x -> …) (\(module).filter (fun x -> …) e), nested with \(module).concat; other containers "
                + "go through their enum and of_enum")
        let parts = node.children.filter { $0.kind != .name }
        guard node.isWhole, let element = parts.first, parts.count >= 2, parts[1].kind == .comprehensionGenerator,
            let pattern = parts[1].firstChild, let source = parts[1].lastChild, pattern.isIrrefutable,
            (parts[1].child(.name)?.text ?? "Enum") == module
        else { return advice }
        let guards = parts.dropFirst(2).compactMap { $0.kind == .comprehensionGuard ? $0.firstChild : nil }
        guard guards.count == parts.count - 2, !node.hasComments(outside: [element, pattern, source] + guards) else {
            return advice
        }
        var list: Template = "\(source, as: .argument)"
        if !guards.isEmpty {
            var condition: Template = ""
            for (place, entry) in guards.enumerated() {
                if place > 0 { condition += " && " }
                condition += guards.count > 1 ? "\(entry, as: .leftOperand(.tuple))" : "\(entry)"
            }
            list = "(\(module).filter (fun \(parameter: pattern) -> \(condition)) \(list))"
        }
        let call: Template = "\(module).map (fun \(parameter: pattern) -> \(element)) \(list)"
        return .review(
            [node.replace(node.standsAlone ? call : "(\(call))")],
            ["the extension called \(module)'s map and filter in the same way: see that they are in scope"])
    }
}
