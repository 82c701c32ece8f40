/// The uses of camlp4 that a project knows of: one a line, sorted, without totals, so that the baselines of two branches
/// merge as a union of their lines.
///
/// A line is `PATH RULE HASH-ORDINAL`, parted by tabs, and a fourth field with the reason where somebody accepted it by
/// name. Tabs, line ends and backslashes in a path or reason stand as `\t`, `\n` and `\\`. Lines that begin with `#` say
/// something to people.
package struct Baseline: Sendable, Equatable {
    /// Why each accepted use was accepted; empty for those that were there when the baseline was made.
    private var reasons: [FindingIdentity: String]

    package init() {
        reasons = [:]
    }

    package init(_ identities: some Sequence<FindingIdentity>) {
        reasons = [:]
        for identity in identities { reasons[identity] = "" }
    }

    /// Ascending.
    package var identities: [FindingIdentity] { reasons.keys.sorted() }
    package var count: Int { reasons.count }

    package func contains(_ identity: FindingIdentity) -> Bool { reasons[identity] != nil }
    package func reason(for identity: FindingIdentity) -> String? { reasons[identity] }

    /// The baseline without these: what pruning does, and all that it does.
    package func removing(_ identities: some Sequence<FindingIdentity>) -> Baseline {
        var result = self
        for identity in identities { result.reasons[identity] = nil }
        return result
    }

    package mutating func accept(_ identity: FindingIdentity, reason: String) {
        reasons[identity] = reason
    }

    /// The baseline with files under their new names.
    package func renamed(_ newPaths: [String: String]) -> Baseline {
        var result = Baseline()
        for (identity, reason) in reasons {
            result.reasons[newPaths[identity.path].map(identity.at) ?? identity] = reason
        }
        return result
    }

    // MARK: Text

    /// A line that is none of a baseline's.
    package struct Failure: Error, Hashable, Sendable {
        package let line: Int
        package let reason: String
    }

    private static let title = "# caravan baseline 1: known uses of camlp4; kept by `caravan baseline`, shrinks only"

    /// Reads the lines of a baseline in any order; equal ones count once.
    package init(reading text: String) throws(Failure) {
        reasons = [:]
        // By scalars: CR LF is one character.
        for (index, line) in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var line = String(String.UnicodeScalarView(line))
            if line.unicodeScalars.last == "\r" { line.unicodeScalars.removeLast() }
            if line.isEmpty || line.hasPrefix("#") { continue }
            if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].contains(where: line.hasPrefix) {
                throw Failure(
                    line: index + 1,
                    reason: "a merge left its marks: keep the lines of both sides and delete the marks"
                        + " (`*.baseline merge=union` in .gitattributes does so by itself)")
            }
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map { Self.unescaped($0) }
            guard fields.count == 3 || fields.count == 4, let dash = fields[2].lastIndex(of: "-"),
                let ordinal = Int(fields[2][fields[2].index(after: dash)...]), ordinal >= 0
            else {
                throw Failure(line: index + 1, reason: "is no `PATH RULE HASH-NUMBER`, parted by tabs")
            }
            let identity = FindingIdentity(
                rule: fields[1], path: fields[0], surroundings: String(fields[2][..<dash]), ordinal: ordinal)
            let reason = fields.count == 4 ? fields[3] : ""
            if reasons[identity]?.isEmpty ?? true { reasons[identity] = reason }
        }
    }

    /// The same bytes for the same uses, whatever order they came in.
    package func text() -> String {
        var text = Self.title + "\n"
        for identity in identities {
            text += Self.line(identity)
            if let reason = reasons[identity], !reason.isEmpty { text += "\t" + Self.escaped(reason) }
            text += "\n"
        }
        return text
    }

    private static func line(_ identity: FindingIdentity) -> String {
        let path = escaped(identity.path)
        // A line that begins with `#` is for people.
        return (path.hasPrefix("#") ? "\\" : "") + path + "\t" + identity.rule + "\t"
            + "\(identity.surroundings)-\(identity.ordinal)"
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\t": result += "\\t"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func unescaped(_ text: Substring) -> String {
        var result = ""
        var isEscape = false
        for scalar in text.unicodeScalars {
            if isEscape {
                isEscape = false
                switch scalar {
                case "t": result += "\t"
                case "n": result += "\n"
                case "r": result += "\r"
                default: result.unicodeScalars.append(scalar)
                }
            } else if scalar == "\\" {
                isEscape = true
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
