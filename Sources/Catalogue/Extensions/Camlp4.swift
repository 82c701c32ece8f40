import Findings
import OCamlSyntax
import Text

/// camlp4 itself.
extension Catalogue {
    static let camlp4 = SyntaxExtension(
        id: "camlp4", title: "camlp4: the preprocessor and the grammars that it brings",
        findlib: ["camlp4", "camlp4.lib", "camlp4.fulllib"], opam: ["camlp4"], archives: ["camlp4o", "camlp4r"],
        implies: ["camlp4-stream-parsers"],
        turnedOn:
            "-pp camlp4o, -syntax camlp4o, syntax_camlp4o; camlp4of, camlp4oof and camlp4orf bring macros, comprehensions, EXTEND and quotations too",
        replacement: Replacement(
            "ppx rewriters, or nothing where only the dependency is left",
            [
                .plain()
            ]), caveats: ["camlp4 is alive: staying with it is a choice, not an error."],
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
                    .manual("find out which extension \(name) belongs to and what it offers for ppx"), wantsOrigin: true
                )
            }
        ])
}
