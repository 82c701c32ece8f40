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
        dialects: .deriving, hidesInStock: true, keywords: ["deriving"], generators: ["show", "eq"],
        implies: ["camlp4"],
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
            },
            Rule(
                "deriving/method", "a method of a class at a type", at: [.derivedMethod],
                examples: [
                    .rewritten("let s x = «Show.show<int list>» x", to: "let s x = [%show: int list] x"),
                    .rewritten("let j = f «Json.t<(int * string)>» 1", to: "let j = f [%json: (int * string)] 1"),
                    .rewritten("let r s = «Json.from_string<int>» s", to: "let r s = [%of_json: int] s"),
                    .reported("let b () = f «Bounded.min_bound<t>» ()"),
                    .silent("let b = M.x < y"),
                ]
            ) { node in
                Draft(node, .likely, methodFix(node))
            },
        ])

    /// What the ppx of each class calls the function that a method is; where it has no such function, nothing.
    private static let methods = [
        "Show.show": "show", "Eq.eq": "eq", "Json.t": "json", "Json.to_string": "to_json",
        "Json.from_string": "of_json",
    ]

    /// `Show.show<t>` becomes `[%show: t]`.
    private static func methodFix(_ node: SyntaxNode) -> Fix {
        guard node.isWhole, let name = node.firstChild, let type = node.lastChild, type.index != name.index,
            let method = methods[name.text]
        else {
            return .manual(
                "no plugin of ppx_deriving gives `\(node.firstChild?.text ?? "")`: write the function by hand")
        }
        // Before js_of_ocaml-ppx_deriving_json was a package of its own, it answered to the long name.
        let isLong = name.text.hasPrefix("Json.") && node.context.target < TargetDate(2018, 2, 15)
        return .safe([
            Edit(ByteRange(node.range.start, type.range.start), "[%\(isLong ? "derive." : "")\(method): "),
            Edit(ByteRange(type.range.end, node.range.end), "]"),
        ])
    }

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
