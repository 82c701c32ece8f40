package import Planning

/// The plan for a terminal: aligned, coloured where colours are wanted, no wider than the window.
package struct PlanText {
    private let plan: Plan
    private let provenance: Provenance
    private let width: Int
    private let colour: Bool
    private var text = ""

    /// - Parameter width: of the window, in columns.
    package static func render(_ plan: Plan, _ provenance: Provenance, width: Int, colour: Bool) -> [UInt8] {
        var writer = PlanText(plan: plan, provenance: provenance, width: max(40, width), colour: colour)
        writer.write()
        return Array(writer.text.utf8)
    }

    private init(plan: Plan, provenance: Provenance, width: Int, colour: Bool) {
        self.plan = plan
        self.provenance = provenance
        self.width = width
        self.colour = colour
    }

    private mutating func write() {
        let removed = plan.removed.joined(separator: ", ")
        let needing = plan.packages.count(where: \.needsCamlp4)
        line(styled("\(needing) of \(plan.packages.count) packages need \(removed)", "1"))
        line(
            (provenance.revision.map { "\($0.prefix(12)), " } ?? "") + (provenance.date.map { "\($0), " } ?? "")
                + plan.world.summary)
        line("")
        let most = plan.totals.map(\.count).max() ?? 1
        for total in plan.totals where total.count > 0 {
            let bar = max(1, total.count * max(10, min(40, width - 34)) / max(1, most))
            line(
                paint("\(total.status.glyph) \(padded(total.status.rawValue, 15))", total.status)
                    + right(total.count, 5) + "  " + paint(String(repeating: "█", count: bar), total.status))
        }
        for wave in plan.waves { write(wave) }
        for day in plan.flagDays {
            line("")
            line(styled("Together: \(day.packages.joined(separator: ", "))", "1"))
        }
    }

    private mutating func write(_ wave: Wave) {
        line("")
        line(styled("Wave \(wave.number)", "1") + ": \(wave.packages.count) packages, frees \(wave.frees)")
        let entries = wave.packages.compactMap(plan.entry)
        let names = min(entries.map { $0.name.count + $0.version.count + 1 }.max() ?? 0, width / 3)
        for entry in entries {
            let head = right(entry.rank ?? 0, 5) + "  " + padded(cut("\(entry.name).\(entry.version)", names), names)
            let status = "  \(entry.status.glyph) \(padded(entry.status.rawValue, 14))"
            let numbers = right(entry.transitiveDependents, 5) + "  "
            let rest = width - (5 + 2 + names + 2 + 2 + 14 + 5 + 2)
            let actions = rest > 12 ? cut(entry.actions.joined(separator: "; "), rest) : ""
            line(head + paint(status, entry.status) + numbers + actions)
        }
    }

    private mutating func line(_ line: String) {
        var line = line
        while line.last == " " { line.removeLast() }
        text += line + "\n"
    }

    /// What of the text fits, with a mark where something is left out.
    private func cut(_ text: String, _ width: Int) -> String {
        text.count <= width ? text : text.prefix(max(0, width - 1)) + "…"
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func right(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: " ", count: max(0, width - digits.count)) + digits
    }

    private func paint(_ text: String, _ status: Status) -> String {
        switch status {
        case .free, .declaredOnly: styled(text, "32")
        case .ready: styled(text, "36")
        case .blocked, .unreleased: styled(text, "33")
        case .together, .optional: styled(text, "35")
        case .noReplacement: styled(text, "31")
        case .legacy, .notInstallable, .unknown: styled(text, "2")
        }
    }

    private func styled(_ text: String, _ code: String) -> String { colour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}
