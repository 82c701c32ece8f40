import Planning
import Universe

/// What the overview of the page says, as values for its template.
struct WebOverview {
    private let plan: Plan
    private let provenance: Provenance
    private let history: [BurnDownPoint]

    init(_ plan: Plan, _ provenance: Provenance, _ history: [BurnDownPoint]) {
        self.history = history
        self.plan = plan
        self.provenance = provenance
    }

    var context: [String: Any] {
        let needing = plan.packages.filter(\.needsCamlp4)
        let stuck = plan.packages.filter { $0.status == .noReplacement && !plan.removed.contains($0.name) }
        var context: [String: Any] = [
            "title": "Leaving \(removed), together", "removed": removed, "date": plan.date,
            "needing": needing.count, "count": plan.packages.count,
            "now": plan.packages.count { $0.wave == 1 },
            "source": source, "world": "World: \(plan.world.summary).",
            "statePicture": Pictures.state(plan), "wavesPicture": Pictures.waves(plan),
            "statuses": statuses, "first": plan.first.compactMap(plan.entry).filter { $0.wave != nil }.map(lead),
            "hasFirst": plan.first.compactMap(plan.entry).contains { $0.wave != nil }, "next": next,
            "hasDays": !plan.flagDays.isEmpty, "days": plan.flagDays.map(day), "hasStuck": !stuck.isEmpty,
            "stuck": stuck.map(named), "provenance": origin, "hasSkipped": !provenance.skipped.isEmpty,
            "skippedCount": provenance.skipped.count,
            "skipped": provenance.skipped.map { ["path": $0.path, "reason": $0.reason] },
        ]
        let carried = needing.count(where: \.isCarriedAlong)
        if carried > 0 { context["carried"] = carried }
        let optional = plan.packages.count { $0.wave == 1 && !$0.needsCamlp4 }
        if optional > 0 { context["optionalNow"] = optional }
        if let first = history.first, let last = history.last {
            context["history"] = [
                "from": first.date, "to": last.date, "picture": BurnDownPicture(history, plan.removed).inline,
                "steps": steps, "hasNeeds": hasNeeds,
            ]
        }
        if let leftOver { context["leftOver"] = leftOver }
        return context
    }

    private var removed: String { plan.removed.joined(separator: ", ") }

    private var source: String {
        guard let revision = provenance.revision else { return "From a directory of \(provenance.files) opam files." }
        let day = provenance.date.map { " of \($0)" } ?? ""
        return "From commit \(revision.prefix(12))\(day), \(provenance.files) opam files."
    }

    private var statuses: [[String: Any]] {
        plan.totals.filter { $0.count > 0 }.map { status, count in
            [
                "id": status.rawValue, "glyph": status.glyph, "count": count, "definition": status.definition,
                "instruction": status.instruction,
            ]
        }
    }

    private func named(_ entry: PlanEntry) -> [String: Any] {
        [
            "name": entry.name, "version": entry.version, "link": "#package=" + PageEscaping.fragment(entry.name),
            "status": entry.status.rawValue, "glyph": entry.status.glyph, "frees": entry.frees,
        ]
    }

    private func lead(_ entry: PlanEntry) -> [String: Any] {
        var context = named(entry)
        context["direct"] = entry.directDependents
        context["transitive"] = entry.transitiveDependents
        context["frees"] = "\(entry.frees) \(entry.frees == 1 ? "package" : "packages")"
        context["actions"] = entry.actions
        if let path = entry.pathText { context["path"] = path }
        return context
    }

    /// The next ones of the first wave, in the order of the plan.
    private var next: [[String: Any]] {
        let leading = plan.waves.first?.packages.compactMap(plan.entry) ?? []
        return leading.filter { !plan.first.contains($0.name) }.prefix(8).map { entry in
            var context = named(entry)
            context["actions"] = entry.actions.joined(separator: "; ")
            return context
        }
    }

    private func day(_ day: FlagDay) -> [String: Any] {
        [
            "id": day.id, "link": "#day=" + PageEscaping.fragment(day.id), "count": day.packages.count,
            "names": day.packages.joined(separator: ", "), "reason": day.reason,
        ]
    }

    private var hasNeeds: Bool { history.contains { $0.needing != nil } }

    /// What happened between the points of the history, the newest first.
    private var steps: [[String: Any]] {
        history.indices.reversed().map { index in
            let point = history[index]
            let step = index > 0 ? BurnDownStep(from: history[index - 1], to: point) : nil
            let parts = (step?.parts ?? []).filter { !$0.names.isEmpty }
            return [
                "date": point.date, "names": point.names, "direct": point.direct.count, "hasNeeds": hasNeeds,
                "needing": point.needing.map { String($0) } ?? "",
                "parts": parts.map { "\($0.names.count) \($0.title): \($0.names.joined(separator: ", "))" },
            ]
        }
    }

    /// What is still tied after the last wave.
    private var leftOver: String? {
        guard !plan.left.isEmpty else { return nil }
        return "\(plan.left.count) remain after the last wave, since their ways around exclude each other: "
            + plan.left.joined(separator: ", ") + "."
    }

    private var origin: [[String: Any]] {
        var rows: [(String, String)] = []
        if let revision = provenance.revision { rows.append(("Commit", revision)) }
        if let date = provenance.date { rows.append(("Date", date)) }
        rows.append(("Opam files", String(provenance.files)))
        rows.append(("World", plan.world.summary))
        rows.append(("Replacements", "those that existed on \(plan.date)"))
        rows.append(("Needs \(removed)", method))
        rows.append(
            (
                "Dependents",
                "between latest versions, over run-time and build dependencies; an atom counts if some version satisfies it"
            ))
        rows.append(
            ("Evidence", evidence))
        rows.append(("Priority", Plan.priorityFormula))
        return rows.map { ["key": $0.0, "value": $0.1] }
    }

    private var evidence: String {
        let counts = Evidence.allCases.compactMap { level -> String? in
            let count = plan.packages.count { $0.evidence == level && $0.wave != nil }
            return count == 0 ? nil : "\(count) \(level.rawValue)"
        }
        return
            "of packages with something to do: \(counts.joined(separator: ", ")). Metadata does not show that a package "
            + "uses a syntax which a library ships beside its code; reading sources does"
    }

    private var method: String {
        plan.method == "sat"
            ? "decided by a SAT solver: installable with it, and not without it"
            : "decided by \(plan.method)"
    }
}
