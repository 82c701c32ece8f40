import Findings
import OCamlSyntax
import Text

/// optcomp: conditional compilation.
extension Catalogue {
    static let optcomp = SyntaxExtension(
        id: "optcomp", title: "optcomp: conditional compilation with `#if`", findlib: ["optcomp"], opam: ["optcomp"],
        archives: ["pa_optcomp", "optcomp-o", "optcomp-r"], dialects: .optcomp, quotations: ["optcomp"],
        implies: ["camlp4"],
        turnedOn: "package(optcomp) with syntax_camlp4o, -pp optcomp-o; -let name=value in flags",
        replacement: Replacement(
            "cppo or ppx_optcomp",
            [
                .always(.tool("cppo", from: "0.9.3"))
            ]),
        caveats: [
            "ocaml_version is a pair here, OCAML_VERSION a triple in cppo, and ppx_optcomp's ocaml_version too.",
            "A directive starts its line; branches that are off need only be lexable.",
            "cppo knows OCAML_VERSION when it is called with -V OCAML:x.y.z.",
        ],
        rules: [
            directive,
            .manualQuotations(
                "optcomp/quotation", "a quotation that optcomp evaluates", ["optcomp"], advice: "write a cppo macro",
                examples: [.reported("let b = «<:optcomp< v >>»")]),
        ])

    private static let directive = Rule(
        "optcomp/directive", "a directive of optcomp", atTokens: [.hash],
        examples: [
            .rewritten(
                "«#let debug = true»\n«#if debug»\nlet a = 1\n«#else»\nlet a = 2\n«#endif»",
                to: "#define debug\n#ifdef debug\nlet a = 1\n#else\nlet a = 2\n#endif"),
            .rewritten(
                "«#if ocaml_version >= (3, 13)»\nlet a = 1\n«#endif»",
                to: "#if OCAML_VERSION >= (3, 13, 0)\nlet a = 1\n#endif"),
            .rewritten(
                "«#if ocaml_version = (4, 2) || not b»\nlet a = 1\n«#elif c && ocaml_version > (4, 0)»\nlet a = 2\n«#endif»",
                to:
                    "#if (OCAML_VERSION >= (4, 2, 0) && OCAML_VERSION < (4, 3, 0)) || not (defined b)\nlet a = 1\n#elif defined c && OCAML_VERSION >= (4, 1, 0)\nlet a = 2\n#endif"
            ),
            .rewritten(
                "«#let old = ocaml_version < (4, 0)»\nlet a = 1",
                to: "#if OCAML_VERSION < (4, 0, 0)\n#define old\n#else\n#undef old\n#endif\nlet a = 1"),
            .reported("«#let x = (1, 2)»\nlet a = 1"),
            .ordinary("#load \"a.cma\";;\n#directory \"b\";;"),
            .silent("let f o = o#if_any"), .ordinary("#if OCAML_VERSION >= (4, 2, 0)\nlet a = 1\n#endif"),
        ]
    ) { token in
        guard token.startsLine, let directive = OptcompDirective(token) else { return nil }
        let range = ByteRange(token.range.start, directive.end)
        guard let certainty = directive.certainty else { return nil }
        guard let text = directive.rewritten(token.context.style.conditionals, token.context.target) else {
            return Draft(
                range, certainty,
                .manual("write it for cppo: versions are triples there, and #if takes `defined NAME`, no bare name"))
        }
        return Draft(
            range, certainty,
            .review(
                [Edit(range, text.replacing("\n", with: token.context.lineEnd))],
                ["run cppo on this source, with -V OCAML:VERSION, and -D NAME for each variable that was true"]))
    }
}

/// One directive of optcomp.
private struct OptcompDirective {
    private let hash: SyntaxToken
    private let word: String
    /// What stands behind the word on its line.
    private let rest: [SyntaxToken]

    /// Behind its last token.
    var end: Int { (rest.last ?? hash.next).range.end }

    /// Nil where the word is none of optcomp's.
    init?(_ hash: SyntaxToken) {
        let word = hash.next.text
        guard Self.words.contains(word) else { return nil }
        self.hash = hash
        self.word = word
        var rest: [SyntaxToken] = []
        var token = hash.next.next
        while token.kind != .endOfFile, rest.count < 1000, !token.isFirstOnLine {
            rest.append(token)
            token = token.next
        }
        self.rest = rest
    }

    private static let words: Set<String> = ["if", "elif", "else", "endif", "let", "let_default", "directory"]

    private var condition: OptcompCondition? { OptcompCondition(rest) }

    /// How sure it is that optcomp is meant; nil where cppo reads the line as well.
    var certainty: Certainty? {
        switch word {
        case "let", "let_default": return .certain
        case "directory":
            // OCaml's toplevel has one too, in scripts that have no conditionals.
            let context = hash.context
            let isShown = context.conditionalLines.contains { $0.kind == .opening }
            return isShown || context.turnedOn.contains("optcomp") ? .certain : nil
        case "else", "endif":
            // It is optcomp's if its conditional is.
            return openings().compactMap(\.certainty).max()
        default:
            if rest.contains(where: { $0.reads("defined") || $0.reads("OCAML_VERSION") }) { return nil }
            guard let condition else { return rest.contains { $0.reads("ocaml_version") } ? .certain : .possible }
            if case .constant = condition { return nil }
            if condition.hasPair { return .certain }
            // ppx_optcomp has triples too, in files that are written for ppx.
            return condition.asksForSmallNames && !hash.context.showsPPX ? .likely : .possible
        }
    }

    /// The `#if` and `#elif` lines of the conditional to which an `#else` or `#endif` belongs.
    private func openings() -> [OptcompDirective] {
        let lines = hash.context.conditionalLines
        var found: [OptcompDirective] = []
        var depth = 0
        for directive in lines[..<firstLine(from: hash.index, in: lines)].reversed() {
            switch directive.kind {
            case .closing: depth += 1
            case .opening where depth > 0: depth -= 1
            case .opening, .alternative:
                guard depth == 0 else { continue }
                if let own = OptcompDirective(SyntaxToken(hash.context, directive.tokens.lowerBound)),
                    own.word == "if" || own.word == "elif"
                {
                    found.append(own)
                }
                if directive.kind == .opening { return found }
            case .other: continue
            }
        }
        return found
    }

    /// The position of the first of the lines that begins at or behind a token.
    private func firstLine(from token: Int, in lines: [OptcompLines.Directive]) -> Int {
        var (low, high) = (0, lines.count)
        while low < high {
            let middle = (low + high) / 2
            if lines[middle].tokens.lowerBound < token { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: Writing

    /// The lines that say the same; nil where none do.
    func rewritten(_ style: RewriteStyle.Conditionals, _ target: TargetDate) -> String? {
        // ppx_optcomp reads lines with # until v0.9, and items from v0.10 on.
        let isItem = style == .ppxOptcomp && target >= TargetDate(2018, 1, 24)
        func line(_ text: String) -> String { isItem ? "[%%\(text)]" : "#\(text)" }
        switch word {
        case "else", "endif": return line(word)
        case "if", "elif":
            guard let condition else { return nil }
            if style == .cppo, word == "if", condition.isFlag {
                return "#ifdef " + condition.written(style).dropFirst(8)
            }
            return line("\(word) \(condition.written(style))")
        case "let": return definition(style, line)
        default: return nil
        }
    }

    /// `#let name = condition`.
    private func definition(_ style: RewriteStyle.Conditionals, _ line: (String) -> String) -> String? {
        guard rest.count > 2, let name = rest.first,
            name.kind == .lowercaseIdentifier || name.kind == .uppercaseIdentifier,
            rest[1].kind == .equal, let condition = OptcompCondition(Array(rest[2...]))
        else { return nil }
        if style == .ppxOptcomp { return line("define \(name.text) \(condition.written(style))") }
        let (on, off) = ("#define \(name.text)", "#undef \(name.text)")
        if case .constant(let value) = condition { return value ? on : off }
        return "#if \(condition.written(style))\n\(on)\n#else\n\(off)\n#endif"
    }
}
