/// The edits of all constructs of one file, woven into one text.
///
/// Constructs nest, and so do their edits: brackets that several of them put at one place come in the order of nesting,
/// and an edit inside a stretch that an outer edit moves is made where the stretch goes. Where the edits of two
/// constructs touch the same bytes in any other way, those of the later one in the list are refused, all of them.
package struct EditScript: Sendable {
    /// What one construct wants changed: all of it or nothing.
    package struct Group: Sendable {
        /// The construct; its edits lie within or touch it.
        package let owner: ByteRange
        package let edits: [Edit]

        package init(owner: ByteRange, edits: [Edit]) {
            self.owner = owner
            self.edits = edits
        }
    }

    /// Edits nested deeper than this in moved text are refused: each level costs stack.
    package static let depthLimit = 200

    private struct Entry {
        let edit: Edit
        let group: Int
        let owner: ByteRange
        /// Entries inside the edit's range, sorted.
        var inner: [Int] = []
    }

    private var entries: [Entry] = []
    private var top: [Int] = []
    /// Indices of the groups whose edits were refused, ascending.
    package private(set) var refused: [Int] = []

    /// - Parameter groups: constructs in preorder: outer ones before those inside them.
    package init(_ groups: [Group]) {
        var refused: Set<Int> = []
        // Each round refuses at least one group, and few files ever refuse any.
        while true {
            let conflicts = build(groups, without: refused)
            if conflicts.isEmpty { break }
            refused.formUnion(conflicts)
        }
        self.refused = refused.sorted()
    }

    /// Sorts the edits into each other; the groups that do not fit.
    private mutating func build(_ groups: [Group], without refused: Set<Int>) -> Set<Int> {
        entries = []
        top = []
        for (index, group) in groups.enumerated() where !refused.contains(index) {
            for edit in group.edits { entries.append(Entry(edit: edit, group: index, owner: group.owner)) }
        }
        let order = entries.indices.sorted { comesBefore($0, $1) }
        var conflicts: Set<Int> = []
        var open: [Int] = []
        for index in order {
            let entry = entries[index]
            while let last = open.last, !belongs(entry, inside: entries[last]) { open.removeLast() }
            if let last = open.last {
                if !isCopied(entry, by: entries[last]) || open.count > Self.depthLimit {
                    conflicts.insert(max(entry.group, entries[last].group))
                    continue
                }
                entries[last].inner.append(index)
            } else {
                if let before = top.last, entries[before].edit.range.end > entry.edit.range.start {
                    conflicts.insert(max(entry.group, entries[before].group))
                    continue
                }
                top.append(index)
            }
            if !entry.edit.range.isEmpty { open.append(index) }
        }
        return conflicts
    }

    /// In the order of the text: at one offset what ends there (inner constructs first), what is inserted before what
    /// begins there (outer constructs first), and what replaces from there on (the longer first).
    private func comesBefore(_ left: Int, _ right: Int) -> Bool {
        let (a, b) = (entries[left], entries[right])
        if a.edit.range.start != b.edit.range.start { return a.edit.range.start < b.edit.range.start }
        if a.edit.range.isEmpty != b.edit.range.isEmpty {
            let (insertion, other) = a.edit.range.isEmpty ? (a, b) : (b, a)
            // What an inner construct inserts at the start of text that an outer one replaces goes with that text.
            let isInner = insertion.edit.side == .opening && Self.nests(insertion, in: other)
            return a.edit.range.isEmpty != isInner
        }
        if a.edit.range.isEmpty {
            if a.edit.side != b.edit.side { return a.edit.side == .closing }
            if a.group != b.group { return a.edit.side == .closing ? a.group > b.group : a.group < b.group }
            return left < right
        }
        if a.edit.range.end != b.edit.range.end { return a.edit.range.end > b.edit.range.end }
        return a.group != b.group ? a.group < b.group : left < right
    }

    /// Whether the construct of one edit lies inside text that the other edit, of another construct, replaces.
    private static func nests(_ inner: Entry, in outer: Entry) -> Bool {
        inner.group > outer.group && outer.edit.range.contains(inner.owner)
    }

    private func belongs(_ entry: Entry, inside outer: Entry) -> Bool {
        guard outer.edit.range.contains(entry.edit.range) else { return false }
        guard entry.edit.range.isEmpty else { return true }
        let place = entry.edit.range.start
        if outer.edit.range.start < place, place < outer.edit.range.end { return true }
        return Self.nests(entry, in: outer)
    }

    /// Whether the edit lies within one of the stretches that the outer edit keeps.
    private func isCopied(_ entry: Entry, by outer: Entry) -> Bool {
        outer.edit.pieces.contains { piece in
            guard case .source(let range, _) = piece else { return false }
            return holds(range, entry)
        }
    }

    private func holds(_ range: ByteRange, _ entry: Entry) -> Bool {
        guard range.contains(entry.edit.range) else { return false }
        let place = entry.edit.range.start
        if !entry.edit.range.isEmpty || (range.start < place && place < range.end) { return true }
        return range.contains(entry.owner)
    }

    /// A text with its edits made, and where its parts came from.
    package struct Result: Sendable {
        package fileprivate(set) var bytes: [UInt8] = []
        /// Stretches that were kept, and where each begins now.
        fileprivate var kept: [(from: ByteRange, to: Int)] = []

        /// Where the byte that stands at `offset` now stood before; for one that an edit brought, the end of what was kept
        /// before it.
        package func origin(of offset: Int) -> Int {
            var nearest = (end: -1, place: 0)
            for (from, place) in kept {
                if (place..<place + from.count).contains(offset) { return from.start + offset - place }
                let end = place + from.count
                if end <= offset, end > nearest.end { nearest = (end, from.end) }
            }
            return nearest.place
        }

        /// Whether the byte that stands at `offset` now was brought by an edit.
        package func isNew(at offset: Int) -> Bool {
            offset < bytes.count && !kept.contains { ($0.to..<$0.to + $0.from.count).contains(offset) }
        }

        /// Where the byte that stood at `offset` stands now; for one that is gone, the end of what was kept before it.
        package func offset(of offset: Int) -> Int {
            var nearest = (end: -1, place: 0)
            for (from, place) in kept {
                if from.contains(offset) { return place + offset - from.start }
                if from.end <= offset, from.end > nearest.end { nearest = (from.end, place + from.count) }
            }
            return nearest.place
        }
    }

    /// Makes all edits that were not refused; ranges beyond the end are cut to it.
    package func applied(to bytes: [UInt8]) -> Result {
        var result = Result()
        result.bytes.reserveCapacity(bytes.count)
        render(ByteRange(0, bytes.count), top, bytes, &result)
        return result
    }

    private func render(_ range: ByteRange, _ list: [Int], _ bytes: [UInt8], _ result: inout Result) {
        var done = min(range.start, bytes.count)
        let end = min(range.end, bytes.count)
        for index in list {
            let entry = entries[index]
            let start = min(max(entry.edit.range.start, done), end)
            keep(done, start, bytes, &result)
            for piece in entry.edit.pieces {
                switch piece {
                case .bytes(let text): result.bytes += text
                case .source(let stretch, _):
                    render(stretch, entry.inner.filter { holds(stretch, entries[$0]) }, bytes, &result)
                }
            }
            done = min(max(entry.edit.range.end, start), end)
        }
        keep(done, end, bytes, &result)
    }

    private func keep(_ start: Int, _ end: Int, _ bytes: [UInt8], _ result: inout Result) {
        guard start < end else { return }
        result.kept.append((ByteRange(start, end), result.bytes.count))
        result.bytes += bytes[start..<end]
    }
}
