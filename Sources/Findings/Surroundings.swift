import OCamlSyntax
import Text

/// What identifies where a finding stands: a hash of the innermost structure item around it, one blank between tokens,
/// without comments.
enum Surroundings {
    /// For findings in source order; linear in the file, as long as items do not nest deeper than people write them.
    ///
    /// - Parameter trees: of one file; they share its tokens.
    static func texts(of findings: [Finding], in trees: [SyntaxTree]) -> [[UInt8]] {
        guard let tree = trees.first else { return [] }
        let items = sorted(trees.flatMap(items))
        var known: [Int: [UInt8]] = [:]
        var open: [(tokens: Range<Int>, end: Int)] = []
        var next = 0
        return findings.map { finding in
            while next < items.count, tree.tokens.start(items[next].lowerBound) <= finding.range.start {
                let end = tree.tokens.end(items[next].upperBound - 1)
                while let last = open.last, last.end < end { open.removeLast() }
                open.append((items[next], end))
                next += 1
            }
            while let last = open.last, last.end <= finding.range.start { open.removeLast() }
            guard let item = open.last?.tokens else { return text(of: finding.range, tree.tokens) }
            if let text = known[item.lowerBound] { return text }
            let text = Array(Fingerprint.hash(text(of: item, tree.tokens)).utf8)
            known[item.lowerBound] = text
            return text
        }
    }

    /// The tokens of every child of a file, structure or signature, in preorder.
    private static func items(in tree: SyntaxTree) -> [Range<Int>] {
        var items: [Range<Int>] = []
        for node in 0..<tree.count {
            switch tree.kinds[node] {
            case .implementation, .interface, .structureBody, .signatureBody:
                var child = node + 1
                while child < Int(tree.subtreeEnds[node]) {
                    let tokens = tree.tokens(of: child)
                    if !tokens.isEmpty { items.append(tokens) }
                    child = Int(tree.subtreeEnds[child])
                }
            default: continue
            }
        }
        return items
    }

    /// Each once, those that begin first first, and of those that begin together the longer.
    private static func sorted(_ items: [Range<Int>]) -> [Range<Int>] {
        Set(items).sorted {
            $0.lowerBound != $1.lowerBound ? $0.lowerBound < $1.lowerBound : $0.upperBound > $1.upperBound
        }
    }

    private static func text(of range: ByteRange, _ tokens: TokenList) -> [UInt8] {
        guard let first = tokens.index(atOffset: range.start) else { return [] }
        var last = first
        while last < tokens.count, tokens.end(last) < range.end { last += 1 }
        return text(of: first..<min(last + 1, tokens.count), tokens)
    }

    private static func text(of range: Range<Int>, _ tokens: TokenList) -> [UInt8] {
        var text: [UInt8] = []
        for place in range where !tokens.kind(place).isTrivia {
            if !text.isEmpty { text.append(0x20) }
            let token = tokens.text(place)
            // In a string that goes over lines, the line ends are those of the checkout.
            if token.contains(0x0D) {
                text += token.enumerated().lazy.filter { offset, byte in
                    byte != 0x0D || token.dropFirst(offset + 1).first != 0x0A
                }.map(\.element)
            } else {
                text += token
            }
        }
        return text
    }
}
