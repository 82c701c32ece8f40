import Findings
import OCamlSyntax
import Text

/// What camlp4's lexer reads otherwise than OCaml's own.
extension Catalogue {
    static let camlp4Lexer = SyntaxExtension(
        id: "camlp4-lexer", title: "what camlp4's lexer reads otherwise than OCaml's", implies: ["camlp4"],
        turnedOn: "every camlp4 file is read so",
        replacement: Replacement("nothing: the same, written as OCaml takes it", [.plain()]),
        caveats: [
            "Quotations count in comments too: a << in a comment opens one.", "{|…|} and '\\o101' are OCaml's alone.",
            "`o # 3` anywhere in a line is a line directive, and the rest of the line is lost.",
        ],
        rules: [apostrophe, comment])

    private static let apostrophe = Rule(
        "camlp4-lexer/apostrophe", "`'''`, the apostrophe without a backslash", atTokens: [.character],
        examples: [
            .rewritten("let a = «'''»", to: "let a = '\\''"), .silent("let a = '\\''\nlet b = '\"'"),
        ]
    ) { token in
        guard token.reads("'''") else { return nil }
        return Draft(token.range, .certain, .safe([token.replace("'\\''")]))
    }

    private static let comment = Rule(
        "camlp4-lexer/comment", "a comment that ends elsewhere for OCaml: it has a quotation or `{|` in it",
        atTokens: [.comment, .documentationComment],
        examples: [
            .rewritten(
                "let a = «'''»\n«(* a <:x< *) b >> *)»\nlet b = a",
                to: "let a = '\\''\n(* a <:x< * ) b >> *)\nlet b = a")
        ]
    ) { token in
        guard token.context.isProven, token.range.count >= 4 else { return nil }
        let bytes = Array(token.context.bytes(token.range))
        guard !CommentRepair.isOneComment(bytes) else { return nil }
        guard let blanks = CommentRepair.blanks(in: bytes) else {
            return Draft(
                token.range, .certain, .manual("reword the comment so that OCaml sees its end where camlp4 does"))
        }
        return Draft(
            token.range, .certain, .safe(blanks.map { Edit.opening(token.range.start + $0, " ") }))
    }
}

/// Makes a comment of camlp4's one of OCaml's, by blanks.
enum CommentRepair {
    /// Whether OCaml's lexer takes these bytes as one comment.
    static func isOneComment(_ bytes: [UInt8]) -> Bool {
        let tokens = Lexer.tokenize(bytes, rules: .stock)
        return tokens.kind(0).isComment && tokens.kind(0) != .unterminatedComment && tokens.end(0) == bytes.count
    }

    /// Where blanks have to stand so that it is one; nil where blanks do not help.
    static func blanks(in original: [UInt8]) -> [Int]? {
        var bytes = original
        var places: [Int] = []
        for _ in 0..<20 {
            if isOneComment(bytes) { return places.sorted() }
            let tokens = Lexer.tokenize(bytes, rules: .stock)
            guard tokens.kind(0).isComment else { return nil }
            let place: Int?
            if tokens.kind(0) != .unterminatedComment {
                // It ends too soon: a star and a parenthesis that stand in a quotation.
                place = tokens.end(0) - 1
            } else {
                // It does not end: something in it opens a string that camlp4 does not know.
                place = quotedStringOpener(in: bytes)
            }
            guard let place else { return nil }
            bytes.insert(0x20, at: place)
            // Each blank before it moved it by one.
            let moved = places.sorted().reduce(0) { $1 + $0 < place ? $0 + 1 : $0 }
            places.append(place - moved)
        }
        return nil
    }

    /// Behind the brace of the first `{id|`.
    private static func quotedStringOpener(in bytes: [UInt8]) -> Int? {
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "{") {
            var end = offset + 1
            while end < bytes.count, isIdentifier(bytes[end]) { end += 1 }
            if end < bytes.count, bytes[end] == UInt8(ascii: "|") { return offset + 1 }
        }
        return nil
    }

    private static func isIdentifier(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
    }
}
