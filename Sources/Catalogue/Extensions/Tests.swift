import Findings
import OCamlSyntax
import Text

/// pa_ounit and pa_bench: tests and benchmarks between the items of a module.
extension Catalogue {
    static let paOUnit = SyntaxExtension(
        id: "pa_ounit", title: "pa_ounit: tests beside the code", findlib: ["pa_ounit.syntax"], opam: ["pa_ounit"],
        archives: ["pa_ounit_syntax"], keywords: ["TEST", "TEST_UNIT", "TEST_MODULE"], implies: ["camlp4"],
        replacement: "ppx_inline_test",
        rules: [
            bindingRule(
                "pa_ounit/test", "a test that must be true", "TEST", "test",
                [
                    .rewritten("‸TEST‸ = 1 + 1 = 2", to: "let%test _ = 1 + 1 = 2"),
                    .rewritten(
                        "let x = 1\n‸TEST‸ \"adds\" = x + x = 2", to: "let x = 1\nlet%test \"adds\" = x + x = 2"),
                    .ordinary("type t = TEST | B\nlet f = function TEST -> 1 | B -> 2\nlet b = x = TEST"),
                ]),
            bindingRule(
                "pa_ounit/test-unit", "a test that must not raise", "TEST_UNIT", "test_unit",
                [
                    .rewritten("‸TEST_UNIT‸ \"runs\" = f ()", to: "let%test_unit \"runs\" = f ()"),
                    .rewritten(
                        "‸TEST_UNIT‸ = f (); g (let x = 1 in x);\n;;\n‸TEST_UNIT‸ = h ();\n",
                        to: "let%test_unit _ = f (); g (let x = 1 in x)\n;;\nlet%test_unit _ = h ()\n"),
                    .ordinary("let x = TEST_UNIT"),
                ]),
            moduleRule(
                "pa_ounit/test-module", "a module of tests", "TEST_MODULE", "test_module",
                [
                    .rewritten(
                        "‸TEST_MODULE‸ \"m\" = struct let x = 1 end",
                        to: "let%test_module \"m\" = (module struct let x = 1 end)"),
                    .reported("‸TEST_MODULE‸ = F (X)"),
                ]),
        ])

    static let paBench = SyntaxExtension(
        id: "pa_bench", title: "pa_bench: benchmarks beside the code", findlib: ["pa_bench.syntax"], opam: ["pa_bench"],
        archives: ["pa_bench_syntax"], keywords: ["BENCH", "BENCH_FUN", "BENCH_INDEXED", "BENCH_MODULE"],
        implies: ["camlp4"], replacement: "ppx_bench",
        rules: [
            bindingRule(
                "pa_bench/bench", "a benchmark", "BENCH", "bench",
                [.rewritten("‸BENCH‸ \"id\" = f [1]", to: "let%bench \"id\" = f [1]"), .ordinary("let x = BENCH")]),
            bindingRule(
                "pa_bench/bench-fun", "a benchmark with preparation", "BENCH_FUN", "bench_fun",
                [.rewritten("‸BENCH_FUN‸ \"f\" = fun () -> 1", to: "let%bench_fun \"f\" = fun () -> 1")]),
            benchIndexed,
            moduleRule(
                "pa_bench/bench-module", "a module of benchmarks", "BENCH_MODULE", "bench_module",
                [
                    .rewritten(
                        "‸BENCH_MODULE‸ \"m\" = struct let x = 1 end",
                        to: "let%bench_module \"m\" = (module struct let x = 1 end)")
                ]),
        ])

    private static let benchIndexed = Rule(
        "pa_bench/bench-indexed", "a benchmark over several sizes", at: [.word("BENCH_INDEXED")],
        examples: [
            .rewritten(
                "‸BENCH_INDEXED‸ \"make\" n [1; 10] = fun () -> n",
                to: "let%bench_fun \"make\" [@indexed n = [1; 10]] = fun () -> n")
        ]
    ) { context, index in
        let tokens = context.tokens
        let range = tokens.range(index)
        guard tokens.kind(index + 1) == .string, tokens.kind(index + 2) == .lowercaseIdentifier,
            tokens.kind(index + 3) == .leftBracket, let close = context.structure.partner[index + 3],
            tokens.kind(close + 1) == .equal
        else {
            return Draft(range, .possible, .manual("write let%bench_fun \"name\" [@indexed n = list] = fun () -> …"))
        }
        let variable = tokens.range(index + 2)
        return Draft(
            range, .likely,
            .safe([
                Edit(range, "let%bench_fun"), Edit(ByteRange(variable.start, variable.start), "[@indexed "),
                Edit(ByteRange(variable.end, variable.end), " ="),
                Edit(ByteRange(tokens.range(close).end, tokens.range(close).end), "]"),
            ]))
    }

    /// `WORD ["name"] = expression`.
    private static func bindingRule(
        _ id: String, _ message: String, _ word: String, _ node: String, _ examples: [Example]
    ) -> Rule {
        Rule(id, message, at: [.word(word)], examples: examples) { context, index in
            if context.tokens.kind(index - 1) == .dot { return nil }
            guard let head = testHead(context, index) else {
                return Draft(context.tokens.range(index), .possible, .manual("write let%\(node) \"name\" = …"))
            }
            let range = context.tokens.range(index)
            var edits = [Edit(range, head.named ? "let%\(node)" : "let%\(node) _")]
            // camlp4 took a `;` behind the last expression, stock OCaml's items do not.
            if let semicolon = trailingSemicolon(context, head.body) {
                edits.append(Edit(context.tokens.range(semicolon), ""))
            }
            return Draft(range, head.certainty, .safe(edits))
        }
    }

    /// The `;` with which a body ends, where an item or a closing word follows it.
    private static func trailingSemicolon(_ context: SourceContext, _ body: Int) -> Int? {
        let tokens = context.tokens
        var index = body
        while index < tokens.count {
            if let close = context.structure.partner[index], close > index, tokens.kind(close).isCloser {
                index = close + 1
                continue
            }
            switch tokens.kind(index) {
            case .semicolonSemicolon, .end, .type, .exception, .include, .external, .val, .class:
                return tokens.kind(index - 1) == .semicolon ? index - 1 : nil
            case .let where tokens.endsOperand(index - 1): return nil
            case .uppercaseIdentifier where words.contains(tokens.text(index)):
                // Even in the middle of a line the next test ends this one, so that no two look at the same tokens.
                return tokens.kind(index - 1) == .semicolon && tokens.isFirstOnLine(index) ? index - 1 : nil
            case .rightParen, .rightBracket, .rightBrace: return nil
            default: index += 1
            }
        }
        return tokens.kind(tokens.count - 1) == .semicolon ? tokens.count - 1 : nil
    }

    private static let words: Set<String> = [
        "TEST", "TEST_UNIT", "TEST_MODULE", "BENCH", "BENCH_FUN", "BENCH_INDEXED", "BENCH_MODULE",
    ]

    /// `WORD ["name"] = module expression`.
    private static func moduleRule(
        _ id: String, _ message: String, _ word: String, _ node: String, _ examples: [Example]
    ) -> Rule {
        Rule(id, message, at: [.word(word)], examples: examples) { context, index in
            let range = context.tokens.range(index)
            let advice = Fix.manual("write let%\(node) \"name\" = (module …)")
            guard let head = testHead(context, index) else { return Draft(range, .possible, advice) }
            guard context.tokens.kind(head.body) == .struct, let end = context.structure.partner[head.body] else {
                return Draft(range, head.certainty, advice)
            }
            let body = context.tokens.range(head.body, through: end)
            return Draft(
                range, .certain,
                .safe([
                    Edit(range, head.named ? "let%\(node)" : "let%\(node) _"),
                    Edit(ByteRange(body.start, body.start), "(module "), Edit(ByteRange(body.end, body.end), ")"),
                ]))
        }
    }

    /// What follows the word of a test: whether it has a name, and where its body begins; nil where this is no test.
    private static func testHead(_ context: SourceContext, _ index: Int) -> (
        named: Bool, body: Int, certainty: Certainty
    )? {
        let named = context.tokens.kind(index + 1) == .string
        let equal = named ? index + 2 : index + 1
        guard context.tokens.kind(equal) == .equal else { return nil }
        return (named, equal + 1, context.tokens.isFirstOnLine(index) || index == 0 ? .likely : .possible)
    }
}

extension TokenKind {
    /// Closes a bracket, `begin`, `struct`, `object` or a loop.
    fileprivate var isCloser: Bool {
        switch self {
        case .rightParen, .rightBracket, .barRightBracket, .greaterRightBracket, .colonRightBracket, .rightBrace,
            .greaterRightBrace, .rightDelimiter, .end, .done:
            true
        default: false
        }
    }
}
