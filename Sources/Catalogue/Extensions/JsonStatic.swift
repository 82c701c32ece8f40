import Findings
import OCamlSyntax
import Text

/// json-static: `type json t = …`.
extension Catalogue {
    static let jsonStatic = SyntaxExtension(
        id: "json-static", title: "json-static: JSON from types",
        findlib: ["json-static", "json-tc", "json-tc.syntax"],
        opam: ["json-static"], archives: ["pa_json_static", "pa_json_tc"], dialects: .jsonStatic, implies: ["camlp4"],
        turnedOn: "package(json-static) with -syntax camlp4o; linked with json-wheel",
        replacement: Replacement(
            "ppx_deriving_yojson, atdgen or ppx_yojson_conv",
            [.from(TargetDate(2014, 9, 6), .ppx("ppx_deriving_yojson", from: "1.0"), .library("yojson"))]),
        caveats: [
            "It gave t_of_json and json_of_t on Json_type.t; ppx_deriving_yojson gives t_of_yojson, which returns a result, and "
                + "t_to_yojson: every use changes.",
            "Variants are encoded in another way: files written before cannot be read as they are.",
        ],
        rules: [
            Rule(
                "json-static/type", "a type with JSON conversions", at: [.typeItem],
                examples: [
                    .rewritten(
                        "«type json point = { x : float; y : float }»",
                        to: "type point = { x : float; y : float } [@@deriving yojson]"),
                    .rewritten(
                        "«type json a = int list\nand b = a»", to: "type a = int list\nand b = a [@@deriving yojson]"),
                    .reported("«type json t = { ?y : float = 0.; kind \"type\" : string }»"),
                    .ordinary("type json = int\ntype t = json"),
                ]
            ) { node in
                guard node.context.tree.dialects.contains(.jsonStatic), node.firstToken.next.reads("json"),
                    node.firstToken.next.next.kind != .equal
                else { return nil }
                let name = node.firstToken.next
                let tokens = node.allTokens
                let isPlain = !tokens.contains {
                    $0.kind == .question || $0.kind == .optionalLabel || $0.kind == .string
                }
                guard isPlain, node.isWhole else {
                    return Draft(
                        node, .likely,
                        .manual(
                            "write [@@deriving yojson]: a field ?x : t = d becomes x : t [@default d], a name in quotes "
                                + "[@key \"name\"]"))
                }
                let gone = Edit(ByteRange(name.range.start, name.next.range.start), "")
                return Draft(
                    node, .likely,
                    .review(
                        [gone, node.insertBehind(" [@@deriving yojson]")],
                        ["t_of_json and json_of_t become t_of_yojson, which returns a result, and t_to_yojson"]))
            }
        ])
}
