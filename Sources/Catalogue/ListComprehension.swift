import Findings
import OCamlSyntax
import Text

/// A comprehension as calls of List's functions: what camlp4's own expansion does (Camlp4ListComprehension).
///
/// Guards filter the source of the generator before them; a pattern that may not match keeps what it matches, by folding from
/// the right.
struct ListComprehension {
    private let context: SourceContext
    private let element: SyntaxNode
    private let items: [SyntaxNode]

    /// Nil where a part is missing, or comments would be lost.
    init?(_ node: SyntaxNode) {
        guard node.isWhole, let element = node.firstChild else { return nil }
        context = node.context
        self.element = element
        items = Array(node.children.dropFirst())
        let kept = [element] + items.flatMap(\.children)
        guard items.first?.kind == .comprehensionGenerator, !node.hasComments(outside: kept),
            items.allSatisfy({ $0.children.count == ($0.kind == .comprehensionGenerator ? 2 : 1) })
        else { return nil }
    }

    /// The call, without parentheses around it.
    var text: Template { text(of: items[...]) }

    private func text(of items: ArraySlice<SyntaxNode>) -> Template {
        guard let generator = items.first, let pattern = generator.firstChild, let source = generator.lastChild else {
            return "[]"
        }
        let guards = items.dropFirst().prefix { $0.kind == .comprehensionGuard }
        let others = items.dropFirst(1 + guards.count)
        var list: Template = "\(source, as: .argument)"
        var isCall = false
        for condition in guards.compactMap(\.firstChild) {
            let inner: Template = isCall ? "(\(list))" : list
            list =
                pattern.isIrrefutable
                ? "List.filter (fun \(parameter: pattern) -> \(condition)) \(inner)"
                : "List.filter (function \(pattern) -> \(condition) | _ -> false) \(inner)"
            isCall = true
        }
        if !others.isEmpty {
            return "List.concat (\(mapped(pattern, text(of: others), isElement: false, isCall ? "(\(list))" : list)))"
        }
        if pattern.kind == .valuePath, pattern.text == element.text {
            return isCall ? list : "\(source)"
        }
        return mapped(pattern, "\(element)", isElement: true, isCall ? "(\(list))" : list)
    }

    private func mapped(_ pattern: SyntaxNode, _ value: Template, isElement: Bool, _ list: Template) -> Template {
        if pattern.isIrrefutable { return "List.map (fun \(parameter: pattern) -> \(value)) \(list)" }
        let item = context.freshName("item")
        let rest = context.freshName("rest")
        let isBare = isElement && element.expressionLevel >= .application
        let head: Template = isBare ? value : "(\(value))"
        return
            "List.fold_right (fun \(item) \(rest) -> match \(item) with \(pattern) -> \(head) :: \(rest) | _ -> \(rest)) \(list) []"
    }
}
