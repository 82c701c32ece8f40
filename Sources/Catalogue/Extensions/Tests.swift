import Findings
import OCamlSyntax
import Text

/// pa_ounit and pa_bench: tests and benchmarks between the items of a module.
extension Catalogue {
    static let paOUnit = SyntaxExtension(
        id: "pa_ounit", title: "pa_ounit: tests beside the code", findlib: ["pa_ounit.syntax"], opam: ["pa_ounit"],
        archives: ["pa_ounit_syntax"], dialects: .ounit,
        keywords: ["TEST", "TEST_UNIT", "TEST_MODULE"], implies: ["camlp4"],
        replacement: "ppx_inline_test",
        rules: [
            bindingRule(
                "pa_ounit/test", "a test that must be true", "TEST", "test",
                [
                    .rewritten("«TEST = 1 + 1 = 2»", to: "let%test _ = 1 + 1 = 2"),
                    .rewritten(
                        "let x = 1\n«TEST \"adds\" = x + x = 2»", to: "let x = 1\nlet%test \"adds\" = x + x = 2"),
                    .ordinary("type t = TEST | B\nlet f = function TEST -> 1 | B -> 2\nlet b = x = TEST"),
                ]),
            bindingRule(
                "pa_ounit/test-unit", "a test that must not raise", "TEST_UNIT", "test_unit",
                [
                    .rewritten("«TEST_UNIT \"runs\" = f ()»", to: "let%test_unit \"runs\" = f ()"),
                    .rewritten(
                        "«TEST_UNIT = f (); g (let x = 1 in x);»\n;;\n«TEST_UNIT = h ();»\n",
                        to: "let%test_unit _ = f (); g (let x = 1 in x)\n;;\nlet%test_unit _ = h ()\n"),
                    .ordinary("let x = TEST_UNIT"),
                ]),
            moduleRule(
                "pa_ounit/test-module", "a module of tests", "TEST_MODULE", "test_module",
                [
                    .rewritten(
                        "«TEST_MODULE \"m\" = struct let x = 1 end»",
                        to: "let%test_module \"m\" = (module struct let x = 1 end)"),
                    .reported("«TEST_MODULE = F (X)»"),
                ]),
        ])

    static let paBench = SyntaxExtension(
        id: "pa_bench", title: "pa_bench: benchmarks beside the code", findlib: ["pa_bench.syntax"], opam: ["pa_bench"],
        archives: ["pa_bench_syntax"], dialects: .bench,
        keywords: ["BENCH", "BENCH_FUN", "BENCH_INDEXED", "BENCH_MODULE"],
        implies: ["camlp4"], replacement: "ppx_bench",
        rules: [
            bindingRule(
                "pa_bench/bench", "a benchmark", "BENCH", "bench",
                [.rewritten("«BENCH \"id\" = f [1]»", to: "let%bench \"id\" = f [1]"), .ordinary("let x = BENCH")]),
            bindingRule(
                "pa_bench/bench-fun", "a benchmark with preparation", "BENCH_FUN", "bench_fun",
                [.rewritten("«BENCH_FUN \"f\" = fun () -> 1»", to: "let%bench_fun \"f\" = fun () -> 1")]),
            benchIndexed,
            moduleRule(
                "pa_bench/bench-module", "a module of benchmarks", "BENCH_MODULE", "bench_module",
                [
                    .rewritten(
                        "«BENCH_MODULE \"m\" = struct let x = 1 end»",
                        to: "let%bench_module \"m\" = (module struct let x = 1 end)")
                ]),
        ])

    private static let benchIndexed = Rule(
        "pa_bench/bench-indexed", "a benchmark over several sizes", at: [.benchItem], words: ["BENCH_INDEXED"],
        examples: [
            .rewritten(
                "«BENCH_INDEXED \"make\" n [1; 10] = fun () -> n»",
                to: "let%bench_fun \"make\" [@indexed n = [1; 10]] = fun () -> n")
        ]
    ) { node in
        guard let test = TestItem(node, "BENCH_INDEXED") else { return nil }
        let advice = Fix.manual("write let%bench_fun \"name\" [@indexed n = list] = fun () -> …")
        guard test.isNamed, node.isWhole, let variable = node.child(.name), node.parts.count == 4
        else { return Draft(node, .possible, advice) }
        return Draft(
            node, test.certainty,
            .safe(
                [
                    node.replaceKeyword("let%bench_fun"), variable.insertBefore("[@indexed "),
                    variable.insertBehind(" ="), node.parts[2].insertBehind("]"),
                ] + test.withoutLastSemicolon))
    }

    /// `WORD ["name"] = expression`.
    private static func bindingRule(
        _ id: String, _ message: String, _ word: StaticString, _ extensionNode: String, _ examples: [Example]
    ) -> Rule {
        Rule(id, message, at: [.testItem, .benchItem], words: ["\(word)"], examples: examples) { node in
            guard let test = TestItem(node, word) else { return nil }
            guard node.isWhole, node.token(.equal) != nil else {
                return Draft(node, .possible, .manual("write let%\(extensionNode) \"name\" = …"))
            }
            let head = test.isNamed ? "let%\(extensionNode)" : "let%\(extensionNode) _"
            return Draft(node, test.certainty, .safe([node.replaceKeyword(head)] + test.withoutLastSemicolon))
        }
    }

    /// `WORD ["name"] = module expression`.
    private static func moduleRule(
        _ id: String, _ message: String, _ word: StaticString, _ extensionNode: String, _ examples: [Example]
    ) -> Rule {
        Rule(id, message, at: [.testItem, .benchItem], words: ["\(word)"], examples: examples) { node in
            guard let test = TestItem(node, word) else { return nil }
            guard node.isWhole, let body = node.lastChild else {
                return Draft(node, .possible, .manual("write let%\(extensionNode) \"name\" = (module …)"))
            }
            let head = test.isNamed ? "let%\(extensionNode)" : "let%\(extensionNode) _"
            // A struct is what stock rejects in that place; a path might be a constructor.
            let certainty = body.firstToken.kind == .struct ? .certain : test.certainty
            return Draft(node, certainty, .safe([node.replaceKeyword(head)] + body.wrap("(module ", ")")))
        }
    }
}

/// `WORD ["name"] … = body` of a test or benchmark.
private struct TestItem {
    private let node: SyntaxNode
    let isNamed: Bool

    /// Nil where the item begins with another word.
    init?(_ node: SyntaxNode, _ word: StaticString) {
        guard node.firstToken.reads(word) else { return nil }
        self.node = node
        isNamed = node.firstToken.next.kind == .string
    }

    /// In the middle of a line the word may be a constructor.
    var certainty: Certainty { node.firstToken.isFirstOnLine ? .likely : .possible }

    /// camlp4 took a `;` behind the last expression, stock OCaml's items do not.
    var withoutLastSemicolon: [Edit] {
        node.lastToken.kind == .semicolon ? [node.lastToken.delete()] : []
    }
}
