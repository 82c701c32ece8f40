/// The difference of two texts by lines, as `git apply` and `patch` take it.
///
/// Myers' algorithm between the common start and the common end; texts that differ in more than `effort` lines are given
/// as one replacement of everything between, which is as correct and only longer. A last line without a line end is
/// marked as `diff` marks it.
package enum UnifiedDiff {
    /// Lines of context round each change.
    private static let context = 3
    /// How many lines may differ before the search for the shortest difference is given up.
    private static let effort = 2_000

    /// A change: lines of the old text that go, and lines of the new text that come in their place.
    struct Change: Equatable {
        var old: Range<Int>
        var new: Range<Int>
    }

    /// The difference of one file, with git's header; empty where there is none.
    ///
    /// - Parameter path: relative to the root of the repository, with `/`.
    package static func render(path: String, from old: [UInt8], to new: [UInt8]) -> [UInt8] {
        let oldLines = lines(old)
        let newLines = lines(new)
        let changes = changes(oldLines, newLines)
        guard !changes.isEmpty else { return [] }
        let left = quoted("a/" + path)
        let right = quoted("b/" + path)
        var output = Array("diff --git \(left) \(right)\n--- \(left)\n+++ \(right)\n".utf8)
        for hunk in hunks(changes) { write(hunk, oldLines, newLines, &output) }
        return output
    }

    /// A line with its end, and a hash of it (FNV-1a), made while the text was cut.
    private struct Line: Hashable {
        let bytes: ArraySlice<UInt8>
        let digest: UInt64

        static func == (left: Line, right: Line) -> Bool { left.digest == right.digest && left.bytes == right.bytes }

        func hash(into hasher: inout Hasher) { hasher.combine(digest) }
    }

    private static func lines(_ text: [UInt8]) -> [Line] {
        let seed: UInt64 = 0xCBF2_9CE4_8422_2325
        var lines: [Line] = []
        var start = 0
        var digest = seed
        for index in 0..<text.count {
            digest = (digest ^ UInt64(text[index])) &* 0x100_0000_01B3
            guard text[index] == 0x0A else { continue }
            lines.append(Line(bytes: text[start...index], digest: digest))
            start = index + 1
            digest = seed
        }
        if start < text.count { lines.append(Line(bytes: text[start...], digest: digest)) }
        return lines
    }

    // MARK: Hunks

    private static func hunks(_ changes: [Change]) -> [[Change]] {
        var hunks: [[Change]] = []
        for change in changes {
            if let last = hunks.last?.last, change.old.lowerBound - last.old.upperBound <= 2 * context {
                hunks[hunks.count - 1].append(change)
            } else {
                hunks.append([change])
            }
        }
        return hunks
    }

    private static func write(
        _ hunk: [Change], _ old: [Line], _ new: [Line], _ output: inout [UInt8]
    ) {
        guard let first = hunk.first, let last = hunk.last else { return }
        let before = min(context, first.old.lowerBound)
        let after = min(context, old.count - last.old.upperBound)
        let oldStart = first.old.lowerBound - before
        let newStart = first.new.lowerBound - before
        let oldCount = last.old.upperBound + after - oldStart
        let newCount = last.new.upperBound + after - newStart
        output += "@@ -\(place(oldStart, oldCount)) +\(place(newStart, newCount)) @@\n".utf8
        var position = oldStart
        for change in hunk {
            for line in old[position..<change.old.lowerBound] { write(line, UInt8(ascii: " "), &output) }
            for line in old[change.old] { write(line, UInt8(ascii: "-"), &output) }
            for line in new[change.new] { write(line, UInt8(ascii: "+"), &output) }
            position = change.old.upperBound
        }
        for line in old[position..<(position + after)] { write(line, UInt8(ascii: " "), &output) }
    }

    /// Lines count from 1; of an empty stretch the line before it is named.
    private static func place(_ start: Int, _ count: Int) -> String {
        let first = count == 0 ? start : start + 1
        return count == 1 ? "\(first)" : "\(first),\(count)"
    }

    private static func write(_ line: Line, _ mark: UInt8, _ output: inout [UInt8]) {
        output.append(mark)
        output += line.bytes
        if line.bytes.last != 0x0A { output += "\n\\ No newline at end of file\n".utf8 }
    }

    /// As git spells paths: in quotes, with octal escapes, where they hold quotes, backslashes or control characters.
    private static func quoted(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\"") && $0 != 0x5C }
        guard !isPlain else { return path }
        var text = "\""
        for scalar in path.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\" + String(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 8)
                text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    // MARK: What differs

    /// The changes from one list of lines to the other, ascending and apart from each other.
    static func changes<Element: Hashable>(_ old: [Element], _ new: [Element]) -> [Change] {
        var start = 0
        while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
        var end = 0
        while end < old.count - start, end < new.count - start, old[old.count - 1 - end] == new[new.count - 1 - end] {
            end += 1
        }
        let oldMiddle = old[start..<(old.count - end)]
        let newMiddle = new[start..<(new.count - end)]
        if oldMiddle.isEmpty && newMiddle.isEmpty { return [] }
        guard !oldMiddle.isEmpty, !newMiddle.isEmpty, let kept = shared(oldMiddle, newMiddle) else {
            return [Change(old: start..<(old.count - end), new: start..<(new.count - end))]
        }
        var changes: [Change] = []
        var (x, y) = (0, 0)
        for pair in kept + [(oldMiddle.count, newMiddle.count)] {
            if pair.0 > x || pair.1 > y {
                changes.append(Change(old: (start + x)..<(start + pair.0), new: (start + y)..<(start + pair.1)))
            }
            (x, y) = (pair.0 + 1, pair.1 + 1)
        }
        return changes
    }

    /// A longest common subsequence as pairs of positions, ascending; nil where it takes too much effort.
    ///
    /// Lines that only one of the texts has are in none: they are left out of the search, which goes over numbers in place of
    /// lines. So it is short where the texts differ in many lines and no line was moved.
    private static func shared<Element: Hashable>(
        _ old: ArraySlice<Element>, _ new: ArraySlice<Element>
    ) -> [(Int, Int)]? {
        var numbers: [Element: Int] = [:]
        let newNumbers = new.map { line in
            if let known = numbers[line] { return known }
            numbers[line] = numbers.count
            return numbers.count - 1
        }
        var isInOld = [Bool](repeating: false, count: numbers.count)
        let oldKept = old.enumerated().compactMap { place, line in
            numbers[line].map { number in
                isInOld[number] = true
                return (place: place, number: number)
            }
        }
        let newKept = newNumbers.enumerated().filter { isInOld[$0.element] }
        let pairs = common(oldKept.map(\.number), newKept.map(\.element))
        return pairs?.map { (oldKept[$0.0].place, newKept[$0.1].offset) }
    }

    /// The same of numbers.
    private static func common(_ old: [Int], _ new: [Int]) -> [(Int, Int)]? {
        let limit = min(old.count + new.count, effort)
        let offset = limit + 1
        // For each diagonal the furthest place in the old text, and what it was before each step.
        var furthest = [Int](repeating: 0, count: 2 * limit + 3)
        var history: [[Int]] = []
        for depth in 0...limit {
            history.append(depth == 0 ? [] : Array(furthest[(offset - depth)...(offset + depth)]))
            var diagonal = -depth - 2
            while diagonal < depth {
                diagonal += 2
                let fromAbove =
                    diagonal == -depth
                    || (diagonal != depth && furthest[offset + diagonal - 1] < furthest[offset + diagonal + 1])
                var x = fromAbove ? furthest[offset + diagonal + 1] : furthest[offset + diagonal - 1] + 1
                var y = x - diagonal
                while x < old.count, y < new.count, y >= 0, old[x] == new[y] { (x, y) = (x + 1, y + 1) }
                furthest[offset + diagonal] = x
                if x >= old.count, y >= new.count { return walkBack(history, old.count, new.count) }
            }
        }
        return nil
    }

    /// The pairs on the way that the search took, from its record.
    private static func walkBack(_ history: [[Int]], _ oldCount: Int, _ newCount: Int) -> [(Int, Int)] {
        var pairs: [(Int, Int)] = []
        var (x, y) = (oldCount, newCount)
        for depth in history.indices.reversed() {
            let diagonal = x - y
            guard depth > 0 else {
                while x > 0, y > 0 {
                    (x, y) = (x - 1, y - 1)
                    pairs.append((x, y))
                }
                break
            }
            // Diagonals -depth … depth before this step.
            let record = history[depth]
            let at = { (diagonal: Int) in record[diagonal + depth] }
            let fromAbove = diagonal == -depth || (diagonal != depth && at(diagonal - 1) < at(diagonal + 1))
            let before = fromAbove ? diagonal + 1 : diagonal - 1
            let beforeX = at(before)
            let beforeY = beforeX - before
            let (startX, startY) = fromAbove ? (beforeX, beforeY + 1) : (beforeX + 1, beforeY)
            while x > startX, y > startY {
                (x, y) = (x - 1, y - 1)
                pairs.append((x, y))
            }
            (x, y) = (beforeX, beforeY)
        }
        return pairs.reversed()
    }
}
