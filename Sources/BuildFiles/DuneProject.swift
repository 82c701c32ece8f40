import Text

extension BuildFormat {
    /// dune's `dune-project`: the dependencies of its `package` stanzas, from which dune writes opam files.
    static let duneProject = BuildFormat("dune-project", takes: { fileName(of: $0) == "dune-project" }) { bytes, file in
        var parser = SExpressionParser(bytes: bytes)
        let stanzas = parser.parse()
        file.problems = parser.problems
        for stanza in stanzas {
            guard let items = stanza.items, items.first.map({ bytes.text($0.range) }) == "package" else { continue }
            let name = items.compactMap { field(["name"], $0, bytes)?.first }.first.map { bytes.text($0.range) }
            for item in items {
                guard let values = field(["depends", "depopts"], item, bytes) else { continue }
                file.lists.append(EntryList(values.map(\.range), .blank, hasConstraints: true))
                for value in values {
                    // `(camlp4 :build)` or `camlp4`.
                    let word = value.items?.first ?? value
                    guard word.items == nil else { continue }
                    file.mentions.append(
                        Mention(
                            .opam(bytes.text(word.range)), at: word.range, scope: nil,
                            component: name.map { "package \($0)" }))
                }
            }
        }
    }

    private static func field(_ names: [String], _ item: SExpression, _ bytes: [UInt8]) -> [SExpression]? {
        guard let items = item.items, let head = items.first, names.contains(bytes.text(head.range)) else { return nil }
        return Array(items.dropFirst())
    }
}
