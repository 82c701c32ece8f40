import Planning

/// Small pictures of the report as SVG text, for use inside the page: colours come from its style by class.
enum Pictures {
    /// One bar of all packages by status.
    static func state(_ plan: Plan) -> String {
        let total = max(1, plan.packages.count)
        var x = 0.0
        var parts: [String] = []
        var words: [String] = []
        for (status, count) in plan.totals where count > 0 {
            let width = 1000.0 * Double(count) / Double(total)
            parts.append(
                "<g class=\"status-\(status.rawValue)\"><title>\(count) \(status.rawValue)</title>"
                    + "<rect class=\"segment\" x=\"\(round(x))\" y=\"1\" width=\"\(round(width))\" height=\"40\"/>"
                    + (width > 24
                        ? "<text x=\"\(round(x + width / 2))\" y=\"26\" text-anchor=\"middle\">\(status.glyph) \(count)</text>"
                        : "") + "</g>")
            words.append("\(count) \(status.rawValue)")
            x += width
        }
        return picture(
            1000, 42, "All \(plan.packages.count) packages: " + words.joined(separator: ", "), parts, isWhole: true)
    }

    /// How many packages still need what is to go: today and after each wave.
    static func waves(_ plan: Plan) -> String {
        var left = plan.packages.count(where: \.needsCamlp4)
        let top = max(1, left)
        var bars = [("now", left)]
        for wave in plan.waves {
            left = max(0, left - wave.frees)
            bars.append(("after \(wave.number)", left))
        }
        let slot = 640.0 / Double(bars.count)
        var parts = ["<path class=\"axis\" d=\"M0 180H640\"/>"]
        for (index, bar) in bars.enumerated() {
            let height = 150.0 * Double(bar.1) / Double(top)
            let x = slot * Double(index)
            parts.append(
                "<rect class=\"segment status-blocked\" x=\"\(round(x + slot * 0.15))\" y=\"\(round(180 - height))\" "
                    + "width=\"\(round(slot * 0.7))\" height=\"\(round(height))\"/>"
                    + "<text x=\"\(round(x + slot / 2))\" y=\"\(round(174 - height))\" text-anchor=\"middle\">\(bar.1)</text>"
                    + "<text class=\"faint\" x=\"\(round(x + slot / 2))\" y=\"196\" text-anchor=\"middle\">\(bar.0)</text>"
            )
        }
        let words = bars.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        return picture(640, 202, "Packages that still need \(plan.removed.joined(separator: ", ")): \(words)", parts)
    }

    static func picture(_ width: Int, _ height: Int, _ words: String, _ parts: [String], isWhole: Bool = false)
        -> String
    {
        "<svg class=\"picture\(isWhole ? " whole" : "")\" viewBox=\"0 0 \(width) \(height)\" role=\"img\" aria-label=\"\(PageEscaping.escape(words))\">"
            + parts.joined() + "</svg>"
    }

    /// With one digit behind the point, and without it where that is 0.
    static func round(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0
            ? String(tenths / 10) : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
