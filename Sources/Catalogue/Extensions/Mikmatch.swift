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
        replacement: Replacement(
            "ppx_mikmatch; before it ppx_regexp",
            [
                .from(TargetDate(2017, 6, 4), .ppx("ppx_regexp", from: "0.2.0"), .library("re")),
                .from(TargetDate(2026, 2, 26), .ppx("ppx_mikmatch", from: "1.2"), .library("re")),
            ]),
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
}
