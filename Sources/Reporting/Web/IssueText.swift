package import Planning

/// What one would write to the maintainers of a package: a text in Markdown for an issue or a pull request, made from the
/// plan alone. Nothing is sent anywhere.
package enum IssueText {
    /// Nil for a package whose maintainers have nothing to do.
    package static func render(_ entry: PlanEntry, _ plan: Plan, _ provenance: Provenance) -> String? {
        guard let wave = entry.wave, !entry.isCarriedAlong, !plan.removed.contains(entry.name) else { return nil }
        let removed = plan.removed.joined(separator: ", ")
        var lines = [title(entry, removed), ""]
        lines.append(
            "The latest version of \(entry.name), \(entry.version), "
                + (entry.needsCamlp4
                    ? "cannot be installed without \(removed)." : "names \(removed) among its dependencies."))
        if let path = entry.pathText { lines += ["", "    \(path)"] }
        if entry.transitiveDependents > 0 {
            let others = entry.transitiveDependents
            lines += [
                "",
                "\(others) \(others == 1 ? "package depends" : "packages depend") on it, directly or through others"
                    + (entry.frees > 1
                        ? "; its move alone would make \(entry.frees) packages installable without \(removed)." : "."),
            ]
        }
        lines += ["", "What would have to happen:", ""]
        lines += entry.actions.map { "- [ ] \($0)" }
        lines += ["", order(entry, wave), ""]
        lines.append("This was worked out by `caravan plan` from \(source(provenance)), for \(plan.world.summary).")
        if entry.extensions.isEmpty == false {
            lines.append("`caravan scan` lists the places in the sources, `caravan rewrite` gives a patch.")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func title(_ entry: PlanEntry, _ removed: String) -> String {
        switch entry.status {
        case .declaredOnly: "# Drop a dependency that ties \(entry.name) to \(removed)"
        case .unreleased: "# Release \(entry.name) without \(removed)"
        case .noReplacement: "# How \(entry.name) can do without \(removed)"
        case .optional: "# Retire the part of \(entry.name) that needs \(removed)"
        case .free, .ready, .blocked, .together, .legacy, .notInstallable, .unknown:
            "# Move \(entry.name) from \(removed) to ppx"
        }
    }

    private static func order(_ entry: PlanEntry, _ wave: Int) -> String {
        if entry.flagDay != nil { return "It and others block each other, so they have to be released on one day." }
        guard !entry.blockedBy.isEmpty else { return "Nothing holds it back: it can move now." }
        return "It is in wave \(wave): these have to move first: \(entry.blockedBy.joined(separator: ", "))."
    }

    private static func source(_ provenance: Provenance) -> String {
        guard let revision = provenance.revision else { return "an opam repository" }
        return "the opam repository at \(revision.prefix(12)) (\(provenance.date ?? "no date"))"
    }
}
