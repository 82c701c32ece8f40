import Findings
import OCamlSyntax
import Text

/// camlp4's macros.
extension Catalogue {
    static let macro = SyntaxExtension(
        id: "camlp4-macro", title: "camlp4's macros: IFDEF, DEFINE, INCLUDE", findlib: ["camlp4.macro"],
        archives: ["pa_macro", "Camlp4MacroParser"], dialects: .macros,
        keywords: ["IFDEF", "IFNDEF", "DEFINE", "UNDEF", "INCLUDE", "__LOCATION__"],
        implies: ["camlp4"],
        replacement: Replacement(
            "cppo (#ifdef) or ppx_optcomp",
            [
                .always(.tool("cppo", from: "0.9.3"))
            ]),
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
}
