import Findings
import OCamlSyntax
import Text

/// The parts of a quotation `<:tag@loc< body >>`.
struct Quotation {
    /// Empty for a bare `<< … >>`.
    let tag: String
    /// The bytes between the brackets.
    let body: ByteRange
    let range: ByteRange

    /// Nil where the token is no whole quotation.
    init?(_ tokens: SourceTokens, _ index: Int) {
        guard tokens.kind(index) == .quotation else { return nil }
        range = tokens.range(index)
        let bytes = tokens.bytes(range)
        var offset = bytes.startIndex + 1
        var tag: [UInt8] = []
        if offset < bytes.endIndex, bytes[offset] == UInt8(ascii: ":") {
            offset += 1
            while offset < bytes.endIndex, bytes[offset] != UInt8(ascii: "<"), bytes[offset] != UInt8(ascii: "@") {
                tag.append(bytes[offset])
                offset += 1
            }
        }
        while offset < bytes.endIndex, bytes[offset] != UInt8(ascii: "<") { offset += 1 }
        guard offset + 1 <= range.end - 2 else { return nil }
        self.tag = String(decoding: tag, as: UTF8.self)
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
        Rule(id, message, at: [.kind(.quotation)], examples: examples) { context, index in
            guard let quotation = Quotation(context.tokens, index),
                let node = nodes.first(where: { $0.tag == quotation.tag })?.node
            else { return nil }
            return Draft(quotation.range, .certain, payloadFix(quotation, node, context.tokens))
        }
    }

    /// Quotations that need a person.
    static func manualQuotations(
        _ id: String, _ message: String, _ tags: [String], advice: String, examples: [Example]
    ) -> Rule {
        Rule(id, message, at: [.kind(.quotation)], examples: examples) { context, index in
            guard let quotation = Quotation(context.tokens, index), tags.contains(quotation.tag) else { return nil }
            return Draft(quotation.range, .certain, .manual(advice))
        }
    }

    private static func payloadFix(_ quotation: Quotation, _ node: String, _ tokens: SourceTokens) -> Fix {
        let body = tokens.bytes(quotation.body)
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let first = body.firstIndex(where: { !isBlank($0) }), let last = body.lastIndex(where: { !isBlank($0) })
        else {
            return .manual("an empty quotation has no counterpart")
        }
        if body.contains(UInt8(ascii: "$")) || tokens.string(quotation.body).contains("<<") {
            return .manual("write [%\(node) …] with what the antiquotations stand for")
        }
        let separator = first == quotation.body.start ? " " : ""
        return .safe([
            Edit(ByteRange(quotation.range.start, quotation.body.start), "[%\(node)\(separator)"),
            Edit(ByteRange(last + 1, quotation.range.end), "]"),
        ])
    }
}
