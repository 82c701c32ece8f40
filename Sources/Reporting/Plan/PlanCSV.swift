package import Planning

/// `packages.csv`: one line a package (RFC 4180; lists inside a field are joined by blanks).
package enum PlanCSV {
    package static func render(_ plan: Plan) -> [UInt8] {
        CSV.render(header, plan.packages.map(row))
    }

    private static let header = [
        "name", "version", "status", "roles", "evidence", "available", "needs_camlp4", "wave", "rank", "frees",
        "direct_dependents", "transitive_dependents", "optional_dependents", "extensions", "blocked_by", "unblocks",
        "flag_day", "carried_along", "path", "actions", "starts_in", "priority", "constructs", "lines",
        "effort_estimated",
    ]

    private static func row(_ entry: PlanEntry) -> [String] {
        [
            entry.name, entry.version, entry.status.rawValue, entry.roles.map(\.rawValue).joined(separator: " "),
            entry.evidence.rawValue, String(entry.available), String(entry.needsCamlp4),
            entry.wave.map(String.init) ?? "", entry.rank.map(String.init) ?? "", String(entry.frees),
            String(entry.directDependents),
            String(entry.transitiveDependents), String(entry.optionalDependents),
            entry.extensions.joined(separator: " "), entry.blockedBy.joined(separator: " "),
            entry.unblocks.joined(separator: " "), entry.flagDay ?? "", String(entry.isCarriedAlong),
            entry.pathText ?? "",
            entry.actions.joined(separator: "; "), entry.startsIn.map(String.init) ?? "", String(entry.priority),
            String(entry.effort.constructs), String(entry.effort.lines), String(entry.effort.isEstimated),
        ]
    }
}
