/// Collects nodes as the parser completes them, children before parents, and turns them into preorder at the end.
///
/// Completing a parent after its children lets an operator wrap what was already read to its left for nothing.
struct TreeBuilder {
    /// Where a node may begin: behind `node` nodes so far, at token `token`.
    struct Mark {
        var node: Int
        var token: Int
    }

    private struct Node {
        /// The first node of the subtree, in the order of completion.
        var subtreeStart: UInt32
        var first: UInt32
        var last: UInt32
        var kind: NodeKind
    }

    /// One array of whole nodes while the tree grows: one append a node.
    private var nodes: [Node] = []

    init(capacity: Int) {
        nodes.reserveCapacity(capacity)
    }

    @inline(__always)
    var count: Int { nodes.count }

    /// The kind of the node completed last.
    var lastKind: NodeKind? { nodes.last?.kind }

    /// Completes a node over everything since `mark`, up to, without, token `end`.
    @inline(__always)
    mutating func close(_ kind: NodeKind, from mark: Mark, to end: Int) {
        nodes.append(
            Node(
                subtreeStart: UInt32(truncatingIfNeeded: mark.node), first: UInt32(truncatingIfNeeded: mark.token),
                last: UInt32(truncatingIfNeeded: max(mark.token, end)), kind: kind))
    }

    /// Renames the node completed last.
    mutating func renameLast(_ kind: NodeKind) {
        guard let last = nodes.indices.last else { return }
        nodes[last].kind = kind
    }

    /// The tree, with token indices translated by `significant` (grammar token to file token).
    ///
    /// Going backwards through completed nodes meets every parent before its children, last child first, so each knows
    /// its place in preorder from the sizes alone.
    func tree(
        tokens: TokenList, significant: [UInt32], errors: [SyntaxError], dialects: Dialects
    ) -> SyntaxTree {
        let count = nodes.count
        var newKinds = [NodeKind](repeating: .unexpected, count: count)
        var ends = [UInt32](repeating: 0, count: count)
        var newFirst = ends
        var newLast = ends
        // For each open parent: the place behind its next child, the first node of its subtree, and its own place.
        var open: [(end: Int, start: Int, place: Int)] = [(count, 0, -1)]
        for node in stride(from: count - 1, through: 0, by: -1) {
            while open.count > 1, let top = open.last, node < top.start { open.removeLast() }
            let entry = nodes[node]
            let start = Int(entry.subtreeStart)
            let size = node - start + 1
            let place = open[open.count - 1].end - size
            open[open.count - 1].end = place
            newKinds[place] = entry.kind
            ends[place] = UInt32(truncatingIfNeeded: place + size)
            if entry.last > entry.first {
                newFirst[place] = significant[Int(entry.first)]
                newLast[place] = significant[Int(entry.last) - 1] + 1
            } else {
                // An empty node stands before the next token, or where its parent ends if that is earlier.
                let parent = open[open.count - 1].place
                newFirst[place] = min(significant[Int(entry.first)], parent >= 0 ? newLast[parent] : UInt32.max)
                newLast[place] = newFirst[place]
            }
            open.append((place + size, start, place))
        }
        // The file has everything, leading and trailing blanks included.
        if count > 0 {
            newFirst[0] = 0
            newLast[0] = UInt32(truncatingIfNeeded: tokens.count)
        }
        return SyntaxTree(
            tokens: tokens, kinds: newKinds, subtreeEnds: ends, first: newFirst, last: newLast, errors: errors,
            dialects: dialects)
    }
}
