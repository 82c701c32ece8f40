import BuildFiles
import Findings
import Gate
import Text
import Workspace

/// One state of a checkout's sources: where each file's bytes come from, and what its build files say.
struct GateSources: Sendable {
    /// A file of this state.
    struct File: Sendable {
        let path: String
        let bytes: @Sendable () -> Result<[UInt8], FileError>
    }

    /// A build file, and what was found in it.
    struct Build: Sendable {
        let file: BuildFile
        let bytes: [UInt8]
        let findings: [Finding]
        let declarations: [BuildKnowledge.Declaration]
        var path: String { file.path }
    }

    let knowledge: BuildKnowledge
    let builds: [Build]
    let failures: [FileError]
    private let index: ExtensionIndex
    private let scanner: SourceScanner

    /// Reads the build files of a state.
    init(buildFiles: [File], index: ExtensionIndex, patterns: PrivatePatterns, aim: Aim, jobs: Int) async {
        let scanner = MetadataScanner(index)
        let read = await parallelMap(buildFiles, jobs: jobs) { file in
            file.bytes().map { bytes in
                BuildFormat.of(path: file.path).map { format in
                    let build = format.read(bytes, path: file.path)
                    let result = scanner.scan(build, bytes)
                    return Build(
                        file: build, bytes: bytes,
                        findings: result.findings + patterns.findings(in: bytes, path: file.path, format: format),
                        declarations: result.declarations)
                }
            }
        }
        var builds: [Build] = []
        var failures: [FileError] = []
        for (file, outcome) in zip(buildFiles, read) {
            switch outcome {
            case .success(let build): if let build { builds.append(build) }
            case .failure(let error): failures.append(FileError(path: file.path, reason: error.reason))
            }
        }
        self.builds = builds
        self.failures = failures
        self.index = index
        knowledge = BuildKnowledge(builds.map(\.file), declarations: builds.flatMap(\.declarations))
        self.scanner = SourceScanner(index, knowledge, aim: aim)
    }

    /// What a source has turned on; nil where no build file speaks of it.
    func extensions(for path: String) -> [String]? { knowledge.extensions(for: path, index) }

    /// What one file turned out to be.
    struct Scanned: Sendable {
        var findings: [Finding] = []
        var suppressions: [Suppression] = []
        var isRead = false
        var skipped: String?
        /// Of a file that holds nothing, and was not known to.
        var newlyEmpty: QuickDigest?
    }

    /// Scans sources, in their order.
    ///
    /// - Parameters:
    ///   - inline: whether comments that allow uses count.
    ///   - empty: what is known to hold nothing; what turns out so is added.
    func scan(_ files: [File], inline: Bool, empty: EmptyFiles?, jobs: Int) async -> [Scanned] {
        let results = await parallelMap(files, jobs: jobs) { file in
            switch file.bytes() {
            case .success(let bytes): scan(bytes, path: file.path, inline: inline, empty: empty)
            case .failure(let error): Scanned(skipped: error.reason)
            }
        }
        empty?.keep(results.compactMap(\.newlyEmpty))
        return results
    }

    private func scan(_ bytes: [UInt8], path: String, inline: Bool, empty: EmptyFiles?) -> Scanned {
        let turnedOn = extensions(for: path)
        let digest = empty?.digest(bytes, path: path, turnedOn: turnedOn)
        if let digest, empty?.contains(digest) ?? false { return Scanned(isRead: true) }
        switch scanner.scan(bytes, path: path, turnedOn: turnedOn) {
        case .unreadable(let reason): return Scanned(skipped: reason)
        case .scanned(let scanned):
            let suppressions = Suppression.all(in: bytes, path: path)
            let isEmpty = scanned.findings.isEmpty && suppressions.isEmpty
            return Scanned(
                findings: scanned.findings, suppressions: inline ? suppressions : [], isRead: true,
                newlyEmpty: isEmpty ? digest : nil)
        }
    }
}
