/// optcomp's directives: whole lines that begin with `#` and one of its words. The grammar does not see them; it sees
/// either all branches of the conditionals, one behind the other, or one branch of each.
///
/// No nodes: `directives(in:)` has them. cppo's and ppx_optcomp's directives read alike, and so do cpp's, whose lines
/// may go on behind `\`.
package enum OptcompLines {
    package struct Directive: Hashable, Sendable {
        /// Tokens from `#` up to, without, the line end.
        package let tokens: Range<Int>
        package let kind: Kind
    }

    package enum Kind: Sendable {
        case opening, alternative, closing, other
    }

    private static let words: [[UInt8]: Kind] = [
        Array("if".utf8): .opening, Array("ifdef".utf8): .opening, Array("ifndef".utf8): .opening,
        Array("elif".utf8): .alternative, Array("elifdef".utf8): .alternative, Array("elifndef".utf8): .alternative,
        Array("else".utf8): .alternative, Array("endif".utf8): .closing, Array("let".utf8): .other,
        Array("let_default".utf8): .other, Array("define".utf8): .other, Array("undef".utf8): .other,
        Array("include".utf8): .other, Array("error".utf8): .other, Array("warning".utf8): .other,
        Array("directory".utf8): .other, Array("default".utf8): .other, Array("import".utf8): .other,
    ]

    /// Whether the word at `index`, behind a `#`, may begin a file's conditionals.
    static func opensConditional(_ tokens: TokenList, _ index: Int) -> Bool {
        guard let kind = words[Array(tokens.text(index))] else { return false }
        // OCaml's toplevel has no #include, so a file that has it goes through something.
        if tokens.text(index, equals: "include") { return tokens.kind(tokens.significant(from: index + 1)) == .string }
        return kind == .opening || tokens.text(index, equals: "let") || tokens.text(index, equals: "define")
    }

    /// The directives of a file, in order.
    package static func directives(in tokens: TokenList) -> [Directive] {
        var directives: [Directive] = []
        var index = 0
        while index < tokens.count {
            let start = index
            index += 1
            guard tokens.kind(start) == .hash, isAtLineStart(tokens, start), let kind = kind(tokens, after: start)
            else {
                continue
            }
            index = lineEnd(tokens, from: start)
            directives.append(Directive(tokens: start..<index, kind: kind))
        }
        return directives
    }

    /// How many branches the conditional with most of them has; 0 where there is none.
    package static func branchCount(in tokens: TokenList) -> Int {
        var most = 0
        var open: [Int] = []
        for directive in directives(in: tokens) {
            switch directive.kind {
            case .opening: open.append(1)
            case .alternative: if let last = open.popLast() { open.append(last + 1) }
            case .closing: most = max(most, open.popLast() ?? 0)
            case .other: break
            }
        }
        return most
    }

    /// Marks the tokens that the grammar does not see: directives, and where `branch` is given all branches of each
    /// conditional but the one of that number, or the last where it has fewer.
    static func hidden(in tokens: TokenList, branch: Int? = nil) -> [Bool] {
        let directives = directives(in: tokens)
        guard !directives.isEmpty else { return [] }
        var marked = [Bool](repeating: false, count: tokens.count)
        for directive in directives {
            for index in directive.tokens { marked[index] = true }
        }
        guard let branch else { return marked }
        let counts = branchCounts(directives)
        // For each open conditional: whether all around it is seen, its number, and that of its branch.
        var open: [(isSeen: Bool, number: Int, branch: Int)] = []
        var conditionals = 0
        var position = 0
        for directive in directives {
            if let inner = open.last, !isSeen(inner, branch, counts) {
                for index in position..<directive.tokens.lowerBound { marked[index] = true }
            }
            position = directive.tokens.upperBound
            switch directive.kind {
            case .opening:
                open.append((open.last.map { isSeen($0, branch, counts) } ?? true, conditionals, 0))
                conditionals += 1
            case .alternative: if !open.isEmpty { open[open.count - 1].branch += 1 }
            case .closing: _ = open.popLast()
            case .other: break
            }
        }
        return marked
    }

    private static func isSeen(
        _ conditional: (isSeen: Bool, number: Int, branch: Int), _ wanted: Int, _ counts: [Int]
    ) -> Bool {
        guard conditional.isSeen, counts.indices.contains(conditional.number) else { return conditional.isSeen }
        return conditional.branch == min(wanted, counts[conditional.number] - 1)
    }

    /// The number of branches of each conditional, in the order of their openings.
    private static func branchCounts(_ directives: [Directive]) -> [Int] {
        var counts: [Int] = []
        var open: [Int] = []
        for directive in directives {
            switch directive.kind {
            case .opening:
                open.append(counts.count)
                counts.append(1)
            case .alternative: if let last = open.last { counts[last] += 1 }
            case .closing: _ = open.popLast()
            case .other: break
            }
        }
        return counts
    }

    private static func isAtLineStart(_ tokens: TokenList, _ index: Int) -> Bool {
        let start = tokens.start(index)
        return start == 0 || tokens.bytes[start - 1] == 0x0A
    }

    private static func kind(_ tokens: TokenList, after hash: Int) -> Kind? {
        var next = hash + 1
        if tokens.kind(next) == .blank { next += 1 }
        return words[Array(tokens.text(next))]
    }

    /// The first token behind the line of `start`, and behind those that it goes on with.
    private static func lineEnd(_ tokens: TokenList, from start: Int) -> Int {
        var index = start
        while index < tokens.count {
            let isLineEnd = tokens.kind(index) == .blank && tokens.text(index).contains(0x0A)
            if isLineEnd, !tokens.bytes[..<tokens.start(index)].hasSuffix(UInt8(ascii: "\\")) { return index }
            index += 1
        }
        return index
    }
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ byte: UInt8) -> Bool { last == byte }
}
