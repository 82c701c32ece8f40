package import Text

/// Tightens constraints in an opam file as a person would by hand: the rest of the file keeps its bytes.
package struct ConstraintEditor: Sendable {
    private let tree: OpamSyntaxTree
    private let formatVersion: FormatVersion

    package init(_ tree: OpamSyntaxTree) {
        self.tree = tree
        formatVersion = OpamFile(tree).formatVersion
    }

    /// Edits that let a dependency admit only versions below one.
    ///
    /// Atoms in `depends` get the bound in their braces. So do those in `depopts` of the oldest formats; since 1.2 an
    /// optional dependency is bounded by a conflict, as opam's manual tells, and the edit adds one.
    /// - Parameters:
    ///   - field: `depends` or `depopts`.
    ///   - isMeant: which atoms on the package are to be bounded.
    /// - Returns: edits of this file; none where no atom is meant.
    package func bounding(
        _ name: String, below version: Version, in field: String, where isMeant: (Dependency) -> Bool
    ) -> [Edit] {
        var reader = OpamFieldReader(tree)
        reader.isOldFormat = formatVersion < FormatVersion(major: 2, minor: 0)
        guard let value = self.value(of: field) else { return [] }
        let atoms = Self.atoms(value).filter { atom in
            guard tree.text(of: Self.base(of: atom)) == name else { return false }
            return reader.packageFormula(atom, joining: Formula.conjunction)?.atoms.contains(where: isMeant) ?? false
        }
        guard !atoms.isEmpty else { return [] }
        if field == "depopts", formatVersion >= FormatVersion(major: 1, minor: 2) {
            return [conflict(with: name, from: version, after: value)]
        }
        return atoms.map { bound($0, below: version) }
    }

    /// Edits that take packages out of a field's list, or put another package in their place.
    ///
    /// Only elements of the list itself are touched: in an alternative, dropping one arm is a decision of its own.
    /// - Parameter places: for each package what takes its place; nil where nothing does.
    package func replacing(_ places: [String: String?], in field: String) -> [Edit] {
        guard let value = value(of: field), case .list(let elements) = value.kind else { return [] }
        return elements.compactMap { element in
            switch element.kind {
            case .string, .option: break
            default: return nil
            }
            guard let place = places[tree.text(of: Self.base(of: element))] else { return nil }
            if let name = place { return Edit(element.range, "\"\(name)\"") }
            return Edit(removal(of: element), "")
        }
    }

    /// The element with the blanks before it, or its whole line where it stands alone on one.
    private func removal(of element: OpamValue) -> ByteRange {
        let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        var start = element.range.start
        while start > 0, isBlank(tree.bytes[start - 1]) { start -= 1 }
        var end = element.range.end
        while end < tree.bytes.count, isBlank(tree.bytes[end]) { end += 1 }
        let beginsLine = start == 0 || tree.bytes[start - 1] == 0x0A
        if beginsLine, end < tree.bytes.count, tree.bytes[end] == 0x0A { return ByteRange(start, end + 1) }
        return ByteRange(beginsLine ? element.range.start : start, beginsLine ? end : element.range.end)
    }

    private func value(of field: String) -> OpamValue? {
        for case .field(field, _, let value) in tree.items { return value }
        return nil
    }

    /// The names of a formula, each with its braces. Iterative: nesting is the file's to choose.
    private static func atoms(_ value: OpamValue) -> [OpamValue] {
        var atoms: [OpamValue] = []
        var pending = [value]
        while let value = pending.popLast() {
            switch value.kind {
            case .string, .option: atoms.append(value)
            case .list(let values), .group(let values), .or(let values), .and(let values):
                pending += values.reversed()
            default: continue
            }
        }
        return atoms
    }

    private static func base(of atom: OpamValue) -> OpamValue {
        if case .option(let base, _) = atom.kind { base } else { atom }
    }

    private func bound(_ atom: OpamValue, below version: Version) -> Edit {
        let bound = "< \"\(version.text)\""
        guard case .option(_, let braces) = atom.kind else {
            return Edit(ByteRange(atom.range.end, atom.range.end), " {\(bound)}")
        }
        guard let last = braces.last else {
            // Empty braces: what stands between them goes.
            let inside = ByteRange(Self.openingBrace(of: atom, in: tree) + 1, max(atom.range.end - 1, 0))
            return Edit(inside, bound)
        }
        if case .or = last.kind {
            var text = Array("(".utf8)
            text += tree.source(of: last)
            text += ") & \(bound)".utf8
            return Edit(last.range, text)
        }
        return Edit(ByteRange(last.range.end, last.range.end), " & \(bound)")
    }

    private static func openingBrace(of atom: OpamValue, in tree: OpamSyntaxTree) -> Int {
        let start = base(of: atom).range.end
        let brace = tree.tokens.first { $0.kind == .leftBrace && $0.range.start >= start }
        return brace?.range.start ?? start
    }

    /// A conflict with all versions from one on: in the field that is there, else in a new one behind `depopts`.
    private func conflict(with name: String, from version: Version, after depopts: OpamValue) -> Edit {
        let atom = "\"\(name)\" {>= \"\(version.text)\"}"
        guard let value = value(of: "conflicts") else {
            return Edit(ByteRange(depopts.range.end, depopts.range.end), "\nconflicts: [\(atom)]")
        }
        guard case .list(let elements) = value.kind else {
            var text = Array("[".utf8)
            text += tree.source(of: value)
            text += " \(atom)]".utf8
            return Edit(value.range, text)
        }
        guard let last = elements.last else {
            return Edit(ByteRange(value.range.start + 1, max(value.range.end - 1, 0)), atom)
        }
        return Edit(ByteRange(last.range.end, last.range.end), Self.separator(before: last, in: tree) + atom)
    }

    /// What stands between elements of the list: a line end and the element's own indentation where it begins its line.
    private static func separator(before element: OpamValue, in tree: OpamSyntaxTree) -> String {
        var start = element.range.start
        while start > 0, [0x20, 0x09].contains(tree.bytes[start - 1]) { start -= 1 }
        guard start > 0, tree.bytes[start - 1] == 0x0A else { return " " }
        return "\n" + String(decoding: tree.bytes[start..<element.range.start], as: UTF8.self)
    }
}
