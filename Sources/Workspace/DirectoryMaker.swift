import Glibc

/// Makes directories.
package enum DirectoryMaker {
    /// Makes `path` and the directories above it, where they are missing.
    package static func make(_ path: String) throws(FileError) {
        var prefix = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            prefix += "/\(part)"
            if unsafe mkdir(prefix, 0o777) != 0, errno != EEXIST {
                throw FileError(path: path, reason: "cannot be made: \(systemMessage(errno))")
            }
        }
        guard case .directory = try FileKind.of(path) else {
            throw FileError(path: path, reason: "is not a directory")
        }
    }
}
