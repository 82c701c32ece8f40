package import OCamlSyntax
package import Text

/// One construct of one extension: what to look for, what to say, what to write instead, and examples of all of it.
///
/// The examples are its documentation and its tests at once.
package struct Rule: Sendable {
    /// At which tokens the rule is asked.
    package enum Trigger: Sendable {
        /// An identifier of exactly this spelling.
        case word(String)
        case kind(TokenKind)
    }

    /// `extension/construct-slug`.
    package let id: String
    /// The construct in a line, as messages name it.
    package let message: String
    package let triggers: [Trigger]
    package let examples: [Example]
    package let find: @Sendable (SourceContext, Int) -> Draft?

    /// - Parameter find: the construct at this significant token, nil where there is none.
    package init(
        _ id: String, _ message: String, at triggers: [Trigger], examples: [Example],
        find: @escaping @Sendable (SourceContext, Int) -> Draft?
    ) {
        self.id = id
        self.message = message
        self.triggers = triggers
        self.examples = examples
        self.find = find
    }

    package var `extension`: String { String(id.prefix { $0 != "/" }) }
}

/// How sure the text alone makes it that the construct is meant.
package enum Certainty: Int, Sendable, Comparable {
    /// Only where the extension is on: ordinary code may look the same.
    case possible
    /// Enough where no build file speaks of the source.
    case likely
    /// Stock OCaml rejects it, so it can be nothing else.
    case certain

    package static func < (left: Certainty, right: Certainty) -> Bool { left.rawValue < right.rawValue }
}

/// What a rule found, before it is known whether its extension is on.
package struct Draft: Sendable {
    package let range: ByteRange
    package let certainty: Certainty
    package let fix: Fix
    /// Further extensions that the construct uses: the generators of a `with` clause.
    package let uses: [String]
    /// Says it more precisely than the rule's own message, where there is more to say.
    package let message: String?
    /// Overrides the rule's extension: a quotation rule finds those of many.
    package let `extension`: String?

    package init(
        _ range: ByteRange, _ certainty: Certainty, _ fix: Fix, uses: [String] = [], message: String? = nil,
        extension name: String? = nil
    ) {
        self.range = range
        self.certainty = certainty
        self.fix = fix
        self.uses = uses
        self.message = message
        self.extension = name
    }
}

/// What rules see of a source.
package struct SourceContext: Sendable {
    package let tokens: SourceTokens
    package let structure: TokenStructure
    package let index: ExtensionIndex
    package let path: String
    /// Whether `##.` occurs, which js_of_ocaml's ppx has and its camlp4 has not. Known once for the whole file.
    package let hasPropertyOperator: Bool

    package init(_ list: TokenList, path: String, index: ExtensionIndex) {
        tokens = SourceTokens(list)
        structure = TokenStructure(tokens)
        self.index = index
        self.path = path
        hasPropertyOperator = list.kinds.indices.contains { token in
            list.kind(token) == .hashOperator && list.text(token, equals: "##.")
        }
    }
}

/// A piece of code that a rule is known by. `‸` marks where a finding begins and where it ends.
package enum Example: Sendable {
    /// Reported at the marked ranges, with the extension on.
    case reported(String)
    /// Not reported, even with the extension on.
    case silent(String)
    /// An ordinary program where the extension is off: not reported when judged by its content.
    case ordinary(String)
    /// Reported, and this is what its edits make of it.
    case rewritten(String, to: String)
}
