package import Findings
import Text

/// Which findings a run converts; the others stay as they are and are told.
package struct Selection: Sendable {
    /// Ids of rules or extensions; empty for all.
    package var only: Set<String> = []
    package var except: Set<String> = []
    /// Told by rule: what the project's configuration has not turned off.
    package var isCounted: @Sendable (String) -> Bool = { _ in true }
    /// Leaves out what a person should look at.
    package var isSafeOnly = false
    /// What a person chose, where one was asked.
    package var chosen: Set<Place>?

    /// A finding by its rule and where it stood in the file at first.
    package struct Place: Hashable, Sendable {
        package let rule: String
        package let offset: Int

        package init(rule: String, offset: Int) {
            self.rule = rule
            self.offset = offset
        }
    }

    package init() {}

    /// The same for a finding that stands where it always stood.
    package func objection(to finding: Finding) -> String? {
        reason(against: finding, at: Place(rule: finding.rule, offset: finding.start.offset))
    }

    /// Why a finding is left out by whoever started the run; nil where it is converted.
    func reason(against finding: Finding, at place: Place) -> String? {
        if !only.isEmpty, !only.contains(finding.rule), !only.contains(finding.extension) { return "not asked for" }
        if !isCounted(finding.rule) { return "left out by the configuration" }
        if except.contains(finding.rule) || except.contains(finding.extension) { return "left out as asked" }
        if isSafeOnly, finding.fix.safety != .safe { return "its edit needs review: " + finding.fix.advice }
        if let chosen, !chosen.contains(place) { return "not chosen" }
        return nil
    }
}

extension Fix {
    /// The notes in one line.
    package var advice: String { notes.isEmpty ? "see `caravan explain`" : notes.joined(separator: "; ") }
}
