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
                    .rewritten("let x = 1\n‸TEST‸ \"adds\" = x + x = 2", to: "let x = 1\nlet%test \"adds\" = x + x = 2"),
                    .ordinary("type t = TEST | B\nlet f = function TEST -> 1 | B -> 2\nlet b = x = TEST"),
                ]),
            bindingRule(
                "pa_ounit/test-unit", "a test that must not raise", "TEST_UNIT", "test_unit",
                [
                    .rewritten("‸TEST_UNIT‸ \"runs\" = f ()", to: "let%test_unit \"runs\" = f ()"),
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
        else { return Draft(range, .possible, .manual("write let%bench_fun \"name\" [@indexed n = list] = fun () -> …")) }
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
            return Draft(
                range, head.certainty, .safe([Edit(range, head.named ? "let%\(node)" : "let%\(node) _")]))
        }
    }

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
    private static func testHead(_ context: SourceContext, _ index: Int) -> (named: Bool, body: Int, certainty: Certainty)? {
        let named = context.tokens.kind(index + 1) == .string
        let equal = named ? index + 2 : index + 1
        guard context.tokens.kind(equal) == .equal else { return nil }
        return (named, equal + 1, context.tokens.isFirstOnLine(index) || index == 0 ? .likely : .possible)
    }
}
