import Findings
import OCamlSyntax
import Text

/// openin: `open M in e`.
extension Catalogue {
    static let paOpenIn = SyntaxExtension(
        id: "pa_openin", title: "openin: `open M in e`", findlib: ["openin"], opam: ["openin"],
        archives: ["pa_openin", "pa_openin_r"], dialects: .openIn, implies: ["camlp4"],
        turnedOn: "pa_openin.cmo behind camlp4o",
        replacement: Replacement(
            "let open M in e",
            [
                .plain(note: "let open M in e is in OCaml since 3.12"),
                .plain(
                    since: TargetDate(2019, 6, 14), ocaml: "4.08", note: "let open struct … end in e for a structure"),
            ]),
        caveats: [
            "`open M in e` is an expression, `open M` an item: what follows tells.",
            "The modules may be functor applications and structures, which OCaml's own `let open` takes since 4.08.",
        ],
        rules: [
            Rule(
                "pa_openin/open-in", "a local open without `let`", at: [.localOpenIn],
                examples: [
                    .rewritten("let f = «open List in map succ [1]»", to: "let f = let open List in map succ [1]"),
                    .rewritten("let f x = «open A, B.C in g x»", to: "let f x = let open A in let open B.C in g x"),
                    .rewritten(
                        "let h = «struct let y = 2 end in y»", to: "let h = let open struct let y = 2 end in y"),
                    .reported("let f m = «open M with m in x»"),
                    .ordinary("let f x = let open List in map succ x"),
                ]
            ) { node in
                Draft(node, .certain, localOpenFix(node))
            },
            Rule(
                "pa_openin/open-several", "several modules opened by one item", at: [.openItem],
                examples: [
                    .rewritten("«open List, Array»\nlet x = 1", to: "open List\nopen Array\nlet x = 1"),
                    .silent("open List\nopen Array"),
                ]
            ) { node in
                let commas = node.ownTokens.filter { $0.kind == .comma }
                guard !commas.isEmpty else { return nil }
                let line = node.context.lineEnd + node.context.indentation(at: node.range.start)
                let edits = commas.map { comma in
                    Edit(ByteRange(comma.range.start, node.context.blanksBehind(comma.range.end)), "\(line)open ")
                }
                return Draft(node, .certain, .safe(edits))
            },
        ])

    private static func localOpenFix(_ node: SyntaxNode) -> Fix {
        let modules = node.children.dropLast()
        guard node.isWhole, !modules.isEmpty, node.token(.with) == nil else {
            return .manual("write let module M = (val e) in let open M in …, with what `with` names as e")
        }
        let isPlain = modules.allSatisfy { $0.kind == .modulePath }
        if !isPlain, node.context.target < TargetDate(2019, 6, 14) {
            return .manual("write let module M = … in let open M in …: before 4.08 `let open` takes a name only")
        }
        let head = node.firstToken.kind == .open ? "let " : "let open "
        let commas = node.ownTokens.filter { $0.kind == .comma }
        return .safe(
            [node.insertBefore(head)]
                + commas.map { comma in
                    Edit(ByteRange(comma.range.start, node.context.blanksBehind(comma.range.end)), " in let open ")
                })
    }
}
