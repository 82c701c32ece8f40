import Findings
import OCamlSyntax
import Text

extension Catalogue {
    /// cstruct: C-like structures and enumerations as accessors.
    static let cstruct = SyntaxExtension(
        id: "cstruct", title: "cstruct: C-like structures over buffers", findlib: ["cstruct.syntax"],
        archives: ["pa_cstruct", "cstruct-syntax"], keywords: ["cstruct", "cenum"], implies: ["camlp4"],
        replacement: "ppx_cstruct (in cstruct 1.9 and 2: cstruct.ppx)", rules: [cstructRule, cenumRule])

    private static let cstructRule = Rule(
        "cstruct/cstruct", "a `cstruct` declaration", at: [.word("cstruct")],
        examples: [
            .rewritten(
                "‸cstruct hdr {\n  uint8_t kind;  (* which *)\n  uint16_t len;\n  uint8_t mac[6]\n} as big_endian‸\nlet x = 1",
                to:
                    "[%%cstruct type hdr = {\n  kind : uint8_t;  (* which *)\n  len : uint16_t;\n  mac : uint8_t [@len 6]\n} [@@big_endian]]\nlet x = 1"
            ),
            .rewritten(
                "‸cstruct a { uint64_t b; } as little_endian‸",
                to: "[%%cstruct type a = { b : uint64_t; } [@@little_endian]]"),
            .reported("‸cstruct a { uint8_t b[0] } as big_endian‸"),
            .ordinary("let f cstruct = cstruct\nlet g = f cstruct { x = 1 }"),
        ]
    ) { context, index in
        let tokens = context.tokens
        guard !tokens.isValueName(index), let declaration = BraceDeclaration(context, at: index) else { return nil }
        let isFieldList =
            tokens.kind(declaration.open + 1) == .lowercaseIdentifier
            && tokens.kind(declaration.open + 2) == .lowercaseIdentifier
        guard isFieldList else { return nil }
        return Draft(declaration.range, .certain, structFix(context, declaration))
    }

    private static let cenumRule = Rule(
        "cstruct/cenum", "a `cenum` declaration", at: [.word("cenum")],
        examples: [
            .rewritten(
                "‸cenum opcode { READ; WRITE = 5; CLOSE } as uint8_t‸",
                to: "[%%cenum type opcode = READ | WRITE [@id 5] | CLOSE [@@uint8_t]]"),
            .rewritten(
                "‸cenum mode {\n  ON;  (* one *)\n  OFF;\n} as uint16_t(sexp)‸",
                to: "[%%cenum type mode =\n  ON |  (* one *)\n  OFF\n [@@uint16_t] [@@sexp]]"),
            .ordinary("let cenum x = x\nlet y = cenum { a = 1 }"),
        ]
    ) { context, index in
        let tokens = context.tokens
        guard !tokens.isValueName(index), let declaration = BraceDeclaration(context, at: index),
            tokens.kind(declaration.open + 1) == .uppercaseIdentifier
        else { return nil }
        return Draft(declaration.range, .certain, enumFix(context, declaration))
    }

    /// `uint8_t name[len];` becomes `name : uint8_t [@len len];`, one token at a time so that comments stay.
    private static func structFix(_ context: SourceContext, _ declaration: BraceDeclaration) -> Fix {
        let tokens = context.tokens
        let advice = Fix.manual("write [%%cstruct type name = { field : uint8_t; … } [@@big_endian]]")
        let orders = ["big_endian", "little_endian", "host_endian", "bi_endian"]
        guard let decoration = declaration.decoration, orders.contains(tokens.text(decoration)) else { return advice }
        var edits = declaration.frame(tokens, keyword: "[%%cstruct type", afterName: " =")
        var index = declaration.open + 1
        while index < declaration.close {
            guard tokens.kind(index) == .lowercaseIdentifier, tokens.kind(index + 1) == .lowercaseIdentifier else {
                return advice
            }
            edits.append(Edit(tokens.range(index), tokens.text(index + 1) + " :"))
            edits.append(Edit(tokens.range(index + 1), tokens.text(index)))
            index += 2
            if tokens.kind(index) == .leftBracket {
                guard tokens.kind(index + 1) == .integer, tokens.kind(index + 2) == .rightBracket else { return advice }
                if tokens.text(index + 1) == "0" {
                    return .manual("ppx_cstruct takes no length of 0: leave the field out and slice the buffer instead")
                }
                edits.append(Edit(tokens.range(index), " [@len "))
                index += 3
            }
            if tokens.kind(index) == .semicolon { index += 1 } else if index != declaration.close { return advice }
        }
        edits.append(Edit(declaration.tail(tokens), "[@@\(tokens.text(decoration))]]"))
        return .safe(edits)
    }

    /// `NAME = id;` becomes `NAME [@id id] |`; a separator after the last name goes.
    private static func enumFix(_ context: SourceContext, _ declaration: BraceDeclaration) -> Fix {
        let tokens = context.tokens
        let advice = Fix.manual("write [%%cenum type name = A | B [@id 5] [@@uint8_t]]")
        guard let decoration = declaration.decoration,
            ["uint8_t", "uint16_t", "uint32_t", "uint64_t", "int8_t", "int16_t", "int32_t", "int64_t"]
                .contains(tokens.text(decoration))
        else { return advice }
        var attributes = "[@@\(tokens.text(decoration))]"
        if let argument = declaration.argument {
            guard tokens.text(argument) == "sexp" else { return advice }
            attributes += " [@@sexp]"
        }
        var edits = declaration.frame(tokens, keyword: "[%%cenum type", afterName: " =")
        // The braces go; a blank that stood behind or before them goes too, where nothing else would part the words.
        edits.append(Edit(withBlank(before: tokens.range(declaration.open), tokens), ""))
        var index = declaration.open + 1
        while index < declaration.close {
            guard tokens.kind(index) == .uppercaseIdentifier else { return advice }
            index += 1
            if tokens.kind(index) == .equal {
                edits.append(Edit(tokens.range(index), "[@id"))
                guard tokens.kind(index + 1) == .integer else { return advice }
                let end = tokens.range(index + 1).end
                edits.append(Edit(ByteRange(end, end), "]"))
                index += 2
            }
            guard index != declaration.close else { break }
            guard tokens.kind(index) == .semicolon else { return advice }
            edits.append(Edit(tokens.range(index), index + 1 == declaration.close ? "" : " |"))
            index += 1
        }
        edits.append(Edit(withBlank(after: tokens.range(declaration.close), tokens), ""))
        edits.append(Edit(declaration.tail(tokens), attributes + "]"))
        return .safe(edits)
    }

    private static func withBlank(before range: ByteRange, _ tokens: SourceTokens) -> ByteRange {
        let bytes = tokens.list.bytes
        guard range.start > 0, bytes[range.start - 1] == 0x20 else { return range }
        return ByteRange(range.start - 1, range.end)
    }

    private static func withBlank(after range: ByteRange, _ tokens: SourceTokens) -> ByteRange {
        let bytes = tokens.list.bytes
        guard range.start > 0, range.end < bytes.count, bytes[range.end] == 0x20, bytes[range.start - 1] == 0x20 else {
            return range
        }
        return ByteRange(range.start, range.end + 1)
    }
}

/// `word name { … } as decoration(argument)`.
private struct BraceDeclaration {
    let keyword: Int
    let open: Int
    let close: Int
    /// The word after `as`; nil where it is missing.
    let decoration: Int?
    let argument: Int?
    private let last: Int
    let range: ByteRange

    init?(_ context: SourceContext, at keyword: Int) {
        let tokens = context.tokens
        guard tokens.kind(keyword + 1) == .lowercaseIdentifier, tokens.kind(keyword + 2) == .leftBrace,
            let close = context.structure.partner[keyword + 2]
        else { return nil }
        self.keyword = keyword
        open = keyword + 2
        self.close = close
        var last = close
        var decoration: Int?
        var argument: Int?
        if tokens.kind(close + 1) == .as, tokens.kind(close + 2) == .lowercaseIdentifier {
            decoration = close + 2
            last = close + 2
            if tokens.kind(close + 3) == .leftParen, tokens.kind(close + 5) == .rightParen {
                argument = close + 4
                last = close + 5
            }
        }
        self.last = last
        self.decoration = decoration
        self.argument = argument
        range = tokens.range(keyword, through: last)
    }

    /// The edits before the brace.
    func frame(_ tokens: SourceTokens, keyword word: String, afterName: String) -> [Edit] {
        let nameEnd = tokens.range(keyword + 1).end
        return [Edit(tokens.range(keyword), word), Edit(ByteRange(nameEnd, nameEnd), afterName)]
    }

    /// From `as` to the end.
    func tail(_ tokens: SourceTokens) -> ByteRange {
        tokens.range(close + 1, through: last)
    }
}
