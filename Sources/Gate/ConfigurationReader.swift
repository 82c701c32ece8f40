import Text
import Yams

/// A mapping of the configuration, read key by key. Errors name the line.
struct ConfigurationReader {
    /// The value of a key.
    struct Value {
        let key: String
        let node: Node

        /// From 1; 0 where it is not known.
        var line: Int { node.mark?.line ?? 0 }
        var isText: Bool { node.scalar != nil }
        var isList: Bool { node.sequence != nil }

        func failure(_ reason: String) -> Configuration.Failure {
            Configuration.Failure(line: line, reason: "`\(key)` \(reason)")
        }

        func text() throws(Configuration.Failure) -> String {
            guard let scalar = node.scalar else { throw failure("takes one word or text") }
            return scalar.string
        }

        func texts() throws(Configuration.Failure) -> [String] {
            if isText { return [try text()] }
            return try list().map { value throws(Configuration.Failure) in try value.text() }
        }

        func list() throws(Configuration.Failure) -> [Value] {
            guard let sequence = node.sequence else { throw failure("takes a list") }
            return sequence.map { Value(key: key, node: $0) }
        }

        func mapping() throws(Configuration.Failure) -> ConfigurationReader {
            try ConfigurationReader(node, "`\(key)`")
        }

        /// One of some words; nil never comes back for one that is not among them.
        func word(_ words: [String]) throws(Configuration.Failure) -> String? {
            let text = try text()
            guard words.contains(text) else {
                let hint = NearestWord.find(text, among: words).map { "; did you mean `\($0)`?" } ?? ""
                throw failure("knows no `\(text)`, but \(words.joined(separator: ", "))\(hint)")
            }
            return text
        }
    }

    /// In the file's order.
    let entries: [(key: String, value: Value)]
    private let line: Int
    private let title: String

    init(_ node: Node, _ title: String) throws(Configuration.Failure) {
        line = node.mark?.line ?? 0
        self.title = title
        guard let mapping = node.mapping else {
            throw Configuration.Failure(line: line, reason: "\(title) takes keys with values")
        }
        var entries: [(key: String, value: Value)] = []
        for (key, value) in mapping {
            guard let name = key.scalar?.string else {
                throw Configuration.Failure(line: key.mark?.line ?? 0, reason: "a key of \(title) is no word")
            }
            entries.append((name, Value(key: name, node: value)))
        }
        self.entries = entries
    }

    subscript(_ key: String) -> Value? { entries.last { $0.key == key }?.value }

    func required(_ key: String) throws(Configuration.Failure) -> Value {
        guard let value = self[key] else {
            throw Configuration.Failure(line: line, reason: "\(title) wants the key `\(key)`")
        }
        return value
    }

    func onlyKeys(_ known: [String]) throws(Configuration.Failure) {
        for (key, value) in entries where !known.contains(key) {
            let hint =
                NearestWord.find(key, among: known).map { "; did you mean `\($0)`?" }
                ?? "; there are \(known.joined(separator: ", "))"
            throw Configuration.Failure(line: value.node.mark?.line ?? line, reason: "there is no key `\(key)`\(hint)")
        }
    }
}

/// The word that was probably meant.
package enum NearestWord {
    /// The nearest of some words; nil where none is near.
    package static func find(_ word: String, among words: [String]) -> String? {
        let near = words.map { ($0, EditDistance.between(Array(word.lowercased().utf8), Array($0.utf8))) }
        guard let best = near.min(by: { $0.1 < $1.1 }), best.1 <= max(1, word.utf8.count / 2) else { return nil }
        return best.0
    }
}
