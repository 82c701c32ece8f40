import OCamlSyntax
import Testing
import Text
import Workspace

/// Our tokens against those of OCaml's own lexer: the same extents and kinds, and an error where OCaml stops.
@Suite struct OCamlLexerOracleTests {
    /// Every file that the OCaml on this machine installs.
    @Test func installedSources() async throws {
        let files = try await OCamlSources.installed()
        guard !files.isEmpty else { return }
        let result = try await compare(files)
        #expect(result.files >= 100)
        #expect(result.tokens > 100_000)
    }

    /// Odd pieces glued together at random, and real files with bytes dropped, doubled and swapped.
    @Test func randomInput() async throws {
        try await Oracle.withDirectory { directory in
            var random = SeededRandom(seed: 20_160_302)
            var files: [String] = []
            func add(_ bytes: [UInt8]) throws {
                let path = "\(directory)/\(files.count).ml"
                try AtomicFileWriter.write(bytes, to: path)
                files.append(path)
            }
            for piece in OCamlSources.oddPieces { try add(Array(piece.utf8)) }
            for _ in 0..<6000 {
                var bytes: [UInt8] = []
                for _ in 0..<(1 + random.next(below: 12)) {
                    bytes += Array(OCamlSources.oddPieces[random.next(below: OCamlSources.oddPieces.count)].utf8)
                }
                try add(bytes)
            }
            for path in try await OCamlSources.installed().prefix(60) {
                var bytes = Array(try FileReader.read(path).prefix(20_000))
                for _ in 0..<3 where bytes.count > 10 {
                    let at = random.next(below: bytes.count - 1)
                    switch random.next(below: 4) {
                    case 0: bytes.remove(at: at)
                    case 1: bytes.insert(bytes[at], at: at)
                    case 2: bytes.swapAt(at, at + 1)
                    default: bytes[at] = UInt8(random.next(below: 256))
                    }
                }
                try add(bytes)
            }
            let result = try await compare(files)
            #expect(result.files == files.count || result.files == 0)
        }
    }

    private func compare(_ files: [String]) async throws -> (files: Int, tokens: Int) {
        try await Oracle.withDirectory { directory in
            guard
                let program = try await Oracle.compile(
                    "ocaml_tokens", package: "compiler-libs.common", into: directory)
            else { return (0, 0) }
            let list = files.joined(separator: "\n") + "\n"
            let output = try await Oracle.run(program, [], input: Array(list.utf8))
            try #require(output.succeeded, "\(output.errorText)")
            var count = (files: 0, tokens: 0)
            var differences: [String] = []
            for section in OCamlSources.sections(output.output) {
                count.files += 1
                count.tokens += section.lines.count
                let bytes = try FileReader.read(section.file)
                let ours = OCamlTokenNames.lines(of: Lexer.tokenize(bytes), upTo: section.lines.last ?? "end")
                guard ours != section.lines else { continue }
                let place = zip(ours, section.lines).first { $0 != $1 }
                differences.append(
                    "\(section.file): ours \(place?.0 ?? ours.last ?? ""), OCaml's \(place?.1 ?? section.lines.last ?? "")"
                        + " in \(String(decoding: bytes.prefix(80), as: UTF8.self))")
            }
            #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(20).joined(separator: "\n"))")
            return count
        }
    }
}

/// Our kinds under the names that OCaml's parser gives them.
enum OCamlTokenNames {
    /// Lines as the dumper writes them. Where OCaml stopped at `error OFFSET`, ours end with the same line if a token
    /// that we call an error holds that offset.
    static func lines(of tokens: TokenList, upTo last: String) -> [String] {
        var lines: [String] = []
        for index in 0..<tokens.count {
            let kind = tokens.kind(index)
            let range = tokens.range(index)
            if kind.isError {
                if last.hasPrefix("error "), let offset = Int(last.dropFirst(6)),
                    range.contains(offset) || offset == range.start
                {
                    return lines + [last]
                }
                return lines + ["error in \(range.start)..<\(range.end)"]
            }
            if kind == .blank || kind == .lineDirective || kind == .hashBang { continue }
            lines.append("\(range.start) \(range.end) \(name(kind))")
        }
        return lines + ["end"]
    }

    static func name(_ kind: TokenKind) -> String {
        if let name = names[kind] { return name }
        return "\(kind)".uppercased()
    }

    private static let names: [TokenKind: String] = [
        .documentationComment: "DOCSTRING", .lowercaseIdentifier: "LIDENT", .uppercaseIdentifier: "UIDENT",
        .optionalLabel: "OPTLABEL", .integer: "INT", .character: "CHAR", .quotedString: "QUOTED",
        .quotedExtension: "QUOTED_STRING_EXPR", .quotedExtensionItem: "QUOTED_STRING_ITEM",
        .wordOperator3: "INFIXOP3", .wordOperator4: "INFIXOP4", .ampersandAmpersand: "AMPERAMPER",
        .leftParen: "LPAREN", .rightParen: "RPAREN", .arrow: "MINUSGREATER", .dotOperator: "DOTOP",
        .semicolon: "SEMI", .semicolonSemicolon: "SEMISEMI", .leftArrow: "LESSMINUS", .leftBracket: "LBRACKET",
        .leftBracketBar: "LBRACKETBAR", .leftBracketLess: "LBRACKETLESS", .leftBracketGreater: "LBRACKETGREATER",
        .leftBracketAt: "LBRACKETAT", .leftBracketAtAt: "LBRACKETATAT", .leftBracketAtAtAt: "LBRACKETATATAT",
        .leftBracketPercent: "LBRACKETPERCENT", .leftBracketPercentPercent: "LBRACKETPERCENTPERCENT",
        .rightBracket: "RBRACKET", .barRightBracket: "BARRBRACKET", .greaterRightBracket: "GREATERRBRACKET",
        .leftBrace: "LBRACE", .leftBraceLess: "LBRACELESS", .rightBrace: "RBRACE",
        .greaterRightBrace: "GREATERRBRACE", .plusEqual: "PLUSEQ", .prefixOperator: "PREFIXOP",
        .infixOperator0: "INFIXOP0", .infixOperator1: "INFIXOP1", .infixOperator2: "INFIXOP2",
        .infixOperator3: "INFIXOP3", .infixOperator4: "INFIXOP4", .hashOperator: "HASHOP", .letOperator: "LETOP",
        .andOperator: "ANDOP",
    ]
}
