import OCamlSyntax
import Text

/// What tokens alone tell of a file's structure: which brackets, `let … in` and `match … with` belong together, and
/// which `with` begins a clause of type_conv.
///
/// One pass with a stack, so it takes any bytes and is linear. It is no parser: where a file is broken the pairs near
/// the break may be wrong, never the rest beyond the next item. Indices count significant tokens, from 0.
package struct TokenStructure: Sendable {
    package enum ClauseKind: Sendable, Hashable {
        case type
        case exception
        case field
    }

    /// For a token that opens: the one that closes it. `let`/`lwt` → `in`; `match`/`try` and their like → `with`;
    /// brackets, `begin`, `struct`, `sig`, `object`, `do` → their ends.
    package private(set) var partner: [Int: Int] = [:]
    /// The `match` or `try` to which a `with` belongs.
    package private(set) var openerOfWith: [Int: Int] = [:]
    /// `with` tokens that begin a clause of type_conv.
    package private(set) var clauses: [Int: ClauseKind] = [:]
    /// The `finally` of a `try_lwt`.
    package private(set) var finallyOf: [Int: Int] = [:]
    /// Every `finally` that belongs to a `try_lwt`.
    package private(set) var finallies: Set<Int> = []
    /// Words of extensions that took a `with` which nothing else could have taken.
    package private(set) var loneWith: Set<Int> = []
    /// Tokens in a type declaration at their own level: where `deriving (…)` may stand.
    package private(set) var inTypeDeclaration: Set<Int> = []

    /// Each `lwt` whose `in` no `let` of stock OCaml could have: the proof that it is a keyword.
    package private(set) var provenLets: Set<Int> = []

    private enum Declaration {
        case none
        case type
        case exception
    }

    private struct Level {
        let opener: Int
        let closers: Set<TokenKind>
        var declaration = Declaration.none
        /// Whether the bracket stands inside a type declaration, so that `{` begins a record type.
        let insideType: Bool
        /// Whether structure items stand here: the file itself, `struct … end`.
        let holdsItems: Bool
        /// `let` and `lwt` that wait for their `in`.
        var lets: [Int] = []
        /// The same as stock OCaml counts them: without `lwt`.
        var stockLets: [Int] = []
        var matches: [Int] = []
    }

    private var levels = [Level(opener: -1, closers: [], insideType: false, holdsItems: true)]
    /// How many open levels each kind of closer would close: a stray closer is known without a search, so that no
    /// input makes the pass quadratic.
    private var openFor = [Int](repeating: 0, count: 256)

    init(_ source: SourceTokens) {
        for index in 0..<source.count { visit(index, source) }
        levels = []
    }

    private mutating func visit(_ index: Int, _ source: SourceTokens) {
        let kind = source.kind(index)
        if let closers = Self.closers(of: kind) {
            open(index, kind, closers, source)
            return
        }
        if Self.isCloser(kind) {
            close(index, kind)
            return
        }
        let top = levels.count - 1
        switch kind {
        case .let, .letOperator: beginLet(index, source)
        case .in: endLet(index, source)
        case .match, .try: levels[top].matches.append(index)
        case .with: with(index, source)
        case .type where Self.beginsTypeDeclaration(index, source): beginItem(.type)
        case .exception where Self.beginsExceptionDeclaration(index, source): beginItem(.exception)
        case .val, .external, .include, .open, .class, .semicolonSemicolon, .method, .inherit, .initializer:
            if source.kind(index - 1) != .let { beginItem(.none) }
        case .module:
            if ![.let, .leftParen, .and, .with, .open].contains(source.kind(index - 1)) { beginItem(.none) }
        case .lowercaseIdentifier: word(index, source)
        default: break
        }
    }

    // MARK: brackets

    private mutating func open(_ index: Int, _ kind: TokenKind, _ closers: Set<TokenKind>, _ source: SourceTokens) {
        let outer = levels[levels.count - 1]
        let insideType = kind == .leftBrace && outer.declaration == .type
        levels.append(Level(opener: index, closers: closers, insideType: insideType, holdsItems: kind == .struct))
        for closer in closers { openFor[Int(closer.rawValue)] += 1 }
    }

    private mutating func close(_ index: Int, _ kind: TokenKind) {
        // A closer that fits nothing open is stray; one that fits further out closes all between.
        guard openFor[Int(kind.rawValue)] > 0 else { return }
        while levels.count > 1, let level = levels.popLast() {
            for closer in level.closers { openFor[Int(closer.rawValue)] -= 1 }
            if level.closers.contains(kind) {
                partner[level.opener] = index
                return
            }
        }
    }

    private static func closers(of kind: TokenKind) -> Set<TokenKind>? {
        switch kind {
        case .leftParen: parens
        case .leftBracket, .leftBracketBar, .leftBracketLess, .leftBracketGreater, .leftBracketColon, .leftBracketAt,
            .leftBracketAtAt, .leftBracketAtAtAt, .leftBracketPercent, .leftBracketPercentPercent:
            brackets
        case .leftBrace, .leftBraceLess: braces
        case .leftDelimiter: delimiters
        case .begin, .struct, .sig, .object: ends
        case .do: dones
        default: nil
        }
    }

    private static let parens: Set<TokenKind> = [.rightParen]
    private static let brackets: Set<TokenKind> = [
        .rightBracket, .barRightBracket, .greaterRightBracket, .colonRightBracket,
    ]
    private static let braces: Set<TokenKind> = [.rightBrace, .greaterRightBrace]
    private static let delimiters: Set<TokenKind> = [
        .rightDelimiter, .rightParen, .rightBracket, .barRightBracket, .greaterRightBracket, .rightBrace,
    ]
    private static let ends: Set<TokenKind> = [.end]
    private static let dones: Set<TokenKind> = [.done]

    private static func isCloser(_ kind: TokenKind) -> Bool {
        switch kind {
        case .rightParen, .rightBracket, .barRightBracket, .greaterRightBracket, .colonRightBracket, .rightBrace,
            .greaterRightBrace, .rightDelimiter, .end, .done:
            true
        default: false
        }
    }

    // MARK: let, match, with

    private mutating func beginLet(_ index: Int, _ source: SourceTokens) {
        let top = levels.count - 1
        levels[top].declaration = .none
        // Behind a whole operand no expression goes on with `let`: a new item, so nothing waits for its `in` any more.
        if source.endsOperand(index - 1) {
            levels[top].lets = []
            levels[top].stockLets = []
            levels[top].matches = []
        }
        levels[top].lets.append(index)
        if source.kind(index) != .lowercaseIdentifier { levels[top].stockLets.append(index) }
    }

    private mutating func endLet(_ index: Int, _ source: SourceTokens) {
        let top = levels.count - 1
        let stock = levels[top].stockLets.popLast()
        guard let opener = levels[top].lets.popLast() else { return }
        partner[opener] = index
        guard source.kind(opener) == .lowercaseIdentifier else { return }
        guard let stock else {
            provenLets.insert(opener)
            return
        }
        // To stock OCaml the item's own `let` would take the `in`: legal in the first item alone.
        let isItem = levels[top].holdsItems && levels[top].stockLets.isEmpty
        if isItem, stock != levels[top].opener + 1, source.kind(stock - 1) != .semicolonSemicolon {
            provenLets.insert(opener)
        }
    }

    private mutating func with(_ index: Int, _ source: SourceTokens) {
        let top = levels.count - 1
        if let opener = levels[top].matches.popLast() {
            partner[opener] = index
            openerOfWith[index] = opener
            if levels[top].matches.isEmpty { loneWith.insert(opener) }
            return
        }
        // `with type`, `with module` restrict a signature.
        guard [.lowercaseIdentifier, .rawIdentifier].contains(source.kind(index + 1)) else { return }
        if levels[top].insideType {
            clauses[index] = .field
            return
        }
        switch levels[top].declaration {
        case .type: clauses[index] = .type
        case .exception: clauses[index] = .exception
        case .none: break
        }
    }

    private mutating func word(_ index: Int, _ source: SourceTokens) {
        let top = levels.count - 1
        switch source.text(index) {
        case "lwt":
            if source.isValueName(index) { return }
            beginLet(index, source)
        case "match_lwt", "try_lwt", "bitmatch":
            if source.isValueName(index) || source.kind(index + 1) == .equal { return }
            levels[top].matches.append(index)
        case "for_lwt":
            // `for_lwt p in s` has an `in` of its own.
            if source.hasInBeforeDo(after: index) { levels[top].lets.append(index) }
        case "finally":
            if let opener = levels[top].matches.popLast(), source.text(opener) == "try_lwt" {
                finish(opener, index)
            } else if let opener = lastTry {
                finish(opener, index)
            }
        case "deriving":
            if levels[top].declaration == .type { inTypeDeclaration.insert(index) }
        default: break
        }
        if source.text(index) == "try_lwt" { lastTry = index }
    }

    private mutating func finish(_ opener: Int, _ index: Int) {
        finallyOf[opener] = index
        finallies.insert(index)
    }

    /// The `try_lwt` met last: whose `finally` comes after its handlers.
    private var lastTry: Int?

    // MARK: items

    private mutating func beginItem(_ declaration: Declaration) {
        let top = levels.count - 1
        levels[top].declaration = declaration
        levels[top].matches = []
        // A `let` without its `in` before the next item was an item itself.
        if declaration != .none {
            levels[top].lets = []
            levels[top].stockLets = []
        }
    }

    /// `type` of a declaration; not of `: type a.`, `(type a)`, `with type`, `module type`, `class type`.
    private static func beginsTypeDeclaration(_ index: Int, _ source: SourceTokens) -> Bool {
        switch source.kind(index - 1) {
        case .colon, .leftParen, .with, .module, .class, .and, .of: false
        default: true
        }
    }

    /// `exception` of a declaration; not the pattern of a match case.
    private static func beginsExceptionDeclaration(_ index: Int, _ source: SourceTokens) -> Bool {
        switch source.kind(index - 1) {
        case .bar, .with, .leftParen, .function, .let: false
        default: true
        }
    }
}
