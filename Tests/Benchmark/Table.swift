/// Figures as text: rows of cells, words to the left and numbers to the right.
struct Table {
    private let left: Set<Int>
    private var rows: [[String]]

    /// - Parameter left: the columns that hold words.
    init(_ headers: [String], left: Set<Int>) {
        self.left = left
        rows = [headers]
    }

    mutating func add(_ cells: [String]) {
        rows.append(cells)
    }

    func write() {
        let columns = rows.map(\.count).max() ?? 0
        let widths = rows.reduce(into: [Int](repeating: 0, count: columns)) { widths, row in
            for (column, text) in row.enumerated() { widths[column] = max(widths[column], text.count) }
        }
        for row in rows {
            let cells = row.enumerated().map { column, text in
                let blanks = String(repeating: " ", count: widths[column] - text.count)
                return left.contains(column) ? text + blanks : blanks + text
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
