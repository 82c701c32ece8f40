import ArgumentParser
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

    @Flag(name: .shortAndLong, help: "Print the summary only, and no progress.")
    var quiet = false

    @Flag(name: .shortAndLong, help: "Also print what each file was read as.")
    var verbose = false

    @Flag(
        help: """
            After a migration: also what documents, comments and toplevel scripts still show (READMEs, manuals, interface \
            documentation; code in them, names of packages).
            """)
    var leftovers = false

    @OptionGroup var aiming: AimOptions

    @OptionGroup var project: ProjectOptions

    @Flag(help: "Read files that .gitignore names too.")
    var noIgnore = false

    @Option(help: "How many files to read at a time (default: one a processor).")
    var jobs: Int?

    func validate() throws {
        if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other") }
        if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
    }

    func run() async throws {
        var inputs = ScanInputs(try project.project(of: paths))
        inputs.wantsDocuments = leftovers
        for path in paths {
            let ignored = noIgnore ? [] : await IgnoredPaths.below(path)
            inputs.add(path, alone: paths.count == 1, ignored: ignored)
        }
        let scan = await inputs.scan(jobs: jobs ?? defaultJobs(), aim: aiming.aim(for: inputs.project), quiet: quiet)
        try write(scan.report)
        for error in scan.errors { StandardStream.error.writeLine("caravan: \(error)") }
        if !scan.errors.isEmpty { throw ExitStatus.reportedError }
    }

    private func write(_ report: ScanReport) throws {
        let bytes =
            switch format {
            case .json: ScanJSON.write(report)
            case .text:
                ScanText.write(
                    report, colour: output == nil && StandardStream.output.takesColour, next: next(after: report),
                    detail: quiet ? .summary : verbose ? .everything : .findings)
            }
        if let output {
            try AtomicFileWriter.write(bytes, to: output)
        } else {
            try StandardStream.output.write(bytes)
        }
    }

    /// The conversion, where there is something to convert; else the same scan for programs.
    private func next(after report: ScanReport) -> String {
        let isConvertible = report.files.contains { $0.findings.contains { !$0.fix.edits.isEmpty } }
        let verb = isConvertible ? "caravan rewrite " : "caravan scan --format json --output scan.json "
        return verb + paths.joined(separator: " ")
    }
}
