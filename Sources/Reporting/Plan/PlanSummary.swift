package import Planning

/// `summary.md`: what fits into a pull request or the summary of a job: counts, what goes first, the waves.
package enum PlanSummary {
    package static func render(_ plan: Plan, _ provenance: Provenance) -> [UInt8] {
        let removed = plan.removed.joined(separator: ", ")
        let needing = plan.packages.count(where: \.needsCamlp4)
        var text = "### \(needing) of \(plan.packages.count) packages need \(removed)\n\n"
        text += (provenance.revision.map { "Commit `\($0.prefix(12))`" } ?? "A directory")
        text += (provenance.date.map { " of \($0)" } ?? "") + ", \(plan.world.summary).\n\n"
        text += "| status | packages |\n| --- | ---: |\n"
        for total in plan.totals where total.count > 0 {
            text += "| \(total.status.glyph) \(total.status.rawValue) | \(total.count) |\n"
        }
        for entry in plan.first.compactMap(plan.entry) where entry.wave != nil {
            text += "\n**First: \(entry.name)** (\(entry.status.rawValue)): \(entry.directDependents) direct and "
            text += "\(entry.transitiveDependents) transitive dependents. \(entry.actions.joined(separator: "; ")).\n"
        }
        text += "\n| wave | packages | frees | before all |\n| ---: | ---: | ---: | --- |\n"
        for wave in plan.waves {
            let leading = wave.packages.prefix(5).joined(separator: ", ") + (wave.packages.count > 5 ? ", …" : "")
            text += "| \(wave.number) | \(wave.packages.count) | \(wave.frees) | \(leading) |\n"
        }
        if !plan.flagDays.isEmpty {
            text += "\nTogether, on one day: "
            text += plan.flagDays.map { $0.packages.joined(separator: ", ") }.joined(separator: "; ") + ".\n"
        }
        return Array(text.utf8)
    }
}
