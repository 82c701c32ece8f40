import OCamlSyntax
import Testing
import Text
import Workspace

/// Our tokens under camlp4's rules against those of camlp4's own lexer: the same extents, and an error where it stops.
@Suite struct OCamlCamlp4LexerOracleTests {
    @Test func installedSources() async throws {
        let files = try await OCamlSources.installed()
        guard !files.isEmpty else { return }
        let sample = files.enumerated().filter { $0.offset % 4 == 0 }.map(\.element)
        let result = try await compare(sample)
        #expect(result == 0 || result == sample.count)
    }

    /// Odd pieces glued together at random.
    @Test func randomInput() async throws {
        try await Oracle.withDirectory { directory in
            var random = SeededRandom(seed: 20_160_303)
            let pieces = OCamlSources.oddPieces + OCamlSources.oddCamlp4Pieces
            var files: [String] = []
            func add(_ bytes: [UInt8]) throws {
                let path = "\(directory)/\(files.count).ml"
                try AtomicFileWriter.write(bytes, to: path)
                files.append(path)
            }
            for piece in pieces { try add(Array(piece.utf8)) }
            for _ in 0..<6000 {
                var bytes: [UInt8] = []
                for _ in 0..<(1 + random.next(below: 10)) {
                    bytes += Array(pieces[random.next(below: pieces.count)].utf8)
                }
                try add(bytes)
            }
            _ = try await compare(files)
        }
    }

    /// Compares on `files`; answers how many camlp4 was asked about.
    private func compare(_ files: [String]) async throws -> Int {
        try await Oracle.withDirectory { directory in
            guard
                let program = try await Oracle.compile(
                    "camlp4_tokens", package: "camlp4.fulllib,dynlink", with: "ocamlc", into: directory)
            else { return 0 }
            let list = files.joined(separator: "\n") + "\n"
            let output = try await Oracle.run(program, [], input: Array(list.utf8))
            try #require(output.succeeded, "\(output.errorText)")
            var differences: [String] = []
            let sections = OCamlSources.sections(output.output)
            for section in sections {
                let bytes = try FileReader.read(section.file)
                let tokens = Lexer.tokenize(bytes, rules: .camlp4)
                if let difference = Camlp4Comparison(tokens: tokens).difference(from: section.lines) {
                    differences.append(
                        "\(section.file): \(difference) in \(String(decoding: bytes.prefix(80), as: UTF8.self))")
                }
            }
            #expect(sections.count == files.count)
            #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(20).joined(separator: "\n"))")
            return sections.count
        }
    }
}

/// Goes along our tokens and camlp4's together.
private struct Camlp4Comparison {
    let tokens: TokenList

    /// The first place where they part; nil where they agree.
    func difference(from lines: [String]) -> String? {
        var index = tokens.skippingBlanks(from: 0)
        var isInsideBracket = false
        var isAfterStar = false
        for line in lines {
            let parts = line.split(separator: " ")
            switch parts[0] {
            case "end": return index >= tokens.count ? nil : "ours goes on with \(describe(index))"
            case "failure": return nil
            case "error":
                // camlp4's lexer converts literals, and stops at one that no integer holds; OCaml's parser is first to ask.
                let isLarge = tokens.kind(index) == .integer && tokens.range(index).count > 18
                return isError(index) || isLarge ? nil : "camlp4 stops at \(line), ours reads \(describe(index))"
            default:
                guard parts.count == 3, let start = Int(parts[0]), let end = Int(parts[1]) else { return line }
                let kind = String(parts[2])
                if isInsideBracket {
                    // The `>` of `[>`, one token to us.
                    isInsideBracket = false
                    index = tokens.skippingBlanks(from: index + 1)
                    continue
                }
                if tokens.kind(index) == .leftBracketGreater, start == tokens.start(index), end == start + 1 {
                    isInsideBracket = true
                    continue
                }
                if tokens.kind(index) == .star, end == tokens.end(index) + 1 || start == end {
                    // Before a stray `)` camlp4 places the star's end behind the parenthesis, where the next starts.
                    isAfterStar = end > tokens.end(index)
                    index = tokens.skippingBlanks(from: index + 1)
                    continue
                }
                // camlp4 is not exact on where quotations and comments start, and directives have their line end.
                let sameStart =
                    isAfterStar || tokens.start(index) == start || kind == "quotation" || kind == "comment"
                    || start == end
                isAfterStar = false
                guard sameStart else { return "camlp4's \(line), ours \(describe(index))" }
                if kind == "directive" {
                    guard tokens.kind(index) == .lineDirective else { return "\(line), ours \(describe(index))" }
                    index = tokens.skippingBlanks(from: index + 1)
                } else if kind == "escaped" {
                    guard tokens.kind(index) == .leftParen else { return "\(line), ours \(describe(index))" }
                    while index < tokens.count, tokens.end(index) < end { index += 1 }
                    guard tokens.end(index) == end, tokens.kind(index) == .rightParen else { return "\(line) escaped" }
                    index = tokens.skippingBlanks(from: index + 1)
                } else {
                    guard tokens.end(index) == end, name(tokens.kind(index)) == kind else {
                        return "camlp4's \(line), ours \(describe(index))"
                    }
                    index = tokens.skippingBlanks(from: index + 1)
                }
            }
        }
        return "no end"
    }

    /// An error that camlp4 finds at once stands at `index`; one inside a string or comment is found there too.
    private func isError(_ index: Int) -> Bool {
        tokens.kind(index).isError
    }

    private func describe(_ index: Int) -> String {
        "\(tokens.start(index)) \(tokens.end(index)) \(tokens.kind(index))"
    }

    private func name(_ kind: TokenKind) -> String {
        switch kind {
        case .comment, .documentationComment: "comment"
        case .integer, .float: "number"
        case .character: "char"
        case .string: "string"
        case .quotation: "quotation"
        case .label, .optionalLabel: "label"
        case .lowercaseIdentifier, .uppercaseIdentifier, .underscore: "word"
        default: kind.isKeyword ? "word" : kind.isError ? "error" : "symbol"
        }
    }
}

extension TokenList {
    fileprivate func skippingBlanks(from index: Int) -> Int {
        var index = index
        while kind(index) == .blank { index += 1 }
        return index
    }
}
