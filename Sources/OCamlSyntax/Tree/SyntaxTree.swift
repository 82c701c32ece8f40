package import Text

/// The lossless tree of one file: its tokens, and over them nodes in preorder.
///
/// Parallel arrays: node `n` has a kind, the tokens from `first[n]` up to, without, `last[n]`, and its subtree is the
/// nodes from `n` up to, without, `subtreeEnds[n]`. A node neither begins nor ends with blanks or comments; those belong
/// to the node around. Node 0 is the file. Every token is in exactly one leaf position, so the tokens give back the file.
package struct SyntaxTree: Sendable {
    package let tokens: TokenList
    package let kinds: [NodeKind]
    package let subtreeEnds: [UInt32]
    /// Index into `tokens` of the node's first token.
    package let first: [UInt32]
    /// Index into `tokens` behind the node's last token; equal to `first` where the node is empty.
    package let last: [UInt32]
    /// What the grammar did not allow, in the order of the file.
    package let errors: [SyntaxError]
    package let dialects: Dialects

    package var count: Int { kinds.count }

    package func kind(_ node: Int) -> NodeKind {
        kinds.indices.contains(node) ? kinds[node] : .missing
    }

    /// The nodes of the subtree at `node`, itself first.
    package func subtree(_ node: Int) -> Range<Int> {
        guard kinds.indices.contains(node) else { return kinds.count..<kinds.count }
        return node..<Int(subtreeEnds[node])
    }

    /// Indices of the tokens of `node`, blanks and comments between them included.
    package func tokens(of node: Int) -> Range<Int> {
        guard kinds.indices.contains(node) else { return tokens.count..<tokens.count }
        return Int(first[node])..<max(Int(first[node]), Int(last[node]))
    }

    /// The bytes of `node`, from its first token to the end of its last.
    package func range(_ node: Int) -> ByteRange {
        let tokens = tokens(of: node)
        guard !tokens.isEmpty else {
            return ByteRange(self.tokens.start(tokens.lowerBound), self.tokens.start(tokens.lowerBound))
        }
        return ByteRange(self.tokens.start(tokens.lowerBound), self.tokens.end(tokens.upperBound - 1))
    }

    /// The nodes directly below `node`, in order.
    package func children(of node: Int) -> [Int] {
        var children: [Int] = []
        let subtree = subtree(node)
        var child = subtree.lowerBound + 1
        while child < subtree.upperBound {
            children.append(child)
            child = Int(subtreeEnds[child])
        }
        return children
    }

    /// The innermost node that holds the byte at `offset`.
    package func node(atOffset offset: Int) -> Int? {
        guard count > 0, offset >= 0, offset < tokens.bytes.count else { return nil }
        var node = 0
        while true {
            guard let child = children(of: node).first(where: { range($0).contains(offset) }) else { return node }
            node = child
        }
    }

    /// The range that OCaml's own syntax tree gives the node, where it is another than `range`: a case of a match ends there
    /// before the attributes of its expression, since they do not count to the expression.
    package func rangeOfOCaml(_ node: Int) -> ByteRange? {
        guard kinds[node] == .matchCase, var last = children(of: node).last, kinds[last] == .attributed
        else { return nil }
        while kinds[last] == .attributed, let inner = children(of: last).first { last = inner }
        return ByteRange(range(node).start, range(last).end)
    }

    /// Whether stock OCaml takes the file as it stands: nil where it does, else the place and the reason where not.
    ///
    /// Only a tree parsed without dialects over tokens of stock's rules tells.
    package var rejectionByStock: SyntaxError? { firstError }

    /// The first thing, of the lexer's rules or of the grammar, that the dialects of this tree do not allow.
    package var firstError: SyntaxError? {
        let lexical = tokens.errors.first.map { SyntaxError(token: $0, reason: "\(tokens.kind($0))") }
        let syntactic = errors.first
        guard let lexical else { return syntactic }
        guard let syntactic else { return lexical }
        return syntactic.token < lexical.token ? syntactic : lexical
    }
}

/// One thing that the grammar does not allow.
package struct SyntaxError: Hashable, Sendable {
    /// Index of the token at which it shows; the number of tokens at the end of the file.
    package let token: Int
    package let reason: String

    package init(token: Int, reason: String) {
        self.token = token
        self.reason = reason
    }
}
