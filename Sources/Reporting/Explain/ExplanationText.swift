package import Findings

/// Pages on extensions as plain text, for terminals.
package enum ExplanationText {
    /// A line an extension: its id, its title, what replaces it that day.
    package static func list(_ entries: [SyntaxExtension], on day: TargetDate) -> String {
        let width = entries.map(\.id.count).max() ?? 0
        return entries.map { entry in
            let id = entry.id + String(repeating: " ", count: width - entry.id.count)
            return "\(id)  \(entry.title)\n"
        }.joined()
    }

    package static func page(_ page: ExtensionPage) -> String {
        var lines = ["\(page.entry.id): \(page.entry.title)", ""]
        lines += page.names.map { "  \($0.kind): \($0.names.joined(separator: ", "))" }
        if !page.entry.turnedOn.isEmpty { lines += wrapped("turned on by: \(page.entry.turnedOn)") }
        lines += ["", "Replacement: \(page.entry.replacement.summary)"]
        lines.append("  on \(page.aim.target): \(page.step?.needs ?? "nothing")")
        for step in page.entry.replacement.steps {
            lines.append("  \(step.days): \(step.needs)")
            if let note = step.note { lines += wrapped(note, indent: 4) }
        }
        if !page.entry.caveats.isEmpty {
            lines += ["", "Mind:"]
            for caveat in page.entry.caveats { lines += wrapped("- \(caveat)") }
        }
        for rule in page.rules { lines += [""] + self.rule(rule) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func rule(_ rule: RulePage) -> [String] {
        let safeties = rule.safeties.map(\.rawValue).joined(separator: ", ")
        var lines = ["\(rule.id): \(rule.message) [\(safeties)]"]
        for shown in rule.reported {
            lines.append("")
            lines += shown.before.split(separator: "\n", omittingEmptySubsequences: false).map { "  - \($0)" }
            if let after = shown.after {
                lines += after.split(separator: "\n", omittingEmptySubsequences: false).map { "  + \($0)" }
            }
            for note in shown.notes { lines += wrapped("\(shown.safety.rawValue): \(note)", indent: 4) }
        }
        if !rule.silent.isEmpty {
            lines += ["", "  Not this:"]
            for text in rule.silent {
                lines += text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
            }
        }
        return lines
    }

    /// Lines of about a hundred characters.
    private static func wrapped(_ text: String, indent: Int = 2) -> [String] {
        let blanks = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = blanks
        for word in text.split(separator: " ") {
            if line.count + word.count > 100, line.count > indent {
                lines.append(line)
                line = blanks + (text.hasPrefix("- ") ? "  " : "")
            }
            line += (line.allSatisfy { $0 == " " } ? "" : " ") + word
        }
        return lines + [line]
    }
}
