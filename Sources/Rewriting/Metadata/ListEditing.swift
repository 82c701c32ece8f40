import BuildFiles
import Text

/// What becomes of one entry of a list.
enum EntryFate: Sendable, Hashable {
    case keep
    case drop
    /// These stand there instead, one after the other.
    case replace([String])
}

/// Edits that take entries out of the lists of a build file, or put others in their place, with the separators that belong to
/// them. Each edit belongs to one entry; together they are disjoint.
struct ListEditing {
    struct EntryEdit {
        /// The entry, as in the list.
        let entry: ByteRange
        let edit: Edit
    }

    private let bytes: [UInt8]
    private let lists: [EntryList]
    /// All entries of all lists: by start, outer ones before those inside.
    private let places: [(range: ByteRange, list: Int, index: Int)]
    private var fates: [ByteRange: EntryFate] = [:]

    /// Whether a backslash joins a line to the next: in what shells and make read.
    private let hasContinuations: Bool

    init(_ file: BuildFile, _ bytes: [UInt8]) {
        self.bytes = bytes
        hasContinuations = ["makefile", "omakefile", "ci", "configure"].contains(file.format.name)
        lists = file.lists
        var places: [(range: ByteRange, list: Int, index: Int)] = []
        for (list, content) in lists.enumerated() {
            for (index, range) in content.entries.enumerated() { places.append((range, list, index)) }
        }
        places.sort { left, right in
            left.range.start != right.range.start
                ? left.range.start < right.range.start : left.range.end > right.range.end
        }
        self.places = places
    }

    /// The innermost entry in which `range` lies, and its list; nil where it stands in none.
    func entry(around range: ByteRange) -> (range: ByteRange, list: EntryList)? {
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle].range.start <= range.start { low = middle + 1 } else { high = middle }
        }
        var index = low - 1
        // Entries of a list inside an entry stand between that and what comes behind it.
        while index >= 0 {
            let place = places[index]
            if place.range.contains(range) { return (place.range, lists[place.list]) }
            index -= 1
            if low - index > 200 { return nil }
        }
        return nil
    }

    mutating func set(_ entry: ByteRange, _ fate: EntryFate) {
        fates[entry] = fate
    }

    /// The entries of commands that would be left without an argument, where no line goes with the last: nothing is to be made of
    /// these, and their fates are forgotten.
    mutating func forgetEmptiedCommands() -> [ByteRange] {
        var forgotten: [ByteRange] = []
        for list in lists where list.isCommand && list.owner == nil && isEmptied(list) {
            let entries = list.entries.filter { fates[$0] == .drop }
            for entry in entries { fates[entry] = nil }
            forgotten += entries
        }
        return forgotten
    }

    private func isEmptied(_ list: EntryList) -> Bool {
        list.entries.allSatisfy { entry in
            fates[entry] == .drop || list.isCommand && bytes.at(entry.start) == UInt8(ascii: "-")
        }
    }

    /// What stands between two entries that are put in the place of one.
    func gap(in list: EntryList, at entry: ByteRange) -> String {
        guard list.separator == .blank else { return list.separator.rawValue }
        let lines = bytes.wholeLines(entry)
        let indent = bytes[lines.start..<max(lines.start, min(entry.start, bytes.count))]
        guard list.hasConstraints, indent.allSatisfy({ $0 == 0x20 || $0 == 0x09 }), lines.start < entry.start else {
            return " "
        }
        let isCRLF = lines.start >= 2 && bytes[lines.start - 2] == 0x0D
        return (isCRLF ? "\r\n" : "\n") + String(decoding: indent, as: UTF8.self)
    }

    /// The edits of all fates.
    mutating func edits() -> [EntryEdit] {
        var edits: [EntryEdit] = []
        let entryRanges = Set(places.map(\.range))
        // What empties an inner list drops the entry around it, so inner lists come first.
        let order = lists.indices.sorted { extent(lists[$0]).count < extent(lists[$1]).count }
        for index in order {
            let list = lists[index]
            guard list.entries.contains(where: { fates[$0] != nil }) else { continue }
            let isEmptied = isEmptied(list)
            if isEmptied, let owner = list.owner {
                if entryRanges.contains(owner) {
                    fates[owner] = .drop
                } else {
                    edits += shares(of: owner, among: list.entries)
                }
            } else if isEmptied {
                edits += shares(of: withBlanks(before: extent(list)), among: list.entries)
            } else {
                edits += self.edits(of: list)
            }
        }
        edits.sort { $0.edit.range < $1.edit.range }
        return hasContinuations ? endingLines(edits) : edits
    }

    // MARK: lines that go on

    /// With the backslash before a last line that goes, which would take in the line behind it.
    private func endingLines(_ edits: [EntryEdit]) -> [EntryEdit] {
        var all = edits
        for (index, entry) in edits.enumerated() where entry.edit.replacement.isEmpty {
            guard endsLine(entry.edit.range) else { continue }
            // Back over what goes, and over line ends and blanks.
            var position = entry.edit.range.start
            var next = index - 1
            while position > 0 {
                if next >= 0, edits[next].edit.range.end == position, edits[next].edit.replacement.isEmpty {
                    position = edits[next].edit.range.start
                    next -= 1
                } else if let byte = bytes.at(position - 1), byte.isSpace {
                    position -= 1
                } else {
                    break
                }
            }
            guard bytes.at(position - 1) == UInt8(ascii: "\\"), let byte = bytes.at(position),
                byte == 0x0A || byte == 0x0D
            else { continue }
            var start = position - 1
            while let byte = bytes.at(start - 1), byte == 0x20 || byte == 0x09 { start -= 1 }
            if next >= 0 { start = min(max(start, edits[next].edit.range.end), position - 1) }
            var end = position
            if bytes.at(entry.edit.range.end - 1) != 0x0A {
                // The line that goes leaves its own end.
                while let byte = bytes.at(end), byte != 0x0A { end += 1 }
                end = min(end + 1, edits[min(next + 1, index)].edit.range.start)
            }
            all.append(EntryEdit(entry: entry.entry, edit: Edit(ByteRange(start, end), "")))
        }
        return all.sorted { $0.edit.range < $1.edit.range }
    }

    /// Whether the range reaches to the end of a line where no backslash goes on.
    private func endsLine(_ range: ByteRange) -> Bool {
        guard range.end <= bytes.count else { return false }
        if bytes.at(range.end - 1) == 0x0A {
            let last = bytes[range.start..<range.end].last { !$0.isSpace }
            return last != UInt8(ascii: "\\")
        }
        let rest = bytes[range.end...].prefix { $0 != 0x0A }
        return rest.allSatisfy(\.isSpace) && bytes[range.start..<range.end].last != UInt8(ascii: "\\")
    }

    /// With the blanks before it where a line ends behind it, so that none are left at its end.
    private func withBlanks(before range: ByteRange) -> ByteRange {
        guard bytes.at(range.end).map({ $0 == 0x0A || $0 == 0x0D }) ?? true else { return range }
        var start = range.start
        while let byte = bytes.at(start - 1), byte == 0x20 || byte == 0x09 { start -= 1 }
        return ByteRange(start, range.end)
    }

    private func extent(_ list: EntryList) -> ByteRange {
        ByteRange(list.entries.first?.start ?? 0, list.entries.last?.end ?? 0)
    }

    /// `range` deleted in pieces, one an entry.
    private func shares(of range: ByteRange, among entries: [ByteRange]) -> [EntryEdit] {
        var edits: [EntryEdit] = []
        var start = range.start
        for (index, entry) in entries.enumerated() {
            let end = index == entries.count - 1 ? range.end : entry.end
            edits.append(EntryEdit(entry: entry, edit: Edit(ByteRange(start, end), "")))
            start = end
        }
        return edits
    }

    private func edits(of list: EntryList) -> [EntryEdit] {
        var edits: [EntryEdit] = []
        var hasKept = false
        for (index, entry) in list.entries.enumerated() {
            switch fates[entry] ?? .keep {
            case .keep: hasKept = true
            case .replace(let texts):
                hasKept = true
                let text = texts.joined(separator: gap(in: list, at: entry))
                edits.append(EntryEdit(entry: entry, edit: Edit(entry, text)))
            case .drop:
                let range = deletion(of: index, in: list, hasKept: hasKept)
                edits.append(EntryEdit(entry: entry, edit: Edit(range, "")))
            }
        }
        return edits
    }

    private func deletion(of index: Int, in list: EntryList, hasKept: Bool) -> ByteRange {
        let entry = list.entries[index]
        let before = index > 0 ? list.entries[index - 1].end : nil
        let after = index + 1 < list.entries.count ? list.entries[index + 1].start : nil
        if hasKept, let before, !hasComment(ByteRange(before, entry.start)) { return ByteRange(before, entry.end) }
        if list.separator == .blank, bytes.isAloneOnItsLines(entry) {
            return withComment(above: bytes.wholeLines(entry))
        }
        if let after, !hasComment(ByteRange(entry.end, after)) { return ByteRange(entry.start, after) }
        return entry
    }

    private func hasComment(_ range: ByteRange) -> Bool {
        let text = bytes.text(range)
        return text.contains("#") || text.contains(";") && !text.allSatisfy { " ;\n\t\r".contains($0) }
    }

    /// A comment right above that is about camlp4 goes too.
    private func withComment(above lines: ByteRange) -> ByteRange {
        guard lines.start > 0 else { return lines }
        let above = bytes.wholeLines(ByteRange(lines.start - 1, lines.start - 1))
        let text = bytes.text(above)
        let isComment = text.drop { $0 == " " || $0 == "\t" }.hasPrefix("#")
        guard isComment, text.contains("camlp4") || text.contains(".syntax") else { return lines }
        return ByteRange(above.start, lines.end)
    }
}
