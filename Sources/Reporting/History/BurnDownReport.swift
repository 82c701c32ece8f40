package import Planning
import Text

/// `caravan history` as text, CSV and JSON (schema `caravan.history/1`).
package struct BurnDownReport: Sendable {
    private let points: [BurnDownPoint]
    private let steps: [BurnDownStep?]
    private let roots: [String]

    /// How far the history kept to a plan, where one was named.
    private let order: [OrderReport]?

    package init(_ points: [BurnDownPoint], roots: [String], _ order: [OrderReport]? = nil) {
        self.order = order
        self.points = points
        self.roots = roots
        steps = points.indices.map { $0 == 0 ? nil : BurnDownStep(from: points[$0 - 1], to: points[$0]) }
    }

    private var hasNeed: Bool { points.contains { $0.needing != nil } }

    private static let columns = [
        "date", "commit", "names", "versions", "direct_latest", "direct_names", "direct_versions", "optional_latest",
        "reaching_names", "reaching_versions",
    ]

    private func row(_ point: BurnDownPoint) -> [String] {
        let numbers = [
            point.names, point.versions, point.direct.count, point.directNames, point.directVersions, point.optional,
            point.reachingNames, point.reachingVersions,
        ]
        let need = hasNeed ? [point.needing.map(String.init) ?? ""] : []
        return [point.date, String(point.commit.prefix(12))] + numbers.map(String.init) + need
    }

    package func csv() -> [UInt8] {
        let extensions = Set(points.flatMap { $0.extensions.map(\.name) }).sorted()
        let keys = ["migrated", "corrected", "withdrawn", "removed", "appeared", "began"]
        var lines = [Self.columns + (hasNeed ? ["needing_latest"] : []) + keys + extensions.map { "extension_" + $0 }]
        for (point, step) in zip(points, steps) {
            let counts = Dictionary(
                point.extensions.map { ($0.name, $0.count) }, uniquingKeysWith: { first, _ in first })
            lines.append(
                row(point) + keys.map { key in String(step?.parts.first { $0.key == key }?.names.count ?? 0) }
                    + extensions.map { String(counts[$0] ?? 0) })
        }
        return Array(lines.map { $0.joined(separator: ",") + "\r\n" }.joined().utf8)
    }

    package func text() -> [UInt8] {
        let removed = roots.joined(separator: ", ")
        var text =
            "Packages tied to \(removed): D1 depends directly (latest versions), D2 may reach it (names of any version)"
        text += hasNeed ? ", D3 needs it (latest versions; – where the world has none of it).\n\n" : ".\n\n"
        text += "date        packages     D1     D2\(hasNeed ? "     D3" : "")  what happened to D1\n"
        for (point, step) in zip(points, steps) {
            let numbers =
                [point.names, point.direct.count, point.reachingNames].map { String($0) }
                + (hasNeed ? [point.needing.map { String($0) } ?? "–"] : [])
            let widths = [8, 6, 6, 6]
            let cells = zip(numbers, widths).map { number, width in
                String(repeating: " ", count: max(0, width - number.count)) + number
            }
            let parts = step?.parts.filter { !$0.names.isEmpty } ?? []
            let words = parts.map { part in
                let shown = part.names.prefix(4).joined(separator: ", ") + (part.names.count > 4 ? ", …" : "")
                return "\(part.names.count) \(part.title) (\(shown))"
            }
            text += "\(point.date)  \(cells.joined(separator: " "))  \(words.joined(separator: "; "))\n"
        }
        if let last = points.last, !last.extensions.isEmpty {
            text += "\nExtensions on \(last.date), by latest versions that depend on a package which is one:\n"
            for entry in last.extensions.sorted(by: { ($1.count, $0.name) < ($0.count, $1.name) }) {
                text += "  \(entry.name): \(entry.count)\n"
            }
        }
        for report in order ?? [] {
            let check = report.check
            let seen = check.outcomes.count - check.count(.unseen)
            text +=
                "\nPairs of the plan, \(report.title): \(check.outcomes.count), of which \(seen) can be seen here; "
                + "contradicted \(check.count(.contradicted)), kept \(check.count(.kept)), in the same interval "
                + "\(check.count(.together)), open \(check.count(.open)).\n"
            for entry in check.outcomes where entry.outcome == .contradicted {
                text += "  \(entry.pair.second) went before \(entry.pair.first)\n"
            }
        }
        return Array(text.utf8)
    }

    package func json() -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("schema", "caravan.history/1")
            json.field("roots", roots)
            if let order {
                json.object("order") { json in
                    for report in order {
                        json.object(report.key) { json in
                            for outcome in OrderCheck.Outcome.allCases {
                                json.field(outcome.rawValue, report.check.count(outcome))
                            }
                        }
                    }
                }
            }
            json.array("points") { json in
                for (point, step) in zip(points, steps) {
                    json.object { json in
                        json.field("date", point.date)
                        json.field("commit", point.commit)
                        json.field("names", point.names)
                        json.field("versions", point.versions)
                        json.field("direct_latest", point.direct.count)
                        json.field("direct_names", point.directNames)
                        json.field("direct_versions", point.directVersions)
                        json.field("optional_latest", point.optional)
                        json.field("reaching_names", point.reachingNames)
                        json.field("reaching_versions", point.reachingVersions)
                        json.field("needing_latest", point.needing)
                        json.object("extensions") { json in
                            for entry in point.extensions { json.field(entry.name, entry.count) }
                        }
                        json.object("changes") { json in
                            for part in step?.parts ?? [] { json.field(part.key, part.names) }
                        }
                    }
                }
            }
        }
        json.finish()
        return json.bytes
    }
}
