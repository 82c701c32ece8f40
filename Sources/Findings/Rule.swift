package import OCamlSyntax
package import Text

/// One construct of one extension: at which nodes to look, what to say, what to write instead, and examples of all of it.
///
/// The examples are its documentation and its tests at once.
package struct Rule: Sendable {
    /// `extension/construct-slug`.
    package let id: String
    /// The id of the extension that it belongs to.
    package let `extension`: String
    /// The construct in a line, as messages name it.
    package let message: String
    package let examples: [Example]
    /// The keywords with which the construct begins: where one stands in a part of a file that cannot be read, it is reported by
    /// itself.
    let words: [String]
    /// The words with which its nodes begin; empty where they may begin with anything.
    let openings: [String]
    let kinds: [NodeKind]
    let tokenKinds: [TokenKind]
    let find: @Sendable (SyntaxNode) -> Draft?
    let findToken: @Sendable (SyntaxToken) -> Draft?

    /// A rule that is asked at nodes.
    ///
    /// - Parameters:
    ///   - openings: where given, the rule is asked only at nodes whose first token reads as one of these.
    ///   - find: the construct at this node, nil where there is none.
    package init(
        _ id: String, _ message: String, at kinds: [NodeKind], openings: [String] = [], words: [String] = [],
        examples: [Example], find: @escaping @Sendable (SyntaxNode) -> Draft?
    ) {
        self.id = id
        self.extension = String(id.prefix { $0 != "/" })
        self.message = message
        self.kinds = kinds
        self.words = words
        self.openings = openings
        self.examples = examples
        self.find = find
        tokenKinds = []
        findToken = { _ in nil }
    }

    /// A rule for what is lexical: quotations, directives, and what stands where the grammar keeps bare tokens.
    package init(
        _ id: String, _ message: String, atTokens kinds: [TokenKind], examples: [Example],
        find: @escaping @Sendable (SyntaxToken) -> Draft?
    ) {
        self.id = id
        self.extension = String(id.prefix { $0 != "/" })
        self.message = message
        self.kinds = []
        words = []
        openings = []
        self.examples = examples
        self.find = { _ in nil }
        tokenKinds = kinds
        findToken = find
    }
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
    /// What a report marks: the whole construct; of an infix operation the operator alone.
    package let range: ByteRange
    /// The construct with its operands; its edits lie in it.
    package let construct: ByteRange
    package let certainty: Certainty
    package let fix: Fix
    /// Further extensions that the construct uses: the generators of a `with` clause.
    package let uses: [String]
    /// Says it more precisely than the rule's own message, where there is more to say.
    package let message: String?
    /// Whether nobody knows what it belongs to, so that the build lines that turn camlp4 on for the file say where to look.
    package let wantsOrigin: Bool
    /// Overrides the rule's extension: a quotation rule finds those of many.
    package let `extension`: String?

    /// - Parameter construct: where it is more than `range`.
    package init(
        _ range: ByteRange, _ certainty: Certainty, _ fix: Fix, construct: ByteRange? = nil, uses: [String] = [],
        message: String? = nil, extension name: String? = nil, wantsOrigin: Bool = false
    ) {
        self.range = range
        self.wantsOrigin = wantsOrigin
        self.construct = construct ?? range
        self.certainty = certainty
        self.fix = fix
        self.uses = uses
        self.message = message
        self.extension = name
    }

    /// The whole of a node.
    package init(
        _ node: SyntaxNode, _ certainty: Certainty, _ fix: Fix, uses: [String] = [], message: String? = nil,
        extension name: String? = nil
    ) {
        self.init(node.range, certainty, fix, uses: uses, message: message, extension: name)
    }
}

/// A piece of code that a rule is known by. `«` marks where a finding begins and `»` where it ends; they nest.
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
