import Findings
import OCamlSyntax
import Text

/// Stream parsers and stream literals.
extension Catalogue {
    static let streamParsers = SyntaxExtension(
        id: "camlp4-stream-parsers", title: "stream parsers and stream literals, which every camlp4o has on",
        archives: ["pa_op", "pa_rp"], dialects: .streams, keywords: ["parser"],
        replacement: Replacement(
            "plain functions on Stream, or camlp5",
            [
                .plain(note: "Stream.peek and Stream.junk; from OCaml 5.0 on Stream is in the package camlp-streams"),
                .from(
                    TargetDate(2021, 6, 30), .library("camlp-streams", from: "5.0"),
                    note: "for OCaml 5.0 and later; before it Stream is in the standard library"),
            ]),
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
