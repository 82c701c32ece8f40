/// What dialects the content of a file shows, for files that come without their build files.
///
/// Evidence is `strong` where a word stands in a shape that the dialect's grammar wants and ordinary code hardly has,
/// and weak where an ordinary name would stand just so. `Syntax.reading` makes confidences of it.
struct DialectGuess {
    /// camlp4's own syntax, and what costs no word of the language: clauses and comprehensions.
    static let base: Dialects = [.camlp4, .typeConv, .comprehensions]

    private(set) var strong: Dialects = []
    private(set) var weak: Dialects = []
    /// Whether a quotation or type_conv's clause stands somewhere: camlp4, whatever the dialect.
    private(set) var showsCamlp4 = false

    /// Reads `tokens`, cut by camlp4's rules.
    init(_ tokens: TokenList) {
        var previous = TokenKind.semicolonSemicolon
        for index in tokens.significant {
            let kind = tokens.kind(index)
            let next = tokens.significant(from: index + 1)
            switch kind {
            case .lowercaseIdentifier:
                if !Self.isBound(previous) { word(tokens, index, next, previous) }
                if next == index + 1, tokens.kind(next) == .string, previous != .dot { tagged(tokens, index) }
            case .uppercaseIdentifier:
                if previous != .dot, previous != .backquote { macro(tokens, index, next) }
            case .hash where next == index + 1: hash(tokens, index, next)
            case .hash where Self.isDirective(tokens, index, next): strong.insert(.optcomp)
            case .hashOperator where tokens.text(index, equals: "##"): strong.insert(.jsOfOCaml)
            case .infixOperator0 where tokens.text(index, equals: "<--"): strong.insert(.monad)
            case .leftBrace where Self.isEliom(tokens, index, next): strong.insert(.eliom)
            case .quotation: showsCamlp4 = true
            case .less where Self.isMethodOfClass(tokens, index, next): strong.insert(.deriving)
            case .with where previous != .rightParen || tokens.kind(next) == .lowercaseIdentifier:
                if Self.isGeneratorClause(tokens, next) { showsCamlp4 = true }
            case .open where previous == .equal || previous == .arrow || previous == .in: weak.insert(.openIn)
            case .leftBracket where tokens.kind(next) == .question: weak.insert(.enumComprehensions)
            case .let: binding(tokens, next)
            case .semicolon: if Self.endsRevisedItem(tokens, next) { weak.insert(.revised) }
            case .leftBracketLess: if Self.isStream(tokens, next, previous) { weak.insert(.streams) }
            default: break
            }
            previous = kind
        }
        pragma(tokens)
    }

    /// `let regexp name =`, `let bitmatch name =`, `let try`.
    private mutating func binding(_ tokens: TokenList, _ next: Int) {
        if tokens.kind(next) == .try { strong.insert(.mikmatch) }
        let name = tokens.significant(from: next + 1)
        guard tokens.kind(next) == .lowercaseIdentifier, tokens.kind(name) == .lowercaseIdentifier,
            tokens.kind(tokens.significant(from: name + 1)) == .equal
        else { return }
        if tokens.text(next, equals: "regexp") { strong.insert(.ulex) }
        if tokens.text(next, equals: "bitmatch") { strong.insert(.bitstring) }
    }

    /// Whether `<` stands in `Show.show<t>` with nothing to compare behind it.
    private static func isMethodOfClass(_ tokens: TokenList, _ less: Int, _ name: Int) -> Bool {
        guard less >= 3, tokens.kind(less - 1) == .lowercaseIdentifier, tokens.kind(less - 2) == .dot,
            tokens.kind(less - 3) == .uppercaseIdentifier, tokens.kind(name) == .lowercaseIdentifier
        else { return false }
        let greater = tokens.significant(from: name + 1)
        guard tokens.kind(greater) == .greater else { return false }
        switch tokens.kind(tokens.significant(from: greater + 1)) {
        case .endOfFile, .rightParen, .in, .semicolon, .semicolonSemicolon, .end, .then, .and, .bar: return true
        default: return false
        }
    }

    /// Whether `[<` opens a stream and no type, by what stands on both sides.
    private static func isStream(_ tokens: TokenList, _ next: Int, _ previous: TokenKind) -> Bool {
        switch tokens.kind(next) {
        case .backquote, .bar: return false
        case .quote, .greaterRightBracket: return true
        default: return previous == .equal || previous == .arrow || previous == .leftParen || previous == .in
        }
    }

    /// Whether a word behind `kind` is being bound or qualified, and so a name.
    private static func isBound(_ kind: TokenKind) -> Bool {
        switch kind {
        case .dot, .let, .and, .rec, .val, .method, .tilde, .question, .backquote, .quote, .hash, .fun, .type,
            .external, .label, .optionalLabel:
            true
        default: false
        }
    }

    // MARK: Words

    private mutating func word(_ tokens: TokenList, _ index: Int, _ next: Int, _ previous: TokenKind) {
        // `type json t = …`: the word behind `type` counts as bound, so it is looked for from the name on.
        if previous == .lowercaseIdentifier, let before = tokens.significant(before: index),
            tokens.text(before, equals: "json"), let head = tokens.significant(before: before),
            tokens.kind(head) == .type
        {
            weak.insert(.jsonStatic)
        }
        guard let word = Word.at(index, in: tokens) else { return }
        let follower = tokens.kind(next)
        switch word {
        case .lwt: if Self.isLwtBinding(tokens, next) { strong.insert(.lwt) }
        case .tryLwt, .matchLwt, .forLwt, .whileLwt, .raiseLwt, .assertLwt:
            if KindSet.expressionStarts.contains(follower) || follower == .underscore { strong.insert(.lwt) }
        case .cstruct, .cenum:
            let brace = tokens.significant(from: next + 1)
            if follower == .lowercaseIdentifier, tokens.kind(brace) == .leftBrace { strong.insert(.cstruct) }
        case .jsnew: if KindSet.simpleStarts.contains(follower) { strong.insert(.jsOfOCaml) }
        case .jsobject: weak.insert(.jsOfOCaml)
        case .deriving: if follower == .leftParen, previous != .leftBracketAtAt { strong.insert(.deriving) }
        case .parser:
            if follower == .leftBracketLess || follower == .bar { strong.insert(.streams) }
            if follower == .lowercaseIdentifier { weak.insert(.streams) }
        case .bitmatch:
            if KindSet.simpleStarts.contains(follower), previous != .open { strong.insert(.bitstring) }
        case .lexer: if follower == .bar || KindSet.literals.contains(follower) { strong.insert(.ulex) }
        case .regexp:
            let equal = tokens.significant(from: next + 1)
            if follower == .lowercaseIdentifier, tokens.kind(equal) == .equal { strong.insert(.ulex) }
        case .perform: weak.insert(.monad)
        case .where: if follower == .let || follower == .rec { weak.insert(.where) }
        case .duppy, .duppyReturn, .duppyRaise, .duppyTry, .duppyDo: strong.insert(.duppy)
        case .lft, .lbt: weak.insert(.froc)
        case .describe, .it: if follower == .string { weak.insert(.ospec) }
        case .interpolate, .includeFile: if follower == .string { strong.insert(.xstrp4) }
        case .withGen: strong.insert(.rpclib)
        case .value: if Self.isRevisedValue(tokens, next, previous) { strong.insert(.revised) }
        }
    }

    /// The words that a dialect may be known by, as far as `word` looks at what stands behind them.
    private enum Word: String, CaseIterable {
        case lwt, tryLwt = "try_lwt", matchLwt = "match_lwt", forLwt = "for_lwt", whileLwt = "while_lwt",
            raiseLwt = "raise_lwt", assertLwt = "assert_lwt", cstruct, cenum, jsnew, jsobject, deriving, parser,
            bitmatch, lexer, regexp, perform, `where`, duppy, duppyReturn = "duppy_return",
            duppyRaise = "duppy_raise", duppyTry = "duppy_try", duppyDo = "duppy_do", lft, lbt, describe, it,
            interpolate, includeFile = "include_file", withGen = "with_gen", value

        /// By first byte: the lengths that such words have, as bits. Most words of a file are none of them, and are never
        /// read as text.
        private static let lengths: [UInt32] = allCases.reduce(into: [UInt32](repeating: 0, count: 256)) {
            table, word in
            guard let first = word.rawValue.utf8.first else { return }
            table[Int(first)] |= 1 << UInt32(word.rawValue.utf8.count)
        }

        static func at(_ index: Int, in tokens: TokenList) -> Word? {
            let start = tokens.start(index)
            let count = tokens.end(index) - start
            guard count > 0, count < 32, lengths[Int(tokens.bytes[start])] >> UInt32(count) & 1 == 1 else { return nil }
            return Word(rawValue: tokens.string(index))
        }
    }

    /// Whether what stands behind a `;` begins an item, or the file ends: so it is in the revised syntax, and hardly
    /// anywhere else.
    private static func endsRevisedItem(_ tokens: TokenList, _ next: Int) -> Bool {
        switch tokens.kind(next) {
        case .type, .module, .open, .include, .exception, .external, .class, .endOfFile: true
        default: false
        }
    }

    /// Whether a pattern stands behind `lwt`, and no argument.
    private static func isLwtBinding(_ tokens: TokenList, _ next: Int) -> Bool {
        guard KindSet.patternStarts.contains(tokens.kind(next)) else { return false }
        guard tokens.kind(next) == .lowercaseIdentifier else { return true }
        switch tokens.kind(tokens.significant(from: next + 1)) {
        case .equal, .colon, .comma, .as, .colonColon: return true
        default: return false
        }
    }

    /// `value name … =` where an item begins.
    private static func isRevisedValue(_ tokens: TokenList, _ next: Int, _ previous: TokenKind) -> Bool {
        guard previous == .semicolon || previous == .semicolonSemicolon || previous == .struct || previous == .sig
        else {
            return false
        }
        switch tokens.kind(next) {
        case .rec, .lowercaseIdentifier, .underscore: return true
        case .leftParen: return previous != .semicolonSemicolon
        default: return false
        }
    }

    private mutating func macro(_ tokens: TokenList, _ index: Int, _ next: Int) {
        // Most capitalised words are names of modules and constructors, and are never read as text.
        let second = tokens.start(index) + 1
        guard second < tokens.end(index), (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(tokens.bytes[second]) else {
            return
        }
        let follower = tokens.kind(next)
        switch tokens.string(index) {
        case "TEST", "TEST_UNIT", "TEST_MODULE":
            if follower == .equal || follower == .string { strong.insert(.ounit) }
        case "BENCH", "BENCH_FUN", "BENCH_INDEXED", "BENCH_MODULE": if follower == .string { strong.insert(.bench) }
        case "IFDEF", "IFNDEF":
            if follower == .uppercaseIdentifier { strong.insert(.macros) }
        case "DEFINE" where follower == .uppercaseIdentifier && Self.definesMacro(tokens, index, next):
            strong.insert(.macros)
        case "DEFINE", "UNDEF": if follower == .uppercaseIdentifier { weak.insert(.macros) }
        case "INCLUDE": if follower == .string { strong.insert(.macros) }
        case "EXTEND", "GEXTEND", "DELETE_RULE": strong.insert(.grammarExtensions)
        case "BITSTRING": if follower == .leftBrace { strong.insert(.bitstring) }
        case "TYPE_CONV_PATH": if follower == .string { showsCamlp4 = true }
        case "PGSQL": if follower == .leftParen { strong.insert(.pgocaml) }
        case "RE":
            if follower == .lowercaseIdentifier || follower == .string || follower == .leftBracket {
                weak.insert(.mikmatch)
            }
        case "REPLACE", "SEARCH", "COLLECT", "SPLIT", "CAPTURE": if follower == .string { weak.insert(.mikmatch) }
        case "LOG": if follower == .string { weak.insert(.bolt) }
        case "LEVEL": if follower == .uppercaseIdentifier, weak.contains(.bolt) { strong.insert(.bolt) }
        case "HAVE": if follower == .uppercaseIdentifier { weak.insert(.have) }
        default: break
        }
    }

    /// `DEFINE NAME =` or `DEFINE NAME(…) =` at the start of a line, where stock OCaml would see a constructor that is applied
    /// and compared.
    private static func definesMacro(_ tokens: TokenList, _ index: Int, _ name: Int) -> Bool {
        let start = tokens.start(index)
        guard start == 0 || tokens.bytes[start - 1] == 0x0A else { return false }
        var next = tokens.significant(from: name + 1)
        if tokens.kind(next) == .leftParen {
            while next < tokens.count, tokens.kind(next) != .rightParen { next += 1 }
            next = tokens.significant(from: next + 1)
        }
        return tokens.kind(next) == .equal
    }

    /// `sqlc"…"`, `u"…"`.
    private mutating func tagged(_ tokens: TokenList, _ index: Int) {
        switch tokens.string(index) {
        case "sql", "sqlc", "sqlinit", "sql_check": strong.insert(.estring)
        default: weak.insert(.estring)
        }
    }

    private mutating func hash(_ tokens: TokenList, _ index: Int, _ next: Int) {
        switch tokens.kind(next) {
        // Batteries' own preprocessor has lines that begin with `##V>=4.2##`.
        case .hash: if !tokens.text(next + 1, equals: "V") { strong.insert(.jsOfOCaml) }
        case .bang, .question: strong.insert(.macaque)
        default: if Self.isDirective(tokens, index, next) { strong.insert(.optcomp) }
        }
    }

    private static func isDirective(_ tokens: TokenList, _ index: Int, _ next: Int) -> Bool {
        let start = tokens.start(index)
        guard start == 0 || tokens.bytes[start - 1] == 0x0A else { return false }
        return OptcompLines.opensConditional(tokens, next)
    }

    private static func isEliom(_ tokens: TokenList, _ index: Int, _ next: Int) -> Bool {
        guard next == index + 1 else { return false }
        if tokens.kind(next) == .leftBrace { return true }
        let isSide =
            tokens.text(next, equals: "client") || tokens.text(next, equals: "server")
            || tokens.text(next, equals: "shared")
        if isSide, tokens.kind(next + 1) == .leftBrace || tokens.kind(next + 1) == .hash { return true }
        return isTypedValue(tokens, next)
    }

    /// Whether a type and a `{` stand here, as in `{unit -> unit{ … }}`.
    private static func isTypedValue(_ tokens: TokenList, _ start: Int) -> Bool {
        for index in start..<min(start + 60, tokens.count) {
            switch tokens.kind(index) {
            case .leftBrace: return true
            case .lowercaseIdentifier, .uppercaseIdentifier, .dot, .quote, .leftParen, .rightParen, .star, .arrow,
                .blank,
                .leftBracket, .rightBracket, .leftBracketGreater, .backquote, .less, .greater, .comma, .underscore:
                continue
            default: return false
            }
        }
        return false
    }

    /// Whether a clause of well-known generators begins at `index`, and so no case of a `match`.
    private static func isGeneratorClause(_ tokens: TokenList, _ index: Int) -> Bool {
        guard tokens.kind(index) == .lowercaseIdentifier else { return false }
        switch tokens.string(index) {
        case "sexp", "sexp_of", "of_sexp", "bin_io", "compare", "fields", "variants", "typerep", "rpc", "bin_write",
            "bin_read", "sexp_poly", "enumerate":
            break
        default: return false
        }
        switch tokens.kind(tokens.significant(from: index + 1)) {
        case .equal, .arrow, .bar, .when, .as, .colonColon: return false
        default: return true
        }
    }

    // MARK: Comments that say it

    /// `(*pp camlp4orf *)`, `(* camlp4r *)`, `(*i camlp4use: … i*)` among the first comments.
    private mutating func pragma(_ tokens: TokenList) {
        var index = 0
        while index < tokens.count, tokens.kind(index).isTrivia, index < 8 {
            if tokens.kind(index).isComment, mayBePragma(tokens.text(index)) { pragma(tokens.string(index)) }
            index += 1
        }
    }

    /// Whether the first word begins as those do that `pragma` knows: most comments are none, and some are long.
    private func mayBePragma(_ comment: some Sequence<UInt8>) -> Bool {
        let first = comment.first { !Self.betweenWords.utf8.contains($0) }
        return first == UInt8(ascii: "p") || first == UInt8(ascii: "c")
    }

    private static let betweenWords = " \t\n*()\""

    private mutating func pragma(_ comment: String) {
        let words = comment.split { Self.betweenWords.contains($0) }
        guard words.first == "pp" || words.first.map({ $0.hasPrefix("camlp4") }) ?? false else { return }
        for word in words {
            switch word {
            case "camlp4o", "camlp4oof", "camlp4orf", "camlp4of": showsCamlp4 = true
            case "camlp4r", "camlp4rf": strong.insert(.revised)
            default: continue
            }
            if word.hasSuffix("f") { strong.formUnion([.macros, .grammarExtensions, .streams]) }
        }
    }
}
