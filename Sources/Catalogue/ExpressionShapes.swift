import Findings
import OCamlSyntax
import Text

/// What rules that write new code have to know of the pieces of old code which they put into it.
extension SyntaxNode {
    /// Whether a pattern matches every value of its type, as far as camlp4 could tell by its shape alone.
    var isIrrefutable: Bool {
        switch kind {
        case .wildcardPattern: true
        case .valuePath: true
        case .constructorPath: reads("()") || text == "( )"
        case .tuple, .parenthesised, .aliasPattern: children.filter(\.isPatternPart).allSatisfy(\.isIrrefutable)
        case .constrained: firstChild?.isIrrefutable ?? false
        default: false
        }
    }

    /// Types and names behind `:` and `as` are no patterns.
    private var isPatternPart: Bool {
        switch kind {
        case .name, .typePath, .arrowType, .tupleType, .typeVariable: false
        default: true
        }
    }

    /// Whether the expression ends with cases, so that a `|` behind it would begin another one of them.
    var endsInCases: Bool {
        switch kind {
        case .match, .try, .function, .lwtMatch, .lwtTry, .streamParser, .lexerDefinition, .bitstringMatch, .letTry:
            true
        case .letExpression, .letModule, .letOpen, .letException, .fun, .sequence, .infixOperation, .if, .tuple,
            .assignment,
            .consOperation, .matchCase, .lwtLet, .localOpenIn, .macroLet, .monadExpression, .streamCase, .lwtRaise,
            .assert, .lazy:
            lastChild?.endsInCases ?? false
        default: false
        }
    }

    /// Whether an application may stand in the node's place without parentheses.
    var standsAlone: Bool {
        switch parent?.kind {
        case .letBinding, .infixOperation, .sequence, .tuple, .parenthesised, .matchCase, .streamCase, .recordField,
            .if,
            .expressionItem, .list, .array, .fun, .letExpression:
            true
        default: false
        }
    }

    /// The comments in it that stand in none of `kept`.
    func comments(outside kept: [SyntaxNode]) -> [ByteRange] {
        context.tree.tokens(of: index).compactMap { place in
            guard context.tokens.kind(place).isComment else { return nil }
            let range = context.tokens.range(place)
            return kept.contains { $0.range.contains(range) } ? nil : range
        }
    }
}

extension Template {
    static func + (left: Template, right: Template) -> Template {
        var sum = left
        sum.pieces += right.pieces
        return sum
    }

    static func += (left: inout Template, right: Template) { left.pieces += right.pieces }
}
