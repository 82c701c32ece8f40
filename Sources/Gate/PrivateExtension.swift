import BuildFiles
package import Findings
import OCamlSyntax
import Text

/// A syntax extension of a project's own, described by data: what shows it, what to say, and what to write instead.
package struct PrivateExtension: Sendable, Hashable {
    /// The first part of its rules: `NAME/keyword`, `NAME/quotation`, `NAME/pattern`.
    package let name: String
    package let keywords: [String]
    package let quotations: [String]
    /// findlib packages that turn it on.
    package let findlib: [String]
    /// Its archives in a preprocessor's command line, without suffix.
    package let archives: [String]
    /// What shows it in build files, in PCRE2's syntax. The first group of a match is what is marked, else all of it.
    package let patterns: [String]
    package let message: String
    package let replacement: String
    package let examples: [PrivateExample]

    static let keys = [
        "archives", "examples", "findlib", "keywords", "message", "name", "patterns", "quotations", "replacement",
    ]

    init(_ reader: ConfigurationReader) throws(Configuration.Failure) {
        try reader.onlyKeys(Self.keys)
        let name = try reader.required("name")
        self.name = try name.text()
        guard !self.name.isEmpty, self.name.allSatisfy({ $0.isLetter || $0.isNumber || "_-.".contains($0) }) else {
            throw name.failure("takes letters, digits, `_`, `-` and `.`")
        }
        keywords = try reader["keywords"]?.texts() ?? []
        quotations = try reader["quotations"]?.texts() ?? []
        findlib = try reader["findlib"]?.texts() ?? []
        archives = try reader["archives"]?.texts() ?? []
        patterns = try reader["patterns"]?.texts() ?? []
        message = try reader["message"]?.text() ?? "the syntax extension \(self.name)"
        replacement = try reader.required("replacement").text()
        examples = try reader["examples"].map(PrivateExample.all) ?? []
        if lists.allSatisfy(\.values.isEmpty) {
            throw name.failure(
                "says nothing that shows it: give keywords, quotations, findlib, archives or patterns")
        }
        for pattern in patterns {
            if let fault = Pattern(pattern, blanksCount: true).fault, let value = reader["patterns"] {
                throw value.failure("has `\(pattern)`, which PCRE2 does not take: \(fault)")
            }
        }
    }

    /// The lists by key, as the configuration spells them.
    var lists: [(key: String, values: [String])] {
        [
            ("archives", archives), ("findlib", findlib), ("keywords", keywords), ("patterns", patterns),
            ("quotations", quotations),
        ]
    }

    /// As an entry of the catalogue.
    package var syntaxExtension: SyntaxExtension {
        SyntaxExtension(
            id: name, title: message, findlib: findlib, archives: archives, keywords: keywords, quotations: quotations,
            replacement: Replacement(replacement), rules: [keywordRule, quotationRule])
    }

    private var keywordRule: Rule {
        let words = Set(keywords)
        let advice = replacement
        return Rule(
            "\(name)/keyword", message, atTokens: [.lowercaseIdentifier, .uppercaseIdentifier], examples: []
        ) { token in
            guard words.contains(token.text), !token.standsAsName else { return nil }
            return Draft(token.range, .certain, .manual(advice))
        }
    }

    private var quotationRule: Rule {
        let tags = Set(quotations)
        let advice = replacement
        return Rule("\(name)/quotation", message, atTokens: [.quotation], examples: []) { token in
            guard let tag = Self.tag(token.text), tags.contains(tag) else { return nil }
            return Draft(token.range, .certain, .manual(advice))
        }
    }

    /// `house` of `<:house< … >>` and of `<:house@loc< … >>`.
    private static func tag(_ quotation: String) -> String? {
        guard quotation.hasPrefix("<:") else { return nil }
        return String(quotation.dropFirst(2).prefix { $0 != "<" && $0 != "@" })
    }
}
