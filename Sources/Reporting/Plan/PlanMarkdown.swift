import OpamFormat
package import Planning
import Universe

/// `plan.md`: the plan as an agenda for people, from what to do first to how it was found out. Everything is listed;
/// nothing is cut.
package struct PlanMarkdown {
    private let plan: Plan
    private let provenance: Provenance
    private var text = ""

    package static func render(_ plan: Plan, _ provenance: Provenance) -> [UInt8] {
        var report = PlanMarkdown(plan, provenance)
        report.write()
        return Array(report.text.utf8)
    }

    private init(_ plan: Plan, _ provenance: Provenance) {
        self.plan = plan
        self.provenance = provenance
    }

    private mutating func write() {
        overview()
        for name in plan.first { lead(name) }
        waves()
        flagDays()
        noReplacement()
        notPlaced()
        statuses()
        method()
    }

    private mutating func line(_ line: String = "") {
        text += line + "\n"
    }

    // MARK: Parts

    private var removed: String { plan.removed.joined(separator: ", ") }

    private mutating func overview() {
        let needing = plan.packages.filter(\.needsCamlp4)
        line("# Leaving \(removed), together")
        line()
        let source = provenance.revision.map { "Commit `\($0.prefix(12))` of \(provenance.date ?? "")" }
        line(
            "\(source ?? "A directory"), \(provenance.files) opam files, \(plan.packages.count) packages."
        )
        line("World: \(worldText). Replacements: what existed on \(plan.date).")
        line()
        line(
            "**\(needing.count) of \(plan.packages.count) packages** cannot be installed in their latest version once "
                + "\(removed) is gone.")
        let now = needing.filter { $0.wave == 1 }
        line("**\(now.count)** of them can move now (wave 1); the last of \(plan.waves.count) waves ends it.")
        let carried = needing.filter(\.isCarriedAlong)
        line(
            "**\(carried.count)** have nothing of their own to change as far as metadata tells: "
                + "they are free as soon as what they depend on is.")
        line()
        line("| status | packages | what it means | what to do |")
        line("| --- | ---: | --- | --- |")
        for total in plan.totals where total.count > 0 {
            let status = total.status
            line("| \(status.rawValue) | \(total.count) | \(status.definition) | \(status.instruction) |")
        }
        line()
    }

    private var worldText: String {
        let ocaml = plan.world.ocaml.map { "OCaml \($0.text)" } ?? "any OCaml"
        let platform = plan.world.anyPlatform ? "any platform" : "\(plan.world.os) \(plan.world.arch)"
        let kinds = (["run-time"] + plan.world.kinds.names).joined(separator: ", ")
        return "\(ocaml), \(platform), \(kinds) dependencies"
    }

    /// A package that goes first: why, what to do, and who comes behind it.
    private mutating func lead(_ name: String) {
        guard let entry = plan.entry(name) else { return }
        line("## First: \(name)")
        line()
        line("`\(entry.name).\(entry.version)`: **\(entry.status.rawValue)**, \(entry.status.definition).")
        if let path = entry.pathText {
            line()
            line("What ties it to \(removed): `\(path)`")
        }
        if entry.status == .declaredOnly {
            line()
            line("To build, it does not require \(removed): by its own metadata \(removed) is optional.")
        }
        line()
        for action in entry.actions { line("- \(action)") }
        line()
        line(
            "Behind it: \(entry.directDependents) packages depend on it in their latest version directly, "
                + "\(entry.transitiveDependents) directly or through others, \(entry.optionalDependents) optionally. "
                + "Its migration alone frees \(entry.frees) latest versions; "
                + "\(entry.unblocks.count) packages name it among what blocks them.")
        line()
        cone(entry)
    }

    private mutating func cone(_ entry: PlanEntry) {
        let universe = plan.graph.universe
        guard let position = universe.position(of: entry.name) else { return }
        let edges = plan.graph.edges.joined().filter {
            $0.to == position && $0.kind != .conflict && $0.from != position
        }
        guard !edges.isEmpty else { return }
        line("| dependent | kind | constraint | status | wave | dependents |")
        line("| --- | --- | --- | --- | ---: | ---: |")
        for edge in edges {
            let dependent = plan.packages[edge.from]
            line(
                "| \(dependent.name).\(dependent.version) | \(edge.kind.rawValue) | \(code(edge.constraint)) "
                    + "| \(dependent.status.rawValue) | \(dependent.wave.map(String.init) ?? "") "
                    + "| \(dependent.transitiveDependents) |")
        }
        line()
        let hard = NameGraph.closure(of: position, plan.graph.dependents(NameGraph.hardKinds)).sorted()
        line("Its whole cone (\(hard.count)): " + hard.map { universe.names[$0] }.joined(separator: ", ") + ".")
        line()
    }

    private mutating func waves() {
        line("## Waves")
        line()
        line(
            "A package stands in the wave after the last of those that block it, so all of a wave can move at the same "
                + "time. Inside a wave the order is by what a package frees: the number of latest versions that become "
                + "installable without \(removed) if it alone migrates (drops its atoms on \(removed) and on packages "
                + "that are syntax extensions, and lifts its bounds), then by its dependents.")
        line()
        for wave in plan.waves {
            line(
                "### Wave \(wave.number): \(wave.packages.count) \(wave.packages.count == 1 ? "package" : "packages"), frees \(wave.frees)"
            )
            line()
            line("| rank | package | status | frees | dependents | what to do |")
            line("| ---: | --- | --- | ---: | ---: | --- |")
            for name in wave.packages {
                guard let entry = plan.entry(name) else { continue }
                line(
                    "| \(entry.rank.map(String.init) ?? "") | \(entry.name).\(entry.version) | \(entry.status.rawValue) "
                        + "| \(entry.frees) | \(entry.transitiveDependents) | \(entry.actions.map(cell).joined(separator: "; ")) |"
                )
            }
            line()
        }
    }

    private mutating func flagDays() {
        guard !plan.flagDays.isEmpty else { return }
        line("## What must move together")
        line()
        for day in plan.flagDays {
            line("- **\(day.id)**: \(day.packages.joined(separator: ", ")): \(day.reason).")
        }
        line()
    }

    private mutating func noReplacement() {
        let entries = plan.packages.filter { $0.status == .noReplacement && !plan.removed.contains($0.name) }
        guard !entries.isEmpty else { return }
        line("## Without a replacement on \(plan.date)")
        line()
        for entry in entries {
            line("- \(entry.name).\(entry.version): \(entry.actions.joined(separator: "; "))")
        }
        line()
    }

    /// Tied to camlp4 and yet in no wave.
    private mutating func notPlaced() {
        let entries = plan.packages.filter {
            $0.wave == nil && ($0.status == .unknown || ($0.status == .notInstallable && !$0.path.isEmpty))
        }
        guard !entries.isEmpty else { return }
        line("## Not placed in a wave")
        line()
        for entry in entries {
            let path = entry.pathText.map { ": `\($0)`" } ?? ""
            line("- \(entry.name).\(entry.version) (\(entry.status.rawValue))\(path)")
        }
        line()
    }

    private mutating func statuses() {
        line("## Lists by status")
        line()
        for total in plan.totals where total.count > 0 && total.status != .free {
            let names = plan.packages.filter { $0.status == total.status }.map(\.name)
            line("**\(total.status.rawValue)** (\(total.count)): \(names.joined(separator: ", ")).")
            line()
        }
    }

    private mutating func method() {
        line("## How this was found out")
        line()
        line(
            "- From opam metadata alone: that a package uses a syntax that a library ships (`cstruct.syntax`, `lwt.syntax`) is invisible there; `caravan scan` reads sources."
        )
        line("- \"Needs \(removed)\" was decided by \(methodText).")
        line(
            "- Dependents are counted between latest versions, over run-time and build dependencies; an atom counts if some version satisfies it."
        )
        for skipped in provenance.skipped { line("- Not read: \(skipped.path): \(skipped.reason)") }
    }

    private var methodText: String {
        "a SAT solver over dependencies, conflicts and availability: installable with it, and not without it. "
            + "What a migration frees was computed from dependencies alone, so it may say a few too many"
    }

    // MARK: Escaping

    private func code(_ text: String) -> String {
        text.isEmpty ? "" : "`\(cell(text))`"
    }

    /// A bar would end the cell.
    private func cell(_ text: String) -> String {
        text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
    }
}
