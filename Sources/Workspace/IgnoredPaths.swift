import Glibc

/// What git ignores below a directory: untracked files and folders that `.gitignore` and its like name.
package enum IgnoredPaths {
    /// Paths relative to the directory, folders without `/` at their end. Empty where the directory is in no work tree, git
    /// is not installed, or the directory is ignored itself (whoever names it wants it read).
    package static func below(_ directory: String) async -> Set<[UInt8]> {
        guard isInWorkTree(directory) else { return [] }
        let answer = try? await Git(directory: directory).run([
            "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory",
        ])
        guard let answer, answer.succeeded else { return [] }
        var paths: Set<[UInt8]> = []
        for field in answer.output.split(separator: 0) {
            var path = Array(field)
            if path.last == UInt8(ascii: "/") { path.removeLast() }
            if path.elementsEqual(".".utf8) { return [] }
            paths.insert(path)
        }
        return paths
    }

    /// Whether a folder above has git's mark: asking git itself costs a process.
    package static func isInWorkTree(_ directory: String) -> Bool { workTreeRoot(above: directory) != nil }

    /// The nearest folder with git's mark, absolute: the directory itself or one above it; nil where there is none.
    package static func workTreeRoot(above directory: String) -> String? {
        guard let real = unsafe realpath(directory.isEmpty ? "." : directory, nil) else { return nil }
        var path = unsafe String(cString: real)
        unsafe free(real)
        while true {
            if (try? FileKind.of(path + "/.git")) != nil { return path.isEmpty ? "/" : path }
            guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return nil }
            path = String(path[..<slash])
        }
    }
}
