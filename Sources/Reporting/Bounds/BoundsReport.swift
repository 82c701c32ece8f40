import OpamFormat
package import Planning
import Text
import Universe

/// `caravan bounds` as text, list, patch and JSON (schema `caravan.bounds/1`).
package struct BoundsReport: Sendable {
    private let bounds: UpperBounds
    private let shown: [UpperBounds.Dependent]
    private let edited: [Int: UpperBounds.Edited]
    private let files: [String: [UInt8]]
    private let provenance: Provenance

    /// - Parameters:
    ///   - chosen: the classes to show.
    ///   - files: the repository's opam files by path.
    package init(
        _ bounds: UpperBounds, chosen: Set<UpperBounds.Evidence>, files: [String: [UInt8]], _ provenance: Provenance
    ) {
        self.bounds = bounds
        self.files = files
        self.provenance = provenance
        shown = bounds.dependents.filter { chosen.contains($0.evidence) }
        var edited: [Int: UpperBounds.Edited] = [:]
        for dependent in shown {
            let path = bounds.universe.packages[dependent.position].path
            edited[dependent.position] = files[path].map { bounds.edited(dependent, $0) } ?? .impossible("no file")
        }
        self.edited = edited
    }

    private var universe: Universe { bounds.universe }
    private var subject: String { "\(bounds.name).\(bounds.version.text)" }
    private func identifier(_ dependent: UpperBounds.Dependent) -> String { universe.identifier(dependent.position) }

    /// What no edit could be made for, in opam's order.
    package var problems: [String] {
        shown.sorted { $0.position < $1.position }.compactMap { dependent in
            guard case .impossible(let reason) = edited[dependent.position] else { return nil }
            return "\(universe.packages[dependent.position].path): not edited: \(reason)"
        }
    }

    private var totals: [(evidence: UpperBounds.Evidence, count: Int)] {
        UpperBounds.Evidence.allCases.map { evidence in
            (evidence, bounds.dependents.filter { $0.evidence == evidence }.count)
        }
    }

    // MARK: Forms

    package func list() -> [UInt8] {
        let positions = shown.map(\.position).sorted()
        return Array(positions.map { universe.identifier($0) + "\n" }.joined().utf8)
    }

    /// In the order of paths, as git has it.
    package func patch() -> [UInt8] {
        let changes = shown.compactMap { dependent -> (path: String, new: [UInt8])? in
            guard case .file(let new) = edited[dependent.position] else { return nil }
            return (universe.packages[dependent.position].path, new)
        }
        var output: [UInt8] = []
        for change in changes.sorted(by: { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }) {
            output += UnifiedDiff.render(path: change.path, from: files[change.path] ?? [], to: change.new)
        }
        return output
    }

    package func text() -> [UInt8] {
        var lines: [String] = []
        let names = Set(bounds.dependents.map { universe.packages[$0.position].name }).count
        lines.append(
            "\(bounds.dependents.count) versions of \(names) packages admit \(subject) and break if they use what it drops:"
        )
        for total in totals where total.count > 0 {
            lines.append("  \(total.evidence.rawValue): \(total.count) (\(total.evidence.definition))")
        }
        if !bounds.writtenForIt.isEmpty {
            lines.append("  \(bounds.writtenForIt.count) more ask for \(subject) or newer, and get no bound.")
        }
        lines.append("")
        for dependent in shown {
            var line =
                "\(identifier(dependent)): \(dependent.evidence.rawValue): \(dependent.texts.joined(separator: ", "))"
            if !dependent.reasons.isEmpty { line += "; \(dependent.reasons.joined(separator: "; "))" }
            lines.append(line)
            for place in dependent.sources?.places ?? [] { lines.append("    \(place)") }
        }
        lines.append("")
        lines.append("The edits as a patch for the repository: --format patch.")
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    package func json() -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("schema", "caravan.bounds/1")
            provenance.write(&json)
            json.field("package", bounds.name)
            json.field("version", bounds.version.text)
            json.object("totals") { json in
                for total in totals { json.field(total.evidence.rawValue, total.count) }
            }
            json.field("written_for_it", bounds.writtenForIt.map { universe.identifier($0) })
            json.array("bounds") { json in
                for dependent in shown { write(dependent, &json) }
            }
        }
        json.finish()
        return json.bytes
    }

    private func write(_ dependent: UpperBounds.Dependent, _ json: inout JSONWriter) {
        json.object { json in
            json.field("package", universe.name(dependent.position))
            json.field("version", universe.packages[dependent.position].version.text)
            json.field("path", universe.packages[dependent.position].path)
            json.field("evidence", dependent.evidence.rawValue)
            json.field("reasons", dependent.reasons)
            json.field("places", dependent.sources?.places ?? [])
            json.field("source", dependent.sources?.origin)
            json.field("optional", dependent.isOptional)
            json.field("dependency", dependent.texts)
            json.field("bound", "< \"\(bounds.version.text)\"")
            json.field("latest", universe.isLatest(dependent.position))
            json.field("transitive_dependents", dependent.weight)
            if case .impossible(let reason) = edited[dependent.position] { json.field("not_edited", reason) }
        }
    }
}
