import Findings
import OCamlSyntax
import Text

/// Extensions of single projects.
extension Catalogue {
    static let optcomp = SyntaxExtension(
        id: "optcomp", title: "optcomp: conditional compilation with `#if`", findlib: ["optcomp"], opam: ["optcomp"],
        archives: ["pa_optcomp", "optcomp-o", "optcomp-r"], quotations: ["optcomp"], implies: ["camlp4"],
        replacement: "cppo or ppx_optcomp",
        rules: [
            Rule(
                "optcomp/directive", "a directive of optcomp", at: [.kind(.hash)],
                examples: [
                    .reported("‸#let‸ debug = true\n‸#if‸ debug\nlet a = 1\n‸#else‸\nlet a = 2\n‸#endif‸"),
                    .reported("‸#if‸ ocaml_version >= (3, 13)\nlet a = 1\n‸#endif‸"), .silent("let f o = o#if_any"),
                    .ordinary("#if OCAML_VERSION >= (4, 2, 0)\nlet a = 1\n#endif"),
                ]
            ) { context, index in
                let tokens = context.tokens
                let range = tokens.range(index)
                guard range.start == 0 || tokens.list.bytes[range.start - 1] == 0x0A else { return nil }
                let word = tokens.text(index + 1)
                guard directives.contains(word) else { return nil }
                // cppo has the same #if, but its name for the compiler's version is in capitals.
                let isOwn = word.hasPrefix("let") || ["if", "elif"].contains(word) && asksForVersion(tokens, index)
                return Draft(
                    tokens.range(index, through: index + 1), isOwn ? .certain : .possible,
                    .manual("write it for cppo: versions are triples there, and #if takes `defined NAME`, no bare name")
                )
            },
            .manualQuotations(
                "optcomp/quotation", "a quotation that optcomp evaluates", ["optcomp"], advice: "write a cppo macro",
                examples: [.reported("let b = ‸<:optcomp< v >>‸")]),
        ])

    /// Whether `ocaml_version` stands on the line.
    private static func asksForVersion(_ tokens: SourceTokens, _ index: Int) -> Bool {
        var next = index + 1
        repeat {
            if tokens.text(next) == "ocaml_version" { return true }
            next += 1
        } while next < tokens.count && !tokens.isFirstOnLine(next)
        return false
    }

    private static let directives: Set<String> = [
        "if", "elif", "else", "endif", "let", "let_default", "error", "warning", "include", "directory", "define",
    ]

    static let bitstring = SyntaxExtension(
        id: "bitstring", title: "bitstring: bit patterns", findlib: ["bitstring.syntax", "bitstring.persistent"],
        archives: ["pa_bitstring", "pa_bitmatch"], keywords: ["bitmatch", "BITSTRING"], implies: ["camlp4"],
        replacement: "ppx_bitstring",
        rules: [
            Rule(
                "bitstring/bitmatch", "a match on bits", at: [.word("bitmatch")],
                examples: [
                    .reported("let f b = ‸bitmatch‸ b with | { n : 8 } -> n"),
                    .reported("let ‸bitmatch‸ hdr = { v : 4 }"),
                    .ordinary("let f bitmatch = bitmatch"),
                ]
            ) { context, index in
                let tokens = context.tokens
                let isMatch = context.structure.loneWith.contains(index)
                if !isMatch, tokens.kind(index - 1) != .let, tokens.isValueName(index) { return nil }
                return Draft(
                    tokens.range(index), isMatch ? .certain : .possible,
                    .manual("write match%bitstring e with | {| n : 8 |} -> …"))
            },
            Rule(
                "bitstring/construct", "a bit string built of fields", at: [.word("BITSTRING")],
                examples: [.reported("let g a = ‸BITSTRING‸ { a : 8 }"), .ordinary("let x = BITSTRING")]
            ) { context, index in
                let tokens = context.tokens
                let certain = tokens.kind(index + 1) == .leftBrace && tokens.kind(index + 3) == .colon
                return Draft(
                    tokens.range(index), certain ? .likely : .possible, .manual("write [%bitstring {| n : 8; … |}]"))
            },
        ])

    static let ulex = SyntaxExtension(
        id: "ulex", title: "ulex: lexers for Unicode", findlib: ["ulex"], opam: ["ulex"], archives: ["pa_ulex"],
        keywords: ["lexer", "regexp"], implies: ["camlp4"], replacement: "sedlex",
        rules: [
            Rule(
                "ulex/lexer", "a lexer of ulex", at: [.word("lexer")],
                examples: [
                    .reported("let rec tok = ‸lexer‸\n  | [ 'a'-'z' ] -> 1\n  | eof -> 0"),
                    .ordinary("let lexer = 1\nlet f lexer = lexer + 1\nlet g = f lexer [1]"),
                ]
            ) { context, index in
                let tokens = context.tokens
                if tokens.isValueName(index) { return nil }
                guard [.equal, .leftParen, .arrow].contains(tokens.kind(index - 1)) else { return nil }
                let cases = tokens.kind(index + 1) == .bar
                return Draft(
                    tokens.range(index), cases ? .certain : .possible,
                    .manual(
                        "write match%sedlex lexbuf with …; `_` meant any character, sedlex wants a last case for no match"
                    ))
            },
            Rule(
                "ulex/regexp", "a named regular expression of ulex", at: [.word("regexp")],
                examples: [
                    .reported("let ‸regexp‸ digit = ['0'-'9']"), .ordinary("let regexp s = Str.regexp s"),
                ]
            ) { context, index in
                let tokens = context.tokens
                guard tokens.kind(index - 1) == .let, tokens.kind(index + 1) == .lowercaseIdentifier,
                    tokens.kind(index + 2) == .equal
                else { return nil }
                return Draft(tokens.range(index), .possible, .manual("write let name = [%sedlex.regexp? …]"))
            },
        ])

    static let pgocaml = SyntaxExtension(
        id: "pgocaml", title: "PG'OCaml: SQL checked at compile time",
        findlib: ["pgocaml.syntax", "pgocaml.statements"],
        archives: ["pa_pgsql"], keywords: ["PGSQL"], implies: ["camlp4"], replacement: "pgocaml_ppx",
        rules: [
            Rule(
                "pgocaml/pgsql", "a statement of PG'OCaml", at: [.word("PGSQL")],
                examples: [.reported("let f dbh = ‸PGSQL‸(dbh) \"select 1\""), .ordinary("let x = PGSQL")]
            ) { context, index in
                let tokens = context.tokens
                guard tokens.kind(index + 1) == .leftParen, let close = context.structure.partner[index + 1] else {
                    return Draft(tokens.range(index), .possible, .manual("write [%pgsql dbh \"…\"]"))
                }
                let certainty: Certainty = tokens.kind(close + 1) == .string ? .likely : .possible
                return Draft(tokens.range(index), certainty, .manual("write [%pgsql dbh \"…\"]"))
            }
        ])

    private static let macaqueTags = [
        "table", "view", "value", "select", "insert", "update", "delete", "sequence", "compose",
    ]

    static let macaque = SyntaxExtension(
        id: "macaque", title: "macaque: typed SQL in comprehensions", findlib: ["macaque.syntax"],
        archives: ["pa_macaque", "pa_bananas"], quotations: macaqueTags, implies: ["camlp4"],
        replacement: "nothing exact",
        rules: [
            .manualQuotations(
                "macaque/quotation", "a query of macaque", macaqueTags,
                advice: "nothing replaces macaque exactly: see petrol, caqti or pgocaml_ppx",
                examples: [.reported("let v = ‸<:view< {u.id} | u in $users$ >>‸")])
        ])

    static let mikmatch = SyntaxExtension(
        id: "mikmatch", title: "mikmatch: regular expressions in patterns",
        findlib: ["mikmatch_pcre", "mikmatch_pcre.syntax", "mikmatch_str", "micmatch_pcre", "micmatch_str"],
        opam: ["mikmatch"], archives: ["pa_mikmatch_pcre", "pa_mikmatch_str"], implies: ["camlp4"],
        replacement: "ppx_mikmatch or ppx_regexp",
        rules: [
            .manualWord(
                "mikmatch/re", "a regular expression in a pattern or definition", ["RE"],
                advice: "write match%mikmatch s with {|…|} -> … or match%pcre",
                examples: [.reported("‸RE‸ num = digit+"), .ordinary("type t = RE | B")])
        ])

    static let monadCustom = SyntaxExtension(
        id: "pa_monad_custom", title: "pa_monad: `perform`", findlib: ["monad-custom", "pa_monad", "monad"],
        opam: ["pa_monad_custom"], archives: ["pa_monad"], keywords: ["perform"], implies: ["camlp4"],
        replacement: "let* of OCaml 4.08",
        rules: [
            .manualWord(
                "pa_monad_custom/perform", "`perform`, a sequence of binds", ["perform"],
                advice: "write let ( let* ) = bind in let* x = a in …",
                examples: [.reported("let a = ‸perform‸ x <-- b; c"), .ordinary("let f perform = perform ()")])
        ])

    static let estring = SyntaxExtension(
        id: "estring", title: "estring: strings with a specifier", findlib: ["estring"], opam: ["estring"],
        archives: ["pa_estring", "pa_strings"], implies: ["camlp4"], replacement: "the libraries' own constructors")

    static let xstrp4 = SyntaxExtension(
        id: "xstrp4", title: "xstrp4: interpolated strings", findlib: ["xstrp4"], opam: ["xstrp4"],
        archives: ["xstrp4"],
        keywords: ["interpolate"], quotations: ["here"], implies: ["camlp4"], replacement: "ppx_string",
        rules: [
            .manualQuotations(
                "xstrp4/quotation", "an interpolated here document", ["here"],
                advice: "write [%string \"…\"] of ppx_string",
                examples: [.reported("let c = ‸<:here<text ${name}>>‸")])
        ])

    static let bisect = SyntaxExtension(
        id: "bisect", title: "bisect: coverage", findlib: ["bisect.syntax"], archives: ["bisect_pp"],
        implies: ["camlp4"],
        replacement: "bisect_ppx")

    static let sqlexpr = SyntaxExtension(
        id: "sqlexpr", title: "sqlexpr: typed SQLite statements", findlib: ["sqlexpr.syntax", "pa_sqlexpr"],
        archives: ["pa_sql"], implies: ["camlp4", "estring"], replacement: "ppx_sqlexpr")

    static let paOpenIn = SyntaxExtension(
        id: "pa_openin", title: "openin: `open M in e`", findlib: ["openin"], opam: ["openin"],
        archives: ["pa_openin", "pa_openin_r"], implies: ["camlp4"], replacement: "let open M in e")

    static let comprehension = SyntaxExtension(
        id: "pa_comprehension", title: "pa_comprehension: comprehensions over any container",
        findlib: ["pa_comprehension", "batteries.pa_comprehension.syntax"], opam: ["pa_comprehension"],
        archives: ["pa_comprehension"], implies: ["camlp4"], replacement: "map and filter")
}
