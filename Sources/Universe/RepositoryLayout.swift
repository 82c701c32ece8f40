import OpamFormat

/// Which files of an opam repository are packages, in every layout there has been: `packages/NAME.VERSION/opam` (2012),
/// `packages/NAME/NAME.VERSION/opam` (1.2 and 2.x), or deeper.
///
/// As for opam, the folder that holds the file names the package, and nothing below such a folder is looked at.
package enum RepositoryLayout {
    /// The folder under the root of a repository that makes it one.
    package static let packagesFolder = "packages"

    /// Name and version that a folder's name gives: up to the first dot, and the rest.
    package static func identity(folder: some StringProtocol) -> (name: String, version: String)? {
        guard let dot = folder.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
        let name = String(folder[..<dot])
        let version = String(folder[folder.utf8.index(after: dot)...])
        guard PackageName.isValid(name), Version.isValid(version) else { return nil }
        return (name, version)
    }

    /// Picks the opam files of packages.
    ///
    /// - Parameter paths: paths relative to the root of the repository, with `/`.
    /// - Returns: indices into `paths` with what the folder says, in the order of the paths; and the paths named `opam`
    ///   that are no package, with the reason.
    package static func packages(
        among paths: [String]
    ) -> (packages: [(index: Int, name: String, version: String)], skipped: [(path: String, reason: String)]) {
        let folders = Set(paths.compactMap(folder))
        var packages: [(index: Int, name: String, version: String)] = []
        var skipped: [(path: String, reason: String)] = []
        for (index, path) in paths.enumerated() {
            guard path.utf8.starts(with: (packagesFolder + "/").utf8), let folder = folder(of: path) else { continue }
            if let outer = enclosing(folder, in: folders) {
                skipped.append((path, "lies inside the package folder \(outer)"))
            } else if let identity = identity(folder: lastPart(of: folder)) {
                packages.append((index, identity.name, identity.version))
            } else {
                skipped.append((path, "the folder's name is not NAME.VERSION"))
            }
        }
        return (packages, skipped)
    }

    // By bytes throughout: a slash is a slash, and characters take many times as long.

    private static let slash = UInt8(ascii: "/")

    /// The folder of a path to a file named `opam`; nil for any other.
    private static func folder(of path: String) -> Substring? {
        let file = "/opam".utf8
        guard path.utf8.count > file.count, path.utf8.suffix(file.count).elementsEqual(file) else { return nil }
        return path[..<path.utf8.index(path.endIndex, offsetBy: -file.count)]
    }

    private static func lastPart(of folder: Substring) -> Substring {
        folder.utf8.lastIndex(of: slash).map { folder[folder.utf8.index(after: $0)...] } ?? folder
    }

    private static func enclosing(_ folder: Substring, in folders: Set<Substring>) -> Substring? {
        var rest = folder
        while let slash = rest.utf8.lastIndex(of: slash) {
            rest = rest[..<slash]
            if rest.utf8.count > packagesFolder.utf8.count, folders.contains(rest) { return rest }
        }
        return nil
    }
}
