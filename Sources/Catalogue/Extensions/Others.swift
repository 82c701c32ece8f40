import Findings
import OCamlSyntax
import Text

/// Extensions of single projects.
extension Catalogue {
    static let optcomp = SyntaxExtension(
        id: "optcomp", title: "optcomp: conditional compilation with `#if`", findlib: ["optcomp"], opam: ["optcomp"],
        archives: ["pa_optcomp", "optcomp-o", "optcomp-r"], dialects: .optcomp, quotations: ["optcomp"],
        implies: ["camlp4"], replacement: "cppo or ppx_optcomp",
        rules: [
            Rule(
                "optcomp/directive", "a directive of optcomp", atTokens: [.hash],
                examples: [
                    .reported(
                        "«#let debug = true»\n«#if debug»\nlet a = 1\n«#else»\nlet a = 2\n«#endif»"),
                    .reported("«#if ocaml_version >= (3, 13)»\nlet a = 1\n«#endif»"), .silent("let f o = o#if_any"),
                    .ordinary("#if OCAML_VERSION >= (4, 2, 0)\nlet a = 1\n#endif"),
                ]
            ) { token in
                guard token.startsLine, directives.contains(token.next.text) else { return nil }
                let word = token.next.text
                let line = directive(from: token)
                // cppo has the same #if, but its name for the compiler's version is in capitals.
                let asksForVersion = line.contains { $0.reads("ocaml_version") }
                let isOwn = word.hasPrefix("let") || ["if", "elif"].contains(word) && asksForVersion
                return Draft(
                    ByteRange(token.range.start, (line.last ?? token).range.end), isOwn ? .certain : .possible,
                    .manual("write it for cppo: versions are triples there, and #if takes `defined NAME`, no bare name")
                )
            },
            .manualQuotations(
                "optcomp/quotation", "a quotation that optcomp evaluates", ["optcomp"], advice: "write a cppo macro",
                examples: [.reported("let b = «<:optcomp< v >>»")]),
        ])

    /// The tokens of a directive's line.
    private static func directive(from hash: SyntaxToken) -> [SyntaxToken] {
        var line = [hash]
        var token = hash.next
        while token.kind != .endOfFile, line.count < 1000, !token.isFirstOnLine {
            line.append(token)
            token = token.next
        }
        return line
    }

    private static let directives: Set<String> = [
        "if", "elif", "else", "endif", "let", "let_default", "error", "warning", "include", "directory", "define",
    ]

    static let bitstring = SyntaxExtension(
        id: "bitstring", title: "bitstring: bit patterns", findlib: ["bitstring.syntax", "bitstring.persistent"],
        archives: ["pa_bitstring", "pa_bitmatch"], dialects: .bitstring,
        keywords: ["bitmatch", "BITSTRING"], definingWords: ["bitmatch"], implies: ["camlp4"],
        replacement: "ppx_bitstring",
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

    static let ulex = SyntaxExtension(
        id: "ulex", title: "ulex: lexers for Unicode", findlib: ["ulex"], opam: ["ulex"], archives: ["pa_ulex"],
        dialects: .ulex, keywords: ["lexer", "regexp"], definingWords: ["regexp"], implies: ["camlp4"],
        replacement: "sedlex",
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

    static let pgocaml = SyntaxExtension(
        id: "pgocaml", title: "PG'OCaml: SQL checked at compile time",
        findlib: ["pgocaml.syntax", "pgocaml.statements"],
        archives: ["pa_pgsql"], dialects: .pgocaml, keywords: ["PGSQL"], implies: ["camlp4"],
        replacement: "pgocaml_ppx",
        rules: [
            Rule(
                "pgocaml/pgsql", "a statement of PG'OCaml", at: [.pgsqlExpression], words: ["PGSQL"],
                examples: [.reported("let f dbh = «PGSQL(dbh) \"select 1\"»"), .ordinary("let x = PGSQL")]
            ) { node in
                Draft(node, node.isWhole ? .likely : .possible, .manual("write [%pgsql dbh \"…\"]"))
            }
        ])

    private static let macaqueTags = [
        "table", "view", "value", "select", "insert", "update", "delete", "sequence", "compose",
    ]

    static let macaque = SyntaxExtension(
        id: "macaque", title: "macaque: typed SQL in comprehensions", findlib: ["macaque.syntax"],
        archives: ["pa_macaque", "pa_bananas"], dialects: .macaque, quotations: macaqueTags, implies: ["camlp4"],
        replacement: "nothing exact",
        rules: [
            .manualQuotations(
                "macaque/quotation", "a query of macaque", macaqueTags,
                advice: "nothing replaces macaque exactly: see petrol, caqti or pgocaml_ppx",
                examples: [.reported("let v = «<:view< {u.id} | u in $users$ >>»")])
        ])

    static let mikmatch = SyntaxExtension(
        id: "mikmatch", title: "mikmatch: regular expressions in patterns",
        findlib: ["mikmatch_pcre", "mikmatch_pcre.syntax", "mikmatch_str", "micmatch_pcre", "micmatch_str"],
        opam: ["mikmatch"], archives: ["pa_mikmatch_pcre", "pa_mikmatch_str"], dialects: .mikmatch,
        keywords: [
            "RE", "RE_PCRE", "REPLACE", "REPLACE_FIRST", "SEARCH", "SEARCH_FIRST", "COLLECT", "COLLECTOBJ", "CAPTURE",
        ],
        implies: ["camlp4"],
        replacement: "ppx_mikmatch or ppx_regexp",
        rules: [
            Rule(
                "mikmatch/re", "a regular expression in a pattern or definition",
                at: [.regexpItem, .regexpPattern, .regexpExpression],
                examples: [
                    .reported("«RE num = digit+»"),
                    .reported("let f s = match s with «RE digit+» -> true | _ -> false"), .ordinary("type t = RE | B"),
                ]
            ) { node in
                if node.firstToken.kind == .let { return nil }
                return Draft(node, .possible, .manual("write match%mikmatch s with {|…|} -> … or match%pcre"))
            }
        ])

    static let monadCustom = SyntaxExtension(
        id: "pa_monad_custom", title: "pa_monad: `perform`", findlib: ["monad-custom", "pa_monad", "monad"],
        opam: ["pa_monad_custom"], archives: ["pa_monad"], dialects: .monad, keywords: ["perform", "<--"],
        implies: ["camlp4"],
        replacement: "let* of OCaml 4.08",
        rules: [
            Rule(
                "pa_monad_custom/perform", "`perform`, a sequence of binds", at: [.monadExpression],
                examples: [
                    .reported("let a = «perform x <-- b; c»"), .ordinary("let f perform = perform ()"),
                ]
            ) { node in
                Draft(node, .possible, .manual("write let ( let* ) = bind in let* x = a in …"))
            }
        ])

    static let estring = SyntaxExtension(
        id: "estring", title: "estring: strings with a specifier", findlib: ["estring"], opam: ["estring"],
        archives: ["pa_estring", "pa_strings"], dialects: .estring, implies: ["camlp4"],
        replacement: "the libraries' own constructors")

    static let xstrp4 = SyntaxExtension(
        id: "xstrp4", title: "xstrp4: interpolated strings", findlib: ["xstrp4"], opam: ["xstrp4"],
        archives: ["xstrp4"], dialects: .xstrp4,
        keywords: ["interpolate", "include_file"], quotations: ["here"], implies: ["camlp4"], replacement: "ppx_string",
        rules: [
            .manualQuotations(
                "xstrp4/quotation", "an interpolated here document", ["here"],
                advice: "write [%string \"…\"] of ppx_string",
                examples: [.reported("let c = «<:here<text ${name}>>»")])
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
        archives: ["pa_openin", "pa_openin_r"], dialects: .openIn, implies: ["camlp4"], replacement: "let open M in e")

    static let comprehension = SyntaxExtension(
        id: "pa_comprehension", title: "pa_comprehension: comprehensions over any container",
        findlib: ["pa_comprehension", "batteries.pa_comprehension.syntax"], opam: ["pa_comprehension"],
        archives: ["pa_comprehension"], dialects: .enumComprehensions, implies: ["camlp4"],
        replacement: "map and filter")
}
