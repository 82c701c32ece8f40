import Gate
import Workspace

/// The baseline as a file, and what git knows of it.
enum BaselineFile {
    static func read(_ path: String) throws(FileError) -> Baseline {
        let bytes: [UInt8]
        do {
            bytes = try FileReader.read(path)
        } catch {
            throw FileError(
                path: path, reason: "\(error.reason); make a baseline first: caravan baseline create --baseline \(path)"
            )
        }
        return try parse(bytes, path)
    }

    static func write(_ baseline: Baseline, to path: String) throws(FileError) {
        try AtomicFileWriter.write(Array(baseline.text().utf8), to: path)
    }

    private static func parse(_ bytes: [UInt8], _ path: String) throws(FileError) -> Baseline {
        do throws(Baseline.Failure) {
            return try Baseline(reading: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw FileError(path: "\(path):\(error.line)", reason: error.reason)
        }
    }

    /// Old paths by new ones of files that moved since the baseline was last written, as git sees it; and of files that git
    /// does not know yet, where their uses are exactly those of one that is gone.
    static func movedFiles(
        _ baseline: Baseline, _ file: String, _ run: GateRun, _ place: GatePlace, since: String?
    ) async -> [String: String] {
        let missing = Set(baseline.identities.map(\.path)).subtracting(run.paths)
        if missing.isEmpty { return [:] }
        var oldPaths = MovedFiles.find(baseline, run.findings) { !missing.contains($0) }
        guard place.isGit, let commit = await lastCommit(of: file, place) else { return oldPaths }
        if let changes = try? await ChangeSet(gitRoot: place.root, sinceCommit: commit) {
            for (new, old) in changes.oldPaths where missing.contains(old) { oldPaths[new] = old }
        }
        return oldPaths
    }

    private static func lastCommit(of file: String, _ place: GatePlace) async -> String? {
        let name = RealPath.of(file)
        let answer = try? await Git(directory: place.root).run(["log", "-1", "--format=%H", "HEAD", "--", name])
        guard let answer, answer.succeeded else { return nil }
        return answer.outputText.split(separator: "\n").first.map(String.init)
    }

    /// The lines that a change adds to the baseline; none where the base had no baseline.
    static func added(
        to baseline: Baseline, _ file: String, _ place: GatePlace, since commit: String, _ oldPaths: [String: String]
    ) async throws(FileError) -> [FindingIdentity] {
        let git = Git(directory: place.root)
        let name: [UInt8]
        do {
            let place = RealPath.of(file)
            name = try await git.output(["ls-files", "-z", "--full-name", "--cached", "--others", "--", place])
        } catch {
            throw FileError(path: file, reason: "git cannot find it: \(error.reason)")
        }
        guard let path = name.split(separator: 0).first,
            let old = try? await git.output(["cat-file", "blob", "\(commit):\(String(decoding: path, as: UTF8.self))"])
        else { return [] }
        let before = try parse(old, "\(file) of \(commit.prefix(8))")
        var newPaths: [String: String] = [:]
        for (new, old) in oldPaths { newPaths[old] = new }
        let moved = before.renamed(newPaths)
        return baseline.identities.filter { !before.contains($0) && !moved.contains($0) }
    }
}
