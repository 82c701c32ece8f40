package import Planning
import Universe

/// The tables beside `packages.csv`, one file each (RFC 4180), and what several reports count alike.
package enum PlanTables {
    /// Name and content of each file.
    package static func files(_ plan: Plan) -> [(name: String, bytes: [UInt8])] {
        [
            ("dependencies.csv", dependencies(plan)), ("waves.csv", waves(plan)), ("extensions.csv", extensions(plan)),
            ("maintainers.csv", maintainers(plan)),
        ]
    }

    /// How many latest versions have to do with each extension, sorted by name.
    static func extensionCounts(_ plan: Plan) -> [(name: String, packages: Int)] {
        var counts: [String: Int] = [:]
        for entry in plan.packages {
            for name in Set(entry.extensions) { counts[name, default: 0] += 1 }
        }
        return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// For each maintainer, by name, the packages with work to do in the order of the plan, and all.
    package static func work(_ plan: Plan) -> [(maintainer: String, open: [PlanEntry], all: Int)] {
        var open: [String: [PlanEntry]] = [:]
        var all: [String: Int] = [:]
        for entry in plan.packages {
            for person in Set(entry.maintainers.compactMap(MaintainerName.display)) {
                all[person, default: 0] += 1
                if entry.wave != nil { open[person, default: []].append(entry) }
            }
        }
        return all.keys.sorted().map { person in
            let entries = (open[person] ?? []).sorted { ($0.rank ?? 0) < ($1.rank ?? 0) }
            return (person, entries, all[person] ?? 0)
        }
    }

    private static func dependencies(_ plan: Plan) -> [UInt8] {
        let names = plan.graph.universe.names
        let rows = plan.graph.edges.joined().map { edge in
            [names[edge.from], names[edge.to], edge.kind.rawValue, edge.constraint]
        }
        return CSV.render(["from", "to", "kind", "constraint"], rows)
    }

    private static func waves(_ plan: Plan) -> [UInt8] {
        let rows = plan.waves.flatMap { wave in
            wave.packages.enumerated().map { [String(wave.number), String($0 + 1), $1, String(wave.frees)] }
        }
        return CSV.render(["wave", "position", "package", "wave_frees"], rows)
    }

    private static func extensions(_ plan: Plan) -> [UInt8] {
        let counts = Dictionary(uniqueKeysWithValues: extensionCounts(plan).map { ($0.name, $0.packages) })
        let rows = SyntaxPackage.all.map { syntax in
            [
                syntax.extension, syntax.name, String(counts[syntax.extension] ?? 0), syntax.replacement ?? "",
                syntax.since ?? "", String(syntax.isReplaceable(on: plan.date)),
            ]
        }
        return CSV.render(["extension", "package", "packages", "replacement", "since", "replaceable"], rows)
    }

    private static func maintainers(_ plan: Plan) -> [UInt8] {
        let rows = work(plan).map { person in
            [
                CSV.text(person.maintainer), String(person.all), String(person.open.count { $0.wave == 1 }),
                String(person.open.count), person.open.map(\.name).joined(separator: " "),
            ]
        }
        return CSV.render(["maintainer", "packages", "open_now", "open", "open_packages"], rows)
    }
}
