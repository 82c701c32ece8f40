import Findings
import OCamlSyntax
import Text

extension Catalogue {
    /// js_of_ocaml: JavaScript objects with `##`, `jsnew` and `jsobject`.
    static let jsOfOCaml = SyntaxExtension(
        id: "js_of_ocaml", title: "js_of_ocaml: methods and properties of JavaScript objects",
        findlib: ["js_of_ocaml.syntax", "js_of_ocaml-camlp4"], opam: ["js_of_ocaml-camlp4"], archives: ["pa_js"],
        dialects: .jsOfOCaml, keywords: ["jsnew", "jsobject", "##"], implies: ["camlp4"],
        turnedOn:
            "package(js_of_ocaml.syntax) with syntax(camlp4o) in _tags, -package js_of_ocaml.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "js_of_ocaml-ppx (in js_of_ocaml 2: js_of_ocaml.ppx)",
            [
                .from(TargetDate(2015, 7, 31), .ppx("js_of_ocaml.ppx", of: "js_of_ocaml", from: "2.6", below: "3.0")),
                .from(
                    TargetDate(2017, 6, 18), .ppx("js_of_ocaml-ppx", from: "3.0"), .library("js_of_ocaml", from: "3.0")),
            ]),
        caveats: [
            "o##m(a, b) has its arguments between commas, o##m() has none: ppx writes o##m a b, and passes unit for ().",
            "o##p.q is (o##p).q here, and o##.p.q is another thing for OCaml.",
            "`#` and `#` must touch: o # # m is none.",
        ], rules: [jsAccess, jsNew, jsObject])

    private static let jsAccess = Rule(
        "js_of_ocaml/access", "`##`, a property or method of a JavaScript object",
        at: [.jsAccess, .jsMethodCall, .jsAssignment, .hashOperation],
        examples: [
            .rewritten("let w d = d«##»width", to: "let w d = d##.width"),
            .rewritten("let w d = g d«##»body«##»width + 1", to: "let w d = g d##.body##.width + 1"),
            .rewritten("let w d = d«##»style.left, d«##»rows.(0)", to: "let w d = (d##.style).left, (d##.rows).(0)"),
            .rewritten("let f o = o«##»call(1, \"x\")", to: "let f o = o##(call (1) (\"x\"))"),
            .rewritten("let f o x = o«##»item (x)", to: "let f o x = o##(item x)"),
            .rewritten(
                "let f o = o«##»getAll() ; o«##»parts()«##»length", to: "let f o = o##getAll ; o##parts##.length"),
            .rewritten(
                "let f o a =\n  g o«##»send(a, (* all *)\n    a«##»body)",
                to: "let f o a =\n  g o##(send a (* all *)\n    (a##.body))"),
            .rewritten("let f d = d«##»width <- 3; d", to: "let f d = d##.width := 3; d"),
            .rewritten("let f d = g d«##»width <- 3", to: "let f d = g (d##.width := 3)"),
            .rewritten(
                "let f d = if d«##»ok then d«##»on <- (fun () -> d)",
                to: "let f d = if d##.ok then d##.on := (fun () -> d)"),
            .rewritten("let f o = o«##»m(1).x", to: "let f o = (o##(m (1))).x"),
            .rewritten("let f o = o«##»reload()", to: "let f o = o##(reload)"),
            .silent("let f o = o#meth"), .ordinary("let f o = o##.p\nlet g o = o##meth 1"),
        ]
    ) { node in
        guard let sign = doubleHash(node) else { return nil }
        // In a file that has the ppx's own forms `o##m` is a call: there is nothing to do.
        let isCall = node.kind == .jsMethodCall || node.kind == .jsAssignment
        if node.context.hasPPXObjects, !isCall { return nil }
        let certainty: Certainty = node.context.hasPPXObjects ? .possible : .likely
        func draft(_ certainty: Certainty, _ fix: Fix) -> Draft {
            Draft(sign, certainty, fix, construct: node.range)
        }
        guard node.isWhole else { return draft(.possible, .manual("write o##.property or o##method")) }
        switch node.kind {
        case .jsMethodCall: return draft(certainty, callFix(node))
        case .jsAssignment: return draft(.certain, assignmentFix(node, sign))
        case .jsAccess: return draft(certainty, .safe([Edit(sign, "##.")] + parenthesesBeforeAccess(node)))
        default: return bareDraft(node, sign, draft)
        }
    }

    /// What stock's operator `##` shows where it is not known that the file is written in the extension.
    private static func bareDraft(_ node: SyntaxNode, _ sign: ByteRange, _ draft: (Certainty, Fix) -> Draft) -> Draft {
        switch node.nextToken.kind {
        case .leftParen:
            draft(.possible, .manual("a method call: write o##(method (a) (b)), and o##method for no arguments"))
        case .leftArrow: draft(.certain, .manual("an assignment: write o##.property := value"))
        default:
            draft(
                node.context.hasPPXObjects ? .possible : .likely,
                .review([Edit(sign, "##.")], ["a method without arguments stays o##method"]))
        }
    }

    /// `##` as two tokens (camlp4's lexer) or one (stock's); `##.` is ppx's own.
    private static func doubleHash(_ node: SyntaxNode) -> ByteRange? {
        guard let object = node.firstChild else { return nil }
        let first = object.nextToken
        if first.reads("##") { return first.range }
        guard first.reads("#"), first.touchesNext, first.next.reads("#") else { return nil }
        return ByteRange(first.range.start, first.next.range.end)
    }

    /// In camlp4 `o##p.q` is `(o##p).q`; what stands behind OCaml's `##` reaches over the dot.
    private static func parenthesesBeforeAccess(_ node: SyntaxNode) -> [Edit] {
        guard let parent = node.parent, parent.kind == .fieldAccess || parent.kind == .indexAccess,
            parent.firstChild?.index == node.index
        else { return [] }
        return node.wrap("(", ")")
    }

    /// `o##m(a, b)` becomes `o##(m a b)`; `o##m()`, which has no argument, `o##m`.
    private static func callFix(_ node: SyntaxNode) -> Fix {
        guard let name = node.child(.name), let arguments = JsArguments(node) else {
            return .manual("a method call: write o##(method (a) (b)), and o##method for no arguments")
        }
        if arguments.list.isEmpty {
            // Where nothing else in the file will show that it is the ppx's, the brackets do.
            let brackets = node.context.hasTellingObjects || node.context.hasPPXObjects ? [] : name.wrap("(", ")")
            return .safe(arguments.removal + brackets + parenthesesBeforeAccess(node))
        }
        return .safe(
            [name.insertBefore("(")] + arguments.withoutOpening + arguments.apart + parenthesesBeforeAccess(node))
    }

    /// `o##p <- v` becomes `o##.p := v`, which binds less tightly.
    private static func assignmentFix(_ node: SyntaxNode, _ sign: ByteRange) -> Fix {
        guard let arrow = node.token(.leftArrow) else { return .manual("write o##.property := value") }
        let position = node.place
        let isOpen = node.parts.last?.isOpenToTheRight ?? false
        let parentheses = position.needsParentheses(.assignment, isOpen: isOpen) ? node.wrap("(", ")") : []
        return .safe([Edit(sign, "##."), arrow.replace(":=")] + parentheses)
    }

    private static let jsNew = Rule(
        "js_of_ocaml/new", "`jsnew`, the construction of a JavaScript object", at: [.jsNew], words: ["jsnew"],
        examples: [
            .rewritten("let mk c x = «jsnew c (1, x)»", to: "let mk c x = new%js c (1) x"),
            .rewritten("let mk () = «jsnew Js.array_empty ()»", to: "let mk () = new%js Js.array_empty"),
            .rewritten(
                "let now () = float («jsnew Js.date_now()»«##»getTime())",
                to: "let now () = float ((new%js Js.date_now)##getTime)"),
            .rewritten(
                "let mk f x = «jsnew (f x) (x)»", to: "let mk f x = let constr = f x in new%js constr x"),
            .rewritten(
                "let mk f x = [«jsnew (f x) ()»; x]", to: "let mk f x = [(let constr = f x in new%js constr); x]"),
            .ordinary("let jsnew = 1"),
        ]
    ) { node in
        Draft(node, .likely, newFix(node))
    }

    private static func newFix(_ node: SyntaxNode) -> Fix {
        guard node.isWhole, let constructor = node.parts.first, let arguments = JsArguments(node) else {
            return .manual("write new%js c a b, each argument in its own parentheses")
        }
        var edits = arguments.list.isEmpty ? arguments.removal : arguments.withoutOpening + arguments.withoutClosing
        edits += arguments.apart
        var level = arguments.list.isEmpty ? ExpressionLevel.atom : .application
        if constructor.kind == .valuePath {
            edits.append(node.replaceKeyword("new%js"))
        } else {
            // The ppx takes only a name there.
            let name = node.context.freshName("constr")
            let value: Template
            if constructor.kind == .parenthesised, let inner = constructor.firstChild {
                value = "\(inner)"
            } else {
                value = "\(constructor)"
            }
            edits.append(
                node.context.replace(
                    ByteRange(node.range.start, constructor.range.end), "let \(name) = \(value) in new%js \(name)"))
            level = .body
        }
        // Before `##` parentheses are not needed where there is no argument, but nobody would see that.
        let isObject = node.parent.map { [.jsAccess, .jsMethodCall, .jsAssignment].contains($0.kind) } ?? false
        if isObject && node.place.needsParentheses(.application)
            || node.place.needsParentheses(level, isOpen: level == .body)
        {
            edits += node.wrap("(", ")")
        }
        return .safe(edits)
    }

    private static let jsObject = Rule(
        "js_of_ocaml/object", "`jsobject`, a JavaScript object", at: [.jsObject], words: ["jsobject"],
        examples: [
            .rewritten("let mk () = «jsobject method inc n = n end»", to: "let mk () = object%js method inc n = n end"),
            .rewritten(
                "let mk () = «jsobject (self) val mutable y = 2 method inc n = self«##»y <- n end»",
                to: "let mk () = object%js (self) val mutable y = 2 method inc n = self##.y := n end"),
            .ordinary("let jsobject = 1"),
        ]
    ) { node in
        Draft(node, .likely, .safe([node.replaceKeyword("object%js")]))
    }
}

/// `(a, b)` behind a method or a constructor: arguments that camlp4 separates by commas and OCaml by blanks.
private struct JsArguments {
    let list: [SyntaxNode]
    private let open: SyntaxToken
    private let close: SyntaxToken
    private let commas: [SyntaxToken]

    /// Nil where a bracket is missing.
    init?(_ node: SyntaxNode) {
        guard let open = node.ownTokens.last(where: { $0.kind == .leftParen }),
            let close = node.ownTokens.last, close.kind == .rightParen
        else { return nil }
        self.open = open
        self.close = close
        list = node.parts.filter { $0.range.start >= open.range.end }
        commas = node.ownTokens.filter { $0.kind == .comma }
    }

    /// Takes `()` away, and the blanks before it.
    var removal: [Edit] { [open.deleteWithBlanksBefore(), close.delete()] }

    /// Takes the opening bracket away, so that a blank parts what stands around it.
    var withoutOpening: [Edit] {
        let isParted = open.previous.range.end != open.range.start || open.range.end != open.next.range.start
        return [isParted ? open.delete() : open.replace(" ")]
    }

    var withoutClosing: [Edit] { [close.delete()] }

    /// Each argument that is no plain name in brackets of its own, and blanks in place of commas.
    var apart: [Edit] {
        let brackets = list.filter { !$0.isPlainName && !$0.isBracketed }.flatMap { $0.wrap("(", ")") }
        let blanks = commas.map { comma in comma.touchesNext ? comma.replace(" ") : comma.deleteWithBlanksBefore() }
        return brackets + blanks
    }
}
