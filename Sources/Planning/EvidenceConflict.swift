/// Something that the sources of a package and its metadata disagree about: a finding of its own, since one of them is wrong.
package struct EvidenceConflict: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Metadata asks for camlp4 or an extension; the sources use none.
        case declaredUnused = "declared-unused"
        /// The sources use an extension that metadata brings in by no dependency.
        case usedUndeclared = "used-undeclared"
    }

    package let name: String
    package let version: String
    package let kind: Kind
    /// The extension.
    package let `extension`: String
    /// What shows it: `PATH:LINE: what`, or the dependency.
    package let text: String
    /// Where the sources were read: a tag, a folder.
    package let origin: String
}
