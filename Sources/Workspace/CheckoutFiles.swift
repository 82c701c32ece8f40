import Glibc

/// The files of a checkout that are wanted, as git lists them: what it tracks and what it does not ignore. Links are
/// left out, and so is what lies behind one, and submodules, which are repositories of their own.
///
/// Where there is no git the tree is walked.
package struct CheckoutFiles: Sendable {
    /// By path.
    package private(set) var files: [FileWalker.File] = []
    /// By path.
    package private(set) var skipped: [FileWalker.Skipped] = []

    /// - Parameters:
    ///   - root: the root of a work tree, absolute.
    ///   - includesIgnored: whether files that `.gitignore` names are listed too.
    ///   - wanted: told by name.
    package init(
        gitRoot root: String, includesIgnored: Bool, wanted: @Sendable (String) -> Bool
    ) async throws(FileError) {
        let answer: [UInt8]
        do {
            answer = try await Git(directory: root).output(
                ["ls-files", "-z", "-t", "-s", "--cached", "--others"]
                    + (includesIgnored ? [] : ["--exclude-standard"]))
        } catch {
            throw FileError(path: root, reason: "git cannot list its files: \(error.reason)")
        }
        var containment = Containment(root: root)
        var seen: Set<ArraySlice<UInt8>> = []
        for entry in answer.split(separator: 0) {
            guard let (path, mode) = Self.read(entry) else { continue }
            let name = path[(path.lastIndex(of: slash).map { $0 + 1 } ?? path.startIndex)...]
            if mode?.elementsEqual("160000".utf8) ?? false {
                skip(path + [slash], "a submodule, a repository of its own")
                continue
            }
            if path.last == slash {
                skip(path, "a repository of its own")
                continue
            }
            guard wanted(String(decoding: name, as: UTF8.self)), seen.insert(path).inserted else { continue }
            if FileWalker.skippedDirectories.contains(where: { Self.lies(path, below: $0) }) {
                skip(path, "build output, not scanned")
                continue
            }
            let location = Array(root.utf8) + [slash] + path
            switch containment.kind(of: location) {
            case .file: files.append(FileWalker.File(path: shownPath(Array(path)), location: location))
            // Deleted, but not yet from the index.
            case .missing: continue
            case .link: skip(path, "symbolic link, not followed")
            case .outside: skip(path, "lies behind a symbolic link out of the repository")
            case .other: skip(path, "not a regular file")
            }
        }
        sort()
    }

    /// Without git: every file below a directory.
    package init(walking root: String, wanted: (String) -> Bool) throws(FileError) {
        let walk = try FileWalker(root: root, wanted: wanted)
        files = walk.files
        skipped = walk.skipped
    }

    private mutating func skip(_ path: some Sequence<UInt8>, _ reason: String) {
        skipped.append(FileWalker.Skipped(path: shownPath(Array(path)), reason: reason))
    }

    private mutating func sort() {
        files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        skipped.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// `H 100644 HASH 0<tab>PATH` for tracked files, `? PATH` for others.
    private static func read(_ entry: ArraySlice<UInt8>) -> (path: ArraySlice<UInt8>, mode: ArraySlice<UInt8>?)? {
        guard entry.count > 2 else { return nil }
        let rest = entry.dropFirst(2)
        if entry.first == UInt8(ascii: "?") { return (rest, nil) }
        guard let tab = rest.firstIndex(of: 0x09) else { return nil }
        return (rest[(tab + 1)...], rest.prefix(6))
    }

    private static func lies(_ path: ArraySlice<UInt8>, below directory: String) -> Bool {
        let parts = path.split(separator: slash)
        return parts.dropLast().contains { $0.elementsEqual(directory.utf8) }
    }
}

private let slash = UInt8(ascii: "/")

/// Whether files lie inside a root when links are followed; one look at each directory.
struct Containment {
    enum Kind {
        case file, missing, link, outside, other
    }

    private let root: [UInt8]
    private var directories: [ArraySlice<UInt8>: Bool] = [:]

    init(root: String) {
        self.root = Self.real(Array(root.utf8)) ?? Array(root.utf8)
    }

    mutating func kind(of location: [UInt8]) -> Kind {
        var status = stat()
        var terminated = location.map(CChar.init(bitPattern:))
        terminated.append(0)
        guard unsafe lstat(terminated, &status) == 0 else { return .missing }
        switch status.st_mode & S_IFMT {
        case S_IFLNK: return .link
        case S_IFREG: return isInside(location) ? .file : .outside
        default: return .other
        }
    }

    private mutating func isInside(_ location: [UInt8]) -> Bool {
        let directory = location[..<(location.lastIndex(of: slash) ?? 0)]
        if let known = directories[directory] { return known }
        let real = Self.real(Array(directory)) ?? []
        let answer = real == root || real.starts(with: root + [slash])
        directories[directory] = answer
        return answer
    }

    private static func real(_ path: [UInt8]) -> [UInt8]? {
        var terminated = path.map(CChar.init(bitPattern:))
        terminated.append(0)
        guard let real = unsafe realpath(terminated, nil) else { return nil }
        defer { unsafe free(real) }
        return unsafe Array(String(cString: real).utf8)
    }
}
