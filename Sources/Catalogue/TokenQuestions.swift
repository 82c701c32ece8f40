import Findings
import OCamlSyntax
import Text

/// Questions that rules of several extensions ask of tokens.
extension SourceContext {
    /// The last token of the atomic expression that begins at `index`: a bracketed one, a literal, a path; nil where
    /// something else begins there.
    func endOfAtom(_ index: Int) -> Int? {
        switch tokens.kind(index) {
        case .leftParen, .begin, .leftBracket, .leftBracketBar, .leftBrace: return structure.partner[index]
        case .integer, .float, .character, .string, .quotedString, .true, .false, .lowercaseIdentifier: return index
        case .uppercaseIdentifier:
            var last = index
            while tokens.kind(last) == .uppercaseIdentifier, tokens.kind(last + 1) == .dot {
                guard [.uppercaseIdentifier, .lowercaseIdentifier].contains(tokens.kind(last + 2)) else { return nil }
                last += 2
            }
            return last
        default: return nil
        }
    }

    /// Whether a keyword may stand here at all: no operand and no operator runs into it from the left.
    func beginsExpressionOrItem(_ index: Int) -> Bool {
        if tokens.isFirstOnLine(index) { return true }
        switch tokens.kind(index - 1) {
        case .endOfFile, .in, .semicolon, .semicolonSemicolon, .arrow, .then, .else, .do, .begin, .leftParen, .equal,
            .struct,
            .sig, .end, .bar, .with, .infixOperator0, .try, .match, .leftArrow, .colonEqual, .comma:
            return true
        default: return false
        }
    }

    /// Whether a pattern may begin here.
    func beginsPattern(_ index: Int) -> Bool {
        switch tokens.kind(index) {
        case .lowercaseIdentifier, .uppercaseIdentifier, .leftParen, .underscore, .leftBrace, .leftBracket,
            .leftBracketBar,
            .backquote, .integer, .string, .character, .lazy, .true, .false:
            true
        default: false
        }
    }
}

extension Rule {
    /// A rule for a word that is a keyword of the extension, which needs a person.
    static func manualWord(
        _ id: String, _ message: String, _ words: [String], certainty: Certainty = .possible, advice: String,
        examples: [Example]
    ) -> Rule {
        Rule(id, message, at: words.map(Trigger.word), examples: examples) { context, index in
            if context.tokens.isValueName(index) { return nil }
            return Draft(context.tokens.range(index), certainty, .manual(advice))
        }
    }
}
