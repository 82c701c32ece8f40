package import Rewriting
import Text

/// What a rewriting run did, in lines: the leftovers with their places, what to look at in the edits that were made, then how
/// many files came out how.
package enum RewriteSummary {
    /// Places that are named of one remark; the others are counted.
    private static let placesNamed = 4

    package static func lines(_ files: [RewrittenFile], unchanged: Int) -> [String] {
        var lines = files.flatMap { $0.leftovers.map(\.description) }
        lines += remarks(files.flatMap(\.reviews))
        let isHalfDone = files.contains { $0.leftovers.contains { $0.kind == .needed } }
        if isHalfDone, files.contains(where: { $0.isChanged && !$0.extensions.isEmpty }) {
            lines.append(
                "note: camlp4 stays on where something still needs it, and it reads no ppx syntax: settle that before building"
            )
        }
        let counts = RewrittenFile.Outcome.allCases.map { outcome in
            let count = files.count { $0.outcome == outcome } + (outcome == .unchanged ? unchanged : 0)
            return "\(count) \(outcome.rawValue)"
        }
        let converted = files.reduce(0) { $0 + $1.converted.count }
        let left = files.reduce(0) { $0 + $1.leftovers.count }
        lines.append(counts.joined(separator: ", ") + " (files); \(converted) constructs converted, \(left) left")
        return lines
    }

    /// One line for each thing that may differ, with its places, in the order in which they are met.
    private static func remarks(_ reviews: [Review]) -> [String] {
        struct Remark: Hashable {
            let rule: String
            let note: String
        }
        var order: [Remark] = []
        var places: [Remark: [String]] = [:]
        for review in reviews {
            let remark = Remark(rule: review.rule, note: review.note)
            if places[remark] == nil { order.append(remark) }
            places[remark, default: []].append("\(review.path):\(review.place.line):\(review.place.column)")
        }
        return order.map { remark in
            let all = places[remark] ?? []
            var text = all.prefix(placesNamed).joined(separator: ", ")
            if all.count > placesNamed {
                text += " and \(all.count - placesNamed) more, which --interactive shows one by one"
            }
            return "look at: \(remark.rule): \(remark.note) (\(text))"
        }
    }
}
