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
        starts()
        together()
        precedences()
        compilers()
        waves()
        noReplacement()
        left()
        disagreements()
        statuses()
        for name in plan.first { cone(name) }
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
        let starting = needing.filter { $0.startsIn == 1 }
        line(
            "**\(now.count)** of them can be free of it now (wave 1), **\(starting.count)** can start to move their sources "
                + "now; the last of \(plan.waves.count) waves ends it.")
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

    /// A package that goes first: why, and what to do.
    private mutating func lead(_ name: String) {
        guard let entry = plan.entry(name) else { return }
        line("## First: \(name)")
        line()
        line("`\(entry.name).\(entry.version)`: **\(entry.status.rawValue)**, \(entry.status.definition).")
        line()
        line("Why it goes first:")
        line()
        line(
            "- \(entry.directDependents) packages depend on it in their latest version directly, "
                + "\(entry.transitiveDependents) directly or through others, \(entry.optionalDependents) optionally; "
                + "\(entry.unblocks.count) name it among what blocks them.")
        line(
            "- Its migration alone frees \(entry.frees) latest versions (decided by the solver); effort: "
                + "\(effortText(entry)).")
        if let path = entry.pathText { line("- What ties it to \(removed): `\(path)`") }
        if entry.status == .declaredOnly {
            line("- To build, it does not require \(removed): by its own metadata \(removed) is optional.")
        }
        let providing = plan.packages.flatMap(\.windows).first { $0.dependency == name && $0.both != nil }
        if let window = providing, let ppx = window.ppx {
            line("- Its users need not wait for each other: \(ppx) serves before and after their move.")
        }
        line()
        line("What to do:")
        line()
        for (index, action) in entry.actions.enumerated() { line("\(index + 1). \(action)") }
        if ShippedExtension.named(name) != nil, entry.roles.contains(.provides) {
            line(
                "\(entry.actions.count + 1). before a release without its syntax: `caravan split \(name)` writes the packages "
                    + "to split it into, `caravan bounds \(name) VERSION` the upper bounds for who is not ready")
        }
        line()
    }

    private func effortText(_ entry: PlanEntry) -> String {
        let effort = entry.effort
        if effort.constructs == 0 {
            return effort.isEstimated ? "no source to change expected" : "no construct in its sources"
        }
        return "\(effort.constructs) constructs on \(effort.lines) lines\(effort.isEstimated ? ", estimated" : "")"
    }

    private mutating func cone(_ name: String) {
        let universe = plan.graph.universe
        guard let position = universe.position(of: name) else { return }
        let edges = plan.graph.edges.joined().filter {
            $0.to == position && $0.kind != .conflict && $0.from != position
        }
        guard !edges.isEmpty else { return }
        line("## The dependents of \(name)")
        line()
        line("| dependent | kind | constraint | status | wave | dependents |")
        line("| --- | --- | --- | --- | ---: | ---: |")
        // A file may name it twice; the constraints hold together.
        let rows = edges.reduce(into: [(from: Int, kind: EdgeKind, constraints: [String])]()) { rows, edge in
            let constraints = edge.constraint.isEmpty ? [] : [edge.constraint]
            if let last = rows.last, last.from == edge.from, last.kind == edge.kind {
                rows[rows.count - 1].constraints += constraints
            } else {
                rows.append((edge.from, edge.kind, constraints))
            }
        }
        for row in rows {
            let dependent = plan.packages[row.from]
            line(
                "| \(dependent.name).\(dependent.version) | \(row.kind.rawValue) "
                    + "| \(code(row.constraints.joined(separator: " & "))) "
                    + "| \(dependent.status.rawValue) | \(dependent.wave.map(String.init) ?? "") "
                    + "| \(dependent.transitiveDependents) |")
        }
        line()
        let hard = NameGraph.closure(of: position, plan.graph.dependents(NameGraph.hardKinds)).sorted()
        line("Its whole cone (\(hard.count)): " + hard.map { universe.names[$0] }.joined(separator: ", ") + ".")
        line()
    }

    /// Who can move sources before the packages that it depends on have.
    private mutating func starts() {
        let early = plan.packages.filter { ($0.startsIn ?? 0) < ($0.wave ?? 0) && $0.startsIn != nil }
        guard !early.isEmpty else { return }
        line("## What need not wait")
        line()
        line(
            "These can move their own sources before what they depend on has moved: versions of it that exist serve both their old "
                + "form and their new one (the windows are in plan.json). A release of theirs is free of \(removed) in the wave "
                + "named, and useful before.")
        line()
        line("| package | starts in wave | free in wave | effort | windows |")
        line("| --- | ---: | ---: | --- | --- |")
        for entry in early.sorted(by: { ($0.rank ?? 0) < ($1.rank ?? 0) }) {
            let windows = entry.windows.filter { $0.both != nil }.map { window in
                "\(window.dependency) \(window.both ?? "")"
            }
            line(
                "| \(entry.name).\(entry.version) | \(entry.startsIn.map(String.init) ?? "") "
                    + "| \(entry.wave.map(String.init) ?? "") | \(effortText(entry)) | \(windows.joined(separator: ", ")) |"
            )
        }
        line()
    }

    private mutating func together() {
        line("## What must move together")
        line()
        if plan.flagDays.isEmpty { line("Nothing: no two packages were found that cannot move apart.") }
        for day in plan.flagDays {
            let proof = day.isProved ? " (proved by the solver)" : ""
            line("- **\(day.id)**: \(day.packages.joined(separator: ", "))\(proof): \(day.reason).")
            for name in day.packages where shipsOneForm(name) {
                line("  A version of \(name) that ships both forms would let the others move one by one.")
            }
        }
        line()
    }

    /// Whether no version of a library that its users admit ships both forms of its extension.
    private func shipsOneForm(_ name: String) -> Bool {
        plan.packages.flatMap(\.windows).contains { window in
            window.dependency == name && window.extension != nil && window.both == nil
        }
    }

    private mutating func precedences() {
        guard !plan.precedences.isEmpty else { return }
        line("## What goes before what")
        line()
        line(
            "Proved by the solver: nothing that can be installed holds the second one moved beside the first as it is. Who uses a "
                + "library's syntax is taken from metadata: a dependency on it, and on \(removed) or an extension.")
        line()
        for second in plan.packages.map(\.name) {
            let pairs = plan.precedences.filter { $0.second == second }
            guard !pairs.isEmpty else { continue }
            let what = pairs.compactMap(\.drops).first.map { "\(second) without \($0)" } ?? second
            line("- before **\(what)**: \(pairs.map(\.first).joined(separator: ", "))")
        }
        line()
    }

    /// What ppx ends: compilers before 4.02.
    private mutating func compilers() {
        let movers = plan.packages.filter { $0.hasOwnWork && $0.promisesOldCompilers && $0.wave != nil }
        guard !movers.isEmpty else { return }
        let names = Set(movers.map(\.name))
        let universe = plan.graph.universe
        let dependents = plan.graph.dependents(NameGraph.hardKinds)
        let behind = Set(
            names.compactMap { universe.position(of: $0) }.flatMap { NameGraph.closure(of: $0, dependents) })
        let losing = behind.filter { plan.packages[$0].promisesOldCompilers && !names.contains(plan.packages[$0].name) }
        line("## The oldest compiler: OCaml 4.02")
        line()
        line(
            "A ppx needs OCaml 4.02. \(movers.count) packages that move still promise 4.01, and end that with their move; "
                + "\(losing.count) more promise it and depend on one of them. To be decided once for all: 4.01 is dropped."
        )
        line()
        for wave in plan.waves {
            let members = wave.packages.filter(names.contains)
            guard !members.isEmpty else { continue }
            line("- wave \(wave.number): \(members.joined(separator: ", "))")
        }
        line()
    }

    private mutating func waves() {
        line("## Waves")
        line()
        line(
            "A package stands in the wave after the last of those that block it, so all of a wave can move at the same "
                + "time. Inside a wave the order is by priority = \(Plan.priorityFormula). *Frees* is the number of latest "
                + "versions that become installable without \(removed) if it alone migrates (drops its atoms on \(removed) and "
                + "on packages that are syntax extensions, and lifts its bounds).")
        line()
        for wave in plan.waves {
            line(
                "### Wave \(wave.number): \(wave.packages.count) \(wave.packages.count == 1 ? "package" : "packages"), frees \(wave.frees)"
            )
            line()
            line("| rank | package | status | frees | dependents | effort | priority | what to do |")
            line("| ---: | --- | --- | ---: | ---: | --- | ---: | --- |")
            for name in wave.packages {
                guard let entry = plan.entry(name) else { continue }
                line(
                    "| \(entry.rank.map(String.init) ?? "") | \(entry.name).\(entry.version) | \(entry.status.rawValue) "
                        + "| \(entry.frees) | \(entry.transitiveDependents) | \(effortText(entry)) | \(entry.priority) "
                        + "| \(entry.actions.map(cell).joined(separator: "; ")) |"
                )
            }
            line()
        }
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

    /// What stays tied when all is done, and what is in no wave.
    private mutating func left() {
        let unplaced = plan.packages.filter {
            $0.wave == nil && ($0.status == .unknown || ($0.status == .notInstallable && !$0.path.isEmpty))
        }
        line("## What is left")
        line()
        if plan.left.isEmpty {
            line("After the last wave nothing needs \(removed).")
        } else {
            line(
                "After the last wave, with all bounds lifted, these still cannot be installed without \(removed), since the "
                    + "versions that would do exclude each other:")
            line()
            for name in plan.left {
                guard let entry = plan.entry(name) else { continue }
                line("- \(entry.name).\(entry.version)\(entry.pathText.map { ": `\($0)`" } ?? "")")
            }
        }
        line()
        guard !unplaced.isEmpty else { return }
        line("In no wave, as they cannot be installed at all or cannot be read:")
        line()
        for entry in unplaced {
            let path = entry.pathText.map { ": `\($0)`" } ?? ""
            line("- \(entry.name).\(entry.version) (\(entry.status.rawValue))\(path)")
        }
        line()
    }

    private mutating func disagreements() {
        guard !plan.conflicts.isEmpty else { return }
        line("## Where metadata and sources disagree")
        line()
        line("| package | what | extension | shown by | read |")
        line("| --- | --- | --- | --- | --- |")
        for conflict in plan.conflicts {
            line(
                "| \(conflict.name).\(conflict.version) | \(conflict.kind.rawValue) | \(conflict.extension) "
                    + "| \(cell(conflict.text)) | \(cell(conflict.origin)) |")
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
            "- What opam metadata does not say: that a package uses a syntax that a library ships (`cstruct.syntax`, "
                + "`lwt.syntax`). `--sources` reads the sources; where it did, the evidence is `sources`. A tie that goes "
                + "through others only, or that the build does not need, is `inferred`.")
        for total in plan.totalsByEvidence where total.status != .free {
            line("  - \(total.status.rawValue): \(total.count) from \(total.evidence.rawValue)")
        }
        line("- \"Needs \(removed)\" was decided by \(methodText).")
        line(
            "- Dependents are counted between latest versions, over run-time and build dependencies; an atom counts if some version satisfies it."
        )
        for skipped in provenance.skipped { line("- Not read: \(skipped.path): \(skipped.reason)") }
    }

    private var methodText: String {
        "a SAT solver over dependencies, conflicts and availability: installable with it, and not without it; and so was "
            + "what a migration frees"
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
