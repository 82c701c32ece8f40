package import Installability
package import Planning
import Text
import Universe

/// `caravan what-if`: what becomes free of the roots if some packages migrate.
package struct WhatIfReport: Sendable {
    private let result: WhatIf
    /// The greedy choice that the packages come from, where the program chose them.
    private let best: BestMigrations?
    private let waves: WaveChange
    private let universe: Universe
    private let needs: NeedAnalysis
    private let candidates: [Int]
    private let idle: [String]
    private let removed: [String]
    private let dropped: [String]
    private let provenance: Provenance

    /// - Parameters:
    ///   - idle: names that were asked for and have nothing to drop.
    ///   - removed: the names of the roots as they were asked for.
    ///   - dropped: what migrated packages do not depend on any more.
    package init(
        _ result: WhatIf, best: BestMigrations?, _ analysis: MigrationAnalysis, waves: WaveChange, idle: [String],
        removed: [String], dropped: [String], _ provenance: Provenance
    ) {
        self.result = result
        self.waves = waves
        self.best = best
        self.idle = idle
        self.removed = removed
        self.dropped = dropped
        self.provenance = provenance
        universe = analysis.universe
        needs = analysis.needs
        candidates = analysis.candidates
    }

    private func name(_ migration: Int) -> String { universe.name(candidates[migration]) }
    private func latest(_ positions: [Int]) -> [Int] { positions.filter(universe.isLatest) }
    private func identifiers(_ positions: [Int]) -> [String] { positions.map { universe.identifier($0) } }

    /// For people: `3 latest versions, 12 in all`.
    private func count(_ positions: [Int]) -> String {
        "\(latest(positions).count) latest, \(positions.count) in all"
    }

    // MARK: Text

    package func text() -> [UInt8] {
        let roots = removed.joined(separator: ", ")
        var lines: [String] = []
        for name in idle {
            let what = dropped.joined(separator: " or ")
            lines.append("\(name): the latest version does not depend on \(what); no change.")
        }
        if let best { lines += choice(best) }
        let names = result.contributions.map { name($0.migration) }
        if names.isEmpty {
            lines.append("Nothing migrates.")
        } else {
            lines.append("If \(names.joined(separator: ", ")) migrate\(names.count == 1 ? "s" : ""):")
            lines.append("  freed of \(roots): \(count(result.freed)) (of \(count(needs.needing)) that need it)")
        }
        if names.count > 1 {
            for contribution in result.contributions {
                lines.append(
                    "  \(name(contribution.migration)): alone \(count(contribution.alone)); "
                        + "without it \(count(contribution.marginal)) fewer")
            }
            lines.append("  only together: \(count(result.onlyTogether)); by more than one: \(count(result.bySeveral))")
        }
        if !names.isEmpty {
            let gone = max(0, waves.before - waves.after)
            lines.append(
                "  \(gone == 1 ? "1 wave vanishes" : "\(gone) waves vanish"): the plan has \(waves.before) now, "
                    + "\(waves.after) then")
            for wave in waves.waves where wave.after < wave.before {
                lines.append("    of the \(wave.before) in wave \(wave.number), \(wave.after) still need \(roots)")
            }
        }
        if !latest(result.freed).isEmpty {
            lines.append("Latest versions freed:")
            lines += identifiers(latest(result.freed)).map { "  " + $0 }
        }
        lines.append("(\(needs.world.summary))")
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private func choice(_ best: BestMigrations) -> [String] {
        var lines = ["What frees most latest versions, step by step:"]
        var total = 0
        for (index, step) in best.steps.enumerated() {
            total += step.freedLatest.count
            let names = step.migrations.map(name).joined(separator: " + ")
            lines.append("  \(index + 1). \(names): \(count(step.freed)); \(total) latest so far")
        }
        lines.append(
            total == best.bound
                ? "  No choice of as many packages frees more; all together free \(best.freeable)."
                : "  No choice of as many packages frees more than \(best.bound) latest versions; all together free "
                    + "\(best.freeable).")
        if let better = best.better {
            lines.append("  Together, these free more: \(better.map(name).joined(separator: ", ")).")
        }
        return lines
    }

    // MARK: JSON

    package func json() -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("schema", "caravan.what-if/1")
            provenance.write(&json)
            needs.world.write(removed: removed, &json)
            json.field("drop", dropped)
            json.field("migrated", result.contributions.map { name($0.migration) })
            json.field("nothing_to_drop", idle)
            write("freed", result.freed, &json)
            json.array("contributions") { json in
                for contribution in result.contributions {
                    json.object { json in
                        json.field("package", name(contribution.migration))
                        write("alone", contribution.alone, &json)
                        write("marginal", contribution.marginal, &json)
                    }
                }
            }
            json.object("interactions") { json in
                write("only_together", result.onlyTogether, &json)
                write("by_several", result.bySeveral, &json)
            }
            json.object("waves") { json in
                json.field("before", waves.before)
                json.field("after", waves.after)
                json.field("vanished", max(0, waves.before - waves.after))
                json.array("packages") { json in
                    for wave in waves.waves {
                        json.compactObject { json in
                            json.field("number", wave.number)
                            json.field("before", wave.before)
                            json.field("after", wave.after)
                        }
                    }
                }
            }
            json.object("need") { json in
                json.field("latest", latest(needs.needing).count)
                json.field("versions", needs.needing.count)
            }
            if let best { write(best, &json) }
        }
        json.finish()
        return json.bytes
    }

    private func write(_ key: String, _ positions: [Int], _ json: inout JSONWriter) {
        json.object(key) { json in
            json.field("latest", identifiers(latest(positions)))
            json.field("versions", identifiers(positions))
        }
    }

    private func write(_ best: BestMigrations, _ json: inout JSONWriter) {
        json.object("best") { json in
            json.array("steps") { json in
                for step in best.steps {
                    json.object { json in
                        json.field("packages", step.migrations.map(name))
                        json.field("latest", step.freedLatest.count)
                        json.field("versions", step.freed.count)
                    }
                }
            }
            json.field("bound", best.bound)
            if let better = best.better { json.field("better", better.map(name)) }
            json.field("freeable", best.freeable)
        }
    }
}
