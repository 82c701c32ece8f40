import Findings
import OCamlSyntax
import Text

/// Stream parsers and stream literals.
extension Catalogue {
    static let streamParsers = SyntaxExtension(
        id: "camlp4-stream-parsers", title: "stream parsers and stream literals, which every camlp4o has on",
        archives: ["pa_op", "pa_rp"], dialects: .streams, keywords: ["parser"],
        turnedOn: "every camlp4o has them on",
        replacement: Replacement(
            "plain functions on Stream, or camlp5",
            [
                .plain(note: "Stream.peek and Stream.junk; from OCaml 5.0 on Stream is in the package camlp-streams"),
                .from(
                    TargetDate(2021, 6, 30), .library("camlp-streams", from: "5.0"),
                    note: "for OCaml 5.0 and later; before it Stream is in the standard library"),
            ]),
        caveats: [
            "Only the first component of a case may fail softly (Stream.Failure); later ones raise Stream.Error.",
            "What a stream literal delays is told by its syntax: names and constants are evaluated at once, all else later.",
        ],
        rules: [streamParser, streamLiteral])

    private static let streamParser = Rule(
        "camlp4-stream-parsers/parser", "a stream parser", at: [.streamParser, .match, .try, .lwtMatch, .lwtTry],
        examples: [
            .rewritten(
                "let rec f = «parser\n  | [< 'a; b = f >] -> a + b\n  | [< >] -> 0»",
                to: """
                    let rec f strm =
                      match Stream.peek strm with
                      | Some a ->
                          Stream.junk strm;
                          let b = (try f strm with Stream.Failure -> raise (Stream.Error "")) in
                          a + b
                      | _ -> 0
                    """),
            .rewritten(
                "let f s = match s with «parser [< '1; '2 >] -> true | [< >] -> false»",
                to: """
                    let f s = let strm = s in
                      match Stream.peek strm with
                      | Some 1 ->
                          Stream.junk strm;
                          (match Stream.peek strm with
                          | Some 2 ->
                              Stream.junk strm;
                              true
                          | _ -> raise (Stream.Error ""))
                      | _ -> false
                    """),
            .rewritten(
                "let f = «parser bp [< 'x >] ep -> (bp, x, ep)»",
                to: """
                    let f strm =
                      let bp = Stream.count strm in
                      match Stream.peek strm with
                      | Some x ->
                          Stream.junk strm;
                          let ep = Stream.count strm in
                          (bp, x, ep)
                      | _ -> raise Stream.Failure
                    """),
            .reported("let f s = try s with «parser [< '1 >] -> true»"),
            .rewritten(
                "let p q = «parser\n  | [< x = q; '')' ?? \"a )\" >] -> x\n  | [< ''0'..'9' as c when c > '1' >] -> c»",
                to: """
                    let p q strm =
                      match (try Some (q strm) with Stream.Failure -> None) with
                      | Some x ->
                          (match Stream.peek strm with
                          | Some ')' ->
                              Stream.junk strm;
                              x
                          | _ -> raise (Stream.Error "a )"))
                      | _ -> match Stream.peek strm with
                        | Some ('0'..'9' as c) when c > '1' ->
                            Stream.junk strm;
                            c
                        | _ -> raise Stream.Failure
                    """),
            .rewritten(
                "let l = List.map («parser (* one *) [< 'x >] -> x») y",
                to: """
                    let l = List.map (fun strm ->
                      (* one *)
                      match Stream.peek strm with
                      | Some x ->
                          Stream.junk strm;
                          x
                      | _ -> raise Stream.Failure) y
                    """),
            .ordinary("let parser = 1\nlet f parser = parser + 1\nlet g = function `A -> parser | `B -> 2"),
        ]
    ) { node in
        guard let word = node.word("parser") else { return nil }
        let range = ByteRange(word.range.start, node.range.end)
        guard let expansion = StreamExpansion(node), node.kind == .streamParser || node.kind == .match else {
            let advice =
                "write a function that looks with Stream.peek, takes with Stream.junk, and raises Stream.Failure"
            return Draft(range, .certain, .manual(advice), construct: node.range)
        }
        let context = node.context
        let indentation = context.indentation(at: node.range.start) + "  "
        if node.kind == .match {
            guard let scrutinee = node.firstChild else { return nil }
            let edit = node.replace(expansion.match(on: scrutinee, indentation))
            return Draft(range, .certain, .safe([edit]), construct: node.range)
        }
        let (name, body) = expansion.function(indentation)
        if let equal = parameterPlace(node) {
            let construct = ByteRange(equal.range.start, node.range.end)
            let text: Template = "\(name) =\(context.lineEnd)\(indentation)\(body)"
            return Draft(range, .certain, .safe([context.replace(construct, text)]), construct: construct)
        }
        return Draft(
            range, .certain, .safe([node.replace("fun \(name) ->\(context.lineEnd)\(indentation)\(body)")]),
            construct: node.range)
    }

    /// The `=` of `let f x = parser …`, where the stream can be one parameter more.
    static func parameterPlace(_ node: SyntaxNode) -> SyntaxToken? {
        guard let binding = node.parent, binding.kind == .letBinding, binding.firstChild?.kind == .valuePath,
            binding.token(.colon) == nil, node.previousToken.kind == .equal, !node.firstToken.hasCommentBefore
        else { return nil }
        return node.previousToken
    }

    private static let streamLiteral = Rule(
        "camlp4-stream-parsers/literal", "a stream literal", at: [.streamExpression],
        examples: [
            .rewritten("let s = «[< '1; '2 >]»", to: "let s = Stream.icons 1 (Stream.ising 2)"),
            .rewritten(
                "let rec s n = «[< 'n; s (n + 1) >]»\nlet e = f «[< >]»",
                to: "let rec s n = Stream.icons n (Stream.slazy (fun _ -> s (n + 1)))\nlet e = f Stream.sempty"),
            .rewritten(
                "let cat a b = f «[< a; '(succ 1); 'Some 2; b >]»",
                to:
                    "let cat a b = f (Stream.iapp a (Stream.lcons (fun _ -> (succ 1)) (Stream.icons (Some 2) b)))"),
            .silent("let f : [< `A | `B of int ] -> int = function `A -> 1 | `B n -> n"),
            .silent("type t = [< `A | `B > `A ]\nlet f (x : [< t]) = x"),
        ]
    ) { node in
        let kept = node.children.flatMap(\.children)
        guard node.isWhole, node.children.allSatisfy({ $0.children.count == 1 }), !node.hasComments(outside: kept)
        else {
            return Draft(
                node, .certain,
                .manual("write Stream.icons, Stream.iapp, Stream.sempty and their lazy kin, or Stream.of_list"))
        }
        guard !node.children.isEmpty else { return Draft(node, .certain, .safe([node.replace("Stream.sempty")])) }
        let (text, isCall) = stream(of: node.children[...])
        return Draft(node, .certain, .safe([node.replace(!isCall || node.standsAlone ? text : "(\(text))")]))
    }

    /// A stream of these elements: what computes nothing is given as it is, all else is computed when it is asked for.
    ///
    /// - Returns: the text, and whether it is a call.
    private static func stream(of elements: ArraySlice<SyntaxNode>) -> (Template, isCall: Bool) {
        guard let first = elements.first, let value = first.firstChild else { return ("Stream.sempty", false) }
        let isItem = first.kind == .streamTerminal
        let isEager = computesNothing(value)
        let others = elements.dropFirst()
        let argument: Template = isEager ? "\(value, as: .argument)" : "(fun _ -> \(value))"
        if others.isEmpty {
            if isItem { return (isEager ? "Stream.ising \(argument)" : "Stream.lsing \(argument)", true) }
            return isEager ? ("\(value)", computesAsCall(value)) : ("Stream.slazy \(argument)", true)
        }
        let name =
            switch (isItem, isEager) {
            case (true, true): "Stream.icons"
            case (true, false): "Stream.lcons"
            case (false, true): "Stream.iapp"
            case (false, false): "Stream.lapp"
            }
        let (rest, isCall) = stream(of: others)
        return ("\(name) \(argument) \(isCall ? "(\(rest))" : rest)", true)
    }

    private static func computesAsCall(_ value: SyntaxNode) -> Bool { value.kind == .constructorApplication }

    /// Whether camlp4 takes the expression for one that needs no computing: names, constants, constructors of such.
    private static func computesNothing(_ value: SyntaxNode) -> Bool {
        switch value.kind {
        case .valuePath, .constructorPath:
            value.firstToken.next.kind != .dot || value.firstToken.range.end == value.range.end
        case .constant: true
        case .constructorApplication: value.children.allSatisfy(computesNothing)
        default: false
        }
    }
}
