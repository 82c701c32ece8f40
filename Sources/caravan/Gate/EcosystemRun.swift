import Findings
import Gate
import OpamFormat
import Text
import Universe
import Workspace

/// The gate's look at an opam repository: the package versions that differ from the base, and whatever they can come to, in
/// both states. Nothing else is read.
struct EcosystemRun: Sendable {
    let findings: [Finding]
    let allowed: [(finding: Finding, reason: String)]
    let base: String
    let filesRead: Int
    let skipped: [Coverage.Skipped]

    init(
        repository: String, since revision: String, world options: WorldOptions, roots: [String], inline: Bool,
        jobs: Int
    ) async throws {
        let root = try await Self.root(of: repository)
        let changes = try await ChangeSet(gitRoot: root, since: revision)
        let files = try await PackageFiles(root: root)
        var changed: [EcosystemGate.Changed] = []
        var old: [Universe.Entry] = []
        var skipped: [Coverage.Skipped] = []
        let relevant = changes.changes.filter {
            [$0.oldPath, $0.newPath].contains { $0.map(PackageFiles.isPackage) ?? false }
        }
        let objects = relevant.compactMap(\.oldObject)
        let contents = try await OpamRepositoryReader(directory: root).read(blobs: objects)
        let oldBytes = Dictionary(zip(objects, contents).compactMap { pair in pair.1.map { (pair.0, $0) } }) {
            first, _ in first
        }
        for change in relevant {
            if let path = change.oldPath, let identity = PackageFiles.identity(path),
                let bytes = change.oldObject.flatMap({ oldBytes[$0] })
            {
                old.append(
                    Universe.Entry(
                        name: identity.name, version: identity.version, path: path, file: OpamFile(parsing: bytes)))
            }
            guard let path = change.newPath, let identity = PackageFiles.identity(path) else { continue }
            do throws(FileError) {
                let bytes = try FileReader.read(root + "/" + path)
                changed.append(
                    EcosystemGate.Changed(name: identity.name, version: identity.version, path: path, bytes: bytes))
            } catch {
                skipped.append(.init(path: path, reason: error.reason))
            }
        }
        base = changes.base
        if changed.isEmpty {
            (findings, allowed, filesRead, self.skipped) = ([], [], 0, skipped)
            return
        }
        let entries = await files.reach(
            of: changed.map(\.name) + roots + ["ocaml"], and: old, jobs: jobs)
        let changedPaths = Set(relevant.flatMap { [$0.oldPath, $0.newPath] }.compactMap { $0 })
        let now = Universe(entries: entries)
        let before = Universe(entries: entries.filter { !changedPaths.contains($0.path) } + old)
        let date = try await files.date()
        let loaded = LoadedUniverse(universe: now, revision: nil, date: date, files: [:])
        let world = try options.world(for: loaded)
        let gate = EcosystemGate(
            changed, before: .init(before, world, rootNames: roots), now: .init(now, world, rootNames: roots))
        var standing: [Finding] = []
        var allowed: [(finding: Finding, reason: String)] = []
        for file in changed {
            let suppressions = inline ? Suppression.all(in: file.bytes, path: file.path) : []
            let result = Suppression.apply(
                suppressions, to: gate.findings.filter { $0.path == file.path }, path: file.path)
            standing += result.standing
            allowed += result.allowed
        }
        for file in changed {
            for error in OpamFile(parsing: file.bytes).errors {
                skipped.append(.init(path: file.path, reason: "line \(error.position.line): \(error.message)"))
            }
        }
        findings = standing
        self.allowed = allowed
        filesRead = entries.count
        self.skipped = skipped
    }

    private static func root(of directory: String) async throws(FileError) -> String {
        _ = try FileKind.of(directory)
        guard let root = await Git(directory: directory).workTreeRoot() else {
            throw FileError(path: directory, reason: "is in no git work tree, so --since has nothing to compare with")
        }
        return root
    }
}

/// The opam files of a repository's work tree, by package name.
private struct PackageFiles: Sendable {
    private let root: String
    private let paths: [String: [String]]

    init(root: String) async throws(FileError) {
        self.root = root
        let git = Git(directory: root)
        let answer: [UInt8]
        do {
            answer = try await git.output([
                "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", RepositoryLayout.packagesFolder,
            ])
        } catch {
            throw FileError(path: root, reason: "git cannot list its files: \(error.reason)")
        }
        var paths: [String: [String]] = [:]
        for field in answer.split(separator: 0) {
            let path = String(decoding: field, as: UTF8.self)
            if let identity = Self.identity(path) { paths[identity.name, default: []].append(path) }
        }
        self.paths = paths
    }

    static func isPackage(_ path: String) -> Bool { identity(path) != nil }

    static func identity(_ path: String) -> (name: String, version: String)? {
        guard path.utf8.starts(with: "packages/".utf8), path.utf8.suffix(5).elementsEqual("/opam".utf8) else {
            return nil
        }
        let parts = path.utf8.split(separator: UInt8(ascii: "/"))
        guard parts.count >= 3, let folder = String(parts[parts.count - 2]) else { return nil }
        return RepositoryLayout.identity(folder: folder)
    }

    /// The day of the newest commit, UTC.
    func date() async throws(FileError) -> String? {
        do {
            let answer = try await Git(directory: root).output([
                "log", "-1", "--date=format-local:%Y-%m-%d", "--format=%cd", "HEAD",
            ])
            return String(decoding: answer.prefix { $0 != 0x0A }, as: UTF8.self)
        } catch {
            throw FileError(path: root, reason: "git cannot tell the day of HEAD: \(error.reason)")
        }
    }

    /// Every version of the packages and of whatever they depend on, directly or not, by any version.
    func reach(of names: [String], and old: [Universe.Entry], jobs: Int) async -> [Universe.Entry] {
        var seen: Set<String> = []
        var pending = names
        for entry in old { entry.file.depends.forEachAtom { pending.append($0.name) } }
        var entries: [Universe.Entry] = []
        while !pending.isEmpty {
            let new = Set(pending).subtracting(seen).sorted()
            seen.formUnion(new)
            let files = new.flatMap { paths[$0] ?? [] }
            let read = await parallelMap(files, jobs: jobs) { path -> Universe.Entry? in
                guard let identity = Self.identity(path), let bytes = try? FileReader.read(root + "/" + path) else {
                    return nil
                }
                return Universe.Entry(
                    name: identity.name, version: identity.version, path: path, file: OpamFile(parsing: bytes))
            }
            pending = []
            for entry in read.compactMap({ $0 }) {
                entries.append(entry)
                entry.file.depends.forEachAtom { if !seen.contains($0.name) { pending.append($0.name) } }
            }
        }
        return entries
    }
}
