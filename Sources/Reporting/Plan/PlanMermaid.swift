package import Planning

/// `graph.mmd`: the packages that go first, what they wait for, and who names them as what blocks it, for places that draw
/// Mermaid in Markdown. The whole graph is in `graph.dot`: Mermaid gives up at some hundreds of edges.
package enum PlanMermaid {
    package static func render(_ plan: Plan) -> [UInt8] {
        var text = "flowchart LR\n"
        var shown: Set<String> = []
        var edges: [String] = []
        var numbers: [String: Int] = [:]
        func node(_ name: String) -> String {
            let number = numbers[name] ?? numbers.count
            numbers[name] = number
            if shown.insert(name).inserted, let entry = plan.entry(name) {
                // Mermaid reads markup and Markdown in labels; a name has letters, digits, `-`, `_` and `+` only.
                text += "  p\(number)[\"\(entry.status.glyph) \(name)\"]\n"
                if let wave = entry.wave { text += "  class p\(number) wave\(min(wave, 4))\n" }
            }
            return "p\(number)"
        }
        for name in plan.first {
            guard let entry = plan.entry(name) else { continue }
            let way = [name] + entry.path.map(\.name)
            for (from, to) in zip(way, way.dropFirst()) { edges.append("  \(node(from)) --> \(node(to))\n") }
            for other in entry.unblocks { edges.append("  \(node(other)) --> \(node(name))\n") }
        }
        text += edges.joined()
        text += "  classDef wave1 fill:#d3ecff,stroke:#0065ad,color:#1c1f24\n"
        text += "  classDef wave2 fill:#ffe6bd,stroke:#a86500,color:#1c1f24\n"
        text += "  classDef wave3 fill:#f9d6ea,stroke:#a8397c,color:#1c1f24\n"
        text += "  classDef wave4 fill:#e4e0fb,stroke:#6350c0,color:#1c1f24\n"
        return Array(text.utf8)
    }
}
