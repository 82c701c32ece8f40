/// Whether camlp4 itself would take a file that was read with its dialects on.
///
/// The relaxed grammar also takes what only stock OCaml knows, since files occur that have both; this looks for that in
/// the finished tree.
extension SyntaxTree {
    /// Why camlp4 would not take the file; nil if it would, as far as its own syntax and the dialects of the tree go.
    package var rejectionByCamlp4: SyntaxError? {
        var rejections = errors
        rejections += tokens.errors.map { SyntaxError(token: $0, reason: "\(tokens.kind($0))") }
        var parents: [(end: Int, kind: NodeKind, node: Int)] = []
        for node in 0..<count {
            while let last = parents.last, last.end <= node { parents.removeLast() }
            if let reason = refused(node, in: parents.last?.kind) {
                rejections.append(SyntaxError(token: tokens(of: node).lowerBound, reason: reason))
            }
            parents.append((subtree(node).upperBound, kinds[node], node))
        }
        if let token = strayKeywordExtension { rejections.append(SyntaxError(token: token, reason: "an extension")) }
        return rejections.min { $0.token < $1.token }
    }

    /// What of `node` camlp4 knows nothing of.
    private func refused(_ node: Int, in parent: NodeKind?) -> String? {
        switch kinds[node] {
        case .extensionNode, .extensionItem: return "an extension node"
        case .itemAttribute, .floatingAttribute: return "an attribute of an item"
        case .openedPattern: return "a module opened in a pattern"
        case .effectPattern, .labelledElement, .openedType, .shortFunctorType: return "syntax that is later than camlp4"
        case .recordType: return parent == .constructorDeclaration ? "a record as a constructor's argument" : nil
        case .valueItem:
            return parent == .implementation || parent == .structureBody ? "a specification in a structure" : nil
        case .typeDeclaration: return hasNoConstructor(node) ? "a type without constructors" : nil
        case .implementation, .structureBody, .interface, .signatureBody:
            return hasLoneSeparator(node) ? ";; that ends nothing" : nil
        default: return nil
        }
    }

    /// `type t = |`.
    private func hasNoConstructor(_ node: Int) -> Bool {
        ownTokens(of: node).last.map { tokens.kind($0) == .bar && $0 == tokens(of: node).upperBound - 1 } ?? false
    }

    /// Whether a `;;` stands at the start or behind another one.
    private func hasLoneSeparator(_ node: Int) -> Bool {
        let own = ownTokens(of: node).filter { tokens.kind($0) == .semicolonSemicolon }
        let items = children(of: node).map { tokens(of: $0).lowerBound }
        var previous = -1
        for separator in own {
            if !items.contains(where: { $0 > previous && $0 < separator }) { return true }
            previous = separator
        }
        return false
    }

    /// `let%foo`, `begin%foo`.
    private var strayKeywordExtension: Int? {
        guard !dialects.contains(.eliom) else { return nil }
        for index in 1..<max(tokens.count, 1) where tokens.kind(index) == .percent {
            if tokens.kind(index - 1).isKeyword, tokens.kind(index - 1) != .wordOperator3 { return index }
        }
        return nil
    }
}
