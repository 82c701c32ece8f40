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
            .reported("let f o = o«##»call(1, \"x\")"), .reported("let f d = d«##»width <- 3"),
            .silent("let f o = o#meth"), .ordinary("let f o = o##.p\nlet g o = o##meth 1"),
        ]
    ) { node in
        guard let sign = doubleHash(node) else { return nil }
        let certainty: Certainty = node.context.hasPropertyOperator ? .possible : .likely
        func draft(_ certainty: Certainty, _ fix: Fix, of construct: SyntaxNode) -> Draft {
            Draft(sign, certainty, fix, construct: construct.range)
        }
        if node.kind == .jsMethodCall || node.kind == .hashOperation && node.nextToken.kind == .leftParen {
            return draft(
                certainty, .manual("a method call: write o##(method (a) (b)), and o##method for no arguments"), of: node
            )
        }
        if node.kind == .jsAssignment {
            return draft(.certain, .manual("an assignment: write o##.property := value"), of: node)
        }
        switch node.nextToken.kind {
        case .leftArrow: return draft(.certain, .manual("an assignment: write o##.property := value"), of: node)
        case .dot: return draft(.possible, .manual("write (o##.property).field"), of: node)
        default:
            guard node.isWhole else { return draft(.possible, .manual("write o##.property or o##method"), of: node) }
            return draft(
                certainty, .review([Edit(sign, "##.")], ["a method without arguments stays o##method"]), of: node)
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

    private static let jsNew = Rule(
        "js_of_ocaml/new", "`jsnew`, the construction of a JavaScript object", at: [.jsNew], words: ["jsnew"],
        examples: [.reported("let mk c = «jsnew c (1, 2)»"), .ordinary("let jsnew = 1")]
    ) { node in
        Draft(node, .likely, .manual("write new%js c a b, each argument in its own parentheses"))
    }

    private static let jsObject = Rule(
        "js_of_ocaml/object", "`jsobject`, a JavaScript object", at: [.jsObject], words: ["jsobject"],
        examples: [
            .rewritten("let mk () = «jsobject method inc n = n end»", to: "let mk () = object%js method inc n = n end"),
            .ordinary("let jsobject = 1"),
        ]
    ) { node in
        Draft(node, .likely, .safe([node.replaceKeyword("object%js")]))
    }
}
