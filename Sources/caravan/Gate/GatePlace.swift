import Workspace

/// Where the gate works: the root of the repository that all paths are relative to, and the part of it that is looked at.
struct GatePlace: Sendable {
    /// Absolute where git knows it, else as given.
    let root: String
    let isGit: Bool
    /// The part to look at, relative to the root; empty for the whole.
    let part: String

    /// - Parameter path: a directory or file; its repository is found whichever way it is started.
    init(_ path: String) async throws(FileError) {
        let kind = try FileKind.of(path)
        let (directory, file) = kind == .directory ? (path, "") : Self.split(path)
        guard let place = await WorkTree.place(of: directory) else {
            // Silence here would make every use a new one, or none.
            if IgnoredPaths.isInWorkTree(directory) {
                throw FileError(path: path, reason: await Self.complaint(directory))
            }
            if await Git(directory: directory).isBare() {
                throw FileError(
                    path: path,
                    reason:
                        "is a bare git repository, without files to look at: name a checkout, which git clone makes; "
                        + "of an opam repository: caravan gate --repository \(path) --since REV"
                )
            }
            root = directory
            isGit = false
            part = file
            return
        }
        root = place.tree.root
        isGit = true
        let prefix = place.prefix.hasSuffix("/") ? String(place.prefix.dropLast()) : place.prefix
        part = file.isEmpty ? prefix : prefix.isEmpty ? file : prefix + "/" + file
    }

    /// Whether a path relative to the root is looked at.
    func holds(_ path: String) -> Bool {
        part.isEmpty || path == part || path.hasPrefix(part + "/")
    }

    /// What git has against a repository that is there: its owner, most often.
    private static func complaint(_ directory: String) async -> String {
        let answer = try? await Git(directory: directory).run(["rev-parse", "--show-toplevel"])
        guard let answer else { return "is in a git repository, but git is not installed" }
        let words = answer.errorText.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }
        return "git does not read this repository: " + words.joined(separator: " ")
    }

    private static func split(_ path: String) -> (directory: String, file: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
        let directory = String(path[..<slash])
        return (directory.isEmpty ? "/" : directory, String(path[path.utf8.index(after: slash)...]))
    }
}
