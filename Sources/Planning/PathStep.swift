package import Universe

/// One step of the path that ties a package to camlp4.
package struct PathStep: Sendable, Hashable {
    package let name: String
    package let kind: EdgeKind
    package let constraint: String

    /// `type_conv {build & >= "109.53"}`, as the opam file of the step before would have it.
    package var text: String {
        let parts = [kind == .depends ? nil : kind.rawValue, constraint.isEmpty ? nil : constraint].compactMap { $0 }
        return parts.isEmpty ? name : "\(name) {\(parts.joined(separator: " & "))}"
    }
}

extension PathStep {
    /// `"type_conv" {build}`, as an opam file has it.
    package var quoted: String {
        let parts = [kind == .depends ? nil : kind.rawValue, constraint.isEmpty ? nil : constraint].compactMap { $0 }
        return parts.isEmpty ? "\"\(name)\"" : "\"\(name)\" {\(parts.joined(separator: " & "))}"
    }
}
