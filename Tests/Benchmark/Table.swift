/// The figures as text: ours, the peer's, and how many times as fast we are.
struct Table {
    private let size: Int
    private var rows: [[String]] = [["job", "ours", "ns/byte", "peer", "its time", "ratio"]]

    /// - Parameter size: the bytes that were worked on.
    init(size: Int) {
        self.size = size
    }

    /// - Parameter seconds: infinite where it was not measured, as is the peer's.
    mutating func add(_ job: String, _ seconds: Double, _ peer: String = "", _ theirs: Double = .infinity) {
        guard seconds < .infinity else { return }
        let isCompared = theirs < .infinity
        rows.append([
            job, "\(Self.number(seconds)) s", Self.number(seconds * 1e9 / Double(size)), isCompared ? peer : "",
            isCompared ? "\(Self.number(theirs)) s" : "", isCompared ? "\(Self.number(theirs / seconds)) x" : "",
        ])
    }

    func write() {
        let widths = rows.reduce(into: [Int](repeating: 0, count: 6)) { widths, row in
            for (column, text) in row.enumerated() { widths[column] = max(widths[column], text.count) }
        }
        for row in rows {
            let cells = row.enumerated().map { column, text in
                let blanks = String(repeating: " ", count: widths[column] - text.count)
                return [0, 3].contains(column) ? text + blanks : blanks + text
            }
            print(cells.joined(separator: "  "))
        }
    }

    /// Three digits that mean something.
    static func number(_ value: Double) -> String {
        let places = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3
        let scale = [1.0, 10, 100, 1000][places]
        let scaled = Int((value * scale).rounded())
        guard places > 0 else { return String(scaled) }
        let fraction = String(scaled % Int(scale))
        return "\(scaled / Int(scale))." + String(repeating: "0", count: places - fraction.count) + fraction
    }
}
