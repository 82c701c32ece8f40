package import Findings

/// Pages on extensions as Markdown: the handbook's pages are these.
package enum ExplanationMarkdown {
    /// The handbook's first page: a table of all extensions.
    ///
    /// - Parameter linked: whether each id leads to the page of its own.
    package static func list(_ entries: [SyntaxExtension], on day: TargetDate, linked: Bool) -> String {
        var lines = [
            "# Syntax extensions of camlp4 and what replaces them", "",
            "As of \(day). `caravan explain ID` prints a page, `--target DATE` for another day.", "",
            "| extension | what it is | replacement | on that day |", "| --- | --- | --- | --- |",
        ]
        for entry in entries {
            let id = linked ? "[\(entry.id)](\(entry.id).md)" : entry.id
            let step = entry.replacement.step(on: day)?.needs ?? "nothing"
            lines.append("| \(id) | \(cell(entry.title)) | \(cell(entry.replacement.summary)) | \(cell(step)) |")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    package static func page(_ page: ExtensionPage) -> String {
        var lines = ["# \(page.entry.id)", "", text("\(page.entry.title)."), ""]
        for (kind, names) in page.names {
            lines.append("- \(kind): \(names.map(code).joined(separator: ", "))")
        }
        if !page.entry.turnedOn.isEmpty { lines.append("- turned on by: \(text(page.entry.turnedOn))") }
        lines += ["", "## Replacement", "", text("\(page.entry.replacement.summary)."), ""]
        if !page.entry.replacement.steps.isEmpty {
            lines += ["| from | what a build needs | what to know |", "| --- | --- | --- |"]
            for step in page.entry.replacement.steps {
                lines.append("| \(step.days) | \(cell(step.needs)) | \(cell(step.note ?? "")) |")
            }
            lines.append("")
        }
        lines.append("On \(page.aim.target): \(text(page.step?.needs ?? "nothing")).")
        if !page.entry.caveats.isEmpty {
            lines += ["", "## Mind", ""] + page.entry.caveats.map { "- \(text($0))" }
        }
        for rule in page.rules { lines += [""] + self.rule(rule) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func rule(_ rule: RulePage) -> [String] {
        var lines = ["## \(rule.id)", "", text("\(rule.message).")]
        for shown in rule.reported {
            lines += [""] + block(shown.before)
            if let after = shown.after { lines += ["", "becomes (\(shown.safety.rawValue)):", ""] + block(after) }
            if !shown.notes.isEmpty { lines.append("") }
            lines += shown.notes.map { "\(shown.safety.rawValue): \(text($0))" }
        }
        if !rule.silent.isEmpty {
            lines += ["", "Not this:"]
            for example in rule.silent { lines += [""] + block(example) }
        }
        return lines
    }

    private static func block(_ code: String) -> [String] {
        ["```ocaml"] + code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) + ["```"]
    }

    private static func code(_ name: String) -> String { name.contains("`") ? name : "`\(name)`" }

    /// Plain text: what Markdown would take for markup is escaped, outside of code.
    private static func text(_ text: String) -> String {
        var result = ""
        var isCode = false
        for character in text {
            if character == "`" { isCode.toggle() }
            if !isCode, "*_<>[]|".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }

    private static func cell(_ text: String) -> String {
        self.text(text).replacing("\n", with: " ")
    }
}
