import OpamFormat
import Universe
import Workspace

/// The opam files of one state of a repository: of its work tree, with what is not committed yet, or of a commit, which a
/// bare repository has too.
struct PackageFiles: Sendable {
    /// One opam file; its path is relative to the git repository's root.
    struct File: Sendable {
        let name: String
        let version: String
        let path: String
        /// Its blob, in a commit.
        let object: String?

        func entry(_ bytes: [UInt8]) -> Universe.Entry {
            Universe.Entry(name: name, version: version, path: path, file: OpamFile(parsing: bytes))
        }
    }

    /// Where git works: the root of the work tree, or a bare repository.
    let directory: String
    /// The commit that is looked at; nil for the work tree.
    let commit: String?
    /// Where the opam repository lies in the git repository: empty, or with `/` at its end.
    private let prefix: String
    private var byName: [String: [File]] = [:]

    /// - Parameters:
    ///   - directory: the root of an opam repository, or a bare git repository that holds one.
    ///   - revision: a revision or a day; nil for the work tree, and for `HEAD` where there is none.
    init(_ directory: String, at revision: String?) async throws(FileError) {
        guard try FileKind.of(directory) == .directory else {
            throw FileError(path: directory, reason: "is no directory: name the root of an opam repository")
        }
        let place = await WorkTree.place(of: directory)
        let isBare = place == nil ? await Git(directory: directory).isBare() : false
        guard place != nil || isBare else {
            throw FileError(
                path: directory, reason: "is in no git repository, so --since has nothing to compare with")
        }
        self.directory = place?.tree.root ?? directory
        prefix = place?.prefix ?? ""
        if revision != nil || isBare {
            commit = try await OpamRepositoryReader(directory: directory).resolve(revision ?? "HEAD")
        } else {
            commit = nil
        }
        let paths = try await paths()
        guard !paths.isEmpty else {
            throw FileError(
                path: directory, reason: "is no opam repository: \(commit ?? "it") has no opam files in `packages`")
        }
        for (path, object) in paths {
            if let file = file(at: path, object: object) { byName[file.name, default: []].append(file) }
        }
    }

    /// The package version whose opam file has this path; nil where it is none of the repository's.
    func file(at path: String, object: String?) -> File? {
        guard path.utf8.starts(with: (prefix + "packages/").utf8), path.utf8.suffix(5).elementsEqual("/opam".utf8)
        else {
            return nil
        }
        let parts = path.utf8.split(separator: UInt8(ascii: "/"))
        guard parts.count >= 3, let folder = String(parts[parts.count - 2]),
            let identity = RepositoryLayout.identity(folder: folder)
        else { return nil }
        return File(name: identity.name, version: identity.version, path: path, object: object)
    }

    func files(of name: String) -> [File] { byName[name] ?? [] }

    /// The bytes of files, in their order.
    func read(_ files: [File], jobs: Int) async throws(FileError) -> [Result<[UInt8], FileError>] {
        guard commit != nil else {
            return await parallelMap(files, jobs: jobs) { file in
                do throws(FileError) {
                    return .success(try FileReader.read(directory + "/" + file.path))
                } catch {
                    return .failure(error)
                }
            }
        }
        let contents = try await blobs(files.compactMap(\.object))
        return files.map { file in
            guard let bytes = file.object.flatMap({ contents[$0] }) else {
                return .failure(FileError(path: file.path, reason: "git has no object for it"))
            }
            return .success(bytes)
        }
    }

    /// Git's objects by their names; those that are missing are left out.
    func blobs(_ objects: [String]) async throws(FileError) -> [String: [UInt8]] {
        let contents = try await OpamRepositoryReader(directory: directory).read(blobs: objects)
        var found: [String: [UInt8]] = [:]
        for (object, bytes) in zip(objects, contents) { found[object] = bytes }
        return found
    }

    /// The day of the commit that is looked at, or of the newest one, UTC.
    func date() async throws(FileError) -> String {
        let answer = try await ask(
            "tell its day",
            [
                "log", "-1", "--date=format-local:%Y-%m-%d", "--format=%cd", commit ?? "HEAD",
            ])
        return String(decoding: answer.prefix { $0 != 0x0A }, as: UTF8.self)
    }

    private func paths() async throws(FileError) -> [(path: String, object: String?)] {
        let folder = prefix + RepositoryLayout.packagesFolder
        if let commit {
            let listing = try await ask("list its files", ["ls-tree", "-r", "-z", "--full-tree", commit, "--", folder])
            return OpamRepositoryReader.blobs(listing) { $0.hasSuffix("/opam") }.map { ($0.path, $0.object) }
        }
        let listing = try await ask(
            "list its files",
            [
                "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", folder,
            ])
        return listing.split(separator: 0).filter { $0.suffix(5).elementsEqual("/opam".utf8) }
            .map { (String(decoding: $0, as: UTF8.self), nil) }
    }

    private func ask(_ what: String, _ arguments: [String]) async throws(FileError) -> [UInt8] {
        do {
            return try await Git(directory: directory).output(arguments)
        } catch {
            throw FileError(path: directory, reason: "git cannot \(what): \(error.reason)")
        }
    }
}
