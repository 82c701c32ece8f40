import BuildFiles
import Findings
import Gate
import Reporting
import Text
import Workspace

/// One look at a checkout for the gate: the uses of camlp4 that stand, those that comments allow, and those of the base.
struct GateRun: Sendable {
    /// What to look at and how.
    struct Request: Sendable {
        var place: GatePlace
        var since: String?
        var includesIgnored = false
        var inline = true
        var jobs = 1
        var aim = Aim()
        var index: ExtensionIndex
        var patterns: PrivatePatterns
        /// What is known to hold nothing; nil where all is to be read anew.
        var empty: EmptyFiles?
        /// Told by path, relative to the repository's root.
        var isWanted: @Sendable (String) -> Bool = { _ in true }
    }

    private(set) var findings: [Finding] = []
    private(set) var allowed: [(finding: Finding, reason: String)] = []
    private(set) var skipped: [Coverage.Skipped] = []
    private(set) var filesRead = 0
    private(set) var base: Set<FindingIdentity>?
    /// The commit that was compared with.
    private(set) var baseCommit: String?
    private(set) var oldPaths: [String: String] = [:]
    /// The paths that there are.
    private(set) var paths: Set<String> = []
    /// The paths, old and new, that were looked at; nil where all were.
    private(set) var lookedAt: Set<String>?

    init(_ request: Request) async throws(FileError) {
        let root = request.place.root
        let wanted: @Sendable (String) -> Bool = { name in
            SourceLanguage.isSource(fileName: name) || BuildFormat.mayTake(fileName: name)
        }
        async let changes = Self.changes(request)
        let listing =
            request.place.isGit
            ? try await CheckoutFiles(gitRoot: root, includesIgnored: request.includesIgnored, wanted: wanted)
            : try CheckoutFiles(walking: root, wanted: wanted)
        skipped = listing.skipped.filter { request.place.holds($0.path) }
            .map { Coverage.Skipped(path: $0.path, reason: $0.reason) }
        let files = listing.files.filter { request.isWanted($0.path) }
        paths = Set(files.map(\.path))
        let here = files.map { file in
            GateSources.File(path: file.path) {
                do throws(FileError) {
                    return .success(try FileReader.read(file.location))
                } catch {
                    return .failure(error)
                }
            }
        }
        let isBuild = { (path: String) in BuildFormat.of(path: path) != nil }
        let sources = await GateSources(
            buildFiles: here.filter { isBuild($0.path) }, index: request.index, patterns: request.patterns,
            aim: request.aim, jobs: request.jobs)
        for error in sources.failures { skipped.append(.init(path: error.path, reason: error.reason)) }
        guard let changes = try await changes.get() else {
            let looked = here.filter { isSource($0.path) && request.place.holds($0.path) }
            await look(at: looked, sources, request, builds: { request.place.holds($0) })
            return
        }
        try await compare(here, sources, changes, request)
    }

    private static func changes(_ request: Request) async -> Result<ChangeSet?, FileError> {
        guard let revision = request.since else { return .success(nil) }
        guard request.place.isGit else {
            return .failure(
                FileError(
                    path: request.place.root, reason: "is in no git repository, so --since has nothing to compare with")
            )
        }
        do throws(FileError) {
            return .success(try await ChangeSet(gitRoot: request.place.root, since: revision))
        } catch {
            return .failure(error)
        }
    }

    // MARK: One state

    private mutating func look(
        at files: [GateSources.File], _ sources: GateSources, _ request: Request, builds: (String) -> Bool
    ) async {
        let scanned = await sources.scan(
            files, inline: request.inline, empty: request.empty, jobs: request.jobs)
        for (file, result) in zip(files, scanned) {
            if let reason = result.skipped { skipped.append(.init(path: file.path, reason: reason)) }
            if result.isRead { filesRead += 1 }
            take(result.findings, result.suppressions, file.path)
        }
        for build in sources.builds where builds(build.path) {
            filesRead += 1
            take(
                build.findings, request.inline ? Suppression.all(in: build.bytes, path: build.path) : [], build.path)
        }
        skipped.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private mutating func take(_ found: [Finding], _ suppressions: [Suppression], _ path: String) {
        if suppressions.isEmpty {
            findings += found
            return
        }
        let result = Suppression.apply(suppressions, to: found, path: path)
        findings += result.standing
        allowed += result.allowed
    }

    // MARK: Two states

    /// Looks at what differs from the base: files that changed, and files for which build files say something else.
    private mutating func compare(
        _ here: [GateSources.File], _ sources: GateSources, _ changes: ChangeSet, _ request: Request
    ) async throws(FileError) {
        baseCommit = changes.base
        oldPaths = changes.oldPaths
        let wanted = changes.changes.filter { change in
            [change.oldPath, change.newPath].contains { path in
                path.map {
                    (SourceLanguage.isSource(fileName: fileName(of: $0))
                        || BuildFormat.of(path: $0) != nil) && request.isWanted($0)
                } ?? false
            }
        }
        let old = try await OldFiles(wanted, root: request.place.root)
        let isBuild = { (path: String) in BuildFormat.of(path: path) != nil }
        let changedNow = Set(wanted.compactMap(\.newPath))
        let kept = here.filter { !changedNow.contains($0.path) }
        let changesBuilds = wanted.contains { ($0.oldPath.map(isBuild) ?? false) || ($0.newPath.map(isBuild) ?? false) }
        let before =
            changesBuilds
            ? await GateSources(
                buildFiles: kept.filter { isBuild($0.path) } + old.files.filter { isBuild($0.path) },
                index: request.index, patterns: request.patterns, aim: request.aim, jobs: request.jobs)
            : sources

        let turned =
            changesBuilds
            ? kept.filter { file in
                isSource(file.path) && before.extensions(for: file.path) != sources.extensions(for: file.path)
            } : []
        let looked = here.filter { changedNow.contains($0.path) && isSource($0.path) } + turned
        await look(
            at: looked.filter { request.place.holds($0.path) }, sources, request,
            builds: { changedNow.contains($0) && request.place.holds($0) })

        var earlier = GateRun()
        let oldBuilds = Set(old.files.map(\.path).filter(isBuild))
        await earlier.look(
            at: old.files.filter { isSource($0.path) } + turned, before, request,
            builds: { oldBuilds.contains($0) })
        base = Set(earlier.findings.map(FindingIdentity.init))
        lookedAt = Set(looked.map(\.path)).union(changedNow).union(old.files.map(\.path))
    }

    private init() {}
}

/// A file may be both: `setup.ml` is a program too.
private func isSource(_ path: String) -> Bool { SourceLanguage.isSource(fileName: fileName(of: path)) }

/// The old versions of changed files, out of git.
private struct OldFiles {
    private(set) var files: [GateSources.File] = []

    init(_ changes: [ChangeSet.Change], root: String) async throws(FileError) {
        let wanted = changes.compactMap { change in
            change.oldPath.flatMap { path in change.oldObject.map { (path: path, object: $0) } }
        }
        guard !wanted.isEmpty else { return }
        let contents = try await OpamRepositoryReader(directory: root).read(blobs: wanted.map(\.object))
        for (file, bytes) in zip(wanted, contents) {
            guard let bytes else {
                throw FileError(path: file.path, reason: ChangeSet.missingBlob)
            }
            files.append(GateSources.File(path: file.path) { .success(bytes) })
        }
    }
}
