import OpamFormat
import Text

extension BuildFormat {
    /// opam files of formats 1.0 to 2.2: the packages in `depends` and `depopts`.
    static let opam = BuildFormat("opam", takes: { $0 == "opam" || $0.hasSuffix(".opam") || $0 == "opam.in" }) {
        bytes, file in
        let tree = OpamSyntaxTree(parsing: bytes)
        for item in tree.items {
            guard case .field(let name, _, let value) = item, name == "depends" || name == "depopts" else { continue }
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
