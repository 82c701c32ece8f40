/// The versions of a dependency with which a package works before it has moved and after, so that neither waits for the other.
///
/// For a package that is nothing but a camlp4 extension the ppx form is another package, and both can be had at once. A library
/// that ships an extension beside its code serves both only in the versions that ship both. A library that ships none serves
/// both in all versions: its users' sources do not see what it is written with.
package struct SupportWindow: Sendable, Hashable {
    /// The package that is depended on.
    package let dependency: String
    /// The extension that comes from it; nil where none is known.
    package let `extension`: String?
    /// The versions that the package admits and that have the camlp4 form, as `1.0.1 – 1.9.0`; nil where there is none. For a
    /// library without an extension, all that it admits.
    package let camlp4: String?
    /// The same for the ppx form; where that is another package, its name and versions.
    package let ppx: String?
    /// The versions that have both; nil where the package has to move on the day on which the dependency does.
    package let both: String?
    /// Whether the package can move now without this dependency having moved.
    package let isOpen: Bool
    /// Whether the solver has shown the opposite: nothing that can be installed holds the package moved and the dependency not.
    package let isProvedClosed: Bool
}
