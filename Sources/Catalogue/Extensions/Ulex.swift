import Findings
import OCamlSyntax
import Text

/// ulex: lexers for Unicode.
extension Catalogue {
    static let ulex = SyntaxExtension(
        id: "ulex", title: "ulex: lexers for Unicode", findlib: ["ulex"], opam: ["ulex"], archives: ["pa_ulex"],
        dialects: .ulex, keywords: ["lexer", "regexp"], definingWords: ["regexp"], implies: ["camlp4"],
        replacement: Replacement(
            "sedlex",
            [
                .always(.ppx("sedlex", from: "1.99.2")),
                .from(
                    TargetDate(2019, 3, 30), .ppx("sedlex.ppx", of: "sedlex", from: "2.0"),
                    .library("sedlex", from: "2.0")),
            ]),
        rules: [
            Rule(
                "ulex/lexer", "a lexer of ulex", at: [.lexerDefinition],
                examples: [
                    .reported("let rec tok = «lexer\n  | [ 'a'-'z' ] -> 1\n  | eof -> 0»"),
                    .ordinary("let lexer = 1\nlet f lexer = lexer + 1\nlet g = f lexer [1]"),
                ]
            ) { node in
                let advice =
                    "write match%sedlex lexbuf with …; `_` meant any character, sedlex wants a last case for no match"
                return Draft(node, node.token(.bar) != nil ? .certain : .possible, .manual(advice))
            },
            Rule(
                "ulex/regexp", "a named regular expression of ulex", at: [.regexpItem],
                examples: [
                    .reported("«let regexp digit = ['0'-'9']»"), .ordinary("let regexp s = Str.regexp s"),
                ]
            ) { node in
                guard node.firstToken.kind == .let, node.firstToken.next.reads("regexp") else { return nil }
                return Draft(node, .possible, .manual("write let name = [%sedlex.regexp? …]"))
            },
        ])
}
