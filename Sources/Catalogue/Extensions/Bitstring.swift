import Findings
import OCamlSyntax
import Text

/// bitstring: bit patterns.
extension Catalogue {
    static let bitstring = SyntaxExtension(
        id: "bitstring", title: "bitstring: bit patterns", findlib: ["bitstring.syntax", "bitstring.persistent"],
        archives: ["pa_bitstring", "pa_bitmatch"], dialects: .bitstring,
        keywords: ["bitmatch", "BITSTRING"], definingWords: ["bitmatch"], implies: ["camlp4"],
        turnedOn:
            "package(bitstring.syntax) with syntax(camlp4o) in _tags, -package bitstring.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_bitstring",
            [
                .from(
                    TargetDate(2016, 4, 14), .ppx("ppx_bitstring", from: "1.0.0"), .library("bitstring", from: "2.0.4")),
                .from(
                    TargetDate(2016, 9, 30), .ppx("ppx_bitstring", from: "1.1.0"), .library("bitstring", from: "2.1.0")),
            ]),
        caveats: [
            "Fields move into a string: their layout stays, {| … |}.",
            "Named patterns (`let bitmatch`) and `open bitmatch` have no successor: their fields are written in place.",
            "An Exit that an action raises was swallowed by camlp4's expansion.",
        ],
        rules: [bitmatch, bitstringConstructor])

    private static let bitmatch = Rule(
        "bitstring/bitmatch", "a match on bits", at: [.bitstringMatch, .bitstringItem], words: ["bitmatch"],
        examples: [
            .rewritten(
                "let f b = «bitmatch b with\n  | { 0x45 : 8; n : 16 : littleendian } when n > 2 -> n\n  | { _ } -> 0»",
                to:
                    "let f b = match%bitstring b with\n  | {| 0x45 : 8; n : 16 : littleendian |} when n > 2 -> n\n  | {| _ |} -> 0"
            ),
            .rewritten(
                "let f b = «bitmatch b with { n : 8 } -> n | _ -> 0»",
                to: "let f b = match%bitstring b with {| n : 8 |} -> n | {| _ |} -> 0"),
            .reported("let f b = «bitmatch b with { :hdr; n : 8 } -> n»"),
            .reported("«let bitmatch hdr = { v : 4 }»"), .ordinary("let f bitmatch = bitmatch"),
        ]
    ) { node in
        if node.kind == .bitstringItem {
            let name = node.child(.name)?.text ?? "it"
            let fields = node.child(.bitstringFields)?.text ?? "its fields"
            return Draft(
                node, .possible,
                .manual("ppx_bitstring has no named patterns: write \(fields) wherever :\(name) stands"))
        }
        let cases = node.children.filter { $0.kind == .matchCase }
        guard node.isWhole, !cases.isEmpty else {
            return Draft(node, .certain, .manual("write match%bitstring e with | {| n : 8 |} -> …"))
        }
        var edits = [node.replaceKeyword("match%bitstring")]
        for entry in cases {
            guard let pattern = entry.firstChild, entry.token(.as) == nil else {
                return Draft(
                    node, .certain, .manual("ppx_bitstring has no `as`: match the rest of the bits in a field"))
            }
            if pattern.kind == .wildcardPattern {
                edits += pattern.wrap("{| ", " |}")
            } else if let more = quoted(pattern) {
                edits += more
            } else {
                return Draft(
                    node, .certain, .manual("write the named fields of \(pattern.text) out, and it as {| … |}"))
            }
        }
        return Draft(node, .certain, bitstringFix(node, edits))
    }

    private static let bitstringConstructor = Rule(
        "bitstring/construct", "a bit string built of fields", at: [.bitstringConstructor], words: ["BITSTRING"],
        examples: [
            .rewritten(
                "let g a = «BITSTRING { a : 8; \"xy\" : 16 : string }»",
                to: "let g a = [%bitstring {| a : 8; \"xy\" : 16 : string |}]"),
            .ordinary("let x = BITSTRING"),
        ]
    ) { node in
        let isCertain = node.firstToken.next.kind == .leftBrace && node.firstToken.next.next.next.kind == .colon
        guard node.isWhole, let fields = node.child(.bitstringFields), let edits = quoted(fields) else {
            return Draft(node, isCertain ? .likely : .possible, .manual("write [%bitstring {| n : 8; … |}]"))
        }
        return Draft(
            node, isCertain ? .likely : .possible,
            bitstringFix(node, [node.replaceKeyword("[%bitstring")] + edits + [node.insertBehind("]")]))
    }

    /// The braces as those of a quoted string; nil where the fields cannot stand in one, or have names of others.
    private static func quoted(_ fields: SyntaxNode) -> [Edit]? {
        guard fields.kind == .bitstringFields, let open = fields.token(.leftBrace),
            let close = fields.token(.rightBrace),
            !fields.text.contains("|}"), !fields.hasComments(outside: []),
            fields.children.allSatisfy({ $0.firstChild?.kind != .name || $0.children.count > 1 })
        else { return nil }
        return [open.replace("{|"), close.replace("|}")]
    }

    private static func bitstringFix(_ node: SyntaxNode, _ edits: [Edit]) -> Fix {
        guard node.context.target >= TargetDate(2016, 4, 14) else {
            return .manual("ppx_bitstring came on 2016-04-14: until then there is no way without camlp4")
        }
        var notes = ["the fields are a string now, which ppx_bitstring reads: positions in its errors count from there"]
        if node.allTokens.contains(where: { $0.reads("Exit") }) {
            notes.append("camlp4's expansion caught an Exit that an action raises, the ppx's does not")
        }
        return .review(edits, notes)
    }
}
