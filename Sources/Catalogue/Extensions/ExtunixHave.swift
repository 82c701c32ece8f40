import Findings
import OCamlSyntax
import Text

/// extunix's `HAVE`.
extension Catalogue {
    static let extunixHave = SyntaxExtension(
        id: "extunix-have", title: "extunix: `HAVE`, items for what the system has", archives: ["pa_have"],
        dialects: .have, keywords: ["HAVE"], implies: ["camlp4"],
        turnedOn: "extunix's own myocamlbuild.ml; installed for nobody else",
        replacement: Replacement(
            "extunix's own ppx_have, or cppo",
            [
                .always(.tool("cppo", from: "0.9.3")),
                .from(TargetDate(2019, 12, 31), .library("extunix", from: "0.2.0")),
            ]),
        caveats: [
            "A body that the system lacks is dropped, or its externals become functions that raise (with -gen-all).",
            "AND and OR stand in one list, read from left to right.",
        ],
        rules: [
            Rule(
                "extunix-have/have", "items for what the system has", at: [.haveItem], words: ["HAVE"],
                examples: [
                    .reported("«HAVE POLL\nexternal f : int -> int = \"f\"\nEND»"),
                    .ordinary("let x = HAVE\ntype t = HAVE"),
                ]
            ) { node in
                let condition = node.child(.macroCondition)?.text ?? "NAME"
                return Draft(
                    node, .likely,
                    .manual(
                        "write #if defined EU_HAVE_\(condition) … #endif for cppo, or [%%have \(condition) …] with extunix's ppx"
                    ))
            }
        ])
}
