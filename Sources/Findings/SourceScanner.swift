import BuildFiles
import OCamlSyntax
package import Text

/// Finds the uses of camlp4 in one source at a time; a pure function of its bytes and of what the build files say.
package struct SourceScanner: Sendable {
    private let index: ExtensionIndex
    private let knowledge: BuildKnowledge?
    private let runner: RuleRunner
    private let reader: SourceReader
    private let aim: Aim
    private let identifies: Bool

    /// - Parameters:
    ///   - knowledge: nil for files that are scanned without their checkout.
    ///   - identifies: whether findings get fingerprints; whoever only rewrites needs none.
    package init(_ index: ExtensionIndex, _ knowledge: BuildKnowledge?, aim: Aim = Aim(), identifies: Bool = true) {
        self.index = index
        self.identifies = identifies
        self.knowledge = knowledge
        self.aim = aim
        runner = RuleRunner(index.all.flatMap(\.rules))
        reader = SourceReader(index)
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
        let language = SourceLanguage.of(path: path)
        let code = language.code(in: bytes)
        let head = HeadComment(bytes)
        let said = head.flatMap { $0.extensions(beside: said, index) } ?? said
        let isInterface = SourceLanguage.isInterface(path: path)
        var reading = reader.read(code, interface: isInterface, said: said)
        var judged = said
        if said == [], reading.isRejectedByStock {
            // No line that can be read turns anything on, yet stock rejects the file: the build does it in a way of its own
            // (a tag that `myocamlbuild.ml` knows), and what stands in the file is all there is to go by.
            let alone = reader.read(code, interface: isInterface, said: nil)
            if alone.isProven {
                reading = alone
                judged = nil
            }
        }
        let kept = constructs(reading, path, judged)
        let list = (reading.trees.first ?? reading.stock).tokens
        let fault = Self.firstFault(reading, language)
        let needsLines = !kept.isEmpty || head != nil || fault != nil || reading.isRejectedByStock
        let lines = needsLines ? LineTable(bytes) : nil
        var findings: [Finding] = []
        if let lines {
            let origin = kept.contains { $0.draft.wantsOrigin } ? origin(of: path) : nil
            let maker = kept.isEmpty ? nil : GeneratedSource.note(list, path: path, lines)
            findings = kept.map { Self.finding($0, path, bytes, lines, origin, maker) }
            if let head {
                let isLast = kept.isEmpty && (!reading.isRejectedByStock || HeadComment.hasConditionalLines(bytes))
                findings.insert(head.finding(bytes, path: path, lines, isLast: isLast), at: 0)
            }
            if identifies {
                Fingerprint.assign(to: &findings, surroundings: Surroundings.texts(of: findings, in: reading.trees))
            }
        }
        var used = Set(kept.map(\.ofExtension))
        for entry in kept { used.formUnion(entry.draft.uses) }
        for entry in (said ?? []).compactMap(index.named) where entry.isUsedSilently?(list) == true {
            used.insert(entry.id)
        }
        return .scanned(
            ScannedFile(
                path: path, size: bytes.count, dialect: judged == nil ? .content : .buildFiles, turnedOn: said ?? [],
                extensions: used.sorted(), findings: findings,
                acceptedByStock: Self.isAccepted(reading, language, kept.map(\.draft)),
                mixed: !findings.isEmpty && Self.usesPPX(list),
                partial: fault.flatMap { fault in lines.map { Self.describe(fault, list, $0, bytes) } },
                problems: reading.trees.map(\.problems).max() ?? reading.stock.problems,
                rejection: language == .ocaml ? lines.flatMap { Self.rejection(reading.stock, $0, bytes) } : nil))
    }

    private static func rejection(
        _ stock: SyntaxTree, _ lines: LineTable, _ bytes: [UInt8]
    ) -> ScannedFile.Rejection? {
        stock.rejectionByStock.map { error in
            ScannedFile.Rejection(
                position: lines.position(of: stock.tokens.start(error.token)),
                reason: reason(error, stock.tokens, bytes))
        }
    }

    /// The first thing at which the reading that the findings come from fails; nil where the file was read to its end.
    ///
    /// Of ocamllex and ocamlyacc files only pieces are read, which need not be whole.
    private static func firstFault(_ reading: SourceReader.Reading, _ language: SourceLanguage) -> SyntaxError? {
        // What stock accepts has no error of its rules.
        guard reading.isRejectedByStock || !reading.trees.isEmpty else { return nil }
        let tree = reading.trees.first ?? reading.stock
        let error = tree.firstError
        guard language == .ocaml else { return error.flatMap { tree.tokens.kind($0.token).isError ? $0 : nil } }
        return error
    }

    /// Whether the stock OCaml parser takes the file as it stands, whatever build files say of it.
    ///
    /// Of ocamllex and ocamlyacc files only pieces are OCaml; they count as taken unless a finding is sure to be rejected.
    private static func isAccepted(_ reading: SourceReader.Reading, _ language: SourceLanguage, _ drafts: [Draft])
        -> Bool
    {
        switch language {
        case .ocaml: !reading.isRejectedByStock
        case .lexer, .grammar: !drafts.contains { $0.certainty == .certain }
        }
    }

    // MARK: dialect

    /// The constructs of the extensions that are on, and those that can be nothing else.
    private func constructs(
        _ reading: SourceReader.Reading, _ path: String, _ said: [String]?
    ) -> [RuleRunner.Found] {
        let found = runner.constructs(
            in: reading.trees.map { tree in
                SourceContext(
                    tree, path: path, index: index, isProven: reading.isProven, turnedOn: Set(said ?? []), aim: aim)
            })
        guard !found.isEmpty, let tokens = reading.trees.first?.tokens else { return [] }
        // Under an extension its words are keywords: a file that binds one as a name is not written in it.
        func isBound(_ entry: RuleRunner.Found) -> Bool {
            if reading.bound.isEmpty { return false }
            let token = tokens.index(atOffset: entry.draft.range.start) ?? 0
            return reading.bound.contains(Array(tokens.text(token)))
        }
        let on = extensionsOn(found, said, isBound)
        return found.filter { entry in
            if said == nil, isBound(entry) { return false }
            return entry.draft.certainty == .certain || on.contains(entry.ofExtension)
        }
    }

    /// Which extensions are on here.
    ///
    /// What build files say, and what the text makes likely where no build file speaks, or where camlp4 is on with
    /// something that they do not name (a tag of `myocamlbuild.ml`): they say so, or a construct proves it that stock
    /// OCaml rejects.
    /// A word that the file binds as a name makes nothing likely.
    private func extensionsOn(
        _ found: [RuleRunner.Found], _ said: [String]?, _ isBound: (RuleRunner.Found) -> Bool
    ) -> Set<String> {
        let isPlain = said.map { $0.isEmpty } ?? false && !found.contains { $0.draft.certainty == .certain }
        let enough: Certainty = isPlain ? .certain : .likely
        var on = Set(said ?? [])
        for entry in found where entry.draft.certainty >= enough {
            if entry.draft.certainty != .certain, isBound(entry) { continue }
            on.insert(entry.ofExtension)
        }
        return on
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

    private static func describe(
        _ error: SyntaxError, _ list: TokenList, _ lines: LineTable, _ bytes: [UInt8]
    ) -> String {
        let place = lines.position(of: list.start(error.token))
        return "line \(place.line), column \(place.column): \(reason(error, list, bytes))"
    }

    private static func reason(_ error: SyntaxError, _ list: TokenList, _ bytes: [UInt8]) -> String {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]), list.start(error.token) < 3 {
            return "a byte-order mark, which OCaml does not take: remove the first three bytes"
        }
        switch list.kind(error.token) {
        case .unterminatedComment: return "comment that does not end"
        case .unterminatedString, .unterminatedQuotedString: return "string that does not end"
        case .unterminatedQuotation: return "quotation that does not end"
        case .badNumber: return "bad number"
        case .badCharacter, .emptyCharacter: return "bad character literal"
        case .badString: return "bad escape in a string"
        case let kind where kind.isError: return "bytes that are no OCaml"
        default: return error.reason
        }
    }

    /// Attributes that derive, extension nodes and `let%x`: the file also is written for ppx.
    private static func usesPPX(_ tokens: TokenList) -> Bool {
        for place in 0..<tokens.count {
            switch tokens.kind(place) {
            case .leftBracketPercent, .leftBracketPercentPercent: return true
            case .leftBracketAtAt where tokens.text(tokens.significant(from: place + 1), equals: "deriving"):
                return true
            case .percent, .infixOperator3:
                // `let%lwt`: glued to a keyword.
                if tokens.text(place).first == UInt8(ascii: "%"), tokens.kind(place - 1).isKeyword,
                    !tokens.kind(place + 1).isTrivia
                {
                    return true
                }
            default: continue
            }
        }
        return false
    }

    // MARK: findings

    /// The build lines that turn syntax on for a file, in a sentence; nil where none does.
    private func origin(of path: String) -> String? {
        var places: [String] = []
        for declaration in knowledge?.active(for: path) ?? [] where !places.contains(declaration.place) {
            places.append(declaration.place)
        }
        return places.isEmpty ? nil : "the file's syntax is turned on at \(places.prefix(4).joined(separator: ", "))"
    }

    private static func finding(
        _ found: RuleRunner.Found, _ path: String, _ bytes: [UInt8], _ lines: LineTable, _ origin: String?,
        _ maker: String?
    ) -> Finding {
        let draft = found.draft
        var fix = draft.wantsOrigin ? origin.map { draft.fix.noting($0) } ?? draft.fix : draft.fix
        if let maker { fix = fix.noting(maker, safety: fix.safety == .safe ? .review : fix.safety) }
        let start = lines.position(of: draft.range.start)
        let line = lines.range(ofLine: start.line, in: bytes) ?? ByteRange(0, 0)
        return Finding(
            rule: found.rule.id, extension: found.ofExtension, path: path, start: start,
            end: lines.position(of: draft.range.end), message: draft.message ?? found.rule.message, fix: fix,
            sourceLine: Array(bytes[line.start..<line.end].prefix(400)), construct: draft.construct)
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
    /// How many faults the reading that its findings come from has.
    package let problems: Int
    /// Where and why stock OCaml does not take it; nil where it does, and for files of which only pieces are OCaml.
    package let rejection: Rejection?

    /// The place at which stock OCaml gives a file up.
    package struct Rejection: Sendable, Hashable {
        package let position: Position
        package let reason: String

        package init(position: Position, reason: String) {
            self.position = position
            self.reason = reason
        }
    }

    /// The same without some of its findings.
    package func keeping(where isKept: (Finding) -> Bool) -> ScannedFile {
        if findings.allSatisfy(isKept) { return self }
        return ScannedFile(
            path: path, size: size, dialect: dialect, turnedOn: turnedOn, extensions: extensions,
            findings: findings.filter(isKept), acceptedByStock: acceptedByStock, mixed: mixed, partial: partial,
            problems: problems, rejection: rejection)
    }

    package init(
        path: String, size: Int, dialect: Dialect, turnedOn: [String], extensions: [String], findings: [Finding],
        acceptedByStock: Bool, mixed: Bool, partial: String?, problems: Int = 0, rejection: Rejection? = nil
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
        self.problems = problems
        self.rejection = rejection
    }
}
