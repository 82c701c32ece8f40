/// How much a finding weighs: the gate fails on what weighs more than it was told to bear.
package enum Severity: String, Sendable, Hashable, CaseIterable, Comparable {
    case note
    case warning
    case error

    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .note: 0
        case .warning: 1
        case .error: 2
        }
    }
}

/// Which rules count and how much: what the configuration and the command line say.
package struct RuleSelection: Sendable, Equatable {
    /// Rules or whole extensions that count alone; all where empty.
    package var only: [String]
    /// Rules or extensions that do not count.
    package var except: [String]
    /// By rule or extension; nil stands for off.
    package var severities: [String: Severity?]

    package init(only: [String] = [], except: [String] = [], severities: [String: Severity?] = [:]) {
        self.only = only
        self.except = except
        self.severities = severities
    }

    /// The weight of a rule's findings; nil where the rule does not count.
    package func severity(of rule: String) -> Severity? {
        if !only.isEmpty, !only.contains(where: { Self.covers($0, rule) }) { return nil }
        if except.contains(where: { Self.covers($0, rule) }) { return nil }
        if let said = severities[rule] { return said }
        if let said = severities[Self.extensionOf(rule)] { return said }
        return Suppression.rules.contains(rule) ? .warning : .error
    }

    /// `lwt/let` is covered by itself and by `lwt`.
    package static func covers(_ name: String, _ rule: String) -> Bool {
        name == rule || name == extensionOf(rule)
    }

    package static func extensionOf(_ rule: String) -> String { String(rule.prefix { $0 != "/" }) }
}
