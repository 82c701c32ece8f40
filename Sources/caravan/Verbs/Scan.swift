import ArgumentParser
import BuildFiles
import Catalogue
import Findings
import Reporting
import Workspace

/// `caravan scan`: every use of camlp4 in sources, every build line that brings it in.
struct Scan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find every use of camlp4 in a checkout, a tree of checkouts, or single files.",
        discussion: """
            Which words are keywords depends on the extensions that the build files turn on for a source. A file that \
            no build file speaks of, and a file that is named by itself, is judged by its content. Status 123 says \
            that a PATH could not be read; files that cannot be read inside a directory are counted as skipped.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(help: "Directories and files (default: the current directory).")
    var paths: [String] = ["."]

    @Option(help: "text, as compilers print, or json (schema caravan.scan/1).")
    var format: Format = .text

    @Option(help: ArgumentHelp("Write the report here instead of to standard output.", valueName: "file"))
    var output: String?

    @OptionGroup var aiming: AimOptions

    @Option(help: "How many files to read at a time (default: one a processor).")
    var jobs: Int?

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
    }

    func run() async throws {
        var inputs = ScanInputs()
        for path in paths { inputs.add(path, alone: paths.count == 1) }
        let scan = await inputs.scan(jobs: jobs ?? defaultJobs(), aim: aiming.aim)
        try write(scan.report)
        for error in scan.errors { StandardStream.error.writeLine("caravan: \(error)") }
        if !scan.errors.isEmpty { throw ExitStatus.reportedError }
    }

    private func write(_ report: ScanReport) throws {
        let bytes =
            switch format {
            case .json: ScanJSON.write(report)
            case .text:
                ScanText.write(report, colour: output == nil && StandardStream.output.takesColour, next: nextCommand)
            }
        if let output {
            try AtomicFileWriter.write(bytes, to: output)
        } else {
            try StandardStream.output.write(bytes)
        }
    }

    private var nextCommand: String {
        "caravan scan --format json --output scan.json " + paths.joined(separator: " ")
    }
}

/// The files that a scan will read.
struct ScanInputs {
    struct Input: Sendable {
        let path: String
        let location: [UInt8]
        /// Named on the command line itself: not being readable is an error then.
        let named: Bool
        let format: BuildFormat?
    }

    private var inputs: [Input] = []
    private var skipped: [Coverage.Skipped] = []
    private var errors: [FileError] = []

    /// - Parameter alone: paths below a directory are relative to it, where it is the only one.
    mutating func add(_ path: String, alone: Bool) {
        do {
            if try FileKind.of(path) == .directory {
                try addDirectory(path, prefix: alone ? "" : path)
            } else {
                let format = BuildFormat.of(fileName: fileName(of: path))
                inputs.append(Input(path: path, location: Array(path.utf8), named: true, format: format))
            }
        } catch {
            errors.append(error)
        }
    }

    private mutating func addDirectory(_ directory: String, prefix: String) throws(FileError) {
        let walk = try FileWalker(root: directory) { name in
            SourceLanguage.isSource(fileName: name) || BuildFormat.of(fileName: name) != nil
        }
        var prefix = prefix[...]
        while prefix.hasSuffix("/") { prefix = prefix.dropLast() }
        let start = prefix.isEmpty ? "" : "\(prefix)/"
        for file in walk.files {
            let format = BuildFormat.of(fileName: fileName(of: file.path))
            inputs.append(Input(path: start + file.path, location: file.location, named: false, format: format))
        }
        skipped += walk.skipped.map { Coverage.Skipped(path: start + $0.path, reason: $0.reason) }
    }

    /// What was read, and the errors that end the run with a status of its own.
    struct Result: Sendable {
        let report: ScanReport
        let errors: [FileError]
    }

    func scan(jobs: Int, aim: Aim = Aim()) async -> Result {
        let index = Catalogue.index
        var errors = errors
        var coverage = Coverage()
        coverage.skipped = skipped
        var seen = Set<String>()
        let inputs = inputs.filter { seen.insert($0.path).inserted }.sorted { precedes($0.path, $1.path) }

        let metadataScanner = MetadataScanner(index)
        let builds = await parallelMap(inputs.filter { $0.format != nil }, jobs: jobs) { input in
            read(input).map { bytes in
                let file = input.format?.read(bytes, path: input.path)
                return file.map { ($0, metadataScanner.scan($0, bytes)) }
            }
        }
        var files: [BuildFile] = []
        var metadata: [MetadataScanner.Result] = []
        for (input, build) in zip(inputs.filter { $0.format != nil }, builds) {
            switch build {
            case .success(let pair?):
                files.append(pair.0)
                metadata.append(pair.1)
            case .success(nil): continue
            case .failure(let error): leaveOut(input, error, &errors, &coverage)
            }
        }

        // A file that is named by itself has no checkout around it: its content decides.
        let knowledge = BuildKnowledge(files, declarations: metadata.flatMap(\.declarations))
        let informed = SourceScanner(index, knowledge, aim: aim)
        let alone = SourceScanner(index, nil, aim: aim)
        let sources = inputs.filter { $0.format == nil }
        let outcomes = await parallelMap(sources, jobs: jobs) { input in
            read(input).map { bytes in (input.named ? alone : informed).scan(bytes, path: input.path) }
        }
        var scanned: [ScannedFile] = []
        for (input, outcome) in zip(sources, outcomes) {
            switch outcome {
            case .success(.scanned(let file)):
                scanned.append(file)
                coverage.files += 1
                coverage.bytes += file.size
                if file.partial == nil { coverage.parsed += 1 } else { coverage.partial += 1 }
            case .success(.unreadable(let reason)): coverage.skipped.append(.init(path: input.path, reason: reason))
            case .failure(let error): leaveOut(input, error, &errors, &coverage)
            }
        }
        coverage.skipped.sort { precedes($0.path, $1.path) }
        let usage = Usage.matrix(knowledge, scanned, index)
        let report = ScanReport(coverage: coverage, files: scanned, metadata: metadata, usage: usage)
        return Result(report: report, errors: errors)
    }

    private func leaveOut(_ input: Input, _ error: FileError, _ errors: inout [FileError], _ coverage: inout Coverage) {
        if input.named { errors.append(error) }
        coverage.skipped.append(.init(path: input.path, reason: error.reason))
    }
}

private func read(_ input: ScanInputs.Input) -> Result<[UInt8], FileError> {
    do {
        return .success(try FileReader.read(input.location))
    } catch {
        return .failure(error)
    }
}

private func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
}
