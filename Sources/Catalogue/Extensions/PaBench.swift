import Findings
import OCamlSyntax
import Text

/// pa_bench: benchmarks between the items of a module.
extension Catalogue {
    static let paBench = SyntaxExtension(
        id: "pa_bench", title: "pa_bench: benchmarks beside the code", findlib: ["pa_bench.syntax"], opam: ["pa_bench"],
        archives: ["pa_bench_syntax"], dialects: .bench,
        keywords: ["BENCH", "BENCH_FUN", "BENCH_INDEXED", "BENCH_MODULE"],
        implies: ["camlp4"],
        turnedOn:
            "package(pa_bench.syntax) with syntax(camlp4o) in _tags, -package pa_bench.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_bench",
            [
                .from(
                    TargetDate(2015, 9, 25), .ppx("ppx_bench", from: "113.09.00"),
                    .library("core_bench", from: "113.09.00")),
                .from(
                    TargetDate(2016, 1, 13), .ppx("ppx_bench", from: "113.24.00"),
                    .library("core_bench", from: "113.09.00")),
            ]), caveats: ["In other files BENCH is a constructor."],
        rules: [
            .testBinding(
                "pa_bench/bench", "a benchmark", "BENCH", "bench",
                [.rewritten("«BENCH \"id\" = f [1]»", to: "let%bench \"id\" = f [1]"), .ordinary("let x = BENCH")]),
            .testBinding(
                "pa_bench/bench-fun", "a benchmark with preparation", "BENCH_FUN", "bench_fun",
                [.rewritten("«BENCH_FUN \"f\" = fun () -> 1»", to: "let%bench_fun \"f\" = fun () -> 1")]),
            benchIndexed,
            .testModule(
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
}
