package import OCamlSyntax
import Text

/// What every list of tokens and every tree keeps, whatever the bytes: for tests and for the fuzzer.
package enum TreeSoundness {
    /// What is wrong in any of the trees that these bytes give, as implementation and as interface: read by stock's
    /// grammar, by camlp4's, with every dialect, and with those that the content shows. nil where all are sound.
    package static func flaw(in bytes: [UInt8]) -> String? {
        for interface in [false, true] {
            for dialects in [[], .camlp4, .all, nil] as [Dialects?] {
                let tree = Syntax.tree(bytes, interface: interface, dialects: dialects)
                if let flaw = flaw(in: tree, of: bytes) { return flaw }
            }
        }
        return nil
    }

    /// What is wrong in `tree`, which was read from `bytes`.
    package static func flaw(in tree: SyntaxTree, of bytes: [UInt8]) -> String? {
        flaw(in: tree.tokens, of: bytes) ?? flawInNodes(of: tree)
    }

    private static func flaw(in tokens: TokenList, of bytes: [UInt8]) -> String? {
        guard tokens.bytes == bytes else { return "the bytes are others" }
        guard tokens.kinds.count == tokens.ends.count else { return "a kind for every end" }
        var end = 0
        for index in 0..<tokens.count {
            guard tokens.start(index) == end, tokens.end(index) > end else { return "token \(index) does not tile" }
            end = tokens.end(index)
        }
        return end == bytes.count ? nil : "the tokens end at \(end) of \(bytes.count)"
    }

    private static func flawInNodes(of tree: SyntaxTree) -> String? {
        guard tree.subtree(0) == 0..<tree.count, tree.tokens(of: 0) == 0..<tree.tokens.count else {
            return "the root does not hold everything"
        }
        var open: [Int] = []
        // Behind the last token of all nodes that are complete.
        var done = 0
        for node in 0..<tree.count {
            let subtree = tree.subtree(node)
            guard subtree.upperBound > node, subtree.upperBound <= tree.count else { return "node \(node) has no end" }
            while let last = open.last, tree.subtree(last).upperBound <= node {
                done = max(done, tree.tokens(of: last).upperBound)
                open.removeLast()
            }
            let inner = tree.tokens(of: node)
            if let parent = open.last {
                let outer = tree.tokens(of: parent)
                guard subtree.upperBound <= tree.subtree(parent).upperBound, inner.lowerBound >= outer.lowerBound,
                    inner.upperBound <= outer.upperBound
                else { return "node \(node) \(tree.kind(node)) reaches out of its parent" }
            }
            guard inner.isEmpty || inner.lowerBound >= done else {
                return "node \(node) \(tree.kind(node)) overlaps one before it"
            }
            open.append(node)
        }
        guard tree.errors.allSatisfy({ (0...tree.tokens.count).contains($0.token) }) else {
            return "an error stands outside the file"
        }
        return nil
    }
}
