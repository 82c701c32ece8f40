import Findings
import OCamlSyntax
import Text

/// ospec: `describe`, `it`, `should`.
extension Catalogue {
    static let ospec = SyntaxExtension(
        id: "ospec", title: "ospec: specifications as tests", findlib: ["ospec"], opam: ["ospec"],
        archives: ["pa_spec"],
        dialects: .ospec, implies: ["camlp4"], turnedOn: "the ospec tool runs the files; package(ospec)",
        replacement: Replacement(
            "alcotest or ounit2",
            [.always(.library("oUnit", of: "ounit")), .from(TargetDate(2014, 1, 1), .library("alcotest"))]),
        caveats: ["`it`, `should`, `be`, `describe`, `before`, `after`, `each`, `all` and `forall` become keywords."],
        rules: [
            Rule(
                "ospec/spec", "a specification of ospec", at: [.specExpression],
                examples: [
                    .reported("let f () = «describe \"x\" do a; b done»"),
                    .ordinary("let describe it = it\nlet f = describe 1"),
                ]
            ) { node in
                let name = node.child(.constant)?.text ?? "\"name\""
                return Draft(
                    node, .possible,
                    .manual(
                        "write Alcotest.test_case \(name) `Quick (fun () -> Alcotest.(check t) \"…\" expected value)"))
            }
        ])
}
