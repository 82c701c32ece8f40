/// A piece of a file that shows what an extension of a project's own reports, or what it must be silent about.
package struct PrivateExample: Sendable, Hashable {
    package enum Verdict: String, Sendable, Hashable, CaseIterable {
        case report
        case silent
    }

    package let verdict: Verdict
    /// The file that it is taken for: its name decides whether it is a source or a build file.
    package let file: String
    /// Where it is to report, `«` and `»` may say at which ranges exactly.
    package let text: String
    /// The line of the configuration, from 1.
    package let line: Int

    /// From `examples: { report: […], silent: […] }`, where each is a text, or a mapping with `file` and `text`.
    static func all(_ value: ConfigurationReader.Value) throws(Configuration.Failure) -> [PrivateExample] {
        let reader = try value.mapping()
        try reader.onlyKeys(Verdict.allCases.map(\.rawValue))
        var examples: [PrivateExample] = []
        for verdict in Verdict.allCases {
            guard let value = reader[verdict.rawValue] else { continue }
            for entry in value.isList ? try value.list() : [value] {
                examples.append(try one(entry, verdict))
            }
        }
        return examples
    }

    private static func one(
        _ value: ConfigurationReader.Value, _ verdict: Verdict
    ) throws(Configuration.Failure) -> PrivateExample {
        if value.isText {
            return PrivateExample(verdict: verdict, file: "example.ml", text: try value.text(), line: value.line)
        }
        let reader = try value.mapping()
        try reader.onlyKeys(["file", "text"])
        return PrivateExample(
            verdict: verdict, file: try reader["file"]?.text() ?? "example.ml",
            text: try reader.required("text").text(),
            line: value.line)
    }
}
