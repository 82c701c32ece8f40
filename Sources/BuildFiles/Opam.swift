import OpamFormat
import Text

extension BuildFormat {
    /// opam files of formats 1.0 to 2.2: the packages in `depends` and `depopts`.
    static let opam = BuildFormat(
        "opam", takes: { ["opam", "opam.in"].contains(fileName(of: $0)) || $0.hasSuffix(".opam") }
    ) {
        bytes, file in
        let tree = OpamSyntaxTree(parsing: bytes)
        for item in tree.items {
            command(item, tree, &file)
            // What is ruled out brings nothing in; it is a list to be edited all the same.
            if case .field("conflicts", _, let value) = item { list("conflicts", item, value, bytes, &file) }
            guard case .field(let name, _, let value) = item, name == "depends" || name == "depopts" else { continue }
            list(name, item, value, bytes, &file)
            for range in packageNames(value) {
                // The quotes are no part of the name.
                let inner = ByteRange(range.start + 1, range.end - 1)
                file.mentions.append(Mention(.opam(bytes.text(inner)), at: range, scope: nil))
            }
        }
        for error in tree.errors {
            file.problems.append(Problem(ByteRange(error.position.offset, error.position.offset), error.message))
        }
    }
}

/// The package names of a formula, their constraints left out. Iterative: nesting is the file's to choose.
private func packageNames(_ value: OpamValue) -> [ByteRange] {
    var names: [ByteRange] = []
    var pending = [value]
    while let value = pending.popLast() {
        switch value.kind {
        case .string: names.append(value.range)
        case .list(let values), .group(let values), .or(let values), .and(let values): pending += values.reversed()
        case .option(let inner, _): pending.append(inner)
        default: continue
        }
    }
    return names.sorted()
}

/// The elements of the field as entries; what is nested in groups and alternatives is a person's to edit.
private func list(_ name: String, _ item: OpamItem, _ value: OpamValue, _ bytes: [UInt8], _ file: inout BuildFile) {
    guard case .field(_, let nameRange, _) = item else { return }
    let field = bytes.wholeLines(ByteRange(nameRange.start, value.range.end))
    var elements = [value]
    if case .list(let inner) = value.kind { elements = inner }
    let entries = elements.filter { element in
        switch element.kind {
        case .string: true
        case .option(let base, _): if case .string = base.kind { true } else { false }
        default: false
        }
    }
    // Alternatives stand among the entries as they are.
    guard entries.count == elements.count || !entries.isEmpty else { return }
    file.lists.append(
        EntryList(
            elements.map(\.range), .blank, owner: name == "depends" ? nil : field, hasConstraints: true))
}

/// `"--%{camlp4:enable}%-camlp4"` in the commands of a build.
private func command(_ item: OpamItem, _ tree: OpamSyntaxTree, _ file: inout BuildFile) {
    guard case .field(let name, _, let value) = item, ["build", "install", "build-test", "build-doc"].contains(name)
    else { return }
    var pending = [value]
    while let value = pending.popLast() {
        switch value.kind {
        case .list(let values), .group(let values):
            file.lists.append(EntryList(values.map(\.range), .blank))
            pending += values.reversed()
        case .option(let inner, let conditions):
            pending.append(inner)
            for condition in conditions where isAbout("camlp4", tree, condition) {
                file.mentions.append(Mention(.opam("camlp4"), at: condition.range, scope: nil))
            }
        case .string:
            let text = tree.text(of: value)
            if text.contains("%{camlp4:") {
                file.mentions.append(Mention(.opam("camlp4"), at: value.range, scope: nil))
            }
        default: continue
        }
    }
}

/// Whether a condition asks for a package: `{camlp4:installed}`.
private func isAbout(_ package: String, _ tree: OpamSyntaxTree, _ condition: OpamValue) -> Bool {
    var pending = [condition]
    while let value = pending.popLast() {
        switch value.kind {
        case .ident: if tree.text(of: value).hasPrefix(package + ":") { return true }
        case .list(let values), .group(let values), .or(let values), .and(let values): pending += values
        case .relop(_, let left, let right): pending += [left, right]
        case .prefixRelop(_, let operand), .not(let operand), .defined(let operand): pending.append(operand)
        default: continue
        }
    }
    return false
}
