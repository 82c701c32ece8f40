import OCamlSyntax
import Testing
import Text

/// One test a lexical rule; the oracles hold the whole against OCaml's and camlp4's own lexers.
@Suite struct LexerTests {
    /// Kinds and texts of the tokens that a grammar sees, as `kind text`.
    private func read(_ text: String, _ rules: LexicalRules = .stock) -> [String] {
        let tokens = Lexer.tokenize(Array(text.utf8), rules: rules)
        #expect(tokens.ends.last.map(Int.init) ?? 0 == text.utf8.count)
        return (0..<tokens.count).filter { tokens.kind($0) != .blank }.map { "\(tokens.kind($0)) \(tokens.string($0))" }
    }

    private func kinds(_ text: String, _ rules: LexicalRules = .stock) -> [TokenKind] {
        let tokens = Lexer.tokenize(Array(text.utf8), rules: rules)
        return tokens.kinds.filter { $0 != .blank }
    }

    @Test func everyKeywordHasASlotOfItsOwn() {
        let slots = Set(Keywords.all.map { Keywords.slot(Keywords.packed($0.word.utf8)) })
        #expect(slots.count == Keywords.all.count)
        for (word, kind) in Keywords.all {
            #expect(kinds(word) == [kind])
            #expect(kinds(word + "x") == [.lowercaseIdentifier])
            #expect(kinds("x" + word) == [.lowercaseIdentifier])
        }
    }

    @Test(arguments: ["lwt", "try_lwt", "cstruct", "parser", "raise_lwt", "effect"])
    func wordsOfExtensionsAreNames(_ word: String) {
        #expect(kinds(word) == [.lowercaseIdentifier])
        #expect(kinds(word, .camlp4) == [.lowercaseIdentifier])
    }

    @Test func commentsNestAndKnowLiterals() {
        #expect(kinds("(* (* *) *) x") == [.comment, .lowercaseIdentifier])
        #expect(kinds(#"(* "*)" *) x"#) == [.comment, .lowercaseIdentifier])
        #expect(kinds(#"(* '"' *) x"#) == [.comment, .lowercaseIdentifier])
        #expect(kinds("(* don't *) x") == [.comment, .lowercaseIdentifier])
        #expect(
            kinds("(** d *) (*** c *) (**) (***)") == [
                .documentationComment, .comment, .documentationComment, .comment,
            ])
        #expect(kinds("(* {|*)|} *) x") == [.comment, .lowercaseIdentifier])
        #expect(kinds("(* {id|*)|} |id} *) x") == [.comment, .lowercaseIdentifier])
    }

    @Test func commentsDifferUnderCamlp4() {
        // A quotation inside a comment hides the end of the comment.
        #expect(kinds("(* << *) >> *) x", .camlp4) == [.comment, .lowercaseIdentifier])
        #expect(kinds("(* << *) x") == [.comment, .lowercaseIdentifier])
        #expect(kinds("(* << *) x", .camlp4) == [.unterminatedComment])
        #expect(kinds("(* <<< *) x", .camlp4) == [.unterminatedComment])
        #expect(kinds("(* <:tag< *) >> *) x", .camlp4) == [.comment, .lowercaseIdentifier])
        #expect(kinds("(* << *) x", .camlp4WithoutQuotations) == [.comment, .lowercaseIdentifier])
        // And quoted strings hide nothing.
        #expect(kinds(#"(* {|"|} *) x"#, .camlp4) == [.unterminatedComment])
        #expect(kinds(#"(* {|"|} *) x"#) == [.comment, .lowercaseIdentifier])
    }

    @Test func quotationsOpenUnlessAnOperatorIsLonger() {
        #expect(
            read("a << b >> c", .camlp4) == ["lowercaseIdentifier a", "quotation << b >>", "lowercaseIdentifier c"])
        #expect(read("<:expr< x + << y >> >>", .camlp4) == ["quotation <:expr< x + << y >> >>"])
        #expect(read("<:expr@here< x >>>", .camlp4) == ["quotation <:expr@here< x >>", "greater >"])
        #expect(read("<@here< x >>", .camlp4) == ["quotation <@here< x >>"])
        #expect(read("<<>>", .camlp4) == ["quotation <<>>"])
        #expect(read("<<= a >>", .camlp4) == ["quotation <<= a >>"])
        for text in ["<<<", "<<->", "<<$", "<:=", "<@"] {
            #expect(read("a \(text) b", .camlp4)[1] == "infixOperator0 \(text)")
        }
        #expect(read("( << ) (<<)", .camlp4).filter { $0.hasPrefix("infixOperator0") }.count == 2)
        #expect(kinds("a << b >> c", .camlp4WithoutQuotations).contains(.quotation) == false)
        #expect(read("a << b")[1] == "infixOperator0 <<")
        // Nothing but quotations counts inside.
        #expect(read(#"<:x< ">>" >>"#, .camlp4)[0] == #"quotation <:x< ">>"#)
        #expect(kinds("<:x< ", .camlp4) == [.unterminatedQuotation])
    }

    @Test func charactersAgainstTypeVariables() {
        #expect(
            read("'a' 'a ' a") == [
                "character 'a'", "quote '", "lowercaseIdentifier a", "quote '", "lowercaseIdentifier a",
            ])
        #expect(kinds("'\\n' '\\\\' '\\'' '\\065' '\\xFF' '\\o101'") == Array(repeating: .character, count: 6))
        #expect(kinds("'\\o101'", .camlp4).first == .badCharacter)
        #expect(kinds("'''", .camlp4) == [.character])
        #expect(kinds("'''") == [.emptyCharacter, .quote])
        #expect(kinds("''a'", .camlp4) == [.quote, .character])
        #expect(kinds("'\\300'") == [.badCharacter])
        #expect(kinds("'\n' '\r\n'") == [.character, .character])
    }

    @Test func stringsAndQuotedStrings() {
        #expect(kinds(#""a\"b" "#) == [.string])
        #expect(kinds(#""\q""#) == [.string])
        #expect(kinds(#""\999""#) == [.badString])
        #expect(kinds(#""\u{110000}""#) == [.badString])
        #expect(kinds(#""\u{110000}""#, .camlp4) == [.string])
        #expect(kinds(#""open"#) == [.unterminatedString])
        #expect(
            kinds("{|a|} {id|b|c}|id} {%ext|d|} {%ext id|e|id} {%%ext.f|g|}")
                == [.quotedString, .quotedString, .quotedExtension, .quotedExtension, .quotedExtensionItem])
        #expect(kinds("{id|a|di}") == [.unterminatedQuotedString])
        #expect(kinds("{|a|}", .camlp4) == [.leftDelimiter, .lowercaseIdentifier, .rightDelimiter])
        #expect(kinds("{ id|a }") == [.leftBrace, .lowercaseIdentifier, .bar, .lowercaseIdentifier, .rightBrace])
    }

    @Test func numbers() {
        #expect(kinds("1 1_000 0x1F 0o7 0b1 1l 1L 1n 1z") == Array(repeating: .integer, count: 9))
        #expect(kinds("1. 1.5 1e3 1.e-3 0x1.8p3 1.5z") == Array(repeating: .float, count: 6))
        #expect(kinds("1e") == [.badNumber])
        #expect(kinds("0xg") == [.badNumber])
        #expect(kinds("1z", .camlp4) == [.badNumber])
        #expect(kinds("1l", .camlp4) == [.integer])
        #expect(read("0x1.8p3", .camlp4) == ["integer 0x1", "dot .", "badNumber 8p3"])
    }

    @Test func labels() {
        #expect(
            kinds("~x: ?x: ~ x: ~x") == [
                .label, .optionalLabel, .tilde, .lowercaseIdentifier, .colon, .tilde, .lowercaseIdentifier,
            ])
        #expect(kinds("~let:") == [.keywordLabel])
        #expect(kinds("~let:", .camlp4) == [.label])
        #expect(kinds("~\\#let: \\#let") == [.label, .rawIdentifier])
        #expect(kinds("~finally:") == [.label])
    }

    @Test func lineDirectives() {
        #expect(kinds("# 3 \"f\" rest\nx") == [.lineDirective, .lowercaseIdentifier])
        #expect(kinds("# 3\nx").first == .hash)
        #expect(kinds("o # 3 rest\nx", .camlp4) == [.lowercaseIdentifier, .lineDirective, .lowercaseIdentifier])
        #expect(kinds("o # 3 \"f\"\nx").contains(.lineDirective) == false)
        #expect(kinds("o # 3", .camlp4) == [.lowercaseIdentifier, .hash, .integer])
        #expect(kinds("#!/usr/bin/ocaml\nx") == [.hashBang, .lowercaseIdentifier])
    }

    @Test func hashOperators() {
        #expect(
            read("a##b a#b a#.b") == [
                "lowercaseIdentifier a", "hashOperator ##", "lowercaseIdentifier b", "lowercaseIdentifier a", "hash #",
                "lowercaseIdentifier b", "lowercaseIdentifier a", "hashOperator #.", "lowercaseIdentifier b",
            ])
        #expect(kinds("a##b", .camlp4) == [.lowercaseIdentifier, .hash, .hash, .lowercaseIdentifier])
    }

    @Test func brackets() {
        #expect(
            kinds("[| |] [< >] [> [@ [@@ [@@@ [% [%% {< >}") == [
                .leftBracketBar, .barRightBracket, .leftBracketLess, .greaterRightBracket, .leftBracketGreater,
                .leftBracketAt, .leftBracketAtAt, .leftBracketAtAtAt, .leftBracketPercent, .leftBracketPercentPercent,
                .leftBraceLess, .greaterRightBrace,
            ])
        #expect(kinds("[: x :]") == [.leftBracket, .colon, .lowercaseIdentifier, .colon, .rightBracket])
        #expect(kinds("[: x :]", .camlp4) == [.leftBracketColon, .lowercaseIdentifier, .colonRightBracket])
        #expect(kinds("[& x @)", .camlp4) == [.leftDelimiter, .lowercaseIdentifier, .rightDelimiter])
        #expect(
            kinds("(@) (/)", .camlp4) == [
                .leftParen, .infixOperator1, .rightParen, .leftParen, .infixOperator3, .rightParen,
            ])
        #expect(kinds("*)") == [.star, .rightParen])
    }

    @Test func bindingAndIndexOperators() {
        #expect(kinds("let* and+ let") == [.letOperator, .andOperator, .let])
        #expect(kinds("let* x", .camlp4) == [.let, .star, .lowercaseIdentifier])
        #expect(
            kinds("a.%(b) a.+.(b)") == [
                .lowercaseIdentifier, .dotOperator, .leftParen, .lowercaseIdentifier, .rightParen, .lowercaseIdentifier,
                .dotOperator, .leftParen, .lowercaseIdentifier, .rightParen,
            ])
        #expect(kinds(".~") == [.illegal])
    }

    @Test func anyBytesTileTheFile() {
        var random: UInt64 = 7
        for _ in 0..<2000 {
            var bytes: [UInt8] = []
            for _ in 0..<40 {
                random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let byte = UInt8(truncatingIfNeeded: random >> 40)
                bytes.append(random >> 60 < 8 ? Array("(*)<>\"'{}|#:~?\\".utf8)[Int(byte) % 15] : byte)
            }
            for rules in [LexicalRules.stock, .camlp4, .camlp4WithoutQuotations] {
                let tokens = Lexer.tokenize(bytes, rules: rules)
                #expect(tokens.ends.last.map(Int.init) == bytes.count)
                #expect(zip(tokens.ends, tokens.ends.dropFirst()).allSatisfy { $0 < $1 })
            }
        }
    }

    /// Every one of these is quadratic, or overflows the stack, for a lexer that looks twice.
    @Test(arguments: [
        "(*", "\"", "{a", "#1", "<<", "(<<", ")", "(@", "'", "\n# 1 \"f", "|a", "[|", "{%a", "~a", "(* \"", "<:a",
    ])
    func longRunsAreLinear(_ piece: String) {
        let bytes = Array(String(repeating: piece, count: 300_000 / piece.utf8.count).utf8)
        let clock = ContinuousClock()
        for rules in [LexicalRules.stock, .camlp4] {
            let time = clock.measure {
                #expect(Lexer.tokenize(bytes, rules: rules).ends.last.map(Int.init) == bytes.count)
            }
            #expect(time < .seconds(10), "\(piece)")
        }
    }

    @Test func lookingBeyondTheEndIsNoError() {
        let tokens = Lexer.tokenize(Array("let x".utf8))
        #expect(tokens.kind(99) == .endOfFile)
        #expect(tokens.range(99) == ByteRange(5, 5))
        #expect(tokens.range(-1).isEmpty)
        #expect(tokens.text(2, equals: "x"))
        #expect(!tokens.text(99, equals: ""))
        #expect(tokens.significant.map { $0 } == [0, 2])
        #expect(tokens.index(atOffset: 4) == 2)
        #expect(tokens.index(atOffset: 5) == nil)
    }
}
