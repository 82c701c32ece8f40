package import Text

/// Takes dependencies out of an opam file as a person would by hand: an element that has its line to itself goes with the line,
/// and the rest of the file keeps its bytes.
package struct DependencyRemover: Sendable {
    private let tree: OpamSyntaxTree

    package init(_ tree: OpamSyntaxTree) {
        self.tree = tree
    }

    /// Edits that take out the elements of a field's list that name one of some packages and nothing else. Disjunctions stay.
    package func removing(_ names: Set<String>, from field: String) -> [Edit] {
        for case .field(field, _, let value) in tree.items {
            guard case .list(let elements) = value.kind else { return [] }
            return elements.filter { element in
                switch element.kind {
                case .string: names.contains(tree.text(of: element))
                case .option(let base, _): names.contains(tree.text(of: base))
                default: false
                }
            }.map { Edit(extent(of: $0), "") }
        }
        return []
    }

    /// The element with the blanks before it; with its whole line where nothing else stands there.
    private func extent(of element: OpamValue) -> ByteRange {
        let bytes = tree.bytes
        var start = element.range.start
        while start > 0, [0x20, 0x09].contains(bytes[start - 1]) { start -= 1 }
        var end = element.range.end
        while end < bytes.count, [0x20, 0x09, 0x0D].contains(bytes[end]) { end += 1 }
        let beginsLine = start > 0 && bytes[start - 1] == 0x0A
        let endsLine = end < bytes.count && bytes[end] == 0x0A
        if beginsLine, endsLine { return ByteRange(start, end + 1) }
        return ByteRange(start, element.range.end)
    }
}
