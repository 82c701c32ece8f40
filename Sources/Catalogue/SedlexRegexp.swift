import Findings
import OCamlSyntax
import Text

/// ulex's regular expressions in sedlex's words.
///
/// A sequence becomes a tuple in parentheses, since `a | b, c` would be `(a | b), c` to OCaml; a repetition a constructor; a
/// set an alternative of its elements.
enum SedlexRegexp {
    /// Nil for what sedlex has no word for.
    static func text(_ node: SyntaxNode) -> String? {
        switch node.kind {
        case .name: return node.text
        case .wildcardPattern: return "any"
        case .constant: return isPlain(node) ? node.text : nil
        case .parenthesised: return node.firstChild.flatMap(text)
        case .regexpRange: return range(node)
        case .regexpAlternative: return all(node.children) { text($0) }?.joined(separator: " | ")
        case .regexpSequence:
            return all(node.children) { isAlternative($0) ? atom($0) : text($0) }.map {
                "(\($0.joined(separator: ", ")))"
            }
        case .regexpRepetition: return repetition(node)
        case .regexpSet: return set(node)
        default: return nil
        }
    }

    private static func all(_ nodes: [SyntaxNode], _ make: (SyntaxNode) -> String?) -> [String]? {
        let made = nodes.compactMap(make)
        return made.count == nodes.count ? made : nil
    }

    private static func isAlternative(_ node: SyntaxNode) -> Bool {
        switch node.kind {
        case .parenthesised: node.firstChild.map(isAlternative) ?? false
        case .regexpAlternative: true
        case .regexpSet: !isNegated(node) && node.children.count > 1
        default: false
        }
    }

    /// What may stand behind a constructor.
    private static func atom(_ node: SyntaxNode) -> String? {
        guard let text = text(node) else { return nil }
        switch node.kind {
        case .name, .wildcardPattern, .constant, .regexpSequence: return text
        case .parenthesised where text.hasPrefix("("): return text
        default: return "(\(text))"
        }
    }

    private static func repetition(_ node: SyntaxNode) -> String? {
        guard let child = node.firstChild, let inner = atom(child) else { return nil }
        switch node.lastToken.kind {
        case .star: return "Star \(inner)"
        case .plus: return "Plus \(inner)"
        case .question: return "Opt \(inner)"
        default: return nil
        }
    }

    private static func set(_ node: SyntaxNode) -> String? {
        let elements = all(node.children) { element in
            switch element.kind {
            case .constant where element.firstToken.kind == .string: isPlain(element) ? "Chars \(element.text)" : nil
            default: text(element)
            }
        }
        guard let elements, !elements.isEmpty else { return nil }
        let list = elements.joined(separator: " | ")
        return isNegated(node) ? "Compl (\(list))" : list
    }

    /// `[^ … ]`, whose head camlp4's lexer reads as one token.
    private static func isNegated(_ node: SyntaxNode) -> Bool {
        guard let first = node.firstChild else { return false }
        return node.context.bytes(ByteRange(node.range.start, first.range.start)).contains(UInt8(ascii: "^"))
    }

    private static func range(_ node: SyntaxNode) -> String? {
        guard let first = node.firstChild, let last = node.lastChild, node.children.count == 2,
            first.firstToken.kind == last.firstToken.kind, isPlain(first), isPlain(last)
        else { return nil }
        // `65..70` would be read as two floats.
        return first.firstToken.kind == .integer ? "\(first.text) .. \(last.text)" : "\(first.text)..\(last.text)"
    }

    /// Latin-1 is what ulex reads in its strings, UTF-8 what sedlex does: they agree on ASCII.
    private static func isPlain(_ node: SyntaxNode) -> Bool {
        switch node.firstToken.kind {
        case .integer: true
        case .character, .string: node.bytes.allSatisfy { $0 < 0x80 }
        default: false
        }
    }
}
