import Text

/// Which extension, and which of its rules, somebody means by a name: its id, a rule's, or any name under which it occurs in
/// build files and sources.
package struct NameSearch: Sendable {
    package struct Answer: Sendable {
        package let entry: SyntaxExtension
        /// The id of the rule that was named; nil for the whole extension.
        package let rule: String?
    }

    private let index: ExtensionIndex

    package init(_ index: ExtensionIndex) { self.index = index }

    /// Nil where nothing is called so. Ids go before findlib's names, those before opam's, archives, quotations, generators and
    /// keywords.
    package func find(_ name: String) -> Answer? {
        if let entry = index.named(name) { return Answer(entry: entry, rule: nil) }
        for entry in index.all where entry.rules.contains(where: { $0.id == name }) {
            return Answer(entry: entry, rule: name)
        }
        let entry =
            index.findlib(name) ?? index.opam(name) ?? index.archive(name) ?? index.quotation(name)
            ?? index.generator(name) ?? index.all.first { $0.keywords.contains(name) || $0.operators.contains(name) }
        return (entry ?? owner(ofBuildRule: name)).map { Answer(entry: $0, rule: nil) }
    }

    /// Rules for build lines are made of an extension's id: `lwt/package`.
    private func owner(ofBuildRule name: String) -> SyntaxExtension? {
        let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
        return parts.count == 2 && (MetadataScanner.slugs.contains(parts[1]) || parts[1] == "directive")
            ? index.named(parts[0]) : nil
    }

    /// The ids that come nearest to a name that nothing has, the nearest first, five at most.
    package func suggestions(for name: String) -> [String] {
        let known = index.all.flatMap { [$0.id] + $0.rules.map(\.id) + $0.findlib }
        let wanted = Array(name.lowercased().utf8)
        let scored = known.enumerated().compactMap { place, id -> (id: String, distance: Int, place: Int)? in
            let candidate = Array(id.lowercased().utf8)
            let isPart = wanted.count > 2 && (id.lowercased().contains(name.lowercased()))
            let distance = isPart ? 1 : Self.distance(wanted, candidate)
            return distance <= max(1, wanted.count / 3) ? (id, distance, place) : nil
        }
        var seen: Set<String> = []
        return scored.sorted { ($0.distance, $0.place) < ($1.distance, $1.place) }.map(\.id)
            .filter { seen.insert($0).inserted }.prefix(5).map(\.self)
    }

    /// Long names are not looked at: nobody types them by chance.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        left.count < 64 && right.count < 64 ? EditDistance.between(left, right) : .max
    }
}
