import Findings
import OCamlSyntax
import Text

/// camlp4 itself and the parts that it ships with.
extension Catalogue {
    static let camlp4 = SyntaxExtension(
        id: "camlp4", title: "camlp4: the preprocessor and the grammars that it brings",
        findlib: ["camlp4", "camlp4.lib", "camlp4.fulllib"], opam: ["camlp4"], archives: ["camlp4o", "camlp4r"],
        implies: ["camlp4-stream-parsers"], replacement: "ppx rewriters, or nothing where only the dependency is left",
        rules: [
            Rule(
                "camlp4/quotation", "a quotation of an extension that the catalogue does not know",
                atTokens: [.quotation],
                examples: [
                    .reported("let x = «<:mine< anything >>»"), .reported("let x = («<< a b >>»)"),
                    .silent("let ( << ) a b = a"), .ordinary("let f a b = a << b"),
                ]
            ) { token in
                guard let quotation = Quotation(token), token.context.index.quotation(quotation.tag) == nil else {
                    return nil
                }
                let name = quotation.tag.isEmpty ? "the default quotation" : "the quotation `\(quotation.tag)`"
                return Draft(
                    quotation.range, .certain,
                    .manual("find out which extension \(name) belongs to and what it offers for ppx"))
            }
        ])

    static let macro = SyntaxExtension(
        id: "camlp4-macro", title: "camlp4's macros: IFDEF, DEFINE, INCLUDE", findlib: ["camlp4.macro"],
        archives: ["pa_macro", "Camlp4MacroParser"], dialects: .macros,
        keywords: ["IFDEF", "IFNDEF", "DEFINE", "UNDEF", "INCLUDE", "__LOCATION__"],
        implies: ["camlp4"], replacement: "cppo (#ifdef) or ppx_optcomp",
        rules: [
            Rule(
                "camlp4-macro/ifdef", "a conditional of camlp4's macros",
                at: [
                    .macroItem, .macroExpression, .macroPattern, .macroType, .macroModule, .macroCase,
                    .macroConstructor, .macroField,
                ], words: ["IFDEF", "IFNDEF"],
                examples: [
                    .reported("«IFDEF DEBUG THEN\nlet x = 1\nELSE\nlet x = 2\nEND»"),
                    .reported("let x = «IFNDEF A THEN 1 ELSE 2 ENDIF»"), .ordinary("type t = IFDEF | B"),
                ]
            ) { node in
                guard begins(node, with: "IFDEF", "IFNDEF") else { return nil }
                let isHead = node.firstToken.next.kind == .uppercaseIdentifier && node.word("THEN") != nil
                return Draft(
                    node, isHead ? .likely : .possible,
                    .manual("write cppo's #ifdef NAME … #else … #endif, each at the start of a line"))
            },
            Rule(
                "camlp4-macro/define", "a definition of camlp4's macros",
                at: [.macroDefinition, .macroLet, .macroUndefinition, .macroItem], words: ["DEFINE", "UNDEF"],
                examples: [
                    .reported("«DEFINE N = 3»\nlet x = N"), .reported("«UNDEF N»"), .ordinary("let x = DEFINE"),
                ]
            ) { node in
                guard begins(node, with: "DEFINE", "UNDEF") else { return nil }
                let isHead = node.firstToken.isFirstOnLine && node.firstToken.next.kind == .uppercaseIdentifier
                return Draft(
                    node, isHead ? .likely : .possible,
                    .manual("write cppo's #define; uses in patterns of `function` were not expanded by camlp4"))
            },
            Rule(
                "camlp4-macro/include", "a file taken in by camlp4's macros", at: [.macroInclude, .macroItem],
                words: ["INCLUDE"],
                examples: [.reported("«INCLUDE \"other.ml\"»"), .ordinary("let x = INCLUDE")]
            ) { node in
                guard begins(node, with: "INCLUDE") else { return nil }
                let isHead = node.firstToken.next.kind == .string
                return Draft(node, isHead ? .likely : .possible, .manual("write cppo's #include \"file\""))
            },
            .manualName(
                "camlp4-macro/location", "a position that camlp4's macros fill in", "__LOCATION__",
                advice: "write __LOC__ or __POS__ of OCaml 4.02", examples: [.reported("let l = «__LOCATION__»")]),
        ])

    /// In revised syntax all macros are items of one kind.
    private static func begins(_ node: SyntaxNode, with words: StaticString...) -> Bool {
        words.contains { node.firstToken.reads($0) }
    }

    static let extend = SyntaxExtension(
        id: "camlp4-extend", title: "EXTEND: grammar extensions, that is, implementations of syntax extensions",
        findlib: ["camlp4.extend", "camlp4.gramlib", "camlp5.extend"], archives: ["pa_extend", "Camlp4GrammarParser"],
        dialects: .grammarExtensions, keywords: ["EXTEND", "DELETE_RULE", "GEXTEND"],
        implies: ["camlp4", "camlp4-quotations"],
        replacement: "a ppx rewriter (ppxlib), or camlp5",
        rules: [
            Rule(
                "camlp4-extend/extend", "a grammar extension: this file implements syntax", at: [.grammarExtension],
                words: ["EXTEND", "GEXTEND", "DELETE_RULE"],
                examples: [
                    .reported("«EXTEND Gram\n  expr: [ [ \"x\"; e = expr -> e ] ];\nEND»"),
                    .ordinary("type t = EXTEND | B"),
                ]
            ) { node in
                Draft(
                    node, isGrammar(node) ? .certain : .possible,
                    .manual("a file that implements a syntax extension: write a ppx rewriter in its place"))
            }
        ])

    /// `EXTEND Gram` or `EXTEND` followed by an entry and a colon.
    private static func isGrammar(_ node: SyntaxNode) -> Bool {
        var token = node.firstToken.next
        while token.kind == .uppercaseIdentifier && !token.reads("GLOBAL") || token.kind == .dot { token = token.next }
        return token.reads("GLOBAL")
            || token.kind == .lowercaseIdentifier
                && (token.next.kind == .colon || node.firstToken.isFirstOnLine && token.next.kind != .bar)
    }

    static let quotations = SyntaxExtension(
        id: "camlp4-quotations", title: "quotations of OCaml's own syntax",
        findlib: [
            "camlp4.quotations", "camlp4.quotations.o", "camlp4.quotations.r", "camlp5.quotations",
        ],
        archives: ["q_MLast", "Camlp4QuotationExpander"],
        quotations: [
            "expr", "patt", "ctyp", "str_item", "sig_item", "module_expr", "module_type", "class_expr", "class_type",
            "class_str_item", "class_sig_item", "match_case", "binding", "rec_binding", "module_binding", "with_constr",
            "ident", "sem_expr", "directive",
        ],
        implies: ["camlp4"], replacement: "metaquot (ppx_tools, today ppxlib)",
        rules: [
            .manualQuotations(
                "camlp4-quotations/quotation", "a quotation of OCaml's syntax tree",
                [
                    "expr", "patt", "ctyp", "str_item", "sig_item", "module_expr", "module_type", "class_expr",
                    "class_type",
                    "class_str_item", "class_sig_item", "match_case", "binding", "rec_binding", "module_binding",
                    "with_constr", "ident", "sem_expr", "directive",
                ],
                advice: "in a ppx rewriter write [%expr …], [%pat? …], [%type: …] or [%stri …] of metaquot",
                examples: [
                    .reported("let e _loc a = «<:expr< $a$ + 1 >>»"),
                    .reported("let t _loc = «<:ctyp@here< int -> string >>»"),
                ])
        ])

    static let listComprehension = SyntaxExtension(
        id: "camlp4-listcomprehension", title: "camlp4's list comprehensions", findlib: ["camlp4.listcomprehension"],
        archives: ["Camlp4ListComprehension"], dialects: .comprehensions,
        implies: ["camlp4"], replacement: "List.map and List.filter",
        rules: [
            Rule(
                "camlp4-listcomprehension/comprehension", "a list comprehension", at: [.comprehension],
                examples: [
                    .reported("let a l = «[ x + 1 | x <- l ]»"), .silent("let f r = [ 1 ]; r.x <- 2"),
                ]
            ) { node in
                Draft(node, .certain, .manual("write List.map (fun x -> …) (List.filter (fun x -> …) l)"))
            }
        ])

    static let streamParsers = SyntaxExtension(
        id: "camlp4-stream-parsers", title: "stream parsers and stream literals, which every camlp4o has on",
        archives: ["pa_op", "pa_rp"], dialects: .streams, keywords: ["parser"],
        replacement: "plain functions on Stream or Seq, or camlp5",
        rules: [
            Rule(
                "camlp4-stream-parsers/parser", "a stream parser",
                at: [.streamParser, .match, .try, .lwtMatch, .lwtTry],
                examples: [
                    .reported("let rec f = «parser\n  | [< 'a; b = f >] -> a + b\n  | [< >] -> 0»"),
                    .reported("let f s = match s with «parser [< '1 >] -> true»"),
                    .reported("let f = «parser bp [< 'x >] ep -> (bp, x, ep)»"),
                    .ordinary("let parser = 1\nlet f parser = parser + 1\nlet g = function `A -> parser | `B -> 2"),
                ]
            ) { node in
                guard let word = node.word("parser") else { return nil }
                return Draft(
                    ByteRange(word.range.start, node.range.end), .certain,
                    .manual("write a function that matches on Stream.peek and calls Stream.junk"),
                    construct: node.range)
            },
            Rule(
                "camlp4-stream-parsers/literal", "a stream literal", at: [.streamExpression],
                examples: [
                    .reported("let s = «[< '1; '2 >]»"),
                    .reported("let rec s n = «[< 'n; s (n + 1) >]»\nlet e = f «[< >]»"),
                    .silent("let f : [< `A | `B of int ] -> int = function `A -> 1 | `B n -> n"),
                    .silent("type t = [< `A | `B > `A ]\nlet f (x : [< t]) = x"),
                ]
            ) { node in
                Draft(
                    node, .certain,
                    .manual("write Stream.icons, Stream.iapp, Stream.sempty and their lazy kin, or Stream.of_list"))
            },
        ])
}
