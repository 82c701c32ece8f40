import Findings
import OCamlSyntax
import Text

/// xstrp4: interpolated strings.
extension Catalogue {
    static let xstrp4 = SyntaxExtension(
        id: "xstrp4", title: "xstrp4: interpolated strings", findlib: ["xstrp4"], opam: ["xstrp4"],
        archives: ["xstrp4"], dialects: .xstrp4,
        keywords: ["interpolate", "include_file"], quotations: ["here", "here_file"], implies: ["camlp4"],
        turnedOn: "package(xstrp4) with -syntax camlp4o",
        replacement: Replacement(
            "String.concat and Printf.sprintf; later also ppx_string",
            [
                .plain(note: "String.concat \"\" […]")
            ]),
        caveats: [
            "`interpolate` and `include_file` become keywords.",
            "A variable with a format, ${x,%d}, goes through Printf.sprintf.",
        ],
        rules: [
            Rule(
                "xstrp4/interpolate", "an interpolated string", at: [.interpolation],
                words: ["interpolate", "include_file"],
                examples: [
                    .rewritten(
                        "let r s i = print_string «interpolate \"$s is ${i,%d}\\n\"»",
                        to:
                            "let r s i = print_string (String.concat \"\" [ s; \" is \"; Printf.sprintf \"%d\" i; \"\\n\" ])"
                    ),
                    .rewritten(
                        "let r x = «interpolate \"\\$${M.y}\"»", to: "let r x = String.concat \"\" [ \"$\"; M.y ]"),
                    .reported("let f = «interpolate \"5 $ for ${x}\"»"),
                    .reported("let f = «interpolate file \"page.html\"»"),
                    .ordinary("let interpolate x = x\nlet y = interpolate 1"),
                ]
            ) { node in
                guard node.isWhole, node.firstToken.reads("interpolate"), node.firstToken.next.kind == .string else {
                    return Draft(
                        node, .likely,
                        .manual("put the file's text into the source, or read it when the program runs (In_channel)"))
                }
                return Draft(
                    node, .likely,
                    interpolated(
                        node, ByteRange(node.lastToken.range.start + 1, node.lastToken.range.end - 1), isRaw: false))
            },
            Rule(
                "xstrp4/quotation", "an interpolated here document", atTokens: [.quotation],
                examples: [
                    .rewritten(
                        "let c name = «<:here<text \"${name}\">>»",
                        to: "let c name = (String.concat \"\" [ \"text \\\"\"; name; \"\\\"\" ])"),
                    .reported("let c = «<:here_file<page.html>>»"),
                ]
            ) { token in
                guard let quotation = Quotation(token), ["here", "here_file"].contains(quotation.tag) else {
                    return nil
                }
                guard quotation.tag == "here",
                    let found = Interpolation(token.context.bytes(quotation.body), isRaw: true)
                else {
                    return Draft(
                        quotation.range, .certain, .manual("write [%string \"…\"] of ppx_string, or String.concat"))
                }
                let (text, isCall) = found.text
                return Draft(quotation.range, .certain, .safe([token.replace(isCall ? "(\(text))" : text)]))
            },
        ])

    private static func interpolated(_ node: SyntaxNode, _ range: ByteRange, isRaw: Bool) -> Fix {
        guard let found = Interpolation(node.context.bytes(range), isRaw: isRaw) else {
            return .manual(
                "a `$` in it begins no name: write String.concat \"\" [ … ], or [%string \"…\"] of ppx_string")
        }
        let (text, isCall) = found.text
        return .safe([Edit(node.range, isCall && !node.standsAlone ? "(\(text))" : text)])
    }
}
