import Findings
import OCamlSyntax
import Text

/// sexplib: the generators `sexp`, `sexp_of`, `of_sexp`, and quotations of types.
extension Catalogue {
    static let sexplib = SyntaxExtension(
        id: "sexplib", title: "sexplib: conversions to and from S-expressions",
        findlib: ["sexplib.syntax", "pa_sexp_conv", "pa_sexp_conv.syntax"], opam: ["pa_sexp_conv"],
        archives: ["pa_sexp_conv"], quotations: ["sexp_of", "of_sexp"],
        generators: ["sexp", "sexp_of", "of_sexp", "sexp_poly", "of_sexp_poly"], implies: ["type_conv"],
        turnedOn:
            "package(sexplib.syntax) with syntax(camlp4o) in _tags, -package sexplib.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_sexp_conv",
            [
                .from(
                    TargetDate(2015, 9, 25), .ppx("ppx_sexp_conv", from: "113.09.00"),
                    .library("sexplib", from: "113.09.00"),
                    note: "sexp_option, sexp_list and their like stay as they are"),
                .from(
                    TargetDate(2016, 1, 13), .ppx("ppx_sexp_conv", from: "113.24.00"),
                    .library("sexplib", from: "113.24.00"),
                    note: "sexp_option, sexp_list and their like stay as they are"),
                .from(
                    TargetDate(2018, 3, 31), .ppx("ppx_sexp_conv", from: "v0.11.0"),
                    .library("sexplib", from: "v0.11.0"),
                    note: "sexp_option, sexp_list and their like stay as they are; generated code calls sexplib0"),
                .from(
                    TargetDate(2019, 12, 31), .ppx("ppx_sexp_conv", from: "v0.13.0"),
                    .library("sexplib", from: "v0.13.0"),
                    note: "sexp_option and its like become [@sexp.option]; from v0.14 on the old names are gone"),
            ]),
        caveats: [
            "sexp_option, sexp_array and sexp_bool mean something on record fields only, sexp_list on the one argument of a constructor too.",
            "sexp_opaque becomes (t [@sexp.opaque]), always with its parentheses.",
            "Generated code wants sexp_of_int and its like in scope: open Sexplib.Std (or Core).",
        ],
        rules: [
            sexpType,
            .payloadQuotations(
                "sexplib/quotation", "a quotation that converts values of a type to or from S-expressions",
                [("sexp_of", "sexp_of:"), ("of_sexp", "of_sexp:")],
                examples: [
                    .rewritten("let f = «<:sexp_of< int list >>»", to: "let f = [%sexp_of: int list]"),
                    .rewritten("let f = «<:of_sexp<int>>» x", to: "let f = [%of_sexp: int] x"),
                ]),
        ])

    /// From ppx_sexp_conv v0.13 on.
    private static let attributeDate = TargetDate(2019, 12, 31)

    private static let sexpType = Rule(
        "sexplib/type", "a type that sexplib's generators treat in a way of its own", at: [.typePath],
        openings: plainTypes.keys.sorted(),
        examples: [
            .rewritten(
                "type t = { nick : string «sexp_option»; ids : int «sexp_array»; debug : «sexp_bool» } «with sexp»",
                to:
                    "type t = { nick : string option [@sexp.option]; ids : int array [@sexp.array]; debug : bool [@sexp.bool] } [@@deriving sexp]"
            ),
            .rewritten(
                "type t = Names of string «sexp_list» | Pair of int «sexp_list» * int «with sexp»",
                to: "type t = Names of string list [@sexp.list] | Pair of int list * int [@@deriving sexp]"),
            .rewritten(
                "type t = A of int «sexp_option» | B of (int -> int) «sexp_opaque» «with sexp_of»",
                to: "type t = A of int option | B of ((int -> int) [@sexp.opaque]) [@@deriving sexp_of]"),
            .rewritten(
                "type t = [ `A of int «sexp_list» | `B ] «with sexp»",
                to: "type t = [ `A of int list [@sexp.list] | `B ] [@@deriving sexp]"),
            .silent("type t = { nick : string M.sexp_option }"),
            .ordinary("type 'a sexp_option = 'a option\ntype t = { nick : string sexp_option }"),
        ]
    ) { node in
        guard node.context.target >= attributeDate, node.firstChild == nil,
            node.firstToken.index == node.lastToken.index, let plain = plainTypes[node.firstToken.text]
        else { return nil }
        let name = node.firstToken
        // The type with its argument, where it has one.
        var type = node
        if let parent = node.parent, parent.kind == .typePath, parent.lastChild?.index == node.index { type = parent }
        guard (plain == "bool") == (type.index == node.index) else { return nil }
        let certainty: Certainty = isDerived(node) ? .certain : .possible
        func draft(_ edits: [Edit]) -> Draft { Draft(name.range, certainty, .safe(edits), construct: type.range) }
        if plain == "opaque" { return draft([type.insertBefore("("), name.replace("[@sexp.opaque])")]) }
        return draft([name.replace(isSpecial(type, plain) ? "\(plain) [@sexp.\(plain)]" : plain)])
    }

    private static let plainTypes = [
        "sexp_option": "option", "sexp_list": "list", "sexp_array": "array", "sexp_bool": "bool",
        "sexp_opaque": "opaque",
    ]

    /// Whether the place is one where the generators looked: the type of a field, and for lists the one argument of a constructor.
    private static func isSpecial(_ node: SyntaxNode, _ plain: String) -> Bool {
        switch node.parent?.kind {
        case .fieldDeclaration: true
        case .constructorDeclaration, .variantField: plain == "list"
        default: false
        }
    }

    /// Whether the item around it has a `with` clause with one of sexplib's generators.
    private static func isDerived(_ node: SyntaxNode) -> Bool {
        guard let clause = node.item.child(.typeConvClause) else { return false }
        return clause.children.contains { generator in
            generator.child(.name).map { ["sexp", "sexp_of", "of_sexp"].contains($0.text) } ?? false
        }
    }
}
