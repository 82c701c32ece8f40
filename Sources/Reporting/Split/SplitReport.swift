package import Planning
import Text
package import Universe

/// `caravan split` as text and JSON (schema `caravan.split/1`).
package struct SplitReport: Sendable {
    private let split: PackageSplit
    private let universe: Universe
    private let removed: [String]
    private let provenance: Provenance
    private let world: World

    package init(
        _ split: PackageSplit, _ universe: Universe, world: World, removed: [String], _ provenance: Provenance
    ) {
        self.split = split
        self.universe = universe
        self.world = world
        self.removed = removed
        self.provenance = provenance
    }

    private var roots: String { removed.joined(separator: ", ") }
    private func identifier(_ dependent: UpperBounds.Dependent) -> String { universe.identifier(dependent.position) }

    /// Those who use the syntax, or may by what their metadata says.
    private var relying: [UpperBounds.Dependent] {
        split.dependents.filter { $0.evidence == .uses || $0.evidence == .suggests }
    }

    /// The package that says what a dependent relies on.
    private var camlp4Name: String? { split.file(.camlp4)?.name }
    private var ppxName: String? { split.file(.ppx)?.name }

    package func text() -> [UInt8] {
        var lines = ["\(split.name).\(split.version) in parts:"]
        for file in split.files {
            let verdict =
                file.isInstallable
                ? (file.needsRoots ? "needs \(roots)" : "does not need \(roots)") : "cannot be installed"
            lines.append("  \(file.name).\(split.version) (\(file.part.rawValue)): \(verdict)")
        }
        if !split.dropped.isEmpty { lines.append("  the core drops \(split.dropped.joined(separator: ", "))") }
        let unknown = split.dependents.filter { $0.evidence == .unknown }.count
        let unused = split.dependents.filter { $0.evidence == .unused }.count
        lines += [
            "",
            "\(relying.count) versions rely on \(split.camlp4Form) being built by the way, or may; they now name "
                + "\(camlp4Name ?? split.camlp4Form)\(ppxName.map { ", or \($0) once they have moved to \(split.ppxForm)" } ?? "").",
            "Of \(unknown) more metadata cannot tell (--sources reads sources); \(unused) do not use it.", "",
        ]
        for dependent in relying {
            let reasons = dependent.reasons.isEmpty ? "" : "; \(dependent.reasons.joined(separator: "; "))"
            lines.append("\(identifier(dependent)): \(dependent.evidence.rawValue)\(reasons)")
        }
        lines.append("(\(world.summary))")
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    package func json() -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("schema", "caravan.split/1")
            provenance.write(&json)
            world.write(removed: removed, &json)
            json.field("package", split.name)
            json.field("version", split.version)
            json.field("dropped", split.dropped)
            json.array("files") { json in
                for file in split.files {
                    json.object { json in
                        json.field("part", file.part.rawValue)
                        json.field("name", file.name)
                        json.field("path", file.path)
                        json.field("installable", file.isInstallable)
                        json.field("needs_camlp4", file.needsRoots)
                        json.field("text", String(decoding: file.bytes, as: UTF8.self))
                    }
                }
            }
            json.array("dependents") { json in
                for dependent in split.dependents {
                    json.compactObject { json in
                        json.field("package", identifier(dependent))
                        json.field("evidence", dependent.evidence.rawValue)
                        json.field("reasons", dependent.reasons)
                        json.field("latest", universe.isLatest(dependent.position))
                        let relies = dependent.evidence == .uses || dependent.evidence == .suggests
                        json.field("names_now", relies ? camlp4Name : nil)
                        json.field("names_moved", relies ? ppxName : nil)
                    }
                }
            }
        }
        json.finish()
        return json.bytes
    }
}
