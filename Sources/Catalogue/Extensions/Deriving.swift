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
            "js_of_ocaml.deriving.syntax",
        ],
        opam: ["deriving", "deriving-ocsigen", "deriving-yojson"],
        archives: [
            "pa_deriving_common", "pa_deriving_std", "pa_deriving_tc", "pa_deriving_classes", "pa_deriving_Json",
        ],
        keywords: ["deriving"], generators: ["show", "eq"], implies: ["camlp4"],
        replacement: "ppx_deriving (Json: js_of_ocaml-ppx_deriving_json)",
        rules: [
            Rule(
                "deriving/deriving", "a `deriving` clause on a type", at: [.word("deriving")],
                examples: [
                    .rewritten(
                        "type t = A | B of int ‸deriving (Show, Eq)‸", to: "type t = A | B of int [@@deriving show, eq]"
                    ),
                    .rewritten("type t = { a : int } ‸deriving (Json)‸", to: "type t = { a : int } [@@deriving json]"),
                    .reported("type t = int ‸deriving (Pickle)‸"),
                    .ordinary("let deriving = 1\nlet f = deriving (Some 1)"),
                ]
            ) { context, index in
                guard context.structure.inTypeDeclaration.contains(index), context.tokens.kind(index + 1) == .leftParen,
                    let close = context.structure.partner[index + 1],
                    context.tokens.kind(index + 2) == .uppercaseIdentifier
                else { return nil }
                let range = context.tokens.range(index, through: close)
                return Draft(range, .certain, derivingFix(context, index + 2, close, range))
            }
        ])

    private static let classes = [
        "Show": "show", "Eq": "eq", "Ord": "ord", "Enum": "enum", "Json": "json", "Yojson": "yojson",
    ]

    private static func derivingFix(_ context: SourceContext, _ first: Int, _ close: Int, _ range: ByteRange) -> Fix {
        var plugins: [String] = []
        var index = first
        while index < close {
            guard context.tokens.kind(index) == .uppercaseIdentifier, let plugin = classes[context.tokens.text(index)]
            else {
                return .manual("no plugin of ppx_deriving is known for each of these classes: write [@@deriving …]")
            }
            plugins.append(plugin)
            index += 1
            if context.tokens.kind(index) == .comma { index += 1 }
        }
        return .review(
            [Edit(range, "[@@deriving \(plugins.joined(separator: ", "))]")],
            ["modules such as Show_t become functions such as show: their users change too"])
    }
}
