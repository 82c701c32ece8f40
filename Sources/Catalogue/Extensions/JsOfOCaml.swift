import Findings
import OCamlSyntax
import Text

extension Catalogue {
    /// js_of_ocaml: JavaScript objects with `##`, `jsnew` and `jsobject`.
    static let jsOfOCaml = SyntaxExtension(
        id: "js_of_ocaml", title: "js_of_ocaml: methods and properties of JavaScript objects",
        findlib: ["js_of_ocaml.syntax", "js_of_ocaml-camlp4"], opam: ["js_of_ocaml-camlp4"], archives: ["pa_js"],
        keywords: ["jsnew", "jsobject"], implies: ["camlp4"], replacement: "js_of_ocaml-ppx",
        rules: [jsAccess, jsNew, jsObject])

    private static let jsAccess = Rule(
        "js_of_ocaml/access", "`##`, a property or method of a JavaScript object",
        at: [.kind(.hash), .kind(.hashOperator)],
        examples: [
            .rewritten("let w d = d‸##‸width", to: "let w d = d##.width"),
            .reported("let f o = o‸##‸call(1, \"x\")"), .reported("let f d = d‸##‸width <- 3"),
            .silent("let f o = o#meth"), .ordinary("let f o = o##.p\nlet g o = o##meth 1"),
        ]
    ) { context, index in
        guard let sharp = doubleHash(context, index) else { return nil }
        let tokens = context.tokens
        let range = tokens.range(index, through: sharp.last)
        guard tokens.kind(sharp.last + 1) == .lowercaseIdentifier else {
            return Draft(range, .possible, .manual("write o##.property or o##(method arguments)"))
        }
        switch tokens.kind(sharp.last + 2) {
        case .leftParen:
            return Draft(
                range, usesPPX(context) ? .possible : .likely,
                .manual("a method call: write o##(method (a) (b)), and o##method for no arguments"))
        case .leftArrow:
            return Draft(range, .certain, .manual("an assignment: write o##.property := value"))
        case .dot:
            return Draft(range, .possible, .manual("write (o##.property).field"))
        default:
            return Draft(
                range, usesPPX(context) ? .possible : .likely,
                .review([Edit(range, "##.")], ["a method without arguments stays o##method"]))
        }
    }

    /// `##` as two tokens (camlp4's lexer) or one (stock's); `##.` is ppx's own.
    private static func doubleHash(_ context: SourceContext, _ index: Int) -> (last: Int, Void)? {
        let tokens = context.tokens
        if tokens.text(index) == "##" { return (index, ()) }
        guard tokens.kind(index) == .hash, tokens.text(index) == "#", tokens.touchesNext(index),
            tokens.text(index + 1) == "#"
        else { return nil }
        // The second of the two asks again: it has a `#` before it.
        if tokens.text(index - 1) == "#", tokens.touchesNext(index - 1) { return nil }
        return (index + 1, ())
    }

    /// Whether the file has js_of_ocaml-ppx's own signs.
    private static func usesPPX(_ context: SourceContext) -> Bool {
        context.hasPropertyOperator
    }

    private static let jsNew = Rule(
        "js_of_ocaml/new", "`jsnew`, the construction of a JavaScript object", at: [.word("jsnew")],
        examples: [.reported("let mk c = ‸jsnew‸ c (1, 2)"), .ordinary("let jsnew = 1")]
    ) { context, index in
        if context.tokens.isValueName(index) { return nil }
        return Draft(
            context.tokens.range(index), .likely, .manual("write new%js c a b, each argument in its own parentheses"))
    }

    private static let jsObject = Rule(
        "js_of_ocaml/object", "`jsobject`, a JavaScript object", at: [.word("jsobject")],
        examples: [
            .rewritten("let mk () = ‸jsobject‸ method inc n = n end", to: "let mk () = object%js method inc n = n end"),
            .ordinary("let jsobject = 1"),
        ]
    ) { context, index in
        if context.tokens.isValueName(index) { return nil }
        return Draft(context.tokens.range(index), .likely, .safe([Edit(context.tokens.range(index), "object%js")]))
    }
}
