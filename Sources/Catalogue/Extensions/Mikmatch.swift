import Findings
import OCamlSyntax
import Text

/// mikmatch: regular expressions in patterns.
extension Catalogue {
    static let mikmatch = SyntaxExtension(
        id: "mikmatch", title: "mikmatch: regular expressions in patterns",
        findlib: ["mikmatch_pcre", "mikmatch_pcre.syntax", "mikmatch_str", "micmatch_pcre", "micmatch_str"],
        opam: ["mikmatch"], archives: ["pa_mikmatch_pcre", "pa_mikmatch_str"], dialects: .mikmatch,
        keywords: [
            "RE", "RE_PCRE", "REPLACE", "REPLACE_FIRST", "SEARCH", "SEARCH_FIRST", "COLLECT", "COLLECTOBJ", "CAPTURE",
        ],
        implies: ["camlp4"],
        turnedOn: "mikmatch_pcre with -syntax camlp4o",
        replacement: Replacement(
            "ppx_mikmatch; before it ppx_regexp",
            [
                .from(TargetDate(2017, 6, 4), .ppx("ppx_regexp", from: "0.2.0"), .library("re")),
                .from(TargetDate(2026, 2, 26), .ppx("ppx_mikmatch", from: "1.2"), .library("re")),
            ]),
        caveats: [
            "RE at the head of a match is anchored at its beginning only.",
            "Its functions (REPLACE, COLLECT, …) are calls of Pcre or Re with a compiled expression.",
        ],
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
            },
            Rule(
                "mikmatch/let-try", "`let try`, a binding whose body is outside of the handler", at: [.letTry],
                examples: [
                    .rewritten(
                        "let t s = «let try y = int_of_string s in y + 1 with Failure _ -> 0»",
                        to: "let t s = match int_of_string s with y -> y + 1 | exception (Failure _) -> 0"),
                    .rewritten(
                        "let t s = «let try y = f s in g y with | A | B -> 0 | C -> 1»",
                        to: "let t s = match f s with y -> g y | exception (A | B) -> 0 | exception C -> 1"),
                    .reported("let t s = «let try x = f s and y = g s in x with _ -> 0»"),
                ]
            ) { node in
                Draft(node, .certain, letTryFix(node))
            },
        ])

    /// `match a with x -> b | exception p -> c`, for one binding of a pattern.
    private static func letTryFix(_ node: SyntaxNode) -> Fix {
        let bindings = node.children.filter { $0.kind == .letBinding }
        let cases = node.children.filter { $0.kind == .matchCase }
        guard node.isWhole, let binding = bindings.first, bindings.count == 1, binding.children.count == 2,
            let body = node.child(after: binding.nextToken), let with = node.token(.with),
            node.firstToken.next.next.kind != .rec, !cases.isEmpty,
            cases.allSatisfy({ $0.firstChild != nil })
        else {
            return .manual(
                "write match a, b with x, y -> body | exception p -> handler: both sides are evaluated outside of the handler's reach"
            )
        }
        let sides = binding.children
        let head = ByteRange(
            node.range.start, cases[0].previousToken.kind == .bar ? cases[0].previousToken.range.end : with.range.end)
        var edits = [
            node.context.replace(head, "match \(sides[1]) with \(sides[0]) -> \(body, as: .element) |")
        ]
        for branch in cases {
            guard let pattern = branch.firstChild else { continue }
            let isBare = [.constructorPath, .valuePath, .wildcardPattern, .parenthesised].contains(pattern.kind)
            edits += pattern.wrap(isBare ? "exception " : "exception (", isBare ? "" : ")")
        }
        return .safe(edits)
    }
}
