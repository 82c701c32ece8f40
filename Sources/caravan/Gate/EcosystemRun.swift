import Findings
import Gate
import OpamFormat
import Text
import Universe
import Workspace

/// The gate's look at an opam repository: the package versions that differ from the base, and whatever they can come to, in
/// both states. Nothing else is read.
struct EcosystemRun: Sendable {
    struct Request: Sendable {
        let repository: String
        let since: String
        /// The state that is judged: a revision or a day; nil for the work tree, or `HEAD` of a bare repository.
        let at: String?
        let world: WorldOptions
        /// The packages that are to go.
        let roots: [String]
        let inline: Bool
        let jobs: Int
    }

    private(set) var findings: [Finding] = []
    private(set) var allowed: [(finding: Finding, reason: String)] = []
    let base: String
    private(set) var filesRead = 0
    private(set) var skipped: [Coverage.Skipped] = []

    init(_ request: Request) async throws {
        let files = try await PackageFiles(request.repository, at: request.at)
        let changes = try await ChangeSet(gitRoot: files.directory, since: request.since, at: files.commit)
        base = changes.base
        let old = try await oldEntries(changes, files)
        let changed = try await changedFiles(changes, files, request.jobs)
        if changed.isEmpty { return }
        let entries = try await reach(
            of: changed.map(\.name) + request.roots + ["ocaml"], and: old, files, request.jobs)
        filesRead = entries.count
        let touched = Set(changes.changes.flatMap { [$0.oldPath, $0.newPath] }.compactMap { $0 })
        let now = Universe(entries: entries)
        let before = Universe(entries: entries.filter { !touched.contains($0.path) } + old)
        let loaded = LoadedUniverse(universe: now, revision: nil, date: try await files.date(), files: [:])
        let world = try request.world.world(for: loaded)
        let gate = EcosystemGate(
            changed, before: .init(before, world, rootNames: request.roots),
            now: .init(now, world, rootNames: request.roots))
        judge(changed, gate.findings, inline: request.inline)
    }

    /// What the base had in place of the files that changed.
    private func oldEntries(_ changes: ChangeSet, _ files: PackageFiles) async throws(FileError) -> [Universe.Entry] {
        let old = changes.changes.compactMap { change in
            change.oldPath.flatMap { files.file(at: $0, object: change.oldObject) }
        }
        let contents = try await files.blobs(old.compactMap(\.object))
        return try old.map { file throws(FileError) in
            guard let bytes = file.object.flatMap({ contents[$0] }) else {
                throw FileError(path: file.path, reason: ChangeSet.missingBlob)
            }
            return file.entry(bytes)
        }
    }

    /// The files that changed, as they are now.
    private mutating func changedFiles(
        _ changes: ChangeSet, _ files: PackageFiles, _ jobs: Int
    ) async throws(FileError) -> [EcosystemGate.Changed] {
        let new = changes.changes.compactMap { change in
            change.newPath.flatMap { files.file(at: $0, object: change.newObject) }
        }
        var changed: [EcosystemGate.Changed] = []
        for (file, outcome) in zip(new, try await files.read(new, jobs: jobs)) {
            switch outcome {
            case .success(let bytes):
                changed.append(
                    EcosystemGate.Changed(name: file.name, version: file.version, path: file.path, bytes: bytes))
            case .failure(let error): skipped.append(.init(path: file.path, reason: error.reason))
            }
        }
        return changed
    }

    /// Every version of the packages and of whatever they depend on, directly or not, by any version.
    private mutating func reach(
        of names: [String], and old: [Universe.Entry], _ files: PackageFiles, _ jobs: Int
    ) async throws(FileError) -> [Universe.Entry] {
        var seen: Set<String> = []
        var pending = names
        for entry in old { entry.file.depends.forEachAtom { pending.append($0.name) } }
        var entries: [Universe.Entry] = []
        while !pending.isEmpty {
            let new = Set(pending).subtracting(seen).sorted()
            seen.formUnion(new)
            pending = []
            let wanted = new.flatMap { files.files(of: $0) }
            let contents = try await files.read(wanted, jobs: jobs)
            let read = await parallelMap(Array(zip(wanted, contents)), jobs: jobs) { file, outcome in
                outcome.map { file.entry($0) }
            }
            for (file, outcome) in zip(wanted, read) {
                switch outcome {
                case .success(let entry):
                    entries.append(entry)
                    entry.file.depends.forEachAtom { if !seen.contains($0.name) { pending.append($0.name) } }
                case .failure(let error):
                    // Deleted, and git's index has it still.
                    if files.commit == nil, (try? FileKind.of(files.directory + "/" + file.path)) == nil { continue }
                    skipped.append(.init(path: file.path, reason: error.reason))
                }
            }
        }
        return entries
    }

    private mutating func judge(_ changed: [EcosystemGate.Changed], _ found: [Finding], inline: Bool) {
        for file in changed {
            let suppressions = inline ? Suppression.all(in: file.bytes, path: file.path) : []
            let result = Suppression.apply(
                suppressions, to: found.filter { $0.path == file.path }, path: file.path)
            findings += result.standing
            allowed += result.allowed
            for error in OpamFile(parsing: file.bytes).errors {
                skipped.append(.init(path: file.path, reason: "line \(error.position.line): \(error.message)"))
            }
        }
    }
}
