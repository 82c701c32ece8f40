import Findings
import OCamlSyntax
import Text

/// Stream parsers as plain OCaml: what camlp4's own expansion does, written as a person would.
///
/// Source of the meaning: Camlp4OCamlRevisedParserParser. Of each case only the first component may fail softly, and
/// then the next case is tried; what fails later raises Stream.Error. Neighbouring cases that begin with a terminal share
/// one look at the stream.
struct StreamExpansion {
    private let stream: String
    private let context: SourceContext

    /// One component of a case.
    private struct Component {
        let node: SyntaxNode
        /// The expression behind `??`.
        let message: SyntaxNode?
        /// Pattern, and guard or parser, without the message.
        let parts: [SyntaxNode]
    }

    private struct Case {
        var components: ArraySlice<Component>
        let end: SyntaxNode?
        let body: SyntaxNode
        let comments: [ByteRange]

        var beginsWithTerminal: Bool { components.first?.node.kind == .streamTerminal }
    }

    /// What is done where a component fails.
    private enum Failing {
        case next(ArraySlice<Case>)
        case error(SyntaxNode?)
    }

    private let cases: [Case]
    private let start: SyntaxNode?
    private let comments: [ByteRange]

    /// - Parameter node: a `streamParser`, or a `match` with `parser`. Nil where a part is missing.
    init?(_ node: SyntaxNode) {
        context = node.context
        stream = node.context.freshName("strm")
        var cases: [Case] = []
        for child in node.children where child.kind == .streamCase {
            guard let made = Self.makeCase(child) else { return nil }
            cases.append(made)
        }
        guard !cases.isEmpty, node.isWhole, let word = node.word("parser") else { return nil }
        self.cases = cases
        let behind = node.child(after: word)
        start = behind.flatMap { $0.kind == .streamCase ? nil : $0 }
        let kept = node.children.filter { $0.range.end <= word.range.start || $0.kind == .streamCase }
        comments = node.comments(outside: kept).filter { $0.start > word.range.start }
    }

    private static func makeCase(_ node: SyntaxNode) -> Case? {
        guard node.isWhole, let pattern = node.child(.streamPattern), pattern.isWhole, let body = node.lastChild,
            body.index != pattern.index
        else { return nil }
        var components: [Component] = []
        var kept = [body]
        for child in pattern.children {
            guard child.isWhole, [.streamTerminal, .streamNonterminal, .streamRest].contains(child.kind) else {
                return nil
            }
            let marks = child.ownTokens.first { $0.reads("??") }
            let message = marks.flatMap { child.child(after: $0) }
            let parts = child.children.filter { $0.index != message?.index }
            guard let first = parts.first, child.kind != .streamNonterminal || parts.count == 2 else { return nil }
            components.append(Component(node: child, message: message, parts: parts))
            kept += child.children + [first]
        }
        let end = node.children.first { $0.index != pattern.index && $0.index != body.index }
        return Case(components: components[...], end: end, body: body, comments: node.comments(outside: kept))
    }

    // MARK: Whole parsers

    /// `match Stream.peek strm with …` and what stands before it, for a stream that is called `name`.
    ///
    /// - Parameter indentation: the blanks with which lines of its own begin.
    func function(_ indentation: String) -> (name: String, body: Template) {
        (stream, opening(indentation) + branches(cases[...], indentation))
    }

    /// The same for the stream that an expression gives.
    func match(on scrutinee: SyntaxNode, _ indentation: String) -> Template {
        "let \(stream) = \(scrutinee) in\(context.lineEnd)\(indentation)" + opening(indentation)
            + branches(cases[...], indentation)
    }

    private func opening(_ indentation: String) -> Template {
        var text: Template = ""
        for comment in comments { text += "\(verbatim: comment, in: context)\(context.lineEnd)\(indentation)" }
        if let start, start.kind != .wildcardPattern {
            text += "let \(start) = Stream.count \(stream) in\(context.lineEnd)\(indentation)"
        }
        return text
    }

    // MARK: Cases

    private func branches(_ cases: ArraySlice<Case>, _ indentation: String) -> Template {
        guard let first = cases.first else { return "raise Stream.Failure" }
        guard first.beginsWithTerminal else {
            return commented(first, indentation)
                + rest(of: first, failing: .next(cases.dropFirst()), indentation)
        }
        let group = cases.prefix { $0.beginsWithTerminal }
        var text: Template = "match Stream.peek \(stream) with"
        for entry in group {
            guard let terminal = entry.components.first, let pattern = terminal.parts.first else { continue }
            var others = entry
            others.components = entry.components.dropFirst()
            text += newLine(indentation) + "| " + commented(entry, indentation + "  ") + "Some \(parameter: pattern)"
            if terminal.parts.count > 1 { text += " when \(terminal.parts[1], as: .element)" }
            text += " ->" + newLine(indentation + "    ") + "Stream.junk \(stream);" + newLine(indentation + "    ")
            text += closed(others, indentation + "    ")
        }
        return text + newLine(indentation) + "| _ -> "
            + branches(cases.dropFirst(group.count), indentation + "    ")
    }

    /// The rest of a case where another case follows: in parentheses if it would take that in.
    private func closed(_ entry: Case, _ indentation: String) -> Template {
        let text = rest(of: entry, failing: .error(entry.components.first?.message), indentation)
        let isOpen = entry.components.contains { $0.node.kind == .streamTerminal } || entry.body.endsInCases
        return isOpen ? "(" + text + ")" : text
    }

    private func commented(_ entry: Case, _ indentation: String) -> Template {
        var text: Template = ""
        for comment in entry.comments { text += "\(verbatim: comment, in: context)" + newLine(indentation) }
        return text
    }

    private func newLine(_ indentation: String) -> Template { "\(context.lineEnd)\(indentation)" }

    // MARK: Components

    /// What follows once the components before are consumed.
    private func rest(of entry: Case, failing: Failing, _ indentation: String) -> Template {
        guard let component = entry.components.first else {
            guard let end = entry.end, end.kind != .wildcardPattern else { return "\(entry.body)" }
            return "let \(end) = Stream.count \(stream) in" + newLine(indentation) + "\(entry.body)"
        }
        var others = entry
        others.components = entry.components.dropFirst()
        let message = others.components.first?.message
        let next = rest(of: others, failing: .error(message), indentation)
        return step(component, entry, next, others, failing, indentation)
    }

    private func step(
        _ component: Component, _ entry: Case, _ next: Template, _ others: Case, _ failing: Failing,
        _ indentation: String
    ) -> Template {
        let pattern = component.parts[0]
        switch component.node.kind {
        case .streamTerminal: return terminal(component, others, failing, indentation)
        case .streamRest:
            return pattern.kind == .wildcardPattern
                ? next : "let \(pattern) = \(stream) in" + newLine(indentation) + next
        default: break
        }
        let parser = component.parts[1]
        let call: Template =
            parser.kind == .application ? "\(parser) \(stream)" : "\(parser, as: .argument) \(stream)"
        let isResult =
            others.components.isEmpty && entry.end == nil && pattern.kind == .valuePath
            && pattern.text == entry.body.text
        switch failing {
        case .next(let cases) where cases.isEmpty:
            // Nothing left to try: a failure is the parser's own, and the last call stays a tail call.
            return isResult ? call : "let \(pattern) = " + call + " in" + newLine(indentation) + next
        case .next(let cases):
            let otherwise = branches(cases, indentation + "  ")
            if isResult {
                return "try " + call + " with Stream.Failure ->" + newLine(indentation + "  ") + otherwise
            }
            // The parser alone may fail softly, what follows it may not.
            return "match (try Some (" + call + ") with Stream.Failure -> None) with" + newLine(indentation)
                + "| Some \(parameter: pattern) ->" + newLine(indentation + "    ")
                + closed(others, indentation + "    ") + newLine(indentation) + "| _ -> " + otherwise
        case .error:
            return "let \(pattern) = (try " + call + " with Stream.Failure -> " + raising(failing, indentation) + ") in"
                + newLine(indentation) + next
        }
    }

    private func terminal(
        _ component: Component, _ others: Case, _ failing: Failing, _ indentation: String
    ) -> Template {
        var text: Template = "match Stream.peek \(stream) with"
        text += newLine(indentation) + "| Some \(parameter: component.parts[0])"
        if component.parts.count > 1 { text += " when \(component.parts[1], as: .element)" }
        text += " ->" + newLine(indentation + "    ") + "Stream.junk \(stream);" + newLine(indentation + "    ")
        text += closed(others, indentation + "    ")
        return text + newLine(indentation) + "| _ -> " + raising(failing, indentation)
    }

    private func raising(_ failing: Failing, _ indentation: String) -> Template {
        switch failing {
        case .next(let cases): branches(cases, indentation + "    ")
        case .error(let message?): "raise (Stream.Error \(message, as: .argument))"
        case .error(nil): "raise (Stream.Error \"\")"
        }
    }
}
