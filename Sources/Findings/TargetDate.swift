/// The day at which suggestions aim: which ppx packages and versions exist for them.
///
/// A day of the calendar, compared only, so no calendar is needed.
package struct TargetDate: Comparable, Hashable, Sendable, CustomStringConvertible {
    package let year: Int
    package let month: Int
    package let day: Int

    package init(_ year: Int, _ month: Int, _ day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// From `YYYY-MM-DD`; nil where that is none.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        self.init(year, month, day)
    }

    /// The newest day of which the catalogue has facts: a constant, so that outputs do not change with the calendar.
    package static let newest = TargetDate(2026, 8, 31)

    package var description: String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    package static func < (left: TargetDate, right: TargetDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}
