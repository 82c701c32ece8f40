import BuildFiles
import OCamlSyntax
import Text

/// Finds the uses of camlp4 in one source at a time; a pure function of its bytes and of what the build files say.
package struct SourceScanner: Sendable {
    private let index: ExtensionIndex
    private let knowledge: BuildKnowledge?
    private let runner: RuleRunner

    /// - Parameter knowledge: nil for files that are scanned without their checkout.
    package init(_ index: ExtensionIndex, _ knowledge: BuildKnowledge?) {
        self.index = index
        self.knowledge = knowledge
        runner = RuleRunner(index.all.flatMap(\.rules))
    }

    /// What a source turned out to be.
    package enum Outcome: Sendable {
        case scanned(ScannedFile)
        /// No text of a kind that OCaml reads; the reason says what it is.
        case unreadable(String)
    }

    package func scan(_ bytes: [UInt8], path: String) -> Outcome {
        scan(bytes, path: path, turnedOn: knowledge?.extensions(for: path, index))
    }

    /// - Parameter said: the extensions that are on, with what they imply; nil where the text has to decide.
    package func scan(_ bytes: [UInt8], path: String, turnedOn said: [String]?) -> Outcome {
        if let reason = Self.reasonAgainst(bytes) { return .unreadable(reason) }
        let code = SourceLanguage.of(path: path).code(in: bytes)
        let list = Self.tokens(of: code, camlp4: said.map { !$0.isEmpty })
        let context = SourceContext(list, path: path, index: index)
        let (drafts, bound) = runner.drafts(in: context)
        let on = extensionsOn(drafts, said, bound: bound, context)
        let kept = drafts.filter { entry in
            // Under an extension its words are keywords: a file that binds one as a name is not written in it.
            let ofExtension = entry.draft.extension ?? entry.rule.extension
            if said == nil, bound.contains(context.tokens.string(entry.draft.range)) { return false }
            return entry.draft.certainty == .certain || on.contains(ofExtension)
        }
        let lines = LineTable(bytes)
        var findings = kept.map { Self.finding($0.rule, $0.draft, path, bytes, lines) }
        Fingerprint.assign(to: &findings, surroundings: findings.map { Self.surroundings($0, context, lines) })
        var used = Set(kept.map { $0.draft.extension ?? $0.rule.extension })
        for entry in kept { used.formUnion(entry.draft.uses) }
        let errors = list.errors
        let accepted = StockVerdict.isAccepted(bytes, path: path, kept.map(\.draft))
        return .scanned(
            ScannedFile(
                path: path, size: bytes.count, dialect: said == nil ? .content : .buildFiles, turnedOn: said ?? [],
                extensions: used.sorted(), findings: findings, acceptedByStock: accepted,
                mixed: !findings.isEmpty && Self.usesPPX(context),
                partial: errors.first.map { Self.describe($0, list, lines) }))
    }

    // MARK: dialect

    /// Which extensions' words are keywords here.
    ///
    /// What build files say, and what the text makes likely where no build file speaks, or where camlp4 is on with
    /// something that they do not name (a tag of `myocamlbuild.ml`): they say so, or a construct proves it that stock
    /// OCaml rejects.
    /// A word that the file binds as a name makes nothing likely.
    private func extensionsOn(
        _ drafts: [(rule: Rule, draft: Draft)], _ said: [String]?, bound: Set<String>, _ context: SourceContext
    ) -> Set<String> {
        let isPlain = said.map { $0.isEmpty } ?? false && !drafts.contains { $0.draft.certainty == .certain }
        let enough: Certainty = isPlain ? .certain : .likely
        var on = Set(said ?? [])
        for entry in drafts where entry.draft.certainty >= enough {
            let isProven = entry.draft.certainty == .certain
            if !isProven, !bound.isEmpty, bound.contains(context.tokens.string(entry.draft.range)) { continue }
            on.insert(entry.draft.extension ?? entry.rule.extension)
        }
        return on
    }

    /// Tokens by camlp4's rules where it is on, by stock's where it is off; where nobody says, by whichever fits.
    static func tokens(of code: [UInt8], camlp4: Bool?) -> TokenList {
        let stock = Lexer.tokenize(code, rules: .stock)
        if camlp4 == nil, !looksQuoted(stock) { return stock }
        if camlp4 == false, !looksQuoted(stock) { return stock }
        let quoted = Lexer.tokenize(code, rules: .camlp4)
        guard cannotBeMeant(quoted), !cannotBeMeant(stock) else { return quoted }
        // Whatever camlp4's own lexer rejects was never compiled with it; but a quotation that surely begins and never
        // ends is none of stock's either.
        return looksQuoted(stock) && quoted.kinds.contains(.unterminatedQuotation) ? quoted : stock
    }

    private static func cannotBeMeant(_ list: TokenList) -> Bool {
        list.kinds.contains { [.unterminatedComment, .unterminatedString, .unterminatedQuotation].contains($0) }
    }

    /// Whether stock's tokens have what can only be the start of a quotation: `<:tag<`, or `<<` where no operator fits.
    private static func looksQuoted(_ list: TokenList) -> Bool {
        var previous = TokenKind.endOfFile
        for index in 0..<list.count {
            let kind = list.kind(index)
            if kind.isTrivia { continue }
            if kind == .infixOperator0 || kind == .less {
                if list.text(index, equals: "<:"), list.kind(index + 1) == .lowercaseIdentifier { return true }
                if list.text(index, equals: "<<"), wantsOperand(previous),
                    list.kind(list.significant(from: index + 1)) != .rightParen
                {
                    return true
                }
            }
            previous = kind
        }
        return false
    }

    /// Whether an expression must begin after this token.
    private static func wantsOperand(_ kind: TokenKind) -> Bool {
        switch kind {
        case .equal, .leftParen, .arrow, .comma, .semicolon, .leftBracket, .leftBracketBar, .in, .then, .else, .begin,
            .with, .do, .bar, .of, .colonColon, .when:
            true
        default: false
        }
    }

    // MARK: what a file is

    private static func reasonAgainst(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16 text" }
        let head = bytes.prefix(8000)
        guard head.contains(0) else { return nil }
        // ASCII in UTF-16 without a mark: every other byte is zero.
        let zeros = head.enumerated().filter { $0.element == 0 }
        let odd = zeros.count { $0.offset % 2 == 1 }
        let half = head.count / 2
        if half > 1, odd > half * 3 / 4 || zeros.count - odd > half * 3 / 4 { return "UTF-16 text" }
        // A stray zero or two do not make a text binary; zeros among other control bytes do.
        let controls = head.count { ($0 > 0 && $0 < 0x20 && !(0x09...0x0D).contains($0)) || $0 == 0x7F }
        return controls * 50 > head.count || zeros.count * 3 > head.count ? "binary file" : nil
    }

    private static func describe(_ index: Int, _ list: TokenList, _ lines: LineTable) -> String {
        let place = lines.position(of: list.start(index))
        let what =
            switch list.kind(index) {
            case .unterminatedComment: "comment that does not end"
            case .unterminatedString, .unterminatedQuotedString: "string that does not end"
            case .unterminatedQuotation: "quotation that does not end"
            case .badNumber: "bad number"
            case .badCharacter, .emptyCharacter: "bad character literal"
            case .badString: "bad escape in a string"
            default: "bytes that are no OCaml"
            }
        return "line \(place.line), column \(place.column): \(what)"
    }

    /// Attributes that derive, extension nodes and `let%x`: the file also is written for ppx.
    private static func usesPPX(_ context: SourceContext) -> Bool {
        let tokens = context.tokens
        for index in 0..<tokens.count {
            switch tokens.kind(index) {
            case .leftBracketPercent, .leftBracketPercentPercent: return true
            case .leftBracketAtAt where tokens.text(index + 1) == "deriving": return true
            case .percent, .infixOperator3:
                // `let%lwt`: glued to a keyword.
                if tokens.bytes(tokens.range(index)).first == UInt8(ascii: "%"), tokens.kind(index - 1).isKeyword,
                    tokens.touchesNext(index - 1), tokens.touchesNext(index)
                {
                    return true
                }
            default: continue
            }
        }
        return false
    }

    // MARK: findings

    private static func finding(_ rule: Rule, _ draft: Draft, _ path: String, _ bytes: [UInt8], _ lines: LineTable)
        -> Finding
    {
        let start = lines.position(of: draft.range.start)
        let line = lines.range(ofLine: start.line, in: bytes) ?? ByteRange(0, 0)
        return Finding(
            rule: rule.id, extension: draft.extension ?? rule.extension, path: path, start: start,
            end: lines.position(of: draft.range.end), message: draft.message ?? rule.message, fix: draft.fix,
            sourceLine: Array(bytes[line.start..<line.end].prefix(400)))
    }

    /// The code of the lines on which a finding stands, without comments, blanks normalised.
    private static func surroundings(_ finding: Finding, _ context: SourceContext, _ lines: LineTable) -> [UInt8] {
        let list = context.tokens.list
        var first = lines.range(ofLine: finding.start.line, in: list.bytes) ?? ByteRange(0, 0)
        var last = lines.range(ofLine: finding.end.line, in: list.bytes) ?? first
        // Many findings on one long line must not each read all of it.
        first.start = max(first.start, finding.range.start - 200)
        last.end = max(min(last.end, finding.range.end + 200, first.start + 2000), last.start)
        var text: [UInt8] = []
        var index = list.index(atOffset: first.start) ?? 0
        while index < list.count, list.start(index) < last.end {
            let kind = list.kind(index)
            if kind.isTrivia {
                text.append(0x20)
            } else {
                let start = max(list.start(index), first.start)
                text += list.bytes[start..<max(start, min(list.end(index), last.end))]
            }
            index += 1
        }
        return Fingerprint.normalised(text)
    }
}

/// What a scan says of one source.
package struct ScannedFile: Sendable {
    package enum Dialect: String, Sendable {
        /// Build files say which extensions are on.
        case buildFiles = "build files"
        /// None speaks of the file: its text decides.
        case content
    }

    package let path: String
    package let size: Int
    package let dialect: Dialect
    /// What build files turn on for it.
    package let turnedOn: [String]
    /// What it uses.
    package let extensions: [String]
    package let findings: [Finding]
    package let acceptedByStock: Bool
    /// Whether both camlp4's and ppx's syntax occur.
    package let mixed: Bool
    /// Where and why it was not understood to its end; nil where it was.
    package let partial: String?

    package init(
        path: String, size: Int, dialect: Dialect, turnedOn: [String], extensions: [String], findings: [Finding],
        acceptedByStock: Bool, mixed: Bool, partial: String?
    ) {
        self.path = path
        self.size = size
        self.dialect = dialect
        self.turnedOn = turnedOn
        self.extensions = extensions
        self.findings = findings
        self.acceptedByStock = acceptedByStock
        self.mixed = mixed
        self.partial = partial
    }
}
