import Findings
import OCamlSyntax
import Text

/// The syntax parts of Batteries 1.
extension Catalogue {
    static let batteriesMisc = SyntaxExtension(
        id: "batteries-misc", title: "Batteries' lazy list patterns, pa_mainfun and pa_batteries",
        findlib: ["batteries.syntax"], archives: ["pa_llist", "pa_mainfun", "pa_batteries"], implies: ["camlp4"],
        turnedOn: "package(batteries.syntax), in Batteries 1.x",
        replacement: Replacement("lazy patterns of OCaml; `open Batteries` written out", [.plain()]),
        caveats: [
            "pa_batteries put `open Batteries` and `open Standard` at the head of every file.",
            "pa_mainfun made items of expressions at toplevel: write `let () = …`.",
        ],
        rules: [
            Rule(
                "batteries-misc/lazy-list", "a lazy list", atTokens: [.infixOperator3, .leftBracketPercent, .percent],
                examples: [
                    .silent("let f = 7 mod 2"), .reported("let f = function x «%::» xs -> 1"),
                    .ordinary("let f a b = a %:: b"),
                ]
            ) { token in
                let isCons =
                    token.reads("%::") || token.reads("%") && token.touchesNext && token.next.kind == .colonColon
                if isCons {
                    let end = token.reads("%::") ? token.range.end : token.next.range.end
                    return Draft(
                        ByteRange(token.range.start, end), .possible,
                        .manual("write lazy (BatLazyList.Cons (x, xs)) for the pattern x %:: xs"))
                }
                guard token.kind == .leftBracketPercent, token.next.kind == .rightBracket else { return nil }
                return Draft(
                    ByteRange(token.range.start, token.next.range.end), .possible,
                    .manual("write lazy BatLazyList.Nil for the pattern [%]"))
            }
        ])
}
