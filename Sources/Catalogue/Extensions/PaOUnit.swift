import Findings
import OCamlSyntax
import Text

/// pa_ounit: tests between the items of a module.
extension Catalogue {
    static let paOUnit = SyntaxExtension(
        id: "pa_ounit", title: "pa_ounit: tests beside the code", findlib: ["pa_ounit.syntax"], opam: ["pa_ounit"],
        archives: ["pa_ounit_syntax"], dialects: .ounit,
        keywords: ["TEST", "TEST_UNIT", "TEST_MODULE"], implies: ["camlp4"],
        turnedOn:
            "package(pa_ounit.syntax) with syntax(camlp4o) in _tags, -package pa_ounit.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_inline_test",
            [
                .from(TargetDate(2015, 9, 25), .ppx("ppx_inline_test", from: "113.09.00")),
                .from(TargetDate(2016, 1, 13), .ppx("ppx_inline_test", from: "113.24.00")),
            ]),
        caveats: [
            "dune wants (inline_tests) in the library, and runs the tests.", "In other files TEST is a constructor.",
        ],
        rules: [
            .testBinding(
                "pa_ounit/test", "a test that must be true", "TEST", "test",
                [
                    .rewritten("«TEST = 1 + 1 = 2»", to: "let%test _ = 1 + 1 = 2"),
                    .rewritten(
                        "let x = 1\n«TEST \"adds\" = x + x = 2»", to: "let x = 1\nlet%test \"adds\" = x + x = 2"),
                    .ordinary("type t = TEST | B\nlet f = function TEST -> 1 | B -> 2\nlet b = x = TEST"),
                ]),
            .testBinding(
                "pa_ounit/test-unit", "a test that must not raise", "TEST_UNIT", "test_unit",
                [
                    .rewritten("«TEST_UNIT \"runs\" = f ()»", to: "let%test_unit \"runs\" = f ()"),
                    .rewritten(
                        "«TEST_UNIT = f (); g (let x = 1 in x);»\n;;\n«TEST_UNIT = h ();»\n",
                        to: "let%test_unit _ = f (); g (let x = 1 in x)\n;;\nlet%test_unit _ = h ()\n"),
                    .ordinary("let x = TEST_UNIT"),
                ]),
            .testModule(
                "pa_ounit/test-module", "a module of tests", "TEST_MODULE", "test_module",
                [
                    .rewritten(
                        "«TEST_MODULE \"m\" = struct let x = 1 end»",
                        to: "let%test_module \"m\" = (module struct let x = 1 end)"),
                    .reported("«TEST_MODULE = F (X)»"),
                ]),
        ])
}
