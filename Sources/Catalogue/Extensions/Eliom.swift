import Findings
import OCamlSyntax
import Text

/// Eliom: client and server code in one file.
extension Catalogue {
    static let eliom = SyntaxExtension(
        id: "eliom", title: "Eliom: client and server code in one file",
        findlib: [
            "eliom.syntax.common", "eliom.syntax.client", "eliom.syntax.server", "eliom.syntax.type",
            "eliom.syntax.predef",
        ],
        archives: ["pa_eliom_seed", "pa_eliom_client_client", "pa_eliom_client_server", "pa_eliom_type_filter"],
        dialects: .eliom, implies: ["js_of_ocaml", "lwt", "tyxml", "deriving"],
        turnedOn: "eliomc, js_of_eliom and eliomdep preprocess .eliom files with -package eliom.syntax.predef",
        replacement: Replacement(
            "eliom.ppx.server, .client and .type",
            [
                .from(
                    TargetDate(2016, 1, 28), .ppx("eliom.ppx.server", of: "eliom", from: "5.0.0"),
                    .ppx("eliom.ppx.client", of: "eliom", from: "5.0.0"),
                    .ppx("eliom.ppx.type", of: "eliom", from: "5.0.0"),
                    note: "eliomc and js_of_eliom take them with -ppx")
            ]),
        caveats: [
            "Items outside of sections are the server's: [%%server.start] at the head says so to the ppx.",
            "camlp4 and ppx cannot share a file.",
            "camlp4's extension opened Eliom_pervasives at the top of each file; the ppx does not",
            "in interfaces the ppx takes [%%client.start] alone, so a section ends with [%%server.start]",
        ],
        rules: [eliomSection, eliomClientValue, eliomInjection])

    private static let eliomSection = Rule(
        "eliom/section", "a section of client, server or shared code", at: [.eliomSection],
        examples: [
            .rewritten(
                "«{client{\n  let x = 1\n}}»\n«{shared{ type t = int }}»",
                to: "[%%client\n  let x = 1\n]\n[%%shared type t = int ]"),
            .silent("let r = { client = { a = 1 } }"),
        ]
    ) { node in
        Draft(node, .certain, sectionFix(node))
    }

    /// `{client{ items }}` becomes `[%%client items ]`, in an interface `[%%client.start] items`.
    private static func sectionFix(_ node: SyntaxNode) -> Fix {
        let side = node.firstToken.next
        let (open, close) = (side.next, node.lastToken)
        guard node.isWhole, open.kind == .leftBrace, close.kind == .rightBrace, close.previous.kind == .rightBrace
        else { return .manual("write [%%\(side.text) …] with the section's items in it") }
        let opening = ByteRange(node.range.start, open.range.end)
        let closing = ByteRange(close.previous.range.start, close.range.end)
        let blank = open.touchesNext ? " " : ""
        guard node.context.isInterface else {
            return .safe([Edit(opening, "[%%\(side.text)\(blank)"), Edit(closing, "]")])
        }
        // What stands outside of sections is for the server.
        let next = node.nextToken.kind
        let end = next == .endOfFile || next == .leftBrace ? "" : "[%%server.start]"
        return .safe([Edit(opening, "[%%\(side.text).start]\(blank)"), Edit(closing, end)])
    }

    private static let eliomClientValue = Rule(
        "eliom/client-value", "a client value in server code", at: [.eliomClientValue, .eliomSharedValue],
        examples: [
            .rewritten("let f () = «{{ alert \"x\" }}»", to: "let f () = [%client alert \"x\"]"),
            .rewritten("let f () = «{unit{ () }}»", to: "let f () = [%client (() : unit)]"),
            .rewritten(
                "let f () = ignore «{unit{\n  g ();\n  h ()\n }}»",
                to: "let f () = ignore [%client (\n  g ();\n  h ()\n : unit)]"),
            .rewritten("let f v = «{shared#int{ v }}»", to: "let f v = [%shared (v : int)]"),
            .reported("let f () = «{{ }}»"),
            .silent("let r = { a = { b = 1 } }"),
        ]
    ) { node in
        Draft(node, .certain, valueFix(node))
    }

    /// `{{ e }}` becomes `[%client e]`, `{t{ e }}` becomes `[%client (e : t)]`.
    private static func valueFix(_ node: SyntaxNode) -> Fix {
        let close = node.lastToken
        guard node.isWhole, let value = node.lastChild, close.kind == .rightBrace,
            close.previous.kind == .rightBrace, value.previousToken.kind == .leftBrace
        else { return .manual("write [%client (code : type)]") }
        let context = node.context
        let side = node.kind == .eliomSharedValue ? node.child(.name)?.text ?? "shared" : "client"
        let opening = ByteRange(node.range.start, context.blanksBehind(value.previousToken.range.end))
        let closing = ByteRange(context.blanksBefore(close.previous.range.start), close.range.end)
        let type = node.parts.first { $0.kind != .name && $0.index != value.index }
        // A bracket that begins its line keeps its place there.
        let isFirst = close.previous.isFirstOnLine
        let blanks = isFirst ? context.text(ByteRange(closing.start, close.previous.range.start)) : ""
        guard let type else {
            return .safe([Edit(opening, "[%\(side) "), Edit(closing, "\(blanks)]")])
        }
        let constraint = "\(isFirst ? blanks : " "): \(type.text))]"
        return .safe([Edit(opening, "[%\(side) ("), Edit(closing, constraint)])
    }

    private static let eliomInjection = Rule(
        "eliom/injection", "`%x`, a value of the server in client code", at: [.eliomInjection],
        examples: [
            .rewritten(
                "«{client{ let z = «%y» + «%(f 1)» }}»", to: "[%%client let z = ~%y + ~%(f 1) ]"),
            .rewritten(
                "let f g l = «{unit{ g (h «%l» ~u:«%M.v»), «%l»«##»p }}»",
                to: "let f g l = [%client (g (h ~%l ~u:~%M.v), ~%l##.p : unit)]"),
        ]
    ) { node in
        let start = node.firstToken.kind == .percent ? node.range.start : node.range.start - 1
        guard start >= 0, node.context.tokens.bytes[start] == UInt8(ascii: "%") else { return nil }
        let range = ByteRange(start, node.range.end)
        return Draft(range, .certain, .safe([.opening(start, "~")]))
    }
}
