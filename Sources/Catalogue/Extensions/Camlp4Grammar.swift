import Findings
import OCamlSyntax
import Text

/// What camlp4's grammar of OCaml takes and OCaml's own does not. No extension has to be on for it: every file that goes through
/// camlp4 may be written so.
///
/// The rules look only at files that stock OCaml rejects and camlp4's grammar reads without a fault, so what they find is what
/// stands in the way.
extension Catalogue {
    static let camlp4Grammar = SyntaxExtension(
        id: "camlp4-grammar-relaxations", title: "what camlp4's grammar takes beyond OCaml's own", implies: ["camlp4"],
        turnedOn: "every camlp4 file may be written so",
        replacement: Replacement("nothing: the same, written as OCaml takes it", [.plain()]),
        caveats: [
            "camlp4o -printer o is no safe way to convert: it prints some types wrong and loses comments.",
            "The reverse: OCaml takes ;; at the head and doubled, camlp4 does not.",
        ],
        rules: [
            toplevelExpression, recordBase, labelledBody, guardedFun, patternParameters, typedPattern, variantType,
            includedFile,
        ])

    /// Whether camlp4's reading of the file can be trusted to show what stands in stock's way.
    private static func isRead(_ node: SyntaxNode) -> Bool {
        node.context.isProven && node.context.isFaultless
    }

    // MARK: Items

    private static let toplevelExpression = Rule(
        "camlp4-grammar-relaxations/toplevel-expression", "an expression between items, without ;; before it",
        at: [.expressionItem],
        examples: [
            .rewritten("open List\n«iter f [1]»\nlet x = 1", to: "open List\nlet _ = iter f [1]\nlet x = 1"),
            .rewritten(
                "let a = 1\n«let y = 2 in print_int y»\nlet z = 3",
                to: "let a = 1\nlet () = let y = 2 in print_int y\nlet z = 3"),
            .rewritten(
                "open M\n«if a then exit 1»\nlet z = 3 ;;\nf z",
                to: "open M\nlet () = if a then exit 1\nlet z = 3 ;;\nf z"),
            .silent("f x\nlet y = 1;;\nf y;;\nlet z = 2"),
        ]
    ) { node in
        guard isRead(node), let parent = node.parent, parent.holdsItems, parent.firstChild?.index != node.index,
            // What follows a directive is none of camlp4's: cppo's lines may be indented, and toplevel scripts have them.
            parent.children.last(where: { $0.index < node.index })?.kind != .directive,
            node.previousToken.kind != .semicolonSemicolon, let expression = node.firstChild,
            ![.grammarExtension, .labelledElement, .labelledArgument].contains(expression.kind),
            ![.label, .optionalLabel, .tilde, .question].contains(node.firstToken.kind)
        else { return nil }
        let pattern = isUnit(expression) ? "()" : "_"
        return Draft(node, .certain, .safe([node.insertBefore("let \(pattern) = ")]))
    }

    /// Whether the expression's form alone says that its value is `()`.
    private static func isUnit(_ node: SyntaxNode) -> Bool {
        var node = node
        while true {
            switch node.kind {
            case .sequence, .letExpression, .letModule, .letOpen, .letException, .parenthesised:
                guard let last = node.parts.last else { return false }
                node = last
            case .if:
                guard node.token(.else) != nil else { return true }
                guard node.parts.count > 1 else { return false }
                node = node.parts[1]
            case .while, .for, .assignment: return true
            case .infixOperation: return node.infixOperator?.kind == .colonEqual
            case .constructorPath: return node.text == "()"
            case .application: return node.firstChild.map { givesUnit($0.text, node.parts.count - 1) } ?? false
            default: return false
            }
        }
    }

    /// Functions of the standard library, and how many arguments they take.
    private static func givesUnit(_ function: String, _ arguments: Int) -> Bool {
        switch function {
        case "print_string", "print_endline", "print_int", "print_char", "print_float", "print_newline",
            "prerr_string", "prerr_endline", "prerr_int", "prerr_newline", "ignore", "at_exit":
            arguments == 1
        case "List.iter", "Array.iter", "Hashtbl.iter", "String.iter", "Queue.iter", "Stack.iter": arguments == 2
        default: false
        }
    }

    private static let includedFile = Rule(
        "camlp4-grammar-relaxations/include-file", "a file that camlp4 reads in", at: [.includeItem, .constant],
        examples: [
            .rewritten("open M\n«include \"other.ml\"»\nlet x = f 1", to: "open M\n#include \"other.ml\"\nlet x = f 1"),
            .rewritten(
                "let x = 1\nmodule M : «\"a.mli\"» = N",
                to: "let x = 1\nmodule M : sig\n#include \"a.mli\"\nend = N"),
            .ordinary("let a = \"other.ml\""),
        ]
    ) { node in
        if node.kind == .constant {
            guard isRead(node), node.firstToken.kind == .string, let parent = node.parent,
                [.moduleBinding, .moduleItem, .moduleTypeItem].contains(parent.kind)
            else { return nil }
            let isSignature = node.previousToken.kind == .colon || parent.kind == .moduleTypeItem
            let lines = [isSignature ? "sig" : "struct", "#include \(node.text)", "end"]
            return Draft(
                node, .certain,
                .review([Edit(node.range, lines.joined(separator: node.context.lineEnd))], [includeNote]))
        }
        // Behind `#` it is cppo's.
        guard isRead(node), let file = node.firstChild, file.kind == .constant, node.previousToken.kind != .hash else {
            return nil
        }
        return Draft(
            node, .certain,
            .review(
                [CppoLayout.directive("#include \(file.text)", at: node.range, in: node.context)],
                [includeNote]))
    }

    private static let includeNote =
        "cppo takes the file in; it has to be on for this source, and to find the file from there"

    // MARK: Expressions

    private static let recordBase = Rule(
        "camlp4-grammar-relaxations/record-base", "`{ f x with … }`, an application as what a record is made from",
        at: [.record],
        examples: [
            .rewritten("let a b = «{ f b with x = 1 }»", to: "let a b = { (f b) with x = 1 }"),
            .silent("let a b = { b.c with x = 1 }\nlet d = { !e with x = 1 }"),
        ]
    ) { node in
        guard isRead(node), let with = node.token(.with), let base = node.child(before: with),
            base.needsParentheses(as: .argument)
        else { return nil }
        return Draft(node, .certain, .safe(base.wrap("(", ")")))
    }

    private static let labelledBody = Rule(
        "camlp4-grammar-relaxations/labelled-body", "`~f:function …`, a body as an argument without parentheses",
        at: [.labelledArgument],
        examples: [
            .rewritten(
                "let a l = map l «~f:function A -> 1 | B -> 2»", to: "let a l = map l ~f:(function A -> 1 | B -> 2)"),
            .rewritten("let a l = map l «~f:fun x -> x» ", to: "let a l = map l ~f:(fun x -> x) "),
            .silent("let a l = map l ~f:(fun x -> x) ~g:l.h ~i:!j\nlet k ~f:_ = 1"),
        ]
    ) { node in
        guard isRead(node), let body = node.lastChild else { return nil }
        switch body.kind {
        case .function, .fun, .match, .try, .if, .letExpression, .letModule, .letOpen, .signOperation, .object, .lazy,
            .assert, .while, .for, .lwtTry, .lwtMatch, .lwtLet, .streamParser:
            return Draft(node, .certain, .safe(body.wrap("(", ")")))
        default: return nil
        }
    }

    private static let guardedFun = Rule(
        "camlp4-grammar-relaxations/guarded-fun", "`fun p when g -> e`, a guard in a function of one case", at: [.fun],
        examples: [
            .rewritten("let f = «fun x when x > 0 -> x»", to: "let f = function x when x > 0 -> x"),
            .rewritten("let f = «fun a (B b) when a > b -> c»", to: "let f = fun a -> function (B b) when a > b -> c"),
            .silent("let f = function x when x > 0 -> x"),
        ]
    ) { node in
        guard isRead(node), let guardWord = node.token(.when), let last = node.child(before: guardWord) else {
            return nil
        }
        guard last.kind != .labelledArgument, last.kind != .parameter, last.kind != .returnType else {
            return Draft(node, .certain, .manual("name the last parameter and match on it: function has no labels"))
        }
        let isOnly = node.firstChild?.index == last.index
        return Draft(
            node, .certain,
            .safe([isOnly ? node.replaceKeyword("function") : last.insertBefore("-> function ")]))
    }

    // MARK: Bindings

    private static let patternParameters = Rule(
        "camlp4-grammar-relaxations/pattern-parameters", "`let (a, b) c = …`, parameters behind a pattern",
        at: [.letBinding],
        examples: [
            .rewritten("let «(a, b) c = d c»", to: "let (a, b) = fun c -> d c"),
            .rewritten("let «_ (r : r) = r.r»", to: "let _ = fun (r : r) -> r.r"),
            .silent("let f c = d c\nlet _ = 1\nlet (a, b) = c\nlet ( + ) a b = c"),
        ]
    ) { node in
        guard let pattern = node.firstChild else { return nil }
        switch pattern.kind {
        case .parenthesised, .wildcardPattern, .record, .recordPattern, .constrained, .list, .array, .constant: break
        default: return nil
        }
        guard isRead(node), let equal = node.token(.equal) else { return nil }
        let parameters = node.children.filter {
            $0.range.start >= pattern.range.end && $0.range.end <= equal.range.start
        }
        guard let first = parameters.first, first.kind != .returnType, node.token(.colon) == nil else { return nil }
        let range = ByteRange(pattern.firstToken.range.start, node.range.end)
        guard parameters.allSatisfy({ $0.kind != .returnType }) else {
            return Draft(range, .certain, .manual("write let p = fun parameters -> (body : type)"))
        }
        return Draft(range, .certain, .safe([pattern.insertBehind(" = fun"), equal.replace("->")]))
    }

    private static let typedPattern = Rule(
        "camlp4-grammar-relaxations/typed-pattern", "`let a, b : t = …`, a type behind a pattern without parentheses",
        at: [.letBinding],
        examples: [
            .rewritten(
                "let f () =\n  let «a, b : int * int» = g () in\n  a",
                to: "let f () =\n  let (a, b) : int * int = g () in\n  a"),
            .silent("let (a, b) : int * int = c\nlet d : int = 1"),
        ]
    ) { node in
        guard let pattern = node.firstChild else { return nil }
        switch pattern.kind {
        case .tuple, .constructorApplication, .constructorPattern, .consOperation, .aliasPattern, .orPattern,
            .lazyPattern:
            break
        default: return nil
        }
        guard isRead(node), let colon = node.token(.colon), let type = node.child(after: colon),
            node.child(before: colon)?.index == pattern.index
        else { return nil }
        return Draft(ByteRange(pattern.range.start, type.range.end), .certain, .safe(pattern.wrap("(", ")")))
    }

    // MARK: Types

    private static let variantType = Rule(
        "camlp4-grammar-relaxations/variant-type", "`[ t ]`, a variant type that is another one", at: [.variantType],
        examples: [
            .rewritten("type t = «[ u ]»", to: "type t = u"),
            .rewritten("let f (x : «[M.t]») = x", to: "let f (x : M.t) = x"),
            .silent("type t = [ `A ]\ntype u = [ t | `B ]\ntype v = [ | t ]\ntype w = [> t ]"),
        ]
    ) { node in
        let fields = node.children.filter { $0.kind == .variantField }
        guard isRead(node), node.firstToken.kind == .leftBracket, fields.count == 1, node.token(.bar) == nil,
            let field = fields.first, let type = field.firstChild, field.firstToken.kind != .backquote,
            type.kind != .variantTag
        else { return nil }
        return Draft(
            node, .certain,
            .safe(
                [node.firstToken.deleteWithBlanksBehind(), node.lastToken.deleteWithBlanksBefore()]))
    }
}
