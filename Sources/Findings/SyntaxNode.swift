package import OCamlSyntax
package import Text

/// A node of a source's tree as rules see it.
package struct SyntaxNode: Sendable {
    package let context: SourceContext
    package let index: Int

    package init(_ context: SourceContext, _ index: Int) {
        self.context = context
        self.index = index
    }

    package var kind: NodeKind { context.tree.kind(index) }
    package var range: ByteRange { context.tree.range(index) }
    package var text: String { context.text(range) }
    package var bytes: ArraySlice<UInt8> { context.bytes(range) }
    package var isEmpty: Bool { context.tree.tokens(of: index).isEmpty }

    // MARK: Around

    package var parent: SyntaxNode? { context.parent(of: index).map { SyntaxNode(context, $0) } }

    /// The nodes around it, the nearest first, the file last.
    package var ancestors: UnfoldSequence<SyntaxNode, SyntaxNode?> {
        sequence(state: parent) { next in
            let node = next
            next = node?.parent
            return node
        }
    }

    /// The nearest node around it of one of these kinds.
    package func enclosing(_ kinds: NodeKind...) -> SyntaxNode? {
        var node = parent
        while let found = node {
            if kinds.contains(found.kind) { return found }
            node = found.parent
        }
        return nil
    }

    /// The structure or signature item in which it stands, itself perhaps: a child of a file, structure or signature.
    package var item: SyntaxNode {
        var node = self
        while let parent = node.parent {
            if parent.holdsItems { return node }
            node = parent
        }
        return node
    }

    /// Whether its children are items of a structure or signature.
    package var holdsItems: Bool {
        switch kind {
        case .implementation, .interface, .structureBody, .signatureBody: true
        default: false
        }
    }

    /// Whether it is an item of a structure or signature.
    package var isItem: Bool { parent?.holdsItems ?? false }

    // MARK: Below

    package var children: [SyntaxNode] {
        context.tree.children(of: index).map { SyntaxNode(context, $0) }
    }

    /// Nil for a leaf.
    package var firstChild: SyntaxNode? {
        context.tree.subtree(index).count > 1 ? SyntaxNode(context, index + 1) : nil
    }

    package var lastChild: SyntaxNode? { children.last }

    /// The children without the keywords of extensions: patterns, expressions, names, cases, in the order of the source.
    package var parts: [SyntaxNode] { children.filter { $0.kind != .keyword } }

    package func child(_ kind: NodeKind) -> SyntaxNode? { children.first { $0.kind == kind } }

    /// The first child that begins behind `token`.
    package func child(after token: SyntaxToken) -> SyntaxNode? {
        children.first { $0.range.start >= token.range.end }
    }

    /// The last child that ends before `token`.
    package func child(before token: SyntaxToken) -> SyntaxNode? {
        children.last { $0.range.end <= token.range.start }
    }

    /// Whether all that its grammar wants is there: no missing or unexpected part of its own. Parts of parts may be
    /// damaged all the same.
    package var isWhole: Bool {
        children.allSatisfy { child in
            switch child.kind {
            case .missing, .unexpected, .tooDeep: false
            case .letBinding, .matchCase, .streamCase, .recordField, .fieldDeclaration, .cstructField,
                .cenumConstructor,
                .generator:
                child.children.allSatisfy { ![.missing, .unexpected, .tooDeep].contains($0.kind) }
            default: true
            }
        }
    }

    // MARK: Tokens

    package var firstToken: SyntaxToken { SyntaxToken(context, context.tree.tokens(of: index).lowerBound) }
    package var lastToken: SyntaxToken { SyntaxToken(context, context.tree.tokens(of: index).upperBound - 1) }
    /// The token behind it, blanks and comments skipped.
    package var nextToken: SyntaxToken {
        SyntaxToken(context, context.tokens.significant(from: context.tree.tokens(of: index).upperBound))
    }
    /// The token before it, blanks and comments skipped.
    package var previousToken: SyntaxToken { firstToken.previous }

    /// All its tokens that are neither blanks nor comments, those of its children included.
    package var allTokens: [SyntaxToken] {
        context.tree.tokens(of: index).compactMap { place in
            context.tokens.kind(place).isTrivia ? nil : SyntaxToken(context, place)
        }
    }

    /// The tokens that belong to it and to none of its children: keywords, operators, brackets, names it has no node for.
    package var ownTokens: [SyntaxToken] {
        var tokens: [SyntaxToken] = []
        var place = context.tree.tokens(of: index).lowerBound
        let end = context.tree.tokens(of: index).upperBound
        func take(until limit: Int) {
            while place < limit {
                if !context.tokens.kind(place).isTrivia { tokens.append(SyntaxToken(context, place)) }
                place += 1
            }
        }
        for child in context.tree.children(of: index) {
            let inner = context.tree.tokens(of: child)
            take(until: min(inner.lowerBound, end))
            place = max(place, inner.upperBound)
        }
        take(until: end)
        return tokens
    }

    /// Its own token of this kind, the first of them.
    package func token(_ kind: TokenKind) -> SyntaxToken? { ownTokens.first { $0.kind == kind } }

    /// Its own token or keyword that reads so, the first of them: `finally`, `THEN`, `>>`.
    package func word(_ text: StaticString) -> SyntaxToken? {
        if let token = ownTokens.first(where: { $0.reads(text) }) { return token }
        return children.first { $0.kind == .keyword && $0.reads(text) }?.firstToken
    }

    /// Whether it is a single token that reads so.
    package func reads(_ text: StaticString) -> Bool {
        let tokens = context.tree.tokens(of: index)
        return tokens.count == 1 && context.tokens.text(tokens.lowerBound, equals: text)
    }

    /// The operator of an infix operation.
    package var infixOperator: SyntaxToken? {
        guard kind == .infixOperation || kind == .hashOperation, let left = firstChild else { return nil }
        return left.nextToken
    }

    /// Whether comments stand in it outside of `kept`: what a template that keeps only those would lose.
    package func hasComments(outside kept: [SyntaxNode]) -> Bool {
        context.tree.tokens(of: index).contains { place in
            guard context.tokens.kind(place).isComment else { return false }
            let range = context.tokens.range(place)
            return !kept.contains { $0.range.contains(range) }
        }
    }
}

// MARK: - Parentheses

/// Where an expression is to stand.
package enum ExpressionPosition: Sendable {
    /// Between brackets of its own, or as the last thing there: anything may stand there.
    case whole
    /// Where a `;`, `,` or `|` may follow: an element of a list, a field, a body that is not the last thing.
    case element
    /// To the left of an infix operator of that level.
    case leftOperand(ExpressionLevel)
    /// To the right of an infix operator of that level.
    case rightOperand(ExpressionLevel)
    /// An argument, a function that is applied, the object of an access.
    case argument
}

extension ExpressionPosition {
    /// Whether an expression of that level, put there, needs parentheses around it.
    ///
    /// - Parameter isOpen: whether it ends with a body that would take in what is put behind it.
    package func needsParentheses(_ level: ExpressionLevel, isOpen: Bool = false) -> Bool {
        switch self {
        case .whole: false
        case .element: level <= .sequence || isOpen
        case .leftOperand(let operation), .rightOperand(let operation): level <= operation || isOpen
        case .argument: level < .access
        }
    }
}

extension SyntaxNode {
    /// How tightly the expression holds together.
    package var expressionLevel: ExpressionLevel { context.tree.expressionLevel(of: index) }

    /// Whether the expression ends with a body that would take in what is put behind it: `fun x -> …`, `match …`.
    package var isOpenToTheRight: Bool { context.tree.isOpenToTheRight(index) }

    /// Whether the expression, put there, needs parentheses around it.
    package func needsParentheses(as position: ExpressionPosition) -> Bool {
        position.needsParentheses(expressionLevel, isOpen: isOpenToTheRight)
    }

    /// What the node around it asks of the expression that stands in its place.
    package var place: ExpressionPosition {
        guard let parent else { return .whole }
        let isFirst = parent.firstChild?.index == index
        switch parent.kind {
        case .application, .constructorApplication, .labelledArgument, .assert, .lazy, .prefixOperation, .attributed:
            return .argument
        case .fieldAccess, .indexAccess, .methodCall, .hashOperation, .jsAccess, .jsMethodCall, .jsAssignment:
            return isFirst ? .argument : .whole
        case .infixOperation, .consOperation, .tuple, .assignment, .signOperation:
            let level = parent.expressionLevel
            return isFirst ? .leftOperand(level) : .rightOperand(level)
        case .sequence: return nextToken.kind == .semicolon ? .element : .whole
        case .if: return isFirst ? .whole : .element
        case .list, .array, .recordField, .record, .objectCopy: return .element
        default: return .whole
        }
    }

    /// Whether it is an argument that needs no brackets around it, nor has any: a plain name.
    package var isPlainName: Bool {
        kind == .valuePath && context.tree.tokens(of: index).count == 1 && firstToken.kind == .lowercaseIdentifier
    }

    /// Whether it begins and ends with brackets of its own.
    package var isBracketed: Bool {
        switch kind {
        case .parenthesised, .constrained, .list, .array, .record, .objectCopy, .packedModule, .extensionNode,
            .eliomClientValue, .eliomSharedValue, .quotation:
            true
        case .constructorPath: reads("()") || firstToken.kind == .leftParen
        default: false
        }
    }
}
