/// The ways into this library for those who want a tree and not its parts.
package enum Syntax {
    /// The tree of a file.
    ///
    /// - Parameters:
    ///   - dialects: what the file is written in; nil to go by its content: stock where stock takes it, else what its
    ///     words show, if that reads better.
    ///   - stackBudget: bytes of stack that the parse may use; more than the default wants a large stack.
    package static func tree(
        _ bytes: [UInt8], interface: Bool = false, dialects: Dialects? = nil,
        stackBudget: Int = Parser.smallStack
    ) -> SyntaxTree {
        guard let dialects else {
            return reading(bytes, interface: interface, stackBudget: stackBudget).tree
        }
        let tokens = Lexer.tokenize(bytes, rules: dialects.lexicalRules)
        let tree = Parser.parse(tokens, interface: interface, dialects: dialects, stackBudget: stackBudget)
        guard dialects.contains(.optcomp), tree.problems > 0 else { return tree }
        // Branches that do not go together one behind the other may by themselves.
        let first = Parser.parse(
            tokens, interface: interface, dialects: dialects, branch: 0, stackBudget: stackBudget)
        return first.problems < tree.problems ? first : tree
    }

    /// The trees of a file with optcomp's conditionals: one for each branch, the first of every conditional, the second
    /// and so on; where a conditional has fewer, its last. One tree where there are no alternatives.
    ///
    /// What stands in several of them has the same tokens in each.
    package static func branches(
        _ bytes: [UInt8], interface: Bool = false, dialects: Dialects, stackBudget: Int = Parser.smallStack
    ) -> [SyntaxTree] {
        let tokens = Lexer.tokenize(bytes, rules: dialects.lexicalRules)
        let count = dialects.contains(.optcomp) ? OptcompLines.branchCount(in: tokens) : 0
        return (0..<max(count, 1)).map { branch in
            Parser.parse(
                tokens, interface: interface, dialects: dialects, branch: branch, stackBudget: stackBudget)
        }
    }

    /// A file read without knowing what it is written in.
    package static func reading(
        _ bytes: [UInt8], interface: Bool = false, stackBudget: Int = Parser.smallStack
    ) -> Reading {
        func tree(_ dialects: Dialects) -> SyntaxTree {
            Self.tree(bytes, interface: interface, dialects: dialects, stackBudget: stackBudget)
        }
        let stock = tree([])
        let guess = DialectGuess(Lexer.tokenize(bytes, rules: .camlp4))
        if stock.rejectionByStock == nil {
            return Reading(tree: stock, rejectionByStock: nil, shown: guess.shown(in: nil), isMixed: false)
        }
        var best = stock
        for dialects in guess.candidates {
            // Where the same stands in the way, words that show a dialect decide.
            let limit = best.problems + (best.dialects.isEmpty && dialects != DialectGuess.base ? 1 : 0)
            guard limit > 0 else { break }
            let tree = tree(dialects)
            if tree.problems < limit { best = tree }
        }
        let isCamlp4 = best.dialects.contains(.camlp4)
        return Reading(
            tree: best, rejectionByStock: stock.rejectionByStock, shown: guess.shown(in: best),
            isMixed: isCamlp4 && best.showsPPX)
    }

    /// The dialects that the content of a file shows, in the order of `Dialects.names`.
    package static func dialectsShown(
        by bytes: [UInt8], interface: Bool = false, stackBudget: Int = Parser.smallStack
    ) -> [ShownDialect] {
        reading(bytes, interface: interface, stackBudget: stackBudget).shown
    }

    /// Why stock OCaml would not take the file; nil if it would.
    package static func rejectionByStock(
        _ bytes: [UInt8], interface: Bool = false, stackBudget: Int = Parser.smallStack
    ) -> SyntaxError? {
        tree(bytes, interface: interface, dialects: [], stackBudget: stackBudget).rejectionByStock
    }
}

/// A file read without knowing what it is written in: the tree that reads best, and what speaks for it.
package struct Reading: Sendable {
    package let tree: SyntaxTree
    /// Why stock OCaml would not take the file; nil if it would.
    package let rejectionByStock: SyntaxError?
    package let shown: [ShownDialect]
    /// Whether the file has camlp4's syntax and ppx's attributes or extension nodes.
    package let isMixed: Bool

    /// Whether the file is certainly camlp4's.
    package var isCamlp4: Bool { shown.contains { $0.confidence == .certain && $0.dialect != .optcomp } }
}

/// A dialect that a file's content shows.
package struct ShownDialect: Hashable, Sendable {
    package let dialect: Dialects
    package let confidence: Confidence

    /// How sure it is that the file is written in the dialect.
    package enum Confidence: Int, Comparable, Sendable {
        /// Words stand so that they may be the dialect's, or an ordinary program's names.
        case possible
        /// The dialect's shapes are there; but stock takes the file as well, or it has other trouble too.
        case likely
        /// Stock does not take the file, and the dialect's grammar reads it without a fault.
        case certain

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }
}

extension DialectGuess {
    /// What to read a file with that stock does not take, the likelier first.
    var candidates: [Dialects] {
        var candidates: [Dialects] = []
        func add(_ dialects: Dialects) {
            if !candidates.contains(dialects) { candidates.append(dialects) }
        }
        let revised: Dialects = [.revised, strong.intersection([.grammarExtensions, .macros, .streams])]
        if strong.contains(.revised) { add(revised) }
        let original = strong.subtracting(.revised)
        let names = weak.subtracting(.revised)
        add(original.union(Self.base))
        if !names.isEmpty { add(original.union(names).union(Self.base)) }
        if weak.contains(.revised) { add(revised) }
        // `#if` is ppx_optcomp's and cppo's too, in files that know nothing of camlp4.
        if strong.contains(.optcomp) { add(.optcomp) }
        // One of the words may be a name after all.
        for dialect in Dialects.each where original.contains(dialect) {
            add(original.subtracting(dialect).union(Self.base))
        }
        add(Self.base)
        return candidates
    }

    /// The dialects shown, judged by the tree that read the file best; nil where stock takes it.
    func shown(in tree: SyntaxTree?) -> [ShownDialect] {
        let isCamlp4 = tree?.dialects.contains(.camlp4) ?? false
        let reads = tree.map { $0.problems == 0 } ?? false
        return Dialects.each.compactMap { dialect in
            let isUsed = tree?.dialects.contains(dialect) ?? false
            if dialect == .camlp4 {
                if !isCamlp4 { return showsCamlp4 ? ShownDialect(dialect: dialect, confidence: .possible) : nil }
                let isSure = reads && (showsCamlp4 || !strong.isEmpty)
                return ShownDialect(dialect: dialect, confidence: isSure ? .certain : .likely)
            }
            if strong.contains(dialect) {
                return ShownDialect(dialect: dialect, confidence: isUsed && reads ? .certain : .likely)
            }
            guard weak.contains(dialect) else { return nil }
            return ShownDialect(dialect: dialect, confidence: isUsed && reads ? .likely : .possible)
        }
    }
}

extension Dialects {
    /// The lexical rules that go with the dialects. Only optcomp's lines may stand in a file of stock's rules.
    package var lexicalRules: LexicalRules { contains(.camlp4) || contains(.revised) ? .camlp4 : .stock }

    private static let named: [(name: String, dialect: Dialects)] = [
        ("camlp4", .camlp4), ("type_conv", .typeConv), ("lwt", .lwt), ("cstruct", .cstruct), ("pa_ounit", .ounit),
        ("pa_bench", .bench), ("js_of_ocaml", .jsOfOCaml), ("deriving", .deriving), ("eliom", .eliom),
        ("macro", .macros), ("optcomp", .optcomp), ("bitstring", .bitstring), ("streams", .streams),
        ("comprehensions", .comprehensions), ("ulex", .ulex), ("extend", .grammarExtensions), ("monad", .monad),
        ("mikmatch", .mikmatch), ("openin", .openIn), ("estring", .estring), ("pgocaml", .pgocaml), ("where", .where),
        ("pa_comprehension", .enumComprehensions), ("duppy", .duppy), ("froc", .froc), ("ospec", .ospec),
        ("bolt", .bolt), ("have", .have), ("json_static", .jsonStatic), ("xstrp4", .xstrp4), ("macaque", .macaque),
        ("rpclib", .rpclib), ("revised", .revised),
    ]

    /// The names of all dialects.
    package static var names: [String] { named.map(\.name) }

    /// Every dialect by itself, in the order of `names`.
    package static var each: [Dialects] { named.map(\.dialect) }

    /// The dialect of that name; all but `camlp4`, `optcomp` and `revised` bring camlp4's own syntax along.
    package init?(name: String) {
        guard let found = Self.named.first(where: { $0.name == name }) else { return nil }
        let isAlone = found.dialect == .optcomp || found.dialect == .revised
        self = isAlone ? found.dialect : found.dialect.union(.camlp4)
    }

    package var description: String {
        Self.named.filter { contains($0.dialect) }.map(\.name).joined(separator: ",")
    }
}

extension SyntaxTree {
    /// How many things stand in the way of reading the file.
    package var problems: Int { errors.count + tokens.errors.count }

    /// The tokens of `node` that stand in none of its children, blanks and comments left out: words and symbols.
    package func ownTokens(of node: Int) -> [Int] {
        var own: [Int] = []
        var index = tokens(of: node).lowerBound
        func add(upTo end: Int) {
            while index < end {
                if !tokens.kind(index).isTrivia { own.append(index) }
                index += 1
            }
        }
        for child in children(of: node) {
            let range = tokens(of: child)
            add(upTo: range.lowerBound)
            index = max(index, range.upperBound)
        }
        add(upTo: tokens(of: node).upperBound)
        return own
    }

    /// Whether ppx's syntax stands somewhere: attributes, extension nodes, or an extension behind a keyword.
    var showsPPX: Bool {
        for node in 0..<count {
            switch kinds[node] {
            case .attribute, .itemAttribute, .floatingAttribute, .extensionNode: return true
            default: break
            }
        }
        for index in 1..<max(tokens.count, 1) where tokens.kind(index) == .percent {
            if tokens.kind(index - 1).isKeyword, tokens.kind(index + 1) == .lowercaseIdentifier { return true }
        }
        return false
    }
}
