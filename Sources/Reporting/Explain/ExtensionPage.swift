package import Findings
import Text

/// What there is to tell of one syntax extension, for one day and style: its names, its replacement, and its rules with
/// examples, whose second halves are what the rules make of them for that day.
package struct ExtensionPage: Sendable {
    package let entry: SyntaxExtension
    package let aim: Aim
    package let rules: [RulePage]

    /// - Parameter rule: the id of the only rule to tell of; nil for all.
    package init(_ entry: SyntaxExtension, _ index: ExtensionIndex, aim: Aim, only rule: String? = nil) {
        self.entry = entry
        self.aim = aim
        let scanner = SourceScanner(index, nil, aim: aim)
        let on = index.closure(of: [entry.id])
        rules = entry.rules.filter { rule == nil || $0.id == rule }.map { RulePage($0, scanner, on) }
    }

    /// The best replacement on that day.
    package var step: Replacement.Step? { entry.replacement.step(on: aim.target) }

    /// Its names by kind, kinds without names left out.
    package var names: [(kind: String, names: [String])] {
        [
            ("findlib", entry.findlib), ("opam", entry.opam), ("archives", entry.archives),
            ("keywords", entry.keywords + entry.operators), ("quotations", entry.quotations),
            ("generators", entry.generators), ("brings", entry.implies),
        ].filter { !$0.1.isEmpty }.map { (kind: $0.0, names: $0.1) }
    }
}

/// What there is to tell of one rule.
package struct RulePage: Sendable {
    package let id: String
    package let message: String
    package let reported: [Shown]
    /// What looks like the construct and is not.
    package let silent: [String]

    /// An example, and what the rule makes of it.
    package struct Shown: Sendable {
        package let before: String
        /// Nil where a person has to write it.
        package let after: String?
        package let safety: Safety
        package let notes: [String]
    }

    fileprivate init(_ rule: Rule, _ scanner: SourceScanner, _ on: [String]) {
        id = rule.id
        message = rule.message
        var reported: [Shown] = []
        var silent: [String] = []
        for example in rule.examples {
            switch example {
            case .reported(let text), .rewritten(let text, _):
                if let shown = Shown(Self.unmarked(text), rule.id, scanner, on) { reported.append(shown) }
            case .silent(let text), .ordinary(let text): silent.append(text)
            }
        }
        self.reported = reported
        self.silent = silent
    }

    /// How far its edits can be trusted, in the examples, the safest first.
    package var safeties: [Safety] { Safety.allCases.filter { safety in reported.contains { $0.safety == safety } } }

    private static func unmarked(_ text: String) -> String { text.filter { $0 != "«" && $0 != "»" } }
}

extension RulePage.Shown {
    /// Nil where the rule finds nothing with this aim.
    fileprivate init?(_ before: String, _ rule: String, _ scanner: SourceScanner, _ on: [String]) {
        let bytes = Array(before.utf8)
        guard case .scanned(let file) = scanner.scan(bytes, path: "example.ml", turnedOn: on) else { return nil }
        let own = file.findings.filter { $0.rule == rule }
        guard let first = own.first else { return nil }
        let safest: (Safety) -> Int = { Safety.allCases.firstIndex(of: $0) ?? 0 }
        let safety = own.map(\.fix.safety).max { safest($0) < safest($1) } ?? first.fix.safety
        var notes: [String] = []
        for note in own.flatMap(\.fix.notes) where !notes.contains(note) { notes.append(note) }
        self.before = before
        self.safety = safety
        self.notes = notes
        // Constructs of other rules in the example are converted with it: so it reads as it would in a file.
        let script = EditScript(
            file.findings.inNestingOrder().map { EditScript.Group(owner: $0.construct, edits: $0.fix.edits) })
        after = safety == .manual ? nil : String(decoding: script.applied(to: bytes).bytes, as: UTF8.self)
    }
}

extension Replacement.Package {
    /// `lwt_ppx >= 1.0.0`, in opam's words; with findlib's name where it is another.
    package var description: String {
        var text = opam
        if let from { text += " >= \(from)" }
        if let below { text += from == nil ? " < \(below)" : ", < \(below)" }
        guard let findlib, findlib != opam else { return text }
        return "\(findlib) (\(text))"
    }
}

extension Replacement.Step {
    /// `2014-10-12`, `always`, `2014-12-31 to 2025-03-31`.
    package var days: String {
        let first = since.map(\.description) ?? "always"
        guard let until else { return first }
        return since == nil ? "until \(until)" : "\(first) to \(until)"
    }

    /// What a build needs for it, in a line.
    package var needs: String {
        let packages = packages.map(\.description)
        let all = (packages.isEmpty ? ["plain OCaml"] : packages) + (ocaml.map { ["OCaml >= \($0)"] } ?? [])
        return all.joined(separator: ", ")
    }
}
