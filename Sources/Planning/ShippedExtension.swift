package import OpamFormat

/// A syntax extension that a library ships beside its code: whoever uses it waits for the library, and moves while the library
/// serves both forms. Of these tables alone can be told when that is, since opam metadata does not speak of it.
///
/// Versions were read off the releases' files: where the camlp4 part stops being installed with the package, where a ppx of the
/// same package starts, and where that goes into a package of its own.
package struct ShippedExtension: Sendable {
    /// The opam package.
    package let name: String
    /// The catalogue's name of the extension.
    package let `extension`: String
    private let camlp4: Bounds
    private let ppx: Bounds?
    /// How findlib calls the form that goes.
    package let findlib: String
    /// How findlib calls the form that comes, in the versions that have it.
    package let replacement: String

    private struct Bounds: Sendable {
        let from: Version?
        let below: Version?

        init(from: String? = nil, below: String? = nil) {
            self.from = from.map { Version($0) }
            self.below = below.map { Version($0) }
        }

        func holds(_ version: Version) -> Bool {
            (from.map { version.compare($0) >= 0 } ?? true) && (below.map { version.compare($0) < 0 } ?? true)
        }
    }

    package func hasCamlp4(_ version: Version) -> Bool { camlp4.holds(version) }
    package func hasPpx(_ version: Version) -> Bool { ppx?.holds(version) ?? false }

    package static func named(_ name: String) -> ShippedExtension? { byName[name] }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    private init(
        _ name: String, _ extension: String, _ findlib: String, camlp4: Bounds, ppx: Bounds?, replacement: String
    ) {
        self.name = name
        self.extension = `extension`
        self.findlib = findlib
        self.camlp4 = camlp4
        self.ppx = ppx
        self.replacement = replacement
    }

    /// Every such package, by name.
    package static let all: [ShippedExtension] = [
        ShippedExtension(
            "cstruct", "cstruct", "cstruct.syntax", camlp4: Bounds(below: "2.0.0"),
            ppx: Bounds(from: "1.9.0", below: "3.0.0"), replacement: "cstruct.ppx"),
        ShippedExtension(
            "eliom", "eliom", "eliom.syntax", camlp4: Bounds(below: "6.8.0"), ppx: Bounds(from: "5.0.0"),
            replacement: "eliom.ppx"),
        ShippedExtension(
            "js_of_ocaml", "js_of_ocaml", "js_of_ocaml.syntax", camlp4: Bounds(below: "3.0.0"),
            ppx: Bounds(from: "2.6", below: "3.0.0"), replacement: "js_of_ocaml.ppx"),
        ShippedExtension(
            "lwt", "lwt", "lwt.syntax", camlp4: Bounds(below: "3.2.0"), ppx: Bounds(from: "2.4.6", below: "4.0.0"),
            replacement: "lwt.ppx"),
        ShippedExtension(
            "rpc", "rpclib", "rpclib.syntax", camlp4: Bounds(below: "5.0.0"),
            ppx: Bounds(from: "1.9.51", below: "5.0.0"), replacement: "ppx_deriving_rpc"),
        ShippedExtension(
            "sqlexpr", "sqlexpr", "sqlexpr.syntax", camlp4: Bounds(below: "0.9.0"),
            ppx: Bounds(from: "0.7.0", below: "0.9.0"), replacement: "sqlexpr.ppx"),
        ShippedExtension(
            "tyxml", "tyxml", "tyxml.syntax", camlp4: Bounds(below: "4.0.0"), ppx: Bounds(from: "4.0.0"),
            replacement: "tyxml.ppx"),
    ]
}
