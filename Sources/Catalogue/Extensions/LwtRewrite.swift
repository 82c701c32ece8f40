import Findings
import OCamlSyntax
import Text

/// What is written in place of each of Lwt's constructs, in the style that is asked for.
///
/// What pa_lwt made of them is the measure: which threads start when, what catches which exception, in which order code runs.
enum LwtRewrite {
    static let damaged = Fix.manual("a part of it is missing: mend that first")

    /// How sure a construct is that stock OCaml may read as an application: `lwt x = a in b`, `raise_lwt e`.
    static func certainty(_ node: SyntaxNode) -> Certainty {
        node.context.isProven ? .certain : .likely
    }

    /// The style that can be had: the operators came with Lwt 5.3.
    private static func style(_ node: SyntaxNode) -> RewriteStyle.Lwt {
        let wanted = node.context.style.lwt
        return wanted == .letOperators && node.context.target < TargetDate(2020, 4, 22) ? .ppx : wanted
    }

    /// Lwt 4.4 told that `let%lwt` between items would go.
    private static let itemsEnd = TargetDate(2019, 10, 9)
    /// Lwt 3.2 told that the ppx would not read `>>` any more; 4.0 had it no longer.
    private static let sequencesEnd = TargetDate(2017, 12, 19)

    private static let scope = "let* and and* come with `open Lwt.Syntax`"

    // MARK: Bindings

    /// `lwt p = e and … in body`.
    static func binding(_ node: SyntaxNode) -> Fix {
        guard node.isWhole else { return damaged }
        switch style(node) {
        case .ppx: return .safe([node.replaceKeyword("let%lwt")])
        case .letOperators:
            let ands = node.ownTokens.filter { $0.kind == .and }
            let notes =
                ands.isEmpty ? [scope] : [scope, "and* waits for both threads where `and` let the first failure win"]
            return .review([node.replaceKeyword("let*")] + ands.map { $0.replace("and*") }, notes)
        case .binds: return plainBinding(node)
        }
    }

    private static func plainBinding(_ node: SyntaxNode) -> Fix {
        let bindings = bindings(of: node)
        guard let body = node.lastChild, let end = node.token(.in), !bindings.isEmpty,
            !node.hasComments(outside: bindings.flatMap { [$0.pattern, $0.value] } + [body])
        else { return .manual("write Lwt.bind thread (fun pattern -> body), and keep the comments") }
        let rest = ByteRange(end.range.end, node.range.end)
        guard bindings.count > 1, let names = temporaries(for: bindings) else {
            let (pattern, value) = bindings[0]
            return .safe([
                node.replace(
                    "Lwt.bind \(value, as: .argument) (fun \(parameter(pattern)) ->\(verbatim: rest, in: node.context))"
                )
            ])
        }
        var template: Template = ""
        for (place, (_, value)) in bindings.enumerated() {
            template.append("\(place == 0 ? "let" : " and") \(names[place]) = \(value)")
        }
        template.append(" in ")
        for (place, (pattern, _)) in bindings.enumerated() {
            template.append("\(place == 0 ? "" : " ")Lwt.bind \(names[place]) (fun \(parameter(pattern)) ->")
        }
        template.append("\(verbatim: rest, in: node.context)\(String(repeating: ")", count: bindings.count))")
        return .safe([node.replace(template)])
    }

    private static func bindings(of node: SyntaxNode) -> [(pattern: SyntaxNode, value: SyntaxNode)] {
        node.children.compactMap { binding in
            guard binding.kind == .letBinding, let pattern = binding.firstChild, let value = binding.lastChild,
                pattern.index != value.index
            else { return nil }
            return (pattern, value)
        }
    }

    /// Fresh names, one a binding; nil where there is nothing to name.
    private static func temporaries(for bindings: [(pattern: SyntaxNode, value: SyntaxNode)]) -> [String]? {
        bindings.isEmpty ? nil : bindings.indices.map { bindings[$0].value.context.freshName("t\($0)") }
    }

    /// A pattern where a parameter stands.
    private static func parameter(_ pattern: SyntaxNode) -> Template {
        isSimple(pattern) ? "\(pattern)" : "(\(pattern))"
    }

    private static func isSimple(_ pattern: SyntaxNode) -> Bool {
        pattern.isPlainName || pattern.isBracketed || pattern.kind == .wildcardPattern
            || pattern.firstToken.kind == .leftParen && pattern.lastToken.kind == .rightParen
    }

    /// `lwt p = e`, `lwt p = e in body` between the items of a module: both run the main loop.
    static func item(_ node: SyntaxNode) -> Fix {
        guard node.isWhole else {
            return .manual("at toplevel `lwt p = e` runs the main loop: write let p = Lwt_main.run (e)")
        }
        if node.token(.in) != nil {
            let inner = binding(node)
            guard inner.safety != .manual else {
                return .manual("at toplevel `lwt p = e in b` is an item: write let () = Lwt_main.run (…)")
            }
            let edits = [.opening(node.range.start, "let () = Lwt_main.run (")] + inner.edits + [node.insertBehind(")")]
            return inner.safety == .safe ? .safe(edits) : .review(edits, inner.notes)
        }
        if style(node) == .ppx, node.context.target < itemsEnd { return .safe([node.replaceKeyword("let%lwt")]) }
        let bindings = bindings(of: node)
        guard bindings.count != 1 else {
            let value = bindings[0].value
            // A pattern that is no name may be refused by stock's `let`, where parentheses help.
            return .safe(
                [
                    node.replaceKeyword("let"), value.insertBefore("Lwt_main.run "),
                ] + value.parenthesise(as: .argument))
        }
        guard let names = temporaries(for: bindings),
            !node.hasComments(outside: bindings.flatMap { [$0.pattern, $0.value] })
        else { return .manual("write let p, q = Lwt_main.run (let%lwt a = … and b = … in Lwt.return (a, b))") }
        var (patterns, values): (Template, Template) = ("", "")
        for (place, (pattern, value)) in bindings.enumerated() {
            patterns.append("\(place == 0 ? "" : ", ")\(parameter(pattern))")
            values.append("\(place == 0 ? "" : " and ")\(names[place]) = \(value)")
        }
        let all = names.joined(separator: ", ")
        guard style(node) != .ppx else {
            return .safe([node.replace("let \(patterns) = Lwt_main.run (let%lwt \(values) in Lwt.return (\(all)))")])
        }
        let waits = names.map { "Lwt.bind \($0) (fun \($0) -> " }.joined()
        let ends = String(repeating: ")", count: names.count)
        return .safe([
            node.replace("let \(patterns) = Lwt_main.run (let \(values) in \(waits)Lwt.return (\(all))\(ends))")
        ])
    }

    // MARK: Handlers

    /// `try_lwt e`, `try_lwt e with cases`.
    static func handler(_ node: SyntaxNode) -> Fix {
        guard node.isWhole else { return damaged }
        guard let with = node.token(.with) else {
            return .safe([node.replaceKeyword("Lwt.catch (fun () ->"), node.insertBehind(") Lwt.fail")])
        }
        guard style(node) != .ppx else { return .safe([node.replaceKeyword("try%lwt")]) }
        guard let last = node.children.last(where: { $0.kind == .matchCase }) else { return damaged }
        let before =
            with.isFirstOnLine ? with.replace(") (function") : Edit(blanksAnd(with), ") (function")
        return .safe(
            [node.replaceKeyword("Lwt.catch (fun () ->"), before] + fallback(behind: last) + [node.insertBehind(")")])
    }

    /// A last case for what no other catches, as pa_lwt added one.
    private static func fallback(behind last: SyntaxNode) -> [Edit] {
        guard !catchesAll(last), let body = last.lastChild else { return [] }
        let name = last.context.freshName("exn")
        return (body.isOpenToTheRight ? body.wrap("(", ")") : []) + [
            last.insertBehind(" | \(name) -> Lwt.fail \(name)")
        ]
    }

    private static func catchesAll(_ last: SyntaxNode) -> Bool {
        guard last.children.count == 2, let pattern = last.firstChild else { return false }
        return pattern.kind == .wildcardPattern || pattern.isPlainName
    }

    private static func blanksAnd(_ token: SyntaxToken) -> ByteRange {
        ByteRange(token.context.blanksBefore(token.range.start), token.range.end)
    }

    /// `try_lwt e finally f`; with cases, before which pa_lwt runs f.
    static func finalisation(_ node: SyntaxNode, _ finally: SyntaxToken) -> Fix {
        guard node.isWhole, let body = node.parts.first, finally.next.range.start < node.range.end else {
            return damaged
        }
        guard let with = node.token(.with) else {
            let middle = ") (fun () ->"
            return .safe([
                node.replaceKeyword("Lwt.finalize (fun () ->"),
                finally.isFirstOnLine ? finally.replace(middle) : Edit(blanksAnd(finally), middle),
                node.insertBehind(")"),
            ])
        }
        guard let last = node.children.last(where: { $0.kind == .matchCase }), let lastBody = last.lastChild else {
            return damaged
        }
        let context = node.context
        func stretch(_ from: SyntaxToken, _ to: Int) -> Template {
            "\(verbatim: ByteRange(from.next.range.start, to), in: context)"
        }
        let indent =
            context.lineEnd + context.indentation(at: node.range.start) + (node.firstToken.isFirstOnLine ? "" : "  ")
        let (cleanup, value, error) = (
            context.freshName("cleanup"), context.freshName("value"), context.freshName("error")
        )
        // Comments between the parts come along, with the lines that they stand on.
        func whole(_ part: SyntaxNode, _ start: Int, _ end: Int) -> Template {
            let around = ByteRange(
                start, context.hasComments(in: ByteRange(part.range.end, end)) ? end : part.range.end)
            guard context.hasComments(in: ByteRange(start, part.range.start)) || around.end == end else {
                return " \(part)"
            }
            return "\(verbatim: context.withoutBlanksAtEnd(around), in: context)"
        }
        var cases: Template = "\(verbatim: ByteRange(with.range.end, lastBody.range.start), in: context)"
        let needsBrackets = !catchesAll(last) && lastBody.isOpenToTheRight
        cases.append(needsBrackets ? "(\(lastBody))" : "\(lastBody)")
        let behind = context.withoutBlanksAtEnd(ByteRange(last.range.end, finally.range.start))
        if context.hasComments(in: behind) { cases.append("\(verbatim: behind, in: context)") }
        if !catchesAll(last) { cases.append("\(indent)    | \(error) -> Lwt.fail \(error)") }
        return .safe([
            node.replace(
                """
                let \(cleanup) () = \(stretch(finally, node.range.end)) in\(indent)Lwt.try_bind\(indent)  \
                (fun () ->\(whole(body, node.firstToken.range.end, with.range.start)))\(indent)  \
                (fun \(value) -> Lwt.bind (\(cleanup) ()) (fun () -> Lwt.return \(value)))\(indent)  \
                (fun \(error) -> Lwt.bind (\(cleanup) ()) (fun () ->\(indent)    match \(error) with\(cases)))
                """)
        ])
    }

    // MARK: Matches, loops, assertions

    /// `match_lwt e with cases`.
    static func match(_ node: SyntaxNode) -> Fix {
        guard style(node) != .ppx else { return .safe([node.replaceKeyword("match%lwt")]) }
        guard let with = node.token(.with), let value = node.parts.first else { return damaged }
        return .safe(
            [node.replaceKeyword("Lwt.bind"), with.replace("(function")] + value.parenthesise(as: .argument)
                + [node.insertBehind(")")])
    }

    /// `for_lwt i = a to b do e done`.
    static func count(_ node: SyntaxNode) -> Fix {
        let name = node.firstToken.next
        guard name.kind == .lowercaseIdentifier || name.kind == .underscore else {
            return .manual("lwt_ppx takes a name here only: write for%lwt i = …")
        }
        guard style(node) == .ppx else { return plainCount(node, name) }
        let edits = [node.replaceKeyword("for%lwt")]
        return .safe(name.kind == .underscore ? edits + [name.replace(node.context.freshName("_i"))] : edits)
    }

    /// A counting loop as a function that calls itself when the thread of one turn has ended.
    ///
    /// As in pa_lwt the bound is computed before the start, each once.
    private static func plainCount(_ node: SyntaxNode, _ name: SyntaxToken) -> Fix {
        let parts = node.parts
        guard node.isWhole, parts.count == 4, let `do` = node.token(.do), let done = node.token(.done) else {
            return damaged
        }
        let (context, first, last) = (node.context, parts[1], parts[2])
        guard !context.hasComments(in: ByteRange(node.range.start, `do`.range.start)) else {
            return .manual("write a function that calls itself in place of the loop, and keep the comments")
        }
        let (loop, counter) = (
            context.freshName("loop"), name.kind == .underscore ? context.freshName("i") : name.text
        )
        let isUp = node.token(.to) != nil
        let body = ByteRange(`do`.range.end, done.range.start)
        let isPlain = last.kind == .constant || last.kind == .valuePath && last.text != counter
        let bound = isPlain ? last.text : context.freshName("last")
        let open: Template = isPlain ? "" : "let \(bound) = \(last) in "
        let head =
            "let rec \(loop) \(counter) = if \(counter) \(isUp ? ">" : "<") \(bound) then Lwt.return_unit else Lwt.bind ("
        let tail = ") (fun () -> \(loop) (\(counter) \(isUp ? "+" : "-") 1)) in \(loop) "
        let all: Template = "\(open)\(head)\(verbatim: body, in: context)\(tail)\(first, as: .argument)"
        return .safe([node.replace(endsItsPhrase(node) ? all : "(\(all))")])
    }

    /// `for_lwt p in stream do e done`.
    static func iteration(_ node: SyntaxNode) -> Fix {
        guard let `do` = node.token(.do), let done = node.token(.done), node.parts.count == 3 else { return damaged }
        let (context, pattern, stream) = (node.context, node.parts[0], node.parts[1])
        guard
            !node.hasComments(outside: [pattern, stream, node.parts[2]])
                || !context.hasComments(in: ByteRange(node.range.start, `do`.range.start))
        else { return .manual("write Lwt_stream.iter_s (fun \(pattern.text) -> …) (\(stream.text))") }
        let end = done.isFirstOnLine ? done.range.start : context.blanksBefore(done.range.start)
        let body = ByteRange(`do`.range.end, end)
        return .safe([
            node.replace(
                "Lwt_stream.iter_s (fun \(parameter(pattern)) ->\(verbatim: body, in: context)) \(stream, as: .argument)"
            )
        ])
    }

    /// `while_lwt c do e done`.
    static func loop(_ node: SyntaxNode) -> Fix {
        if style(node) == .ppx { return .safe([node.replaceKeyword("while%lwt")]) }
        guard node.isWhole, let condition = node.parts.first, let `do` = node.token(.do), let done = node.token(.done)
        else { return damaged }
        let loop = node.context.freshName("loop")
        let brackets = endsItsPhrase(node) ? ("", "") : ("(", ")")
        return .safe(
            [node.replaceKeyword("\(brackets.0)let rec \(loop) () = if")] + condition.parenthesise(as: .element)
                + [
                    `do`.replace("then Lwt.bind ("),
                    done.replace(") \(loop) else Lwt.return_unit in \(loop) ()\(brackets.1)"),
                ])
    }

    /// `assert_lwt e`, which takes all that follows as the condition.
    static func assertion(_ node: SyntaxNode, _ condition: SyntaxNode) -> Fix {
        let brackets = condition.parenthesise(as: .argument)
        guard style(node) != .ppx else { return .safe([node.replaceKeyword("assert%lwt")] + brackets) }
        return .safe([node.replaceKeyword("Lwt.wrap (fun () -> assert")] + brackets + [node.insertBehind(")")])
    }

    // MARK: Sequences

    /// Whether `a >> b` may stay: the ppx of the time reads it itself, and something else in the file calls for the ppx.
    static func mayStaySequence(_ node: SyntaxNode) -> Bool {
        let context = node.context
        guard style(node) == .ppx, context.target < sequencesEnd else { return false }
        return context.showsPPX || readByPPX.contains(where: context.hasNodes)
    }

    /// The constructs that become the ppx's.
    private static let readByPPX: [NodeKind] = [.lwtLet, .lwtMatch, .lwtFor, .lwtWhile, .lwtAssert]

    /// `a >> b`: b is made when a has ended, whatever a gives.
    static func sequence(_ node: SyntaxNode, _ sign: SyntaxToken) -> Fix {
        guard node.isWhole, let left = node.firstChild, let right = node.lastChild else { return damaged }
        var top = node
        while let parent = top.parent, isSequence(parent), parent.firstChild?.index == top.index { top = parent }
        guard endsItsPhrase(top), style(node) != .binds else {
            return .safe(
                [node.insertBefore("Lwt.bind ")] + (isLoop(left) ? [] : left.parenthesise(as: .argument))
                    + [sign.replace("(fun _ ->"), node.insertBehind(")")]
                    + (sign.touchesNext ? [right.insertBefore(" ")] : []))
        }
        let isOperator = style(node) == .letOperators
        // A chain is read from the left: each thread but the last gets a binding of its own, which comes to the same.
        let before = isSequence(left) ? left.lastChild ?? left : left
        let word = (left.range.end == sign.range.start ? " " : "") + "in" + (sign.touchesNext ? " " : "")
        let edits = [.opening(before.range.start, isOperator ? "let* _ = " : "let%lwt _ = "), sign.replace(word)]
        return isOperator ? .review(edits, [scope]) : .safe(edits)
    }

    /// Whether its own edits put parentheses around it.
    private static func isLoop(_ node: SyntaxNode) -> Bool {
        style(node) != .ppx && (node.kind == .lwtFor || node.kind == .lwtWhile)
    }

    private static func isSequence(_ node: SyntaxNode) -> Bool {
        node.infixOperator?.reads(">>") ?? false
    }

    /// Whether nothing but the end of what is around it follows: a `let … in` may stand there without parentheses, and reads well.
    private static func endsItsPhrase(_ node: SyntaxNode) -> Bool {
        guard let parent = node.parent, parent.lastChild?.index == node.index else { return false }
        switch parent.kind {
        case .letBinding: return parent.parent?.kind == .letItem
        case .letExpression, .lwtLet, .letModule, .letOpen, .fun, .matchCase, .parenthesised: return true
        case .sequence: return node.nextToken.kind != .semicolon
        default: return false
        }
    }
}

extension SourceContext {
    /// The range without the blanks and line ends in which it ends.
    fileprivate func withoutBlanksAtEnd(_ range: ByteRange) -> ByteRange {
        let rest = bytes(range).reversed().prefix { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
        return ByteRange(range.start, range.end - rest.count)
    }
}
