package import Findings
package import Planning

/// Every file that a plan is written as, in one list: a new one is a line here.
package enum PlanFiles {
    /// - Parameters:
    ///   - history: the burn-down; empty where there is none.
    ///   - catalogue: what is known of extensions.
    /// - Returns: path below the output directory, and content.
    /// - Throws: only if a template of ours does not parse.
    package static func all(
        _ plan: Plan, _ provenance: Provenance, _ history: [BurnDownPoint], _ catalogue: ExtensionIndex
    ) throws -> [(path: String, bytes: [UInt8])] {
        var files: [(path: String, bytes: [UInt8])] = [
            ("index.html", try WebReport.render(plan, provenance, history, catalogue)),
            ("plan.md", PlanMarkdown.render(plan, provenance)),
            ("summary.md", PlanSummary.render(plan, provenance)),
            ("plan.json", PlanJSON.render(plan, provenance)),
            ("stats.json", PlanStats.render(plan, provenance)),
            ("packages.csv", PlanCSV.render(plan)),
        ]
        files += PlanTables.files(plan).map { ($0.name, $0.bytes) }
        files += [("graph.dot", PlanDOT.render(plan)), ("graph.mmd", PlanMermaid.render(plan))]
        files += PlanBadges.files(plan).map { ("badges/\($0.name)", $0.bytes) }
        if !history.isEmpty {
            files.append(("burndown.svg", Array(BurnDownPicture(history, plan.removed).file.utf8)))
            files.append(("history.csv", BurnDownReport(history, roots: plan.removed).csv()))
        }
        return files
    }
}
