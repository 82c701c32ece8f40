import Findings
import OCamlSyntax
import Text

extension Catalogue {
    /// deriving: `deriving (Show, Eq)` after a type, and the methods of the classes.
    static let deriving = SyntaxExtension(
        id: "deriving", title: "deriving: type classes from types",
        findlib: [
            "deriving.syntax", "deriving.syntax.std", "deriving.syntax.common", "deriving.syntax.classes",
            "deriving.syntax.tc", "deriving.tc", "deriving-ocsigen.syntax", "deriving-yojson.syntax",

        ],
        opam: ["deriving", "deriving-ocsigen", "deriving-yojson"],
        archives: [
            "pa_deriving_common", "pa_deriving_std", "pa_deriving_tc", "pa_deriving_classes",
        ],
        dialects: .deriving, keywords: ["deriving"], generators: ["show", "eq"], implies: ["camlp4"],
        turnedOn:
            "package(deriving.syntax) with syntax(camlp4o); with type_conv only deriving.tc, where the clause is `with show`",
        replacement: Replacement(
            "ppx_deriving (Json: js_of_ocaml-ppx_deriving_json)",
            [
                .from(TargetDate(2014, 7, 23), .ppx("ppx_deriving.std", of: "ppx_deriving", from: "0.1"))
            ]), caveats: ["Show.show<t> e becomes [%show: t] e; modules such as Show_t become functions."],
        rules: [
            Rule(
                "deriving/deriving", "a `deriving` clause on a type", at: [.derivingClause], words: ["deriving"],
                examples: [
                    .rewritten(
                        "type t = A | B of int «deriving (Show, Eq)»", to: "type t = A | B of int [@@deriving show, eq]"
                    ),
                    .rewritten("type t = { a : int } «deriving (Json)»", to: "type t = { a : int } [@@deriving json]"),
                    .reported("type t = int «deriving (Pickle)»"),
                    .ordinary("let deriving = 1\nlet f = deriving (Some 1)"),
                ]
            ) { node in
                Draft(node, .certain, derivingFix(node))
            }
        ])

    private static let classes = [
        "Show": "show", "Eq": "eq", "Ord": "ord", "Enum": "enum", "Json": "json", "Yojson": "yojson",
    ]

    /// `deriving ( A , B )`: names and commas between the parentheses.
    private static func derivingFix(_ node: SyntaxNode) -> Fix {
        let words = node.allTokens.dropFirst(2).dropLast()
        var plugins: [String] = []
        for (place, token) in words.enumerated() {
            if place % 2 == 1, token.kind == .comma { continue }
            guard place % 2 == 0, token.kind == .uppercaseIdentifier, let plugin = classes[token.text] else {
                return .manual("no plugin of ppx_deriving is known for each of these classes: write [@@deriving …]")
            }
            plugins.append(plugin)
        }
        if plugins.isEmpty || !node.isWhole { return .manual("write [@@deriving …] with what the clause should name") }
        return .review(
            [Edit(node.range, "[@@deriving \(plugins.joined(separator: ", "))]")],
            ["modules such as Show_t become functions such as show: their users change too"])
    }
}
