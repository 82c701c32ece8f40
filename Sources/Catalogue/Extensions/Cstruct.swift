import Findings
import OCamlSyntax
import Text

extension Catalogue {
    /// cstruct: C-like structures and enumerations as accessors.
    static let cstruct = SyntaxExtension(
        id: "cstruct", title: "cstruct: C-like structures over buffers", findlib: ["cstruct.syntax"],
        archives: ["pa_cstruct", "cstruct-syntax"], dialects: .cstruct, keywords: ["cstruct", "cenum"],
        implies: ["camlp4"],
        turnedOn:
            "package(cstruct.syntax) with syntax(camlp4o) in _tags, -package cstruct.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_cstruct (in cstruct 1.9 and 2: cstruct.ppx)",
            [
                .from(
                    TargetDate(2016, 2, 19), .ppx("cstruct.ppx", of: "cstruct", from: "1.9.0", below: "3.3.0"),
                    .library("cstruct", from: "1.9.0"), .tool("ppx_tools"),
                    note: "cstruct builds cstruct.ppx only where ppx_tools is installed"),
                .from(TargetDate(2017, 5, 12), .ppx("ppx_cstruct", from: "3.0.0"), .library("cstruct", from: "3.0.0")),
            ]),
        caveats: [
            "The accessors are the same; ppx_cstruct adds compare_X for enumerations (after 4.0.0).",
            "A length of 0 and equal field names were taken by camlp4, ppx_cstruct refuses them.",
            "as uint8_t(sexp) becomes [@@uint8_t] [@@sexp], in that order.",
            "host_endian needs the module Cstruct.HE, which came with 6.1.0.",
        ],
        rules: [cstructRule, cenumRule])

    private static let cstructRule = Rule(
        "cstruct/cstruct", "a `cstruct` declaration", at: [.cstructItem], words: ["cstruct"],
        examples: [
            .rewritten(
                "«cstruct hdr {\n  uint8_t kind;  (* which *)\n  uint16_t len;\n  uint8_t mac[6]\n} as big_endian»\nlet x = 1",
                to:
                    "[%%cstruct\ntype hdr = {\n  kind: uint8_t;  (* which *)\n  len: uint16_t;\n  mac: uint8_t [@len 6]\n} [@@big_endian]]\nlet x = 1"
            ),
            .rewritten(
                "«cstruct a { uint64_t b; } as little_endian»",
                to: "[%%cstruct type a = { b: uint64_t; } [@@little_endian]]"),
            .reported("«cstruct a { uint8_t b[0] } as big_endian»"),
            .reported("«cstruct t { } as big_endian»"),
            .ordinary("let f cstruct = cstruct\nlet g = f cstruct { x = 1 }"),
        ]
    ) { node in
        Draft(node, .certain, structFix(node))
    }

    private static let cenumRule = Rule(
        "cstruct/cenum", "a `cenum` declaration", at: [.cenumItem], words: ["cenum"],
        examples: [
            .rewritten(
                "«cenum opcode { READ; WRITE = 5; CLOSE } as uint8_t»",
                to: "[%%cenum type opcode = READ | WRITE [@id 5] | CLOSE [@@uint8_t]]"),
            .rewritten(
                "«cenum mode {\n  ON;  (* one *)\n  OFF;\n} as uint16_t(sexp)»",
                to: "[%%cenum\ntype mode =\n  | ON  (* one *)\n  | OFF\n[@@uint16_t] [@@sexp]]"),
            .rewritten(
                "module M = struct\n  «cenum op {\n    A = 1;\n    B\n  } as uint8_t»\nend",
                to: "module M = struct\n  [%%cenum\n  type op =\n    | A [@id 1]\n    | B\n  [@@uint8_t]]\nend"),
            .rewritten(
                "«cenum op {\n  A = 1 ;\n  B    = 2 ;\n} as uint8_t»",
                to: "[%%cenum\ntype op =\n  | A [@id 1]\n  | B    [@id 2]\n[@@uint8_t]]"),
            .reported("«cenum mode { on; off } as uint8_t»"),
            .reported("«cenum mode { \"on\"; \"off\" } as uint8_t»"),
            .ordinary("let cenum x = x\nlet y = cenum { a = 1 }"),
        ]
    ) { node in
        Draft(node, .certain, enumFix(node))
    }

    /// `uint8_t name[len];` becomes `name : uint8_t [@len len];`, one token at a time so that comments stay.
    private static func structFix(_ node: SyntaxNode) -> Fix {
        let advice = Fix.manual("write [%%cstruct type name = { field : uint8_t; … } [@@big_endian]]")
        let orders = ["big_endian", "little_endian", "host_endian", "bi_endian"]
        guard node.isWhole, let frame = DeclarationFrame(node), frame.argument == nil,
            orders.contains(frame.decoration.text)
        else { return advice }
        let fields = node.children.filter { $0.kind == .cstructField }
        if fields.isEmpty { return .manual("a structure without fields: camlp4 rejected it too") }
        var edits = frame.edits("cstruct")
        for field in fields {
            let tokens = field.allTokens
            guard tokens.count >= 2 else { return advice }
            edits.append(tokens[0].replace(tokens[1].text + ":"))
            edits.append(tokens[1].replace(tokens[0].text))
            guard tokens.count == 5 else {
                if tokens.count == 2 { continue }
                return advice
            }
            if tokens[3].reads("0") {
                return .manual("ppx_cstruct takes no length of 0: leave the field out and slice the buffer instead")
            }
            edits.append(tokens[2].replace(" [@len "))
        }
        edits.append(Edit(frame.tail, "[@@\(frame.decoration.text)]]"))
        return .safe(edits)
    }

    /// `NAME = id;` becomes `NAME [@id id] |`; a separator after the last name goes.
    private static func enumFix(_ node: SyntaxNode) -> Fix {
        let advice = Fix.manual("write [%%cenum type name = A | B [@id 5] [@@uint8_t]]")
        guard node.isWhole, let frame = DeclarationFrame(node),
            ["uint8_t", "uint16_t", "uint32_t", "uint64_t", "int8_t", "int16_t", "int32_t", "int64_t"]
                .contains(frame.decoration.text)
        else { return advice }
        var attributes = "[@@\(frame.decoration.text)]"
        if let argument = frame.argument {
            guard argument.reads("sexp") else { return advice }
            attributes += " [@@sexp]"
        }
        let names = node.children.filter { $0.kind == .cenumConstructor }
        guard let lastName = names.last, names.allSatisfy({ $0.firstToken.kind == .uppercaseIdentifier }) else {
            return advice
        }
        var edits = frame.edits("cenum")
        // The braces go; a blank that stood behind or before them goes too, where nothing else would part the words.
        edits.append(frame.open.deleteWithBlanksBefore())
        for name in names {
            let tokens = name.allTokens
            if tokens.count == 3 {
                edits.append(tokens[1].replace("[@id"))
                edits.append(tokens[2].insertBehind("]"))
            } else if tokens.count != 1 {
                return advice
            }
            // A name that begins its line has its bar there, others have it where the `;` was.
            if name.firstToken.isFirstOnLine { edits.append(name.insertBefore("| ")) }
            guard name.nextToken.kind == .semicolon else { continue }
            let isLastOnLine = name.nextToken.next.isFirstOnLine
            if isLastOnLine {
                edits.append(name.nextToken.deleteWithBlanksBefore())
            } else {
                edits.append(name.nextToken.replace(name.index == lastName.index ? "" : " |"))
            }
        }
        let isParted =
            frame.close.isFirstOnLine
            || frame.close.range.start > 0 && node.context.tokens.bytes[frame.close.range.start - 1] == 0x20
        edits.append(isParted ? frame.close.deleteWithBlanksBehind() : frame.close.delete())
        edits.append(Edit(frame.tail, attributes + "]"))
        return .safe(edits)
    }
}

/// `word name { … } as decoration(argument)`, without what is between the braces.
private struct DeclarationFrame {
    let name: SyntaxToken
    let open: SyntaxToken
    let close: SyntaxToken
    let decoration: SyntaxToken
    let argument: SyntaxToken?
    /// From `as` to the end.
    let tail: ByteRange
    private let keyword: SyntaxToken

    /// Nil where a part is missing.
    init?(_ node: SyntaxNode) {
        keyword = node.firstToken
        name = keyword.next
        guard name.kind == .lowercaseIdentifier, let open = node.token(.leftBrace), let close = node.token(.rightBrace),
            let word = node.token(.as), word.next.kind == .lowercaseIdentifier
        else { return nil }
        self.open = open
        self.close = close
        decoration = word.next
        tail = ByteRange(word.range.start, node.range.end)
        argument = decoration.next.kind == .leftParen && node.lastToken.kind == .rightParen ? decoration.next.next : nil
    }

    /// The edits before the brace.
    ///
    /// A declaration of several lines begins on a line of its own.
    func edits(_ word: String) -> [Edit] {
        let context = keyword.context
        let isLong = context.bytes(ByteRange(keyword.range.start, tail.start)).contains(0x0A)
        let gap = isLong ? context.lineEnd + context.indentation(at: keyword.range.start) : " "
        return [keyword.replace("[%%\(word)\(gap)type"), name.insertBehind(" =")]
    }
}
