package import Installability
import OpamFormat
import Text
import Universe

/// `caravan why`: what ties a version to the roots and what would free it.
package struct WhyReport: Sendable {
    package let explanation: NeedExplanation
    private let universe: Universe
    private let world: World
    private let removed: [String]
    private let dropped: [String]
    private let provenance: Provenance
    private let migrating: [String]

    /// - Parameters:
    ///   - removed: the names of the roots as they were asked for.
    ///   - dropped: what migrated packages do not depend on any more.
    package init(
        _ explanation: NeedExplanation, _ analysis: MigrationAnalysis, removed: [String], dropped: [String],
        _ provenance: Provenance
    ) {
        self.explanation = explanation
        self.removed = removed
        self.dropped = dropped
        self.provenance = provenance
        universe = analysis.universe
        world = analysis.needs.world
        migrating = analysis.candidates.map { [universe] in universe.name($0) }
    }

    private var identifier: String { universe.identifier(explanation.position) }
    private var roots: String { removed.joined(separator: ", ") }

    // MARK: Text

    package func text() -> [UInt8] {
        var lines: [String] = []
        switch explanation.answer {
        case .needs:
            lines.append("\(identifier) needs \(roots).")
            lines += steps()
            lines += ways()
        case .free:
            lines.append("\(identifier) does not need \(roots): it can be installed without.")
            lines += optionalParts()
        case .notInstallable:
            lines.append("\(identifier) cannot be installed at all, with or without \(roots).")
            lines += steps()
            if explanation.path == nil {
                lines.append("  It is not available in this world, or conflicts rule it out.")
            }
        case .root:
            lines.append("\(identifier) is what the question is about.")
        }
        if explanation.answer == .needs || explanation.answer == .notInstallable {
            lines += instead()
        }
        lines.append("(\(world.summary))")
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private func steps() -> [String] {
        guard let path = explanation.path else { return [] }
        var lines: [String] = []
        for (depth, step) in path.steps.enumerated() {
            let indent = String(repeating: "  ", count: depth + 1)
            let constraint = step.atom.constraintText
            var line = "\(indent)\(step.kind.rawValue): \(step.atom.name)"
            if !constraint.isEmpty { line += " {\(constraint)}" }
            if !step.alternatives.isEmpty { line += " (or \(step.alternatives.joined(separator: ", ")))" }
            line += step.to.map { " -> \(universe.identifier($0))" } ?? " -> no version of it can be had"
            lines.append(line)
        }
        if !path.isForced {
            lines.append("  The dependencies leave ways around, but conflicts between packages close them.")
        }
        return lines
    }

    private func ways() -> [String] {
        guard let freeing = explanation.freeing else { return [] }
        let what = dropped.joined(separator: ", ")
        guard !freeing.sets.isEmpty else {
            return freeing.isComplete
                ? ["No migration of latest versions (off \(what)) frees it."]
                : ["No small set of migrations that frees it was found."]
        }
        let which = freeing.isComplete ? "all minimal sets" : "the smallest sets found; there may be more"
        return ["Migrating one of these off \(what) frees it (\(which)):"]
            + freeing.sets.map { "  " + names($0).joined(separator: " + ") }
    }

    private func instead() -> [String] {
        let alternatives = explanation.alternatives
        var lines: [String] = []
        if let newest = alternatives.versions.last {
            let age = newest < explanation.position ? "older" : "newer"
            let others = alternatives.versions.count > 1 ? "; \(alternatives.versions.count) versions do" : ""
            lines.append("  \(universe.identifier(newest)), which is \(age), does without\(others).")
        }
        for entry in alternatives.shutOut {
            let age = entry.version > (universe.matches(entry.atom).last ?? 0) ? "newer" : "older"
            lines.append(
                "  With \(universe.identifier(entry.version)), which is \(age) than "
                    + "\(universe.identifier(entry.dependent)) takes (\(text(entry.atom))), it can be installed without."
            )
        }
        if !alternatives.droppable.isEmpty {
            let atoms = alternatives.droppable.map(text).joined(separator: ", or ")
            lines.append("  Once it drops its dependency on \(atoms), it can be installed without.")
        }
        let rootParts = alternatives.optional.filter { removed.contains($0.name) }
        if !rootParts.isEmpty {
            let atoms = rootParts.map(text).joined(separator: ", ")
            lines.append("  It has \(atoms) as an optional dependency too: by its own word it builds without.")
        }
        return lines.isEmpty ? [] : ["Instead:"] + lines
    }

    /// What the version has as an optional part, and need not.
    private func optionalParts() -> [String] {
        let optional = explanation.alternatives.optional
        guard !optional.isEmpty else { return [] }
        let atoms = optional.map(text).joined(separator: ", ")
        return ["It has \(atoms) as an optional dependency, which nobody has to install; what it builds then is lost."]
    }

    private func text(_ atom: PackageAtom) -> String {
        atom.constraint.isEmpty ? atom.name : "\(atom.name) {\(atom.constraintText)}"
    }

    private func names(_ set: [Int]) -> [String] { set.map { migrating[$0] } }

    // MARK: JSON

    package func json() -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("schema", "caravan.why/1")
            provenance.write(&json)
            world.write(removed: removed, &json)
            json.field("package", universe.name(explanation.position))
            json.field("version", universe.packages[explanation.position].version.text)
            json.field("answer", explanation.answer.rawValue)
            json.field("drop", dropped)
            json.field("forced", explanation.path?.isForced ?? true)
            json.array("path") { json in
                for step in explanation.path?.steps ?? [] { write(step, &json) }
            }
            if let freeing = explanation.freeing {
                json.object("freed_by") { json in
                    json.array("sets") { json in
                        for set in freeing.sets {
                            json.array { json in for name in names(set) { json.value(name) } }
                        }
                    }
                    json.field("complete", freeing.isComplete)
                }
            }
            let alternatives = explanation.alternatives
            json.field("instead", alternatives.versions.map { universe.identifier($0) })
            json.array("shut_out") { json in
                for entry in alternatives.shutOut {
                    json.object { json in
                        json.field("dependent", universe.identifier(entry.dependent))
                        json.field("dependency", text(entry.atom))
                        json.field("version", universe.identifier(entry.version))
                    }
                }
            }
            json.field("droppable", alternatives.droppable.map(text))
            json.field("optional", alternatives.optional.map(text))
        }
        json.finish()
        return json.bytes
    }

    private func write(_ step: DependencyPath.Step, _ json: inout JSONWriter) {
        json.object { json in
            json.field("from", universe.identifier(step.from))
            json.field("kind", step.kind.rawValue)
            json.field("name", step.atom.name)
            json.field("constraint", step.atom.constraintText)
            json.field("alternatives", step.alternatives)
            json.field("to", step.to.map { universe.identifier($0) })
        }
    }
}
