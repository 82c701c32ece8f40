import Glibc

/// Where files stand in git's work trees, and whether git could bring them back as they are.
package struct WorkTree: Sendable, Hashable {
    /// The absolute path of the work tree.
    package let root: String

    /// A directory as git sees it: its work tree, and its place there, empty or with `/` at its end.
    package struct Place: Sendable, Hashable {
        package let tree: WorkTree
        package let prefix: String

        package init(tree: WorkTree, prefix: String) {
            self.tree = tree
            self.prefix = prefix
        }
    }

    /// Whether a path is a directory itself, no link to one, and no repository of its own begins there.
    package static func isOrdinaryDirectory(_ path: String) -> Bool {
        let bare = String(path.reversed().drop { $0 == "/" }.reversed())
        return fileType(bare) == S_IFDIR && fileType(bare + "/.git") == nil
    }

    /// Nil where nothing is.
    private static func fileType(_ path: String) -> mode_t? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    /// Nil where the directory is in no work tree, or git is not installed.
    package static func place(of directory: String) async -> Place? {
        let git = Git(directory: directory.isEmpty ? "." : directory)
        guard let root = await git.workTreeRoot(),
            let prefix = try? await git.output(["rev-parse", "--show-prefix"])
        else { return nil }
        let text = String(decoding: prefix, as: UTF8.self)
        return Place(tree: WorkTree(root: root), prefix: text.last == "\n" ? String(text.dropLast()) : text)
    }

    /// The tracked files that differ from the last commit, relative to the root, sorted.
    package func changedFiles() async throws(ProcessError) -> [String] {
        // Each entry is two letters, a blank and the path; that of a rename is followed by the old path.
        let answer = try await Git(directory: root).output(
            ["status", "--porcelain", "-z", "--untracked-files=no", "--ignore-submodules=none"])
        var files: [String] = []
        var isOldPath = false
        for entry in answer.split(separator: 0) {
            if isOldPath {
                isOldPath = false
                continue
            }
            files.append(String(decoding: entry.dropFirst(3), as: UTF8.self))
            isOldPath = entry.prefix(2).contains { $0 == UInt8(ascii: "R") || $0 == UInt8(ascii: "C") }
        }
        return files.sorted()
    }

    /// Those of the files, relative to the root, that git does not know.
    package func untracked(among paths: [String]) async throws(ProcessError) -> [String] {
        let answer = try await Git(directory: root).output(["ls-files", "-z"])
        let tracked = Set(answer.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
        return paths.filter { !tracked.contains($0) }
    }
}
