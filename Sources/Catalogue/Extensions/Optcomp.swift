import Findings
import OCamlSyntax
import Text

/// optcomp: conditional compilation.
extension Catalogue {
    static let optcomp = SyntaxExtension(
        id: "optcomp", title: "optcomp: conditional compilation with `#if`", findlib: ["optcomp"], opam: ["optcomp"],
        archives: ["pa_optcomp", "optcomp-o", "optcomp-r"], dialects: .optcomp, quotations: ["optcomp"],
        implies: ["camlp4"],
        replacement: Replacement(
            "cppo or ppx_optcomp",
            [
                .always(.tool("cppo", from: "0.9.3"))
            ]),
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
}
