/// How tightly an expression holds together: what tells whether it needs parentheses in another place.
///
/// The numbers are those of `Precedence`, with applications and what is tighter above them.
package struct ExpressionLevel: Comparable, Hashable, Sendable {
    package let rawValue: UInt8

    /// `a; b`.
    package static let sequence = ExpressionLevel(rawValue: Precedence.sequence)
    /// `let … in`, `fun`, `match` and their like.
    package static let body = ExpressionLevel(rawValue: Precedence.element)
    package static let conditional = ExpressionLevel(rawValue: Precedence.conditional)
    /// `a <- b`.
    package static let leftArrow = ExpressionLevel(rawValue: Precedence.leftArrow)
    /// `a := b`.
    package static let assignment = ExpressionLevel(rawValue: Precedence.assignment)
    package static let tuple = ExpressionLevel(rawValue: Precedence.tuple)
    /// `=`, `<`, `>>=`, `>>`, `|>`, `$`, `&…`.
    package static let comparison = ExpressionLevel(rawValue: Precedence.comparison)
    package static let cons = ExpressionLevel(rawValue: Precedence.cons)
    /// `- a`.
    package static let sign = ExpressionLevel(rawValue: Precedence.sign)
    /// `f x`, `C x`, `assert e`, `lazy e`; loops too, which are no arguments either.
    package static let application = ExpressionLevel(rawValue: 20)
    /// `a.b`, `a#m`, `!a`.
    package static let access = ExpressionLevel(rawValue: 21)
    /// Names, constants, brackets.
    package static let atom = ExpressionLevel(rawValue: 22)

    package static func < (left: ExpressionLevel, right: ExpressionLevel) -> Bool { left.rawValue < right.rawValue }
}

extension SyntaxTree {
    /// The level of the expression at `node`.
    package func expressionLevel(of node: Int) -> ExpressionLevel {
        switch kind(node) {
        case .sequence: .sequence
        case .if: .conditional
        case .assignment, .jsAssignment: .leftArrow
        case .tuple: .tuple
        case .infixOperation: infixLevel(of: node)
        case .consOperation: .cons
        case .signOperation: .sign
        case .attributed: ExpressionLevel(rawValue: Precedence.attribute)
        case .application, .constructorApplication, .assert, .lazy, .while, .for, .object, .lwtWhile, .lwtFor,
            .lwtForIn,
            .jsObject, .jsNew, .pgsqlExpression, .interpolation, .bitstringConstructor:
            .application
        case .fieldAccess, .indexAccess, .methodCall, .hashOperation, .prefixOperation, .jsAccess, .jsMethodCall,
            .derivedMethod, .macaqueAccess:
            .access
        case .valuePath, .constructorPath, .constant, .quotation, .variantTag, .parenthesised, .constrained,
            .localOpen, .list, .array, .record, .objectCopy, .packedModule, .extensionNode, .new, .comprehension,
            .streamExpression, .eliomClientValue, .eliomSharedValue, .eliomInjection, .taggedString:
            .atom
        default: .body
        }
    }

    /// Whether what stands behind the expression could become part of it: it ends with a body that reaches to the right.
    package func isOpenToTheRight(_ node: Int) -> Bool {
        var node = node
        while true {
            switch kind(node) {
            case .infixOperation, .consOperation, .assignment, .jsAssignment, .tuple, .sequence, .signOperation:
                guard let last = children(of: node).last else { return false }
                node = last
            default:
                let level = expressionLevel(of: node)
                return level == .body || level == .conditional
            }
        }
    }

    /// By the operator, which is the first token between the two operands that is no blank.
    private func infixLevel(of node: Int) -> ExpressionLevel {
        guard subtree(node).count > 1 else { return .assignment }
        let operatorToken = tokens.significant(from: Int(last[node + 1]))
        let precedence = Precedence.infix(tokens.kind(operatorToken))?.precedence ?? Precedence.assignment
        return ExpressionLevel(rawValue: precedence)
    }
}
