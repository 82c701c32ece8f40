package import Rewriting

/// What a rewriting run did, in lines: the leftovers with their places, then how many files came out how.
package enum RewriteSummary {
    package static func lines(_ files: [RewrittenFile], unchanged: Int) -> [String] {
        var lines = files.flatMap { $0.leftovers.map(\.description) }
        let counts = RewrittenFile.Outcome.allCases.map { outcome in
            let count = files.count { $0.outcome == outcome } + (outcome == .unchanged ? unchanged : 0)
            return "\(count) \(outcome.rawValue)"
        }
        let converted = files.reduce(0) { $0 + $1.converted.count }
        let left = files.reduce(0) { $0 + $1.leftovers.count }
        lines.append(counts.joined(separator: ", ") + " (files); \(converted) constructs converted, \(left) left")
        return lines
    }
}
