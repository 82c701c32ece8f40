package import Planning

/// Badges as small SVG files, for the README of a project or a dashboard: how many packages are in each status, and how many
/// need what is to go.
package enum PlanBadges {
    /// Name and content of each file.
    package static func files(_ plan: Plan) -> [(name: String, bytes: [UInt8])] {
        let needing = plan.packages.count(where: \.needsCamlp4)
        let first = badge(
            "need \(plan.removed.joined(separator: ", "))", String(needing), needing == 0 ? "#00734f" : "#a86500")
        return [("needing.svg", Array(first.utf8))]
            + plan.totals.filter { $0.count > 0 }.map { status, count in
                (
                    "\(status.rawValue).svg",
                    Array(badge("\(status.glyph) \(status.rawValue)", String(count), colour(status)).utf8)
                )
            }
    }

    /// Every colour keeps a contrast of 4.5 to white.
    private static func colour(_ status: Status) -> String {
        switch status {
        case .free, .declaredOnly: "#00734f"
        case .ready: "#0065ad"
        case .blocked: "#8a5300"
        case .together: "#a8397c"
        case .noReplacement: "#b83200"
        case .optional: "#6350c0"
        case .unreleased: "#6e6400"
        case .legacy: "#6b6656"
        case .notInstallable, .unknown: "#5e6875"
        }
    }

    /// Widths are those of 11 pixel DejaVu Sans, near enough: 7 pixels a letter.
    private static func badge(_ label: String, _ value: String, _ colour: String) -> String {
        let left = label.count * 7 + 12
        let right = value.count * 8 + 12
        let words = PageEscaping.escape("\(label): \(value)")
        return """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(left + right)" height="20" role="img" aria-label="\(words)">\
            <title>\(words)</title><rect width="\(left)" height="20" fill="#3a3f45"/>\
            <rect x="\(left)" width="\(right)" height="20" fill="\(colour)"/>\
            <g fill="#fff" font-family="DejaVu Sans,Verdana,sans-serif" font-size="11" text-anchor="middle">\
            <text x="\(left / 2)" y="14">\(PageEscaping.escape(label))</text>\
            <text x="\(left + right / 2)" y="14">\(PageEscaping.escape(value))</text></g></svg>

            """
    }
}
