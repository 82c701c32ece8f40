package import OpamFormat

/// A package as opam's command line names it: `NAME`, `NAME.VERSION`, or `NAME` with `=`, `!=`, `>`, `>=`, `<`, `<=` and a
/// version.
package struct PackageSelection: Sendable {
    package let text: String
    package let name: String
    package let constraint: VersionConstraint?

    package init?(_ text: String) {
        self.text = text
        let relops: [Relop] = [.notEqual, .greaterOrEqual, .lessOrEqual, .equal, .greater, .less]
        let isOperator: (Character) -> Bool = { "=!<>".contains($0) }
        if let start = text.firstIndex(where: isOperator) {
            let end = text[start...].firstIndex { !isOperator($0) } ?? text.endIndex
            let version = String(text[end...])
            guard let relop = relops.first(where: { $0.spelling == text[start..<end] }), Version.isValid(version)
            else { return nil }
            name = String(text[..<start])
            constraint = VersionConstraint(relop, Version(version))
        } else if let identity = RepositoryLayout.identity(folder: text) {
            name = identity.name
            constraint = VersionConstraint(.equal, Version(identity.version))
        } else {
            name = text
            constraint = nil
        }
        guard PackageName.isValid(name) else { return nil }
    }
}
