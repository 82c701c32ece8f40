package import Findings
import Yams

/// What a project says in `.caravan.yml`: which rules count and how much, which paths, what is known, its own extensions.
package struct Configuration: Sendable {
    package static let fileName = ".caravan.yml"

    /// Relative to the root of the repository.
    package var baseline: String?
    package var selection = RuleSelection()
    package var maxSeverity: Severity?
    /// What is looked at; everything where empty.
    package var paths: [PathPattern] = []
    package var exclude: [PathPattern] = []
    package var target: TargetDate?
    package var extensions: [PrivateExtension] = []

    package init() {}

    /// A key or value that means nothing.
    package struct Failure: Error, Hashable, Sendable {
        /// From 1; 0 where it is not known.
        package let line: Int
        package let reason: String
    }

    /// - Parameter text: YAML.
    package init(reading text: String) throws(Failure) {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch let error as YamlError {
            throw Self.failure(error)
        } catch {
            throw Failure(line: 0, reason: "is no YAML: \(error)")
        }
        // An empty file says nothing.
        guard let node, node.null == nil || node.scalar?.string.isEmpty == false else { return }
        let root = try ConfigurationReader(node, "the file")
        try root.onlyKeys(Self.keys)
        for (key, value) in root.entries { try read(key, value) }
    }

    static let keys = [
        "baseline", "except", "exclude", "extensions", "max-severity", "only", "paths", "rules", "target",
    ]

    private mutating func read(_ key: String, _ value: ConfigurationReader.Value) throws(Failure) {
        switch key {
        case "baseline": baseline = try value.text()
        case "only": selection.only = try value.texts()
        case "except": selection.except = try value.texts()
        case "paths": paths = try value.texts().map(PathPattern.init)
        case "exclude": exclude = try value.texts().map(PathPattern.init)
        case "max-severity": maxSeverity = try value.word(Severity.allCases.map(\.rawValue)).flatMap(Severity.init)
        case "target":
            let text = try value.text()
            guard let date = TargetDate(text) else { throw value.failure("takes a day, YYYY-MM-DD") }
            target = date
        case "rules":
            for (rule, weight) in try value.mapping().entries {
                let word = try weight.word(Severity.allCases.map(\.rawValue) + ["off"])
                selection.severities[rule] = .some(word.flatMap(Severity.init))
            }
        case "extensions":
            for entry in try value.list() { extensions.append(try PrivateExtension(entry.mapping())) }
        default: break
        }
    }

    private static func failure(_ error: YamlError) -> Failure {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            Failure(line: mark.line, reason: "is no YAML: \(problem)")
        default: Failure(line: 0, reason: "is no YAML: \(error)")
        }
    }

    /// Whether a path, relative to the root, is looked at.
    package func looks(at path: String) -> Bool {
        (paths.isEmpty || paths.contains { $0.covers(path) }) && !exclude.contains { $0.covers(path) }
    }

    // MARK: Printing

    /// As YAML, every key in order; a baseline and a severity where they are given, of the others what holds.
    package func text() -> String {
        var text = ""
        func list(_ key: String, _ values: [String]) { text += Self.list(key, values) }
        if let baseline { text += "baseline: \(Self.quoted(baseline))\n" }
        list("except", selection.except)
        list("exclude", exclude.map(\.text))
        text += extensionsText
        if let maxSeverity { text += "max-severity: \(Self.quoted(maxSeverity.rawValue))\n" }
        list("only", selection.only)
        list("paths", paths.map(\.text))
        text += selection.severities.isEmpty ? "rules: {}\n" : "rules:\n"
        for (rule, severity) in selection.severities.sorted(by: { $0.key < $1.key }) {
            text += "  \(Self.quoted(rule)): \(severity?.rawValue ?? "\"off\"")\n"
        }
        return text + "target: \((target ?? .newest).description)\n"
    }

    /// The extensions alone.
    package var extensionsText: String {
        var text = extensions.isEmpty ? "extensions: []\n" : "extensions:\n"
        for entry in extensions {
            text += "  - name: \(Self.quoted(entry.name))\n"
            for (key, values) in entry.lists { text += "    " + Self.list(key, values) }
            text += Self.examples(entry.examples)
            text += "    message: \(Self.quoted(entry.message))\n"
            text += "    replacement: \(Self.quoted(entry.replacement))\n"
        }
        return text
    }

    private static func examples(_ examples: [PrivateExample]) -> String {
        if examples.isEmpty { return "" }
        var text = "    examples:\n"
        for verdict in PrivateExample.Verdict.allCases {
            let entries = examples.filter { $0.verdict == verdict }
            if entries.isEmpty { continue }
            text += "      \(verdict.rawValue):\n"
            for entry in entries { text += "        - {file: \(quoted(entry.file)), text: \(quoted(entry.text))}\n" }
        }
        return text
    }

    private static func list(_ key: String, _ values: [String]) -> String {
        "\(key): [\(values.map(quoted).joined(separator: ", "))]\n"
    }

    /// In double quotes, as JSON and YAML both read it.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
