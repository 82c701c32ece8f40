import Findings
import OCamlSyntax
import Text

/// pa_test: assertions on values of a type.
extension Catalogue {
    static let paTest = SyntaxExtension(
        id: "pa_test", title: "pa_test: assertions that print their values", findlib: ["pa_test.syntax"],
        opam: ["pa_test"],
        archives: ["pa_test_syntax"], quotations: ["test_eq", "test_result", "test_pred"],
        implies: ["sexplib", "comparelib"],
        turnedOn:
            "package(pa_test.syntax) with syntax(camlp4o) in _tags, -package pa_test.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_assert",
            [
                .from(TargetDate(2015, 9, 25), .ppx("ppx_assert", from: "113.09.00")),
                .from(TargetDate(2016, 1, 13), .ppx("ppx_assert", from: "113.24.00")),
            ]), caveats: ["The labels ~expect, ~message and ~equal stay."],
        rules: [
            .payloadQuotations(
                "pa_test/quotation", "a quotation that asserts on values of a type",
                [("test_eq", "test_eq:"), ("test_result", "test_result:"), ("test_pred", "test_pred:")],
                examples: [
                    .rewritten("let () = «<:test_eq< string >>» a b", to: "let () = [%test_eq: string] a b"),
                    .reported("let () = «<:test_result< int >>» (1 + 1) ~expect:2"),
                ])
        ])
}
