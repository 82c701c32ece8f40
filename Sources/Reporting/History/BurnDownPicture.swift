package import Planning

/// The burn-down as SVG: a line for the packages whose latest version depends on what is to go, one for those that cannot be
/// installed without it where the points say so, and for each step of the history a bar of those that left the first line,
/// migrated above removed, and of those that came.
package struct BurnDownPicture {
    private static let width = 960.0
    private static let left = 48.0
    private static let right = 76.0
    private static let lineTop = 24.0
    private static let lineBottom = 250.0
    private static let barBase = 340.0

    private let points: [BurnDownPoint]
    private let removed: String

    package init(_ points: [BurnDownPoint], _ removed: [String]) {
        self.points = points
        self.removed = removed.joined(separator: ", ")
    }

    /// For use inside a page that gives the classes their colours.
    package var inline: String { Pictures.picture(Int(Self.width), 430, words, parts) }

    /// A file of its own, with colours for light and dark surroundings.
    package var file: String {
        let style = """
            <style>text{font:12px "DejaVu Sans",sans-serif;fill:#1c1f24}.faint{fill:#555c66}.axis{stroke:#c9ced6}
            .line{fill:none;stroke-width:2.5}.one{stroke:#0065ad}.two-line{stroke:#a86500;stroke-dasharray:7 4}.migrated{fill:#0065ad}.removed{fill:#b83200}.came{fill:#7a828e}
            .back{fill:#fff}@media (prefers-color-scheme:dark){text{fill:#e9ebee}.faint{fill:#a9b1bb}.axis{stroke:#3c434d}
            .one{stroke:#56b4e9}.two-line{stroke:#e6a53a}.migrated{fill:#56b4e9}.removed{fill:#f1805a}.back{fill:#14171b}}</style>
            """
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(Int(Self.width)) 430\" role=\"img\">"
            + "<title>\(PageEscaping.escape(words))</title>\(style)<rect class=\"back\" width=\"100%\" height=\"100%\"/>"
            + parts.joined() + "</svg>\n"
    }

    private var words: String {
        guard let first = points.first, let last = points.last else { return "No history" }
        return "Packages that depend on \(removed) directly in their latest version: \(first.direct.count) on "
            + "\(first.date), \(last.direct.count) on \(last.date)"
    }

    private var steps: [BurnDownStep] { zip(points, points.dropFirst()).map { BurnDownStep(from: $0, to: $1) } }

    private var parts: [String] { scale + line + bars }

    // MARK: Places

    /// Days since the year 0, nearly: enough to space points.
    private func day(_ date: String) -> Double {
        let fields = date.split(separator: "-").compactMap { Double($0) }
        guard fields.count == 3 else { return 0 }
        return fields[0] * 365.25 + (fields[1] - 1) * 30.44 + fields[2]
    }

    private func x(_ date: String) -> Double {
        guard let first = points.first, let last = points.last else { return Self.left }
        let span = max(1, day(last.date) - day(first.date))
        return Self.left + (Self.width - Self.left - Self.right) * (day(date) - day(first.date)) / span
    }

    private var highest: Int { max(1, points.map { max($0.direct.count, $0.needing ?? 0) }.max() ?? 1) }

    private func y(_ count: Int) -> Double {
        Self.lineBottom - (Self.lineBottom - Self.lineTop) * Double(count) / Double(highest)
    }

    // MARK: Parts

    private var scale: [String] {
        var parts = [
            bar("migrated", Self.left, 267, 10, 10), text(Self.left + 16, 276, "migrated or corrected"),
            bar("removed", Self.left + 170, 267, 10, 10), text(Self.left + 186, 276, "removed or withdrawn"),
            bar("came", Self.left + 340, 267, 10, 10), text(Self.left + 356, 276, "new, since the point before"),
        ]
        parts += legend
        for count in [0, highest / 2, highest] {
            let height = Pictures.round(y(count))
            parts.append(
                "<path class=\"axis\" d=\"M\(Pictures.round(Self.left)) \(height)H\(Pictures.round(Self.width - Self.right))\"/>"
            )
            parts.append(text(Self.left - 6, y(count) + 4, String(count), "faint", "end"))
        }
        let years = Set(points.compactMap { $0.date.split(separator: "-").first.map(String.init) }).sorted()
        for year in years where x("\(year)-01-01") >= Self.left {
            let place = Pictures.round(x("\(year)-01-01"))
            parts.append("<path class=\"axis\" d=\"M\(place) \(Pictures.round(Self.lineBottom))v5\"/>")
            parts.append(text(x("\(year)-01-01"), 424, year, "faint", "middle"))
        }
        return parts
    }

    private var legend: [String] {
        let direct = "depend on \(removed) directly, in their latest version"
        let parts = [sample("one", Self.left), text(Self.left + 32, 14, direct)]
        guard points.contains(where: { $0.needing != nil }) else { return parts }
        return parts + [
            sample("two-line", Self.left + 420),
            text(Self.left + 452, 14, "cannot be installed without it (where it can be with it)"),
        ]
    }

    private func sample(_ kind: String, _ x: Double) -> String {
        "<path class=\"line \(kind)\" d=\"M\(Pictures.round(x)) 10h26\"/>"
    }

    private var line: [String] {
        // A point without a count breaks the line.
        var runs: [[(date: String, count: Int)]] = [[]]
        for point in points {
            if let needing = point.needing {
                runs[runs.count - 1].append((point.date, needing))
            } else if runs.last?.isEmpty == false {
                runs.append([])
            }
        }
        return runs.filter { !$0.isEmpty }.flatMap { curve("two-line", $0) }
            + curve("one", points.map { ($0.date, $0.direct.count) })
    }

    private func curve(_ kind: String, _ counts: [(date: String, count: Int)]) -> [String] {
        guard let last = counts.last else { return [] }
        let path = counts.map { "\(Pictures.round(x($0.date))) \(Pictures.round(y($0.count)))" }.joined(separator: "L")
        let line = "<path class=\"line \(kind)\" d=\"M\(path)h0.1\"/>"
        guard last.date == points.last?.date else { return [line] }
        // The two lines may end close to each other.
        let shift = kind == "one" ? -4.0 : 8.0
        return [line, text(x(last.date) + 6, y(last.count) + shift, "\(last.count) in \(last.date.prefix(4))")]
    }

    private var bars: [String] {
        let steps = steps
        let most = max(
            1, steps.map { leaving($0).migrated + leaving($0).removed }.max() ?? 1, steps.map(coming).max() ?? 1)
        let unit = 58.0 / Double(most)
        let slot = (Self.width - Self.left - Self.right) / Double(max(1, steps.count)) * 0.7
        var parts = [
            "<path class=\"axis\" d=\"M\(Pictures.round(Self.left)) \(Pictures.round(Self.barBase))H\(Pictures.round(Self.width - Self.right))\"/>"
        ]
        for (step, point) in zip(steps, points.dropFirst()) {
            let left = x(point.date) - slot
            let gone = leaving(step)
            let migrated = unit * Double(gone.migrated)
            let words =
                "\(point.date): \(gone.migrated) migrated or corrected, \(gone.removed) removed or withdrawn, \(coming(step)) new"
            parts.append("<g><title>\(PageEscaping.escape(words))</title>")
            parts.append(bar("migrated", left, Self.barBase - migrated, slot, migrated))
            let removed = unit * Double(gone.removed)
            parts.append(bar("removed", left, Self.barBase - migrated - removed, slot, removed))
            parts.append(bar("came", left, Self.barBase + 1, slot, unit * Double(coming(step))))
            parts.append("</g>")
        }
        return parts
    }

    private func leaving(_ step: BurnDownStep) -> (migrated: Int, removed: Int) {
        (step.migrated.count + step.corrected.count, step.withdrawn.count + step.removed.count)
    }

    private func coming(_ step: BurnDownStep) -> Int { step.appeared.count + step.began.count }

    private func bar(_ kind: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double) -> String {
        guard height > 0 else { return "" }
        let numbers = [x, y, width, height].map(Pictures.round)
        return
            "<rect class=\"\(kind)\" x=\"\(numbers[0])\" y=\"\(numbers[1])\" width=\"\(numbers[2])\" height=\"\(numbers[3])\"/>"
    }

    private func text(_ x: Double, _ y: Double, _ text: String, _ kind: String = "", _ anchor: String = "start")
        -> String
    {
        "<text class=\"\(kind)\" x=\"\(Pictures.round(x))\" y=\"\(Pictures.round(y))\" text-anchor=\"\(anchor)\">\(PageEscaping.escape(text))</text>"
    }
}
