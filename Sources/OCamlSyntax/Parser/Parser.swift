import CByteScan

/// Reads the tokens of a file into its tree: one pass, no backtracking, any tokens give a tree.
///
/// Productions are methods in `Grammar/`, named after those of the OCaml manual; what extensions bring is in `Dialects/`.
/// This file has what they share: looking, moving, closing nodes, errors and recovery. Chains of operators, `let … in`,
/// `if`, `fun` and `;` are read with a stack of their own, so only brackets, bindings and the like recurse. They do so as
/// far as the stack that the caller grants reaches; what is nested deeper becomes one node and an error, never a crash.
package struct Parser: ~Copyable {
    /// Bytes of stack that a parse may use where nothing else was said: half of what concurrent tasks have.
    package static let smallStack = 256 << 10

    /// The tree of an implementation (`.ml`) or interface (`.mli`).
    package static func parse(
        _ tokens: TokenList, interface: Bool = false, dialects: Dialects = [], branch: Int? = nil,
        stackBudget: Int = smallStack
    ) -> SyntaxTree {
        var parser = Parser(tokens, dialects: dialects, branch: branch, stackBudget: stackBudget)
        let mark = parser.mark()
        if interface { parser.interfaceFile() } else { parser.implementationFile() }
        parser.close(interface ? .interface : .implementation, mark)
        return parser.builder.tree(
            tokens: tokens, indices: parser.significant, errors: parser.errors, dialects: dialects)
    }

    typealias Mark = TreeBuilder.Mark

    let tokens: TokenList
    let grammarTokens: GrammarTokens
    /// Kinds of the tokens that the grammar sees.
    @inline(__always)
    var kinds: GrammarTokens.Kinds { grammarTokens.kinds }
    /// For each of those, its index in the file's list.
    @inline(__always)
    var significant: GrammarTokens.Indices { grammarTokens.indices }
    /// By grammar token, where dialects make keywords; empty otherwise.
    let words: [ExtensionWord]
    let dialects: Dialects
    let isRelaxed: Bool
    /// The lowest address that the stack may reach; it grows downwards.
    let stackEnd: UInt
    var builder: TreeBuilder
    var position = 0
    var depth = 0
    var errors: [SyntaxError] = []
    /// Whether `with` constraints belong to the type of a packed module, where fewer are allowed.
    var isInPackageType = false
    /// Behind an expression that was followed by a last `;`, which is no part of it; -1 elsewhere.
    var loneSemicolonEnd = -1
    /// Operators and prefixes that wait for their right side.
    var pending: [PendingOperator] = []

    private init(_ tokens: TokenList, dialects: Dialects, branch: Int?, stackBudget: Int) {
        self.tokens = tokens
        self.dialects = dialects
        let here = Self.stackAddress()
        stackEnd = here > UInt(stackBudget) ? here - UInt(stackBudget) : 0
        isRelaxed = dialects.contains(.camlp4)
        let hidden = dialects.contains(.optcomp) ? OptcompLines.hidden(in: tokens, branch: branch) : []
        var seen = GrammarTokens(tokens, hidden: hidden)
        words = Self.extensionWords(tokens, &seen, dialects)
        grammarTokens = seen
        builder = TreeBuilder()
    }

    /// Finds the words that the dialects make keywords, and makes them so.
    private static func extensionWords(
        _ tokens: TokenList, _ seen: inout GrammarTokens, _ dialects: Dialects
    ) -> [ExtensionWord] {
        let known = ExtensionWord.words(of: dialects)
        guard !known.isEmpty else { return [] }
        let meanings = Dictionary(
            known.map { (Array($0.word.utf8), $0.meaning) }, uniquingKeysWith: { first, _ in first })
        let firsts = Set(known.compactMap { $0.word.utf8.first })
        var words = [ExtensionWord](repeating: .none, count: seen.count)
        for place in 0..<seen.count {
            let kind = seen.kinds[place]
            guard kind == .lowercaseIdentifier || kind == .uppercaseIdentifier else { continue }
            let text = tokens.text(Int(seen.indices[place]))
            guard let first = text.first, firsts.contains(first), text.count <= 24, let meaning = meanings[Array(text)]
            else { continue }
            words[place] = meaning
            seen.makeKeyword(place)
        }
        return words
    }

    // MARK: Looking

    @inline(__always)
    var current: TokenKind { kinds[position] }

    /// The kind of the token `offset` (at most 7) after the current one.
    @inline(__always)
    func peek(_ offset: Int) -> TokenKind { kinds[position + offset] }

    /// The current token as a keyword of a dialect.
    var word: ExtensionWord {
        current == .extensionKeyword && position < words.count ? words[position] : .none
    }

    func word(ahead offset: Int) -> ExtensionWord {
        peek(offset) == .extensionKeyword && position + offset < words.count ? words[position + offset] : .none
    }

    func reads(_ text: StaticString, ahead offset: Int = 0) -> Bool {
        tokens.text(Int(significant[position + offset]), equals: text)
    }

    /// Whether nothing stands between the token `offset` ahead and the one behind it.
    func isGlued(ahead offset: Int = 0) -> Bool {
        guard position + offset >= 0 else { return false }
        return significant[position + offset] + 1 == significant[position + offset + 1]
    }

    // MARK: Moving

    @inline(__always)
    mutating func advance() {
        if kinds[position] != .endOfFile { position += 1 }
    }

    @inline(__always)
    mutating func take(_ kind: TokenKind) -> Bool {
        guard kinds[position] == kind else { return false }
        position += 1
        return true
    }

    // MARK: Nodes

    @inline(__always)
    func mark() -> Mark { Mark(node: builder.count, token: position) }

    @inline(__always)
    mutating func close(_ kind: NodeKind, _ mark: Mark) {
        builder.close(kind, from: mark, to: position)
    }

    /// A node of the current token alone.
    @inline(__always)
    mutating func leaf(_ kind: NodeKind) {
        let mark = mark()
        advance()
        close(kind, mark)
    }

    // MARK: Depth

    /// Where the stack is now, within a few hundred bytes.
    @inline(__always)
    private static func stackAddress() -> UInt { UInt(caravan_stack_address()) }

    /// Whether the stack granted goes deeper than here. Asked wherever the grammar can recurse.
    @inline(__always)
    var hasStack: Bool { Self.stackAddress() > stackEnd }

    // MARK: Errors and recovery

    /// Notes that something else was expected here.
    mutating func fail(_ reason: StaticString) {
        let token = Int(significant[position])
        // One error a place: what follows from it says nothing new.
        if errors.last?.token == token { return }
        errors.append(SyntaxError(token: token, reason: "\(reason)"))
    }

    /// Takes a token of kind `kind`, or notes its absence by an empty node.
    mutating func expect(_ kind: TokenKind, _ reason: StaticString) {
        if take(kind) { return }
        missing(reason)
    }

    mutating func missing(_ reason: StaticString) {
        fail(reason)
        let mark = mark()
        close(.missing, mark)
    }

    /// Wraps the current token as one that should not be there.
    mutating func unexpected(_ reason: StaticString) {
        fail(reason)
        leaf(.unexpected)
    }

    /// Puts everything up to the bracket that closes the current one into one node.
    mutating func skipNested() {
        fail("nested too deeply")
        let mark = mark()
        var open = 0
        repeat {
            switch current {
            case .leftParen, .leftBracket, .leftBracketBar, .leftBracketLess, .leftBracketGreater, .leftBracketColon,
                .leftBracketAt, .leftBracketAtAt, .leftBracketAtAtAt, .leftBracketPercent, .leftBracketPercentPercent,
                .leftBrace, .leftBraceLess, .leftDelimiter, .begin, .struct, .sig, .object:
                open += 1
            case .rightParen, .rightBracket, .barRightBracket, .greaterRightBracket, .colonRightBracket, .rightBrace,
                .greaterRightBrace, .rightDelimiter, .end:
                open -= 1
            default: break
            }
            advance()
        } while open > 0 && current != .endOfFile
        close(.tooDeep, mark)
    }

    /// Runs `body` one level deeper, or skips what it would read where that is too deep.
    @inline(__always)
    mutating func nested(_ body: (inout Parser) -> Void) {
        guard hasStack else { return skipNested() }
        depth += 1
        body(&self)
        depth -= 1
    }
}
