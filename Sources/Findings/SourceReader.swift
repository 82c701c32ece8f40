import OCamlSyntax

/// Reads a source as what it is written in: stock OCaml's tree always, for the verdict, and a tree with camlp4's dialects only
/// where stock rejects the file or something in it shows that there may be one.
struct SourceReader: Sendable {
    private let index: ExtensionIndex
    private let signs: WordSigns
    /// The grammars that hide in stock's and that come with an extension, by the dialects that show it.
    private let hidden: [(shown: Dialects, hidden: Dialects)]

    init(_ index: ExtensionIndex) {
        self.index = index
        signs = WordSigns(index)
        hidden = index.all.compactMap { entry in
            let implied = entry.implies.compactMap(index.named).filter(\.hidesInStock)
            guard !entry.dialects.isEmpty, !implied.isEmpty else { return nil }
            return (entry.dialects, implied.reduce(into: Dialects()) { $0.formUnion($1.dialects) })
        }
    }

    /// What a file reads as.
    struct Reading {
        /// Read without dialects.
        let stock: SyntaxTree
        let isRejectedByStock: Bool
        /// Read with the dialects that are on or shown; none for an ordinary file, in which no rule has anything to find.
        /// More than one where optcomp's branches can only be read one by one.
        let trees: [SyntaxTree]
        /// Whether stock rejects the file, and the dialects make it better.
        let isProven: Bool
        /// Words of extensions that the file binds as names.
        let bound: Set<[UInt8]>

        static func ordinary(_ stock: SyntaxTree, _ isRejected: Bool) -> Reading {
            Reading(stock: stock, isRejectedByStock: isRejected, trees: [], isProven: false, bound: [])
        }
    }

    /// - Parameter said: the extensions that build files turn on, with what they imply; nil where they do not speak of it.
    func read(_ code: [UInt8], interface: Bool, said: [String]?) -> Reading {
        let stockTokens = Lexer.tokenize(code, rules: .stock)
        let stock = Parser.parse(stockTokens, interface: interface)
        let isRejected = stock.rejectionByStock != nil
        let shown = signs.shown(in: stockTokens)
        guard isRejected || mayShowSomething(shown, said) else { return .ordinary(stock, isRejected) }
        let tokens = tokens(of: code, stockTokens, shown, isOn: said.map { !$0.isEmpty } ?? false)
        let content = Syntax.shown(in: tokens)
        let isSaid = !(said?.isEmpty ?? true)
        if !isRejected, !isSaid, !shown.isQuoted, content.strong.isEmpty, !hasWordsWithoutDialect(shown) {
            return .ordinary(stock, isRejected)
        }
        let on = dialects(of: said ?? []).union(.ofEveryFile)
        let names = dialectsBoundAsNames(shown, said: said)
        let strong = content.strong.union(hidden(behind: content.strong)).subtracting(.revised)
        let weak = content.weak.subtracting(.revised)
        var known = on.union(strong.subtracting(names))
        if tokens.holds(.leftBracketLess), !names.contains(.streams) {
            // Every camlp4o has stream parsers on; `[<` stands in types too, where the grammar keeps them apart.
            known.insert(.streams)
        }
        var candidates = [known]
        if isRejected {
            // Names may be keywords after all, and words that look like names; and each may be the other.
            candidates += [known.union(weak.subtracting(names)), on.union(strong), on]
            let revised = on.union(strong).intersection(.ofRevisedFiles).union(.revised)
            if content.strong.contains(.revised) { candidates.insert(revised, at: 0) }
            if content.weak.contains(.revised) { candidates.append(revised) }
            // One word alone may be a name, and the others none.
            for dialect in Dialects.each where strong.contains(dialect) && !on.contains(dialect) {
                candidates.append(known.subtracting(dialect))
            }
        }
        let tree = best(tokens, interface, candidates)
        // Dialects that make a file worse are none that it is written in, unless build files say that it is.
        if !isSaid, tree.problems > stock.problems { return .ordinary(stock, isRejected) }
        return Reading(
            stock: stock, isRejectedByStock: isRejected, trees: branches(tree, interface),
            isProven: isRejected && tree.problems < stock.problems,
            bound: Set(shown.bound.map { signs.words[$0].text }))
    }

    /// The tree with the fewest problems, of several the first.
    private func best(_ tokens: TokenList, _ interface: Bool, _ candidates: [Dialects]) -> SyntaxTree {
        var tried: Set<Dialects> = []
        var best: SyntaxTree?
        for dialects in candidates where tried.insert(dialects).inserted {
            let tree = Parser.parse(tokens, interface: interface, dialects: dialects)
            if tree.problems < best?.problems ?? .max { best = tree }
            if tree.problems == 0 { break }
        }
        return best ?? Parser.parse(tokens, interface: interface, dialects: .ofEveryFile)
    }

    /// Branches of optcomp's conditionals that do not go together one behind the other may by themselves.
    private func branches(_ tree: SyntaxTree, _ interface: Bool) -> [SyntaxTree] {
        guard tree.dialects.contains(.optcomp), tree.problems > 0 else { return [tree] }
        let branches = Syntax.branches(of: tree.tokens, interface: interface, dialects: tree.dialects, limit: 8)
        return branches.allSatisfy { $0.problems < tree.problems } ? branches : [tree]
    }

    // MARK: What is on

    /// The grammar that hides in stock's and that comes with an extension that is shown.
    private func hidden(behind shown: Dialects) -> Dialects {
        hidden.reduce(into: Dialects()) { if shown.isSuperset(of: $1.shown) { $0.formUnion($1.hidden) } }
    }

    private func dialects(of said: [String]) -> Dialects {
        said.reduce(into: Dialects()) { $0.formUnion(index.named($1)?.dialects ?? []) }
    }

    /// Whether a file that stock accepts is worth a second look.
    private func mayShowSomething(_ shown: WordSigns.Shown, _ said: [String]?) -> Bool {
        // What build files call plain and stock accepts is plain.
        if let said, said.isEmpty { return false }
        if shown.isQuoted || !shown.words.isEmpty { return true }
        guard let said else { return false }
        if said.compactMap(index.named).contains(where: { $0.hasNoSigns || $0.hidesInStock }) { return true }
        return shown.operators.contains { said.contains(index.all[signs.words[$0].extension].id) }
    }

    /// The dialects whose keywords the file binds as names, so that it is not written in them.
    private func dialectsBoundAsNames(_ shown: WordSigns.Shown, said: [String]?) -> Dialects {
        var dialects: Dialects = []
        for word in shown.bound {
            let entry = index.all[signs.words[word].extension]
            if !(said ?? []).contains(entry.id) { dialects.formUnion(entry.dialects) }
        }
        return dialects.subtracting(.ofEveryFile)
    }

    /// Whether words occur that belong to an extension without grammar of its own: `_here_`.
    private func hasWordsWithoutDialect(_ shown: WordSigns.Shown) -> Bool {
        shown.words.contains { index.all[signs.words[$0].extension].dialects.subtracting(.ofEveryFile).isEmpty }
    }

    // MARK: Tokens

    /// Tokens by camlp4's rules, but by stock's where camlp4's cannot be meant.
    ///
    /// Where no build file turns camlp4 on and nothing looks like a quotation, none is looked for: in ordinary comments
    /// `<<` is no quotation.
    private func tokens(
        of code: [UInt8], _ stock: TokenList, _ shown: WordSigns.Shown, isOn: Bool
    ) -> TokenList {
        let isQuoted = shown.isQuoted
        // `{|…|}` is stock's alone: a file that has it and no quotation goes by stock's rules.
        if !isOn, !isQuoted, stock.holds(.quotedString) { return stock }
        let camlp4 = Lexer.tokenize(code, rules: isOn || isQuoted ? .camlp4 : .camlp4WithoutQuotations)
        guard Self.cannotBeMeant(camlp4), !Self.cannotBeMeant(stock) else { return camlp4 }
        // Whatever camlp4's own lexer rejects was never compiled with it; but a quotation that surely begins and never
        // ends is none of stock's either.
        return isQuoted && camlp4.holds(.unterminatedQuotation) ? camlp4 : stock
    }

    private static func cannotBeMeant(_ list: TokenList) -> Bool {
        list.errors.contains { place in
            switch list.kind(place) {
            case .unterminatedComment, .unterminatedString, .unterminatedQuotation: true
            default: false
            }
        }
    }
}
