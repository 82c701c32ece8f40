import Glibc

/// Lists the files of a directory tree, sorted by path, and everything it left out with the reason.
///
/// Symbolic links below the root are never followed, so a walk ends and stays inside the root. The order is by the
/// bytes of the relative path, the same on every machine.
package struct FileWalker: Sendable {
    /// Directories that hold no sources of the project: git's own, build outputs, local opam switches.
    package static let skippedDirectories: Set<String> = [".git", "_build", "_opam"]

    /// One file met in a walk.
    package struct File: Hashable, Sendable {
        /// Relative to the root, with `/`; different for different files, see `shownPath`.
        package let path: String
        /// The bytes to open it by.
        package let location: [UInt8]
    }

    /// One path left out, and why.
    package struct Skipped: Hashable, Sendable {
        package let path: String
        package let reason: String

        package init(path: String, reason: String) {
            self.path = path
            self.reason = reason
        }
    }

    /// A symbolic link; both paths relative to the root.
    package struct Link: Hashable, Sendable {
        package let path: String
        package let target: String
    }

    package private(set) var files: [File] = []
    package private(set) var skipped: [Skipped] = []
    /// Links to files and directories of the tree itself, which are met in the walk where they lie.
    package private(set) var links: [Link] = []
    /// Links that lead out of the tree, or nowhere.
    package private(set) var leadingOut: [String] = []
    private let root: [UInt8]
    private let ignored: Set<[UInt8]>

    /// Walks the tree below `root`; files for whose name `wanted` is false are neither listed nor counted as skipped.
    ///
    /// The root itself may be a link. An unreadable root throws; whatever is unreadable below it is in `skipped`.
    ///
    /// - Parameter ignored: files and folders to leave out, relative to the root (`IgnoredPaths`).
    package init(
        root: String, ignored: Set<[UInt8]> = [], wanted: (String) -> Bool
    ) throws(FileError) {
        self.ignored = ignored
        var rootBytes = Array(root.utf8)
        while rootBytes.count > 1, rootBytes.last == slash { rootBytes.removeLast() }
        self.root = Array(RealPath.of(String(decoding: rootBytes, as: UTF8.self)).utf8) + [slash]
        let rootEntries: [Entry]
        switch Self.entries(of: rootBytes) {
        case .success(let entries): rootEntries = entries
        case .failure(let failure): throw failure
        }
        // A stack, not recursion: the depth of a tree is not ours to choose.
        var pending: [(location: [UInt8], path: [UInt8])] = []
        visit(rootEntries, location: rootBytes, path: [], wanted, &pending)
        while let directory = pending.popLast() {
            switch Self.entries(of: directory.location) {
            case .success(let entries):
                visit(entries, location: directory.location, path: directory.path, wanted, &pending)
            case .failure(let failure):
                skip(directory.path + [slash], failure.reason)
            }
        }
        files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        links.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        leadingOut.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        skipped.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private mutating func visit(
        _ entries: [Entry], location: [UInt8], path: [UInt8], _ wanted: (String) -> Bool,
        _ pending: inout [(location: [UInt8], path: [UInt8])]
    ) {
        for entry in entries {
            let name = String(decoding: entry.name, as: UTF8.self)
            let entryPath = path.isEmpty ? entry.name : path + [slash] + entry.name
            let entryLocation = location + [slash] + entry.name
            if !ignored.isEmpty, ignored.contains(entryPath), !Self.skippedDirectories.contains(name) {
                let isDirectory = entry.kind.isDirectory
                if isDirectory || wanted(name) {
                    skip(isDirectory ? entryPath + [slash] : entryPath, "ignored by git, --no-ignore reads it")
                }
                continue
            }
            switch entry.kind {
            case .directory where name == ".git": continue
            case .directory where Self.skippedDirectories.contains(name):
                skip(entryPath + [slash], "build output, not scanned")
            case .directory:
                // `opam` and `dune` are ordinary names of directories; with a suffix it looks like a file.
                if wanted(name), name.contains(".") { skip(entryPath, "is a directory") }
                pending.append((entryLocation, entryPath))
            case .file:
                if wanted(name) {
                    files.append(File(path: shownPath(entryPath), location: entryLocation))
                }
            case .link(let target):
                guard wanted(name) || target == .directory else { continue }
                skip(entryPath, Self.reason(linkTo: target))
                follow(entryLocation, entryPath)
            case .other:
                if wanted(name) { skip(entryPath, "not a regular file") }
            case .unknown(let reason):
                if wanted(name) { skip(entryPath, reason) }
            }
        }
    }

    private mutating func follow(_ location: [UInt8], _ path: [UInt8]) {
        let real = Array(RealPath.of(String(decoding: location, as: UTF8.self)).utf8)
        // A link that dangles is its own real path.
        if real.starts(with: root), real != location, real.count > root.count {
            links.append(Link(path: shownPath(path), target: shownPath(Array(real.dropFirst(root.count)))))
        } else {
            leadingOut.append(shownPath(path))
        }
    }

    private mutating func skip(_ path: [UInt8], _ reason: String) {
        skipped.append(Skipped(path: shownPath(path), reason: reason))
    }

    private static func reason(linkTo target: FileKind?) -> String {
        switch target {
        case .file: "symbolic link to a file, not followed"
        case .directory: "symbolic link to a directory, not followed"
        case .other: "symbolic link to something that is no regular file"
        case nil: "dangling symbolic link"
        }
    }
}

/// A path as text. Where it is not UTF-8, every byte beyond ASCII stands as `\xHH`, so that two files never share a name.
package func shownPath(_ path: [UInt8]) -> String {
    if let text = String(validating: path, as: UTF8.self) { return text }
    var text = ""
    for byte in path {
        if byte < 0x80 {
            text.unicodeScalars.append(Unicode.Scalar(byte))
        } else {
            text += "\\x" + String(byte, radix: 16)
        }
    }
    return text
}

private let slash = UInt8(ascii: "/")

/// `DT_REG` and `DT_DIR` of dirent.h, which come as different types on different systems.
private let regularFile: Int32 = 8
private let directoryFile: Int32 = 4

private struct Entry {
    enum Kind {
        case file
        case directory
        /// What the link leads to; nil where it dangles.
        case link(FileKind?)
        case other
        case unknown(String)

        var isDirectory: Bool { if case .directory = self { true } else { false } }
    }

    let name: [UInt8]
    let kind: Kind
}

extension FileWalker {
    /// The names in a directory, in no order.
    static func names(in directory: String) throws(FileError) -> [String] {
        switch entries(of: Array(directory.utf8)) {
        case .success(let entries): return entries.map { String(decoding: $0.name, as: UTF8.self) }
        case .failure(let error): throw error
        }
    }

    private static func entries(of directory: [UInt8]) -> Result<[Entry], FileError> {
        var terminated = directory.map(CChar.init(bitPattern:))
        terminated.append(0)
        guard let stream = unsafe opendir(terminated) else {
            return .failure(FileError(path: String(decoding: directory, as: UTF8.self), reason: systemMessage(errno)))
        }
        defer { unsafe closedir(stream) }
        let descriptor = unsafe dirfd(stream)
        var entries: [Entry] = []
        while true {
            errno = 0
            guard let record = unsafe readdir(stream) else { break }
            let name = unsafe withUnsafeBytes(of: &record.pointee.d_name) { buffer in
                var name: [UInt8] = []
                // An index, as the formatter does not know `for unsafe … in`.
                var index = 0
                while index < buffer.count, unsafe buffer[index] != 0 {
                    unsafe name.append(buffer[index])
                    index += 1
                }
                return name
            }
            if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { continue }
            // Most systems tell the kind along with the name, which saves a question for each file.
            switch unsafe Int32(record.pointee.d_type) {
            case regularFile: entries.append(Entry(name: name, kind: .file))
            case directoryFile: entries.append(Entry(name: name, kind: .directory))
            default: entries.append(Entry(name: name, kind: kind(of: name, in: descriptor)))
            }
        }
        return .success(entries)
    }

    private static func kind(of name: [UInt8], in directory: CInt) -> Entry.Kind {
        var terminated = name.map(CChar.init(bitPattern:))
        terminated.append(0)
        var status = stat()
        guard unsafe fstatat(directory, terminated, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            return .unknown(systemMessage(errno))
        }
        guard status.st_mode & S_IFMT == S_IFLNK else {
            switch FileKind(mode: status.st_mode) {
            case .file: return .file
            case .directory: return .directory
            case .other: return .other
            }
        }
        guard unsafe fstatat(directory, terminated, &status, 0) == 0 else { return .link(nil) }
        return .link(FileKind(mode: status.st_mode))
    }
}
