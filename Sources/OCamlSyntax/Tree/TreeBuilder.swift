/// Collects nodes as the parser completes them, children before parents, and turns them into preorder at the end.
///
/// Completing a parent after its children lets an operator wrap what was already read to its left for nothing.
@safe struct TreeBuilder: ~Copyable {
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

    /// Nodes a block: blocks never move, and are given back one by one while the tree is made.
    private static let blockSize = 4096
    private var blocks: [UnsafeMutablePointer<Node>]
    /// Where the next node goes, and the end of its block.
    private var next: UnsafeMutablePointer<Node>
    private var blockEnd: UnsafeMutablePointer<Node>
    private(set) var count = 0

    init() {
        let block = UnsafeMutablePointer<Node>.allocate(capacity: Self.blockSize)
        unsafe blocks = [block]
        unsafe next = block
        unsafe blockEnd = block + Self.blockSize
    }

    deinit {
        for place in unsafe blocks.indices { unsafe blocks[place].deallocate() }
    }

    /// The kind of the node completed last.
    var lastKind: NodeKind? { count > 0 ? unsafe (next - 1).pointee.kind : nil }

    /// Completes a node over everything since `mark`, up to, without, token `end`.
    @inline(__always)
    mutating func close(_ kind: NodeKind, from mark: Mark, to end: Int) {
        // A node that ends before the parser's place still reaches as far as its last child.
        var end = UInt32(truncatingIfNeeded: max(mark.token, end))
        if count > mark.node { end = unsafe max(end, (next - 1).pointee.last) }
        unsafe next.initialize(
            to: Node(
                subtreeStart: UInt32(truncatingIfNeeded: mark.node), first: UInt32(truncatingIfNeeded: mark.token),
                last: end, kind: kind))
        unsafe next += 1
        count &+= 1
        if unsafe next == blockEnd { addBlock() }
    }

    /// The last node is always at hand before `next`: it is copied to the front of the new block.
    @inline(never)
    private mutating func addBlock() {
        let block = UnsafeMutablePointer<Node>.allocate(capacity: Self.blockSize + 1)
        unsafe block.initialize(to: (next - 1).pointee)
        unsafe blocks.append(block)
        unsafe next = block + 1
        unsafe blockEnd = block + Self.blockSize + 1
    }

    /// Renames the node completed last.
    mutating func renameLast(_ kind: NodeKind) {
        if count > 0 { unsafe (next - 1).pointee.kind = kind }
    }
}

extension TreeBuilder {
    /// The tree, with token indices translated by `indices` (grammar token to file token). Ends the builder.
    ///
    /// A node stands in preorder behind all that was complete before its subtree began and behind its ancestors. Going
    /// backwards meets parents before their children, so the ancestors of a node are those whose subtree it is still in.
    mutating func tree(
        tokens: TokenList, indices: GrammarTokens.Indices, errors: [SyntaxError], dialects: Dialects
    ) -> SyntaxTree {
        let count = count
        var kinds: [NodeKind] = []
        var ends: [UInt32] = []
        var first: [UInt32] = []
        let last = unsafe [UInt32](unsafeUninitializedCapacity: count) { lastBuffer, lastCount in
            first = unsafe [UInt32](unsafeUninitializedCapacity: count) { firstBuffer, firstCount in
                ends = unsafe [UInt32](unsafeUninitializedCapacity: count) { endBuffer, endCount in
                    kinds = unsafe [NodeKind](unsafeUninitializedCapacity: count) { kindBuffer, kindCount in
                        if let kinds = kindBuffer.baseAddress, let ends = endBuffer.baseAddress,
                            let first = firstBuffer.baseAddress, let last = lastBuffer.baseAddress
                        {
                            unsafe fill(
                                Columns(kinds: kinds, ends: ends, first: first, last: last), indices,
                                tokenCount: tokens.count)
                        }
                        (kindCount, endCount, firstCount, lastCount) = (count, count, count, count)
                    }
                }
            }
        }
        return SyntaxTree(
            tokens: tokens, kinds: kinds, subtreeEnds: ends, first: first, last: last, errors: errors,
            dialects: dialects)
    }

    /// The arrays of the tree, each with room for all nodes.
    @safe private struct Columns {
        let kinds: UnsafeMutablePointer<NodeKind>
        let ends: UnsafeMutablePointer<UInt32>
        let first: UnsafeMutablePointer<UInt32>
        let last: UnsafeMutablePointer<UInt32>
    }

    /// Ancestors whose subtrees begin with the same node, as those of a chain of operators do.
    private struct Ancestors {
        var subtreeStart: UInt32
        /// How many ancestors there are up to and with these.
        var depth: UInt32
    }

    private mutating func fill(_ columns: Columns, _ indices: GrammarTokens.Indices, tokenCount: Int) {
        var ancestors: [Ancestors] = [Ancestors(subtreeStart: 0, depth: 0)]
        var top = Ancestors(subtreeStart: 0, depth: 0)
        var number = UInt32(truncatingIfNeeded: count)
        while let block = unsafe blocks.popLast() {
            // The last slot of every block but the last stands again at the front of the block behind it.
            var node = unsafe next
            while unsafe node > block {
                unsafe node -= 1
                number &-= 1
                let entry = unsafe node.pointee
                while number < top.subtreeStart {
                    ancestors.removeLast()
                    top = ancestors.last ?? Ancestors(subtreeStart: 0, depth: 0)
                }
                let place = Int(entry.subtreeStart &+ top.depth)
                unsafe columns.kinds[place] = entry.kind
                unsafe columns.ends[place] =
                    UInt32(truncatingIfNeeded: place) &+ number &- entry.subtreeStart &+ 1
                if entry.last > entry.first {
                    unsafe columns.first[place] = indices[Int(entry.first)]
                    unsafe columns.last[place] = indices[Int(entry.last) - 1] + 1
                } else {
                    // An empty node stands before the next token, or where its parent ends if that is earlier.
                    var token = indices[Int(entry.first)]
                    if top.depth > 0 {
                        token = min(token, unsafe columns.last[Int(top.subtreeStart &+ top.depth) - 1])
                    }
                    unsafe columns.first[place] = token
                    unsafe columns.last[place] = token
                }
                top.depth &+= 1
                if entry.subtreeStart == top.subtreeStart {
                    ancestors[ancestors.count - 1].depth = top.depth
                } else {
                    top.subtreeStart = entry.subtreeStart
                    ancestors.append(top)
                }
            }
            unsafe block.deallocate()
            unsafe next = (blocks.last ?? block) + (Self.blockSize + (blocks.count > 1 ? 1 : 0) - 1)
        }
        // The file has everything, leading and trailing blanks included; its node comes first.
        guard count > 0 else { return }
        unsafe columns.first[0] = 0
        unsafe columns.last[0] = UInt32(truncatingIfNeeded: tokenCount)
    }
}
