import BuildFiles
import Catalogue
import Findings
import Gate
import Reporting
import Rewriting
import Text
import Workspace

/// The files that a scan will read.
struct ScanInputs {
    struct Input: Sendable {
        let path: String
        let location: [UInt8]
        /// Named on the command line itself: not being readable is an error then.
        let named: Bool
        /// Its format as a build file; a source can be one too.
        let format: BuildFormat?
        /// What it holds, where it lies in no file of its own; else it is read.
        var content: [UInt8]?
        var isSource: Bool { format == nil || SourceLanguage.isSource(fileName: fileName(of: path)) }

        func read() -> Swift.Result<[UInt8], FileError> {
            if let content { return .success(content) }
            do {
                return .success(try FileReader.read(location))
            } catch {
                return .failure(error)
            }
        }
    }

    /// The configuration of the project that they belong to.
    let project: Project
    /// Whether documents and comments are looked at too.
    var wantsDocuments = false
    private var documents: [Input] = []
    private var inputs: [Input] = []
    private var skipped: [Coverage.Skipped] = []
    private var links: [SourceLinks.Link] = []
    /// What builds make sources of.
    private var templates: [Input] = []
    /// Sources behind links that lead out of the checkout, or nowhere.
    private var unread: [String] = []
    private var errors: [FileError] = []

    init(_ project: Project) {
        self.project = project
    }

    /// A file that is named by itself is read whatever the configuration leaves out.
    ///
    /// - Parameter alone: paths below a directory are relative to it, where it is the only one.
    /// - Parameter ignored: what git ignores below the path (`IgnoredPaths`).
    mutating func add(_ path: String, alone: Bool, ignored: Set<[UInt8]> = []) {
        do {
            if try FileKind.of(path) == .directory {
                try addDirectory(path, prefix: alone ? "" : path, ignored)
            } else {
                let format = BuildFormat.of(path: path)
                let input = Input(path: path, location: Array(path.utf8), named: true, format: format)
                if wantsDocuments, format == nil, DocumentScanner.takes(fileName: fileName(of: path)) {
                    documents.append(input)
                } else {
                    inputs.append(input)
                }
            }
        } catch {
            errors.append(error)
        }
    }

    /// A file of a checkout that is at hand as bytes only.
    mutating func add(_ path: String, content: [UInt8]) {
        let format = BuildFormat.of(path: path)
        guard format != nil || SourceLanguage.isSource(fileName: fileName(of: path)) else { return }
        inputs.append(
            Input(path: path, location: Array(path.utf8), named: false, format: format, content: content))
    }

    private mutating func addDirectory(
        _ directory: String, prefix: String, _ ignored: Set<[UInt8]>
    ) throws(FileError) {
        let wantsDocuments = wantsDocuments
        let walk = try FileWalker(root: directory, ignored: ignored) { name in
            SourceLanguage.isSource(fileName: name) || BuildFormat.mayTake(fileName: name)
                || SourceLanguage.source(ofTemplate: name) != nil
                || wantsDocuments && DocumentScanner.takes(fileName: name)
        }
        var prefix = prefix[...]
        while prefix.hasSuffix("/") { prefix = prefix.dropLast() }
        let start = prefix.isEmpty ? "" : "\(prefix)/"
        let looks = project.looks(below: directory)
        for file in walk.files {
            let format = BuildFormat.of(path: file.path)
            let input = Input(path: start + file.path, location: file.location, named: false, format: format)
            if let made = SourceLanguage.source(ofTemplate: file.path), BuildFormat.of(path: made) == nil {
                templates.append(Input(path: start + made, location: file.location, named: false, format: nil))
                continue
            }
            let isRead = format != nil || SourceLanguage.isSource(fileName: fileName(of: file.path))
            // What a walk lists for its name alone (a part of an `_oasis`) may be neither.
            guard isRead || DocumentScanner.takes(fileName: fileName(of: file.path)) else { continue }
            guard looks(file.path) else {
                skipped.append(.init(path: start + file.path, reason: "left out by \(Configuration.fileName)"))
                continue
            }
            if isRead { inputs.append(input) } else { documents.append(input) }
        }
        links += walk.links.map { SourceLinks.Link(path: start + $0.path, target: start + $0.target) }
        unread += walk.leadingOut.filter { SourceLanguage.isSource(fileName: fileName(of: $0)) }.map { start + $0 }
        skipped += walk.skipped.map { Coverage.Skipped(path: start + $0.path, reason: $0.reason) }
    }

    /// What was read, and the errors that end the run with a status of its own.
    struct Result: Sendable {
        let report: ScanReport
        let errors: [FileError]
    }

    /// The build files of a checkout, read, and what sources there are.
    struct Loaded: Sendable {
        struct Build: Sendable {
            let input: Input
            let file: BuildFile
            let bytes: [UInt8]
            let result: MetadataScanner.Result
        }

        let project: Project
        let sources: [Input]
        let builds: [Build]
        let knowledge: BuildKnowledge
        /// Sources that are there and cannot be read.
        fileprivate(set) var unread: [String]
        fileprivate(set) var errors: [FileError]
        fileprivate(set) var coverage: Coverage

        /// Scans as the build files say; a file that is named by itself has no checkout around it: its content decides.
        ///
        /// - Parameter identifies: whether findings get fingerprints.
        func scanners(aim: Aim, identifies: Bool = true) -> @Sendable (Input) -> SourceScanner {
            let informed = SourceScanner(project.index, knowledge, aim: aim, identifies: identifies)
            let alone = SourceScanner(project.index, nil, aim: aim, identifies: identifies)
            return { $0.named ? alone : informed }
        }

        mutating func leaveOut(_ input: Input, _ error: FileError) {
            if input.named { errors.append(error) }
            coverage.skipped.append(.init(path: input.path, reason: error.reason))
            unread.append(input.path)
        }
    }

    func load(jobs: Int) async -> Loaded {
        var seen = Set<String>()
        let inputs = inputs.filter { seen.insert($0.path).inserted }.sorted { precedes($0.path, $1.path) }
        let metadataScanner = MetadataScanner(project.index)
        let buildInputs = inputs.filter { $0.format != nil }
        let read = await parallelMap(buildInputs, jobs: jobs) { input in
            input.read().map { bytes in
                input.format.map { format in
                    let file = format.read(bytes, path: input.path)
                    return Loaded.Build(
                        input: input, file: file, bytes: bytes, result: metadataScanner.scan(file, bytes))
                }
            }
        }
        var builds: [Loaded.Build] = []
        var failures: [(Input, FileError)] = []
        for (input, build) in zip(buildInputs, read) {
            switch build {
            case .success(let build): if let build { builds.append(build) }
            case .failure(let error): failures.append((input, error))
            }
        }
        var coverage = Coverage()
        coverage.skipped = skipped
        var loaded = Loaded(
            project: project, sources: inputs.filter(\.isSource), builds: builds,
            knowledge: BuildKnowledge(
                builds.map(\.file), declarations: builds.flatMap(\.result.declarations), links: SourceLinks(links)),
            unread: unread, errors: errors, coverage: coverage)
        for (input, error) in failures { loaded.leaveOut(input, error) }
        return loaded
    }

    func scan(jobs: Int, aim: Aim = Aim(), quiet: Bool = true) async -> Result {
        var loaded = await load(jobs: jobs)
        let scanner = loaded.scanners(aim: aim)
        let progress = Progress("files", total: loaded.sources.count, quiet: quiet)
        let outcomes = await parallelMap(loaded.sources, jobs: jobs) { input in
            defer { progress.step() }
            return input.read().map { bytes in
                (
                    scan: scanner(input).scan(bytes, path: input.path),
                    namesCamlp4: CheckoutSource.namesCamlp4(bytes), isScript: CheckoutSource.isScript(bytes)
                )
            }
        }
        progress.finish()
        var states: [CheckoutSource] = []
        var scanned: [ScannedFile] = []
        for (input, outcome) in zip(loaded.sources, outcomes) {
            switch outcome {
            case .success((.scanned(let file), let namesCamlp4, let isScript)):
                scanned.append(file)
                states.append(CheckoutSource(file, namesCamlp4: namesCamlp4, isScript: isScript))
                loaded.coverage.files += 1
                loaded.coverage.bytes += file.size
                if file.partial == nil { loaded.coverage.parsed += 1 } else { loaded.coverage.partial += 1 }
            case .success((.unreadable(let reason), _, _)):
                loaded.coverage.skipped.append(.init(path: input.path, reason: reason))
                loaded.unread.append(input.path)
            case .failure(let error): loaded.leaveOut(input, error)
            }
        }
        loaded.unread += await unclearTemplates(loaded, aim: aim, jobs: jobs)
        let rows = Usage.matrix(loaded.knowledge, scanned, project.index, unread: loaded.unread)
        var usage = withLibraries(rows, loaded)
        let texts = wantsDocuments ? await scanTexts(loaded, jobs: jobs, aim: aim) : nil
        if let texts { usage = Usage.noting(texts.results, in: usage) }
        for failure in texts?.failures ?? [] { loaded.leaveOut(failure.input, failure.error) }
        loaded.coverage.skipped.sort { precedes($0.path, $1.path) }
        let report = ScanReport(
            coverage: loaded.coverage, files: scanned.map { $0.keeping { project.counts($0.rule) } },
            metadata: metadata(loaded, states, aim), usage: usage, documents: texts?.results)
        return Result(report: report, errors: loaded.errors)
    }
}

extension ScanInputs {
    /// The sources made of templates, of which it is not sure that they use nothing.
    private func unclearTemplates(_ loaded: Loaded, aim: Aim, jobs: Int) async -> [String] {
        let scanner = loaded.scanners(aim: aim)
        let isPlain = await parallelMap(templates, jobs: jobs) { input in
            guard case .success(let bytes) = input.read(),
                case .scanned(let file) = scanner(input).scan(bytes, path: input.path)
            else { return false }
            return file.extensions.isEmpty && file.acceptedByStock
        }
        return zip(templates, isPlain).filter { !$0.1 }.map(\.0.path)
    }

    /// What is declared and seems unused becomes unknown where a source names a module of the library that comes with the
    /// syntax (`deriving.syntax` brings `Deriving_Show`), and no other entry for that source brings it.
    private func withLibraries(_ rows: [Usage], _ loaded: Loaded) -> [Usage] {
        rows.map { row in
            guard row.status == .declaredUnused, let entry = project.index.named(row.extension) else { return row }
            let libraries = entry.findlib.compactMap { SyntaxLibrary(of: $0, project.index) }
            let users = loaded.sources.filter { input in
                let active = loaded.knowledge.active(for: input.path)
                return active.contains { $0.extension == row.extension && row.declaredIn.contains($0.place) }
                    && libraries.contains { isNeeded($0, by: input, loaded) }
            }
            return users.isEmpty ? row : row.unknown(users.map(\.path))
        }
    }

    /// Whether a source names a module of a library that no build file names for it.
    private func isNeeded(_ library: SyntaxLibrary, by input: Input, _ loaded: Loaded) -> Bool {
        let files = loaded.builds.lazy.map(\.file)
        guard !library.isNamed(for: input.path, in: files, loaded.knowledge.links, project.index),
            case .success(let bytes) = input.read()
        else { return false }
        return library.moduleNamed(in: bytes) != nil
    }

    /// What documents and the comments of sources still show, by path.
    private func scanTexts(
        _ loaded: Loaded, jobs: Int, aim: Aim
    ) async -> (results: [DocumentScanner.Result], failures: [(input: Input, error: FileError)]) {
        let scanner = DocumentScanner(project.index, aim: aim)
        // The comments of build programs (`setup.ml`, `myocamlbuild.ml`) are their generator's.
        let sources = loaded.sources.filter { $0.format == nil }
        let texts = documents.map { (input: $0, isSource: false) } + sources.map { (input: $0, isSource: true) }
        let outcomes = await parallelMap(texts, jobs: jobs) { text in
            text.input.read().map { bytes in
                text.isSource
                    ? scanner.scan(source: bytes, path: text.input.path)
                    : scanner.scan(document: bytes, path: text.input.path)
            }
        }
        var results: [DocumentScanner.Result] = []
        var failures: [(input: Input, error: FileError)] = []
        for (text, outcome) in zip(texts, outcomes) {
            switch outcome {
            case .success(let result): if !result.findings.isEmpty { results.append(result) }
            // Of sources that cannot be read the scan itself tells.
            case .failure(let error): if !text.isSource { failures.append((text.input, error)) }
            }
        }
        return (results.sorted { precedes($0.path, $1.path) }, failures)
    }

    /// The findings of build files with what to write instead, which depends on what sources use.
    private func metadata(
        _ loaded: Loaded, _ sources: [CheckoutSource], _ aim: Aim
    ) -> [MetadataScanner.Result] {
        let checkout = loaded.builds.map { CheckoutBuild(file: $0.file, bytes: $0.bytes, result: $0.result) }
        let migration = MetadataMigration(
            checkout, sources: sources, project.index, aim: aim, links: loaded.knowledge.links)
        return loaded.builds.map { build in
            let path = build.input.path
            let shown = migration.outcome(of: path)?.shown ?? build.result.findings
            let own = project.patterns.findings(in: build.bytes, path: path, format: build.file.format)
            return build.result.with((shown + own).filter { project.counts($0.rule) })
        }
    }
}

private func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
}
