package import Planning
import Universe

/// `graph.dot`: who waits for whom, for Graphviz. An arrow goes from a package to each one that blocks it, and to the first
/// step of its path to camlp4; its style tells the kind of the dependency, the fill of a box the status. The graph of all
/// dependencies is in `plan.json`: with every edge of it a picture of hundreds of packages shows nothing.
package enum PlanDOT {
    package static func render(_ plan: Plan) -> [UInt8] {
        let universe = plan.graph.universe
        let removed = Set(plan.removed)
        let tied = plan.packages.indices.filter {
            !plan.packages[$0].path.isEmpty || removed.contains(plan.packages[$0].name)
        }
        let isTied = Set(tied)
        var text = """
            digraph camlp4 {
              rankdir=RL;
              node [shape=box, style=filled, fillcolor=white, fontname="Helvetica"];
              edge [fontname="Helvetica", fontsize=9];

            """
        for name in tied {
            let entry = plan.packages[name]
            let wave = entry.wave.map { "\\nwave \($0)" } ?? ""
            let label = "\(escaped(entry.name)) \(escaped(entry.version))\\n\(entry.status.rawValue)\(wave)"
            text += "  \"\(escaped(entry.name))\" [label=\"\(label)\", fillcolor=\"\(colour(entry.status))\"];\n"
        }
        for name in tied {
            let entry = plan.packages[name]
            let targets = Set(entry.blockedBy + entry.path.prefix(1).map(\.name))
            for edge in plan.graph.edges[name] where edge.kind != .conflict {
                guard targets.contains(universe.names[edge.to]), isTied.contains(edge.to) else { continue }
                text += "  \"\(escaped(entry.name))\" -> \"\(escaped(universe.names[edge.to]))\" [\(style(edge))];\n"
            }
        }
        return Array((text + "}\n").utf8)
    }

    private static func style(_ edge: NameGraph.Edge) -> String {
        let style =
            switch edge.kind {
            case .depends: "style=solid"
            case .build: "style=bold, color=\"#a05a00\""
            case .test, .doc, .post: "style=dotted, color=\"#606060\""
            case .depopt: "style=dashed, color=\"#3060a0\""
            case .conflict: "style=invis"
            }
        let kind = edge.kind == .depends ? [] : [edge.kind.rawValue]
        let label = (kind + (edge.constraint.isEmpty ? [] : [edge.constraint])).joined(separator: " ")
        return label.isEmpty ? style : style + ", tooltip=\"\(escaped(label))\""
    }

    private static func colour(_ status: Status) -> String {
        switch status {
        case .free, .legacy: "#ffffff"
        case .declaredOnly: "#b7e4c7"
        case .ready: "#d8f3dc"
        case .blocked: "#ffe5b4"
        case .together: "#f7c6d9"
        case .noReplacement: "#e0b0b0"
        case .optional: "#cfe2f3"
        case .unreleased: "#d9d2e9"
        case .notInstallable, .unknown: "#dddddd"
        }
    }

    private static func escaped(_ text: String) -> String {
        var output = ""
        for character in text {
            if character == "\"" || character == "\\" { output.append("\\") }
            output.append(character)
        }
        return output
    }
}
