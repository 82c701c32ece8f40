import Findings
import OCamlSyntax
import Text

/// bitstring: bit patterns.
extension Catalogue {
    static let bitstring = SyntaxExtension(
        id: "bitstring", title: "bitstring: bit patterns", findlib: ["bitstring.syntax", "bitstring.persistent"],
        archives: ["pa_bitstring", "pa_bitmatch"], dialects: .bitstring,
        keywords: ["bitmatch", "BITSTRING"], definingWords: ["bitmatch"], implies: ["camlp4"],
        replacement: Replacement(
            "ppx_bitstring",
            [
                .from(
                    TargetDate(2016, 4, 14), .ppx("ppx_bitstring", from: "1.0.0"), .library("bitstring", from: "2.0.4")),
                .from(
                    TargetDate(2016, 9, 30), .ppx("ppx_bitstring", from: "1.1.0"), .library("bitstring", from: "2.1.0")),
            ]),
        rules: [
            Rule(
                "bitstring/bitmatch", "a match on bits", at: [.bitstringMatch, .bitstringItem], words: ["bitmatch"],
                examples: [
                    .reported("let f b = «bitmatch b with | { n : 8 } -> n»"),
                    .reported("«let bitmatch hdr = { v : 4 }»"),
                    .ordinary("let f bitmatch = bitmatch"),
                ]
            ) { node in
                return Draft(
                    node, node.kind == .bitstringItem ? .possible : .certain,
                    .manual("write match%bitstring e with | {| n : 8 |} -> …"))
            },
            Rule(
                "bitstring/construct", "a bit string built of fields", at: [.bitstringConstructor],
                words: ["BITSTRING"],
                examples: [.reported("let g a = «BITSTRING { a : 8 }»"), .ordinary("let x = BITSTRING")]
            ) { node in
                let isCertain =
                    node.firstToken.next.kind == .leftBrace
                    && node.firstToken.next.next.next.kind == .colon
                return Draft(
                    node, isCertain ? .likely : .possible, .manual("write [%bitstring {| n : 8; … |}]"))
            },
        ])
}
