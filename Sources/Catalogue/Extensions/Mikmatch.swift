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
}
