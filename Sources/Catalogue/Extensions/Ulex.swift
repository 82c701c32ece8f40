import Findings
import OCamlSyntax
import Text

/// ulex: lexers for Unicode.
extension Catalogue {
    static let ulex = SyntaxExtension(
        id: "ulex", title: "ulex: lexers for Unicode", findlib: ["ulex"], opam: ["ulex"], archives: ["pa_ulex"],
        dialects: .ulex, keywords: ["lexer", "regexp", "Ulexing"], definingWords: ["regexp"], implies: ["camlp4"],
        turnedOn: "package(ulex) with syntax_camlp4o, or pa_ulex.cma behind camlp4o",
        replacement: Replacement(
            "sedlex",
            [
                .always(.ppx("sedlex", from: "1.99.2")),
                .from(
                    TargetDate(2019, 3, 30), .ppx("sedlex.ppx", of: "sedlex", from: "2.0"),
                    .library("sedlex", from: "2.0")),
            ]),
        caveats: [
            "`_` is any character for ulex and no match for sedlex, which wants a last case `_`.",
            "Ulexing.error became Sedlexing's own functions: Ulexing.latin1_lexeme is Sedlexing.Latin1.lexeme.",
            "Names of regular expressions were global; they are values of a module now.",
        ],
        rules: [ulexLexer, ulexRegexp, ulexing])

    private static let ulexLexer = Rule(
        "ulex/lexer", "a lexer of ulex", at: [.lexerDefinition], words: ["lexer"],
        examples: [
            .rewritten(
                "let rec tok = «lexer\n  | [ 'a'-'z' ] \"0x\"? -> 1\n  | [^ \"\\n\" 65-70 ] -> 2\n  | _ -> tok lexbuf»",
                to:
                    "let rec tok lexbuf = match%sedlex lexbuf with\n  | ('a'..'z', Opt \"0x\") -> 1\n  | Compl (Chars \"\\n\" | 65 .. 70) -> 2\n  | any -> tok lexbuf\n  | _ -> failwith \"no token\""
            ),
            .rewritten(
                "let f = g («lexer eof -> 0»)",
                to: "let f = g (fun lexbuf -> match%sedlex lexbuf with eof -> 0\n| _ -> failwith \"no token\")"),
            .ordinary("let lexer = 1\nlet f lexer = lexer + 1\nlet g = f lexer [1]"),
        ]
    ) { node in
        let cases = node.children.filter { $0.kind == .matchCase }
        let certainty: Certainty = node.token(.bar) != nil ? .certain : .possible
        let advice = Fix.manual(
            "write match%sedlex lexbuf with …; `_` meant any character, sedlex wants a last case for no match")
        guard node.isWhole, let last = cases.last, cases.allSatisfy({ $0.children.count == 2 }) else {
            return Draft(node, certainty, advice)
        }
        var edits: [Edit] = []
        for entry in cases {
            guard let regexp = entry.firstChild, let text = SedlexRegexp.text(regexp), !regexp.hasComments(outside: [])
            else { return Draft(node, certainty, advice) }
            edits.append(Edit(regexp.range, text))
        }
        if last.endsInCases, let body = last.lastChild { edits += body.wrap("(", ")") }
        let context = node.context
        edits.append(
            node.insertBehind(
                "\(context.lineEnd)\(context.indentation(at: last.range.start))| _ -> failwith \"no token\""))
        let notes = ["where no case matched ulex raised Ulexing.Error, this raises Failure"]
        guard let equal = parameterPlace(node) else {
            edits.append(node.replaceKeyword("fun lexbuf -> match%sedlex lexbuf with"))
            return Draft(node, certainty, .review(edits, notes))
        }
        let construct = ByteRange(equal.range.start, node.range.end)
        edits.append(
            Edit(
                ByteRange(equal.range.start, node.firstToken.range.end), "lexbuf = match%sedlex lexbuf with"))
        return Draft(node.range, certainty, .review(edits, notes), construct: construct)
    }

    private static let ulexRegexp = Rule(
        "ulex/regexp", "a named regular expression of ulex", at: [.regexpItem],
        examples: [
            .rewritten("«let regexp digit = ['0'-'9']»", to: "let digit = [%sedlex.regexp? '0'..'9']"),
            .rewritten(
                "«let regexp num = digit+ | \"0x\" (digit | ['a'-'f'])*»",
                to: "let num = [%sedlex.regexp? Plus digit | (\"0x\", Star (digit | 'a'..'f'))]"),
            .ordinary("let regexp s = Str.regexp s"),
        ]
    ) { node in
        guard node.firstToken.kind == .let, node.firstToken.next.reads("regexp") else { return nil }
        guard node.isWhole, let name = node.child(.name), let regexp = node.lastChild, regexp.index != name.index,
            let text = SedlexRegexp.text(regexp), !regexp.hasComments(outside: [])
        else { return Draft(node, .possible, .manual("write let name = [%sedlex.regexp? …]")) }
        return Draft(
            node, .likely,
            .safe([
                Edit(ByteRange(node.firstToken.next.range.start, name.range.start), ""),
                Edit(regexp.range, "[%sedlex.regexp? \(text)]"),
            ]))
    }

    private static let ulexing = Rule(
        "ulex/ulexing", "a function or type of Ulexing, ulex's library", at: [.valuePath, .typePath],
        openings: ["Ulexing"],
        examples: [
            .rewritten(
                "let f b = «Ulexing.latin1_lexeme» b", to: "let f b = Sedlexing.Latin1.lexeme b"),
            .rewritten("type t = «Ulexing.lexbuf»", to: "type t = Sedlexing.lexbuf"),
            .reported("let f b = «Ulexing.lexeme» b"),
            .silent("let f b = M.Ulexing.x b"), .ordinary("let f b = Lexing.lexeme b"),
        ]
    ) { node in
        guard node.firstToken.next.kind == .dot, node.previousToken.kind != .dot
        else { return nil }
        let name = node.lastToken.text
        guard let other = sedlexing[name] else {
            return Draft(
                node, .likely,
                .manual("Sedlexing.\(name) gives Uchar.t where Ulexing.\(name) gave int: see what its users need"))
        }
        return Draft(
            node, .likely,
            .review([Edit(node.range, "Sedlexing.\(other)")], ["the encoding is chosen where the buffer is made"]))
    }

    /// What Sedlexing calls the functions and types of Ulexing whose types stayed.
    private static let sedlexing = [
        "lexbuf": "lexbuf", "latin1_lexeme": "Latin1.lexeme", "latin1_sub_lexeme": "Latin1.sub_lexeme",
        "latin1_lexeme_char": "Latin1.lexeme_char", "utf8_lexeme": "Utf8.lexeme", "utf8_sub_lexeme": "Utf8.sub_lexeme",
        "from_utf8_string": "Utf8.from_string", "from_utf8_channel": "Utf8.from_channel",
        "from_utf8_stream": "Utf8.from_stream", "from_latin1_string": "Latin1.from_string",
        "from_latin1_channel": "Latin1.from_channel", "from_latin1_stream": "Latin1.from_stream",
        "lexeme_start": "lexeme_start", "lexeme_end": "lexeme_end", "lexeme_length": "lexeme_length", "loc": "loc",
        "rollback": "rollback", "start": "start", "next": "next", "mark": "mark", "backtrack": "backtrack",
    ]
}
