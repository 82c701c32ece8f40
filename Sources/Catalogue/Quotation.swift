import Findings
import OCamlSyntax
import Text

/// The parts of a quotation `<:tag@loc< body >>`.
struct Quotation {
    /// Empty for a bare `<< … >>`.
    let tag: String
    /// The bytes between the brackets.
    let body: ByteRange
    let token: SyntaxToken

    var range: ByteRange { token.range }

    /// Nil where the token is no whole quotation.
    init?(_ token: SyntaxToken) {
        guard token.kind == .quotation else { return nil }
        self.token = token
        let range = token.range
        let bytes = token.context.bytes(range)
        var offset = bytes.startIndex + 1
        var tag = offset..<offset
        if offset < bytes.endIndex, bytes[offset] == UInt8(ascii: ":") {
            let start = offset + 1
            offset = start
            while offset < bytes.endIndex, bytes[offset] != UInt8(ascii: "<"), bytes[offset] != UInt8(ascii: "@") {
                offset += 1
            }
            tag = start..<offset
        }
        while offset < bytes.endIndex, bytes[offset] != UInt8(ascii: "<") { offset += 1 }
        guard offset + 1 <= range.end - 2 else { return nil }
        self.tag = String(decoding: bytes[tag], as: UTF8.self)
        body = ByteRange(offset + 1, range.end - 2)
    }
}

extension Rule {
    /// Quotations whose body is a type or an expression and becomes the payload of an extension node of some name.
    ///
    /// - Parameters:
    ///   - nodes: by tag, what stands between `[%` and the payload: `sexp_of:` for types, `sexp` for expressions.
    static func payloadQuotations(
        _ id: String, _ message: String, _ nodes: [(tag: String, node: String)], examples: [Example]
    ) -> Rule {
        Rule(id, message, atTokens: [.quotation], examples: examples) { token in
            guard let quotation = Quotation(token),
                let node = nodes.first(where: { $0.tag == quotation.tag })?.node
            else { return nil }
            return Draft(quotation.range, .certain, payloadFix(quotation, node))
        }
    }

    /// Quotations that need a person.
    static func manualQuotations(
        _ id: String, _ message: String, _ tags: [String], advice: String, examples: [Example]
    ) -> Rule {
        Rule(id, message, atTokens: [.quotation], examples: examples) { token in
            guard let quotation = Quotation(token), tags.contains(quotation.tag) else { return nil }
            return Draft(quotation.range, .certain, .manual(advice))
        }
    }

    static func payloadFix(_ quotation: Quotation, _ node: String) -> Fix {
        let context = quotation.token.context
        let body = context.bytes(quotation.body)
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let first = body.firstIndex(where: { !isBlank($0) }), let last = body.lastIndex(where: { !isBlank($0) })
        else {
            return .manual("an empty quotation has no counterpart")
        }
        if body.contains(UInt8(ascii: "$")) || context.text(quotation.body).contains("<<") {
            return .manual("write [%\(node) …] with what the antiquotations stand for")
        }
        let separator = first == quotation.body.start ? " " : ""
        return .safe([
            Edit(ByteRange(quotation.range.start, quotation.body.start), "[%\(node)\(separator)"),
            Edit(ByteRange(last + 1, quotation.range.end), "]"),
        ])
    }
}

extension Rule {
    /// A rule for a name that the extension makes mean something of its own, which needs a person.
    ///
    /// - Parameter names: lowercase or uppercase names, each a path of its own in the tree.
    static func manualName(
        _ id: String, _ message: String, _ name: StaticString, certainty: Certainty = .possible, advice: String,
        examples: [Example]
    ) -> Rule {
        Rule(id, message, at: [.valuePath, .constructorPath], openings: ["\(name)"], examples: examples) { node in
            node.reads(name) ? Draft(node, certainty, .manual(advice)) : nil
        }
    }
}
