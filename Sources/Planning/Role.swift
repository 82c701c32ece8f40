/// What a package has to do with camlp4.
package enum Role: String, Sendable, Hashable, CaseIterable {
    /// Others get a syntax extension from it.
    case provides
    /// It is written with one.
    case uses
    /// It builds one with camlp4.
    case implements
}
