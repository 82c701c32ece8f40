import Findings
import OCamlSyntax
import Text

/// camlp4's macros, and those of camlp5.
extension Catalogue {
    static let macro = SyntaxExtension(
        id: "camlp4-macro", title: "camlp4's macros: IFDEF, DEFINE, INCLUDE", findlib: ["camlp4.macro"],
        archives: ["pa_macro", "Camlp4MacroParser"], dialects: .macros,
        keywords: ["IFDEF", "IFNDEF", "DEFINE", "UNDEF", "INCLUDE", "__LOCATION__"],
        implies: ["camlp4"],
        turnedOn: "package(camlp4.macro), pa_macro.cmo, camlp4of; -DNAME defines",
        replacement: Replacement(
            "cppo (#ifdef) or ppx_optcomp",
            [
                .always(.tool("cppo", from: "0.9.3"))
            ]),
        caveats: [
            "Macros are of the tree: arguments need no parentheses, where cppo's are text.",
            "A constant is not expanded in a pattern of `function`, and UNDEF does not stop expansion.",
            "INCLUDE looks in the -I directories, cppo's #include beside the file.",
        ],
        rules: [
            macroConditional, macroDefinition, macroInclude,
            .manualName(
                "camlp4-macro/location", "a position that camlp4's macros fill in", "__LOCATION__",
                advice: "write __LOC__ or __POS__ of OCaml 4.02", examples: [.reported("let l = «__LOCATION__»")]),
        ])

    private static let options = "give cppo the -D options that camlp4 has, and run it on this source"

    private static let macroConditional = Rule(
        "camlp4-macro/ifdef", "a conditional of camlp4's macros",
        at: [
            .macroItem, .macroExpression, .macroPattern, .macroType, .macroModule, .macroCase,
            .macroConstructor, .macroField,
        ], words: ["IFDEF", "IFNDEF"],
        examples: [
            .rewritten(
                "«IFDEF DEBUG THEN\nlet x = 1\nELSE\nlet x = 2\nEND»",
                to: "#ifdef DEBUG\nlet x = 1\n#else\nlet x = 2\n#endif"),
            .rewritten(
                "let x = «IFNDEF A THEN 1 ELSE 2 ENDIF»\nlet y = x",
                to: "let x =\n#ifndef A\n1\n#else\n2\n#endif\nlet y = x"),
            .rewritten(
                "let f () =\n  «IFDEF A THEN g () END»;\n  h ()",
                to: "let f () =\n#ifdef A\n  g ()\n#else\n()\n#endif\n  ;\n  h ()"),
            .rewritten(
                "let f x =\n  «IFDEF A THEN match x with _ -> 1 ELSE 2 END» + 3",
                to: "let f x =\n#ifdef A\n  (match x with _ -> 1)\n#else\n  2\n#endif\n  + 3"),
            .rewritten(
                "let f () =\n  «IFDEF A\n  THEN\n  g ();\n  ENDIF»;\n  h ()",
                to: "let f () =\n#ifdef A\n  g ()\n#else\n()\n#endif\n  ;\n  h ()"),
            .rewritten(
                "f ();\n«IFDEF A\nTHEN\ng ();\nh ();\nENDIF»;\nk ()",
                to: "f ();\n#ifdef A\ng ();\nh ()\n#else\n()\n#endif\n;\nk ()"),
            .ordinary("type t = IFDEF | B"),
        ]
    ) { node in
        guard begins(node, with: "IFDEF", "IFNDEF") else { return nil }
        let isHead = node.firstToken.next.kind == .uppercaseIdentifier && node.word("THEN") != nil
        let certainty: Certainty = isHead ? .likely : .possible
        guard let conditional = MacroConditional(node) else {
            return Draft(
                node, certainty, .manual("write cppo's #ifdef NAME … #else … #endif, each at the start of a line"))
        }
        guard node.style.conditionals == .ppxOptcomp else {
            return Draft(node, certainty, .review(conditional.edits(.cppo), [options]))
        }
        guard node.kind == .macroItem || node.kind == .macroCase else {
            return Draft(
                node, certainty,
                .manual("ppx_optcomp chooses between items only: move the choice to an item, a value or a function"))
        }
        return Draft(
            node, certainty,
            .review(
                conditional.edits(.ppxOptcomp),
                ["every name that is asked for has to be defined or undefined before, in a file that [%%import] reads"])
        )
    }

    private static let macroDefinition = Rule(
        "camlp4-macro/define", "a definition of camlp4's macros",
        at: [.macroDefinition, .macroLet, .macroUndefinition, .macroItem], words: ["DEFINE", "UNDEF"],
        examples: [
            .rewritten("«DEFINE N = 3»\nlet x = N", to: "#define N 3\nlet x = N"),
            .rewritten("«DEFINE D»\n«UNDEF D»\nlet x = 1", to: "#define D\n#undef D\nlet x = 1"),
            .rewritten(
                "«DEFINE ADD(x, y) =\n  x + y»\nlet a = ADD (1, 2 * 3)",
                to: "#define ADD(x, y) ((x) + (y))\nlet a = ADD(1, 2 * 3)"),
            .rewritten(
                "«DEFINE F(x) = match x with\n  | A -> 1\n  | B -> 2»\nlet a = F(b)",
                to: "#define F(x) (match (x) with \\\n  | A -> 1 \\\n  | B -> 2)\nlet a = F(b)"),
            .rewritten("let f x = «DEFINE k = x + 1 IN k * k»", to: "let f x = let k = x + 1 in k * k"),
            .ordinary("let x = DEFINE"),
        ]
    ) { node in
        guard begins(node, with: "DEFINE", "UNDEF") else { return nil }
        let isHead = node.firstToken.isFirstOnLine && node.firstToken.next.kind == .uppercaseIdentifier
        let certainty: Certainty = isHead ? .likely : .possible
        if let edits = MacroDefinition.edits(node) {
            let note =
                node.kind == .macroLet
                ? "camlp4 put the definition into every use; let computes it once"
                : "cppo replaces the name everywhere behind this line (camlp4 did not in patterns of `function`), and refuses to define it twice"
            return Draft(node, certainty, .review(edits, [note]))
        }
        return Draft(
            node, certainty, .manual("write cppo's #define; its text has to stand on one line, or end lines with \\"))
    }

    private static let macroInclude = Rule(
        "camlp4-macro/include", "a file taken in by camlp4's macros", at: [.macroInclude, .macroItem],
        words: ["INCLUDE"],
        examples: [.reported("«INCLUDE \"other.ml\"»"), .ordinary("let x = INCLUDE")]
    ) { node in
        guard begins(node, with: "INCLUDE") else { return nil }
        let file = node.firstToken.next
        guard file.kind == .string, file.range.end == node.range.end else {
            return Draft(node, .possible, .manual("write cppo's #include \"file\""))
        }
        return Draft(
            node, .likely,
            .review(
                [CppoLayout.directive("#include \(file.text)", at: node.range, in: node.context)],
                ["cppo looks for the file from the place of this one; what is in it has to be converted too"]))
    }

    /// In revised syntax all macros are items of one kind.
    private static func begins(_ node: SyntaxNode, with words: StaticString...) -> Bool {
        words.contains { node.firstToken.reads($0) }
    }
}

extension SyntaxNode {
    fileprivate var style: RewriteStyle { context.style }
}

// MARK: - Conditionals

/// A conditional of camlp4's macros as lines.
private struct MacroConditional {
    enum Style {
        case cppo, ppxOptcomp
    }

    /// A line of the conditional and the words that it takes the place of.
    private struct Line {
        let words: ByteRange
        let text: String
    }

    private let node: SyntaxNode
    private var lines: [Line] = []
    private var branches: [SyntaxNode] = []
    private var hasElse = false

    /// Nil where parts are missing, or would be lost.
    init?(_ node: SyntaxNode) {
        self.node = node
        let children = node.children
        var place = 0
        while place < children.count {
            let child = children[place]
            place += 1
            guard child.kind == .keyword else {
                if child.kind == .missing || child.kind == .unexpected { return nil }
                branches.append(child)
                continue
            }
            switch child.text {
            case "IFDEF", "IFNDEF", "ELSIFDEF", "ELSIFNDEF":
                guard place + 1 < children.count, children[place].kind == .macroCondition,
                    children[place + 1].reads("THEN")
                else { return nil }
                let words = ByteRange(child.range.start, children[place + 1].range.end)
                let isNegated = child.text.hasSuffix("NDEF")
                guard let text = Self.condition(children[place], isNegated, isFirst: child.text.hasPrefix("IF")),
                    !children[place].hasComments(outside: []), !Self.hasComments(words, node.context)
                else { return nil }
                lines.append(Line(words: words, text: text))
                place += 2
            case "ELSE":
                lines.append(Line(words: child.range, text: "else"))
                hasElse = true
            case "END", "ENDIF": lines.append(Line(words: child.range, text: "endif"))
            default: return nil
            }
        }
        guard lines.last?.text == "endif" else { return nil }
    }

    private static func hasComments(_ range: ByteRange, _ context: SourceContext) -> Bool {
        guard let first = context.tokens.index(atOffset: range.start) else { return true }
        var place = first
        while place < context.tokens.count, context.tokens.start(place) < range.end {
            if context.tokens.kind(place).isComment { return true }
            place += 1
        }
        return false
    }

    /// `ifdef NAME`, or `if defined A && …` for what camlp5 allows.
    private static func condition(_ node: SyntaxNode, _ isNegated: Bool, isFirst: Bool) -> String? {
        let tokens = node.allTokens
        if tokens.count == 1, let name = tokens.first, isFirst {
            return (isNegated ? "ifndef " : "ifdef ") + name.text
        }
        var text = ""
        var place = 0
        while place < tokens.count {
            let token = tokens[place]
            place += 1
            switch token.text {
            case "AND": text += " && "
            case "OR": text += " || "
            case "NOT": text += "not "
            case "(", ")": text += token.text
            case "OCAML_VERSION":
                guard place + 1 < tokens.count, let version = version(tokens[place + 1].text) else { return nil }
                text += "OCAML_VERSION \(tokens[place].text) \(version)"
                place += 2
            default:
                guard token.kind == .uppercaseIdentifier || token.kind == .lowercaseIdentifier else { return nil }
                text += "(defined \(token.text))"
            }
        }
        if text.isEmpty { return nil }
        return (isFirst ? "if " : "elif ") + (isNegated ? "not (\(text))" : text)
    }

    /// `OCAML_4_08` as cppo's triple.
    private static func version(_ name: String) -> String? {
        let parts = name.split(separator: "_")
        guard parts.first == "OCAML", (2...4).contains(parts.count) else { return nil }
        let numbers = parts.dropFirst().map { Int($0) }
        guard numbers.allSatisfy({ $0 != nil }) else { return nil }
        let known = numbers.compactMap { $0 } + [0, 0]
        return "(\(known[0]), \(known[1]), \(known[2]))"
    }

    func edits(_ style: Style) -> [Edit] {
        var edits: [Edit] = []
        for line in lines {
            var text = written(line.text, style)
            // Without ELSE an expression is () where the name is not defined.
            if line.text == "endif", !hasElse, node.kind == .macroExpression { text = "#else\n()\n" + text }
            edits.append(CppoLayout.directive(text, at: line.words, in: node.context))
        }
        if node.kind == .macroExpression {
            for branch in branches {
                if needsParentheses(branch) { edits += branch.wrap("(", ")") }
                // `a; b; END; c`: the last of the branch's own would stand beside the one that follows.
                let end = branch.lastToken.kind == .semicolon ? branch.lastToken : branch.nextToken
                if end.kind == .semicolon, node.nextToken.kind == .semicolon {
                    edits.append(end.deleteWithBlanksBefore())
                }
            }
        }
        return edits
    }

    private func written(_ line: String, _ style: Style) -> String {
        // ppx_optcomp reads lines with # until v0.9, and items from v0.10 on.
        guard style == .ppxOptcomp, node.context.target >= TargetDate(2018, 1, 24) else { return "#" + line }
        return "[%%\(line.replacing("(defined ", with: "defined ("))]"
    }

    /// Whether a branch, once it stands there by itself, would take in what stands around it, or lose to it.
    private func needsParentheses(_ branch: SyntaxNode) -> Bool {
        guard let parent = node.parent else { return false }
        switch parent.kind {
        case .letBinding, .parenthesised, .matchCase, .fun, .letExpression, .letModule, .letOpen, .expressionItem,
            .methodField, .initializerField, .macroExpression, .macroDefinition, .while, .for:
            return branch.isOpenToTheRight && takesIn(node.nextToken)
        case .sequence: return branch.isOpenToTheRight && parent.lastChild?.index != node.index
        default: return branch.needsParentheses(as: .argument)
        }
    }

    private func takesIn(_ next: SyntaxToken) -> Bool {
        switch next.kind {
        case .semicolon, .bar, .else, .comma: true
        default: false
        }
    }
}

// MARK: - Definitions

/// `DEFINE`, `UNDEF` and `DEFINE … IN …` as cppo's lines or a `let`.
private enum MacroDefinition {
    /// Nil where no line says the same.
    static func edits(_ node: SyntaxNode) -> [Edit]? {
        guard node.isWhole else { return nil }
        switch node.kind {
        case .macroUndefinition:
            guard let name = node.child(.name) else { return nil }
            return [CppoLayout.directive("#undef \(name.text)", at: node.range, in: node.context)]
        case .macroLet: return localEdits(node)
        case .macroDefinition: return definitionEdits(node)
        default: return nil
        }
    }

    private static func localEdits(_ node: SyntaxNode) -> [Edit]? {
        guard let name = node.child(.name), name.firstToken.kind == .lowercaseIdentifier, let inWord = node.word("IN")
        else { return nil }
        return [node.replaceKeyword("let"), inWord.replace("in")]
    }

    private static func definitionEdits(_ node: SyntaxNode) -> [Edit]? {
        guard let name = node.child(.name) else { return nil }
        let context = node.context
        let parameters = node.child(.macroParameters)
        guard let equal = node.token(.equal), let value = node.child(after: equal) else {
            return parameters == nil
                ? [CppoLayout.directive("#define \(name.text)", at: node.range, in: context)] : nil
        }
        let names = parameters?.children.filter { $0.kind == .name }.map(\.text) ?? []
        let head = name.text + (names.isEmpty ? "" : "(\(names.joined(separator: ", ")))")
        let isBare = value.expressionLevel == .atom && names.isEmpty
        guard let tail = tail(value, isBare: isBare), let continued = continuations(value) else { return nil }
        var edits = [start(node, upTo: value, "#define \(head) " + (isBare ? "" : "(")), tail]
        edits += continued
        edits += uses(of: names, in: value)
        if !names.isEmpty { edits += calls(of: name.text, names.count, in: context) }
        return edits
    }

    /// From the start of the line, or a new line, to the value.
    private static func start(_ node: SyntaxNode, upTo value: SyntaxNode, _ text: String) -> Edit {
        let context = node.context
        let start = context.blanksBefore(node.range.start)
        let isFirst = start == 0 || context.tokens.bytes[start - 1] == 0x0A
        return Edit(ByteRange(start, value.range.start), (isFirst ? "" : context.lineEnd) + text)
    }

    /// What comes behind the value: its parenthesis, and the end of the line.
    private static func tail(_ value: SyntaxNode, isBare: Bool) -> Edit? {
        let context = value.context
        let end = context.blanksBehind(value.range.end)
        let bytes = context.tokens.bytes
        let isLast = end == bytes.count || bytes[end] == 0x0A || bytes[end] == 0x0D
        return .closing(
            value.range.end, (isBare ? "" : ")") + (isLast ? "" : context.lineEnd + context.indentation(at: end)))
    }

    /// A backslash before each line end in the value; nil where a line end stands in a string or comment.
    private static func continuations(_ value: SyntaxNode) -> [Edit]? {
        let context = value.context
        var edits: [Edit] = []
        for place in context.tree.tokens(of: value.index) {
            let range = context.tokens.range(place)
            let feeds = (range.start..<range.end).filter { context.tokens.bytes[$0] == 0x0A }
            if feeds.isEmpty { continue }
            guard context.tokens.kind(place) == .blank else { return nil }
            for feed in feeds {
                let offset = feed > 0 && context.tokens.bytes[feed - 1] == 0x0D ? feed - 1 : feed
                edits.append(.closing(offset, " \\"))
            }
        }
        return edits
    }

    /// Parentheses round the parameters where the value uses them: an argument goes there as text.
    private static func uses(of names: [String], in value: SyntaxNode) -> [Edit] {
        value.context.tree.subtree(value.index).flatMap { index -> [Edit] in
            let node = SyntaxNode(value.context, index)
            guard node.kind == .valuePath || node.kind == .constructorPath, names.contains(node.text),
                node.parent?.kind != .parenthesised
            else { return [] }
            return node.wrap("(", ")")
        }
    }

    /// cppo wants the parenthesis right behind the name.
    private static func calls(of name: String, _ count: Int, in context: SourceContext) -> [Edit] {
        context.tree.subtree(0).flatMap { index -> [Edit] in
            let node = SyntaxNode(context, index)
            guard node.kind == .constructorApplication || node.kind == .constructorPattern,
                let head = node.firstChild, head.text == name
            else { return [] }
            let next = head.nextToken
            guard next.kind == .leftParen else {
                guard count == 1, let argument = node.lastChild else { return [] }
                return [Edit(ByteRange(head.range.end, argument.range.start), "("), .closing(argument.range.end, ")")]
            }
            return next.range.start > head.range.end ? [Edit(ByteRange(head.range.end, next.range.start), "")] : []
        }
    }
}
