import ArgumentParser
import Catalogue
import Findings
import Gate
import Reporting
import Workspace

/// `caravan gate`: fails where new uses of camlp4 come in.
struct GateVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "Fail on new use of camlp4 in sources or build files: for continuous integration.",
        discussion: """
            Without --baseline and --since any use fails. With --since only files that differ from the merge base of REV \
            and HEAD are read, uncommitted changes included, and a use is new if the base has no such use; with --baseline \
            a use is new if the file does not name it; with both, if neither knows it. A use is the same as before if its \
            rule, its file (moved files are followed) and the structure item or line around it are, blanks and comments \
            aside. Paths are relative to the root of the repository. Status 1 says that the gate failed. With --repository the \
            package versions that a change brings to an opam repository are judged: camlp4 must not come into reach by \
            them. Keys of .caravan.yml: caravan explain configuration.
            """
    )

    @Argument(help: "A directory or file of the checkout (default: the current directory).")
    var path = "."

    @OptionGroup var options: GateOptions

    @Option(
        help: ArgumentHelp("Only what is new since the merge base of this revision and HEAD.", valueName: "rev"))
    var since: String?

    @Flag(
        help: "The baseline may only shrink: lines of uses that are gone fail too, and with --since lines added to it.")
    var frozen = false

    @Option(
        help: ArgumentHelp("Severities up to this one do not fail: note, warning or error.", valueName: "severity"))
    var maxSeverity: String?

    @Option(
        name: .customLong("output"),
        help: ArgumentHelp(
            "What to write, several joined by commas: \(GateFormat.all.map(\.name).joined(separator: ", ")), each with =FILE "
                + "or to standard output.", valueName: "format[=file],…"))
    var outputs: [String] = []

    @Option(help: ArgumentHelp("The same as --output FORMAT.", valueName: "format"))
    var format: String?

    @Option(
        help: ArgumentHelp(
            "Look at the packages of this opam repository instead of sources; wants --since.", valueName: "dir"))
    var repository: String?

    @Option(
        name: .customLong("at"),
        help: ArgumentHelp(
            "With --repository: judge this revision, not the work tree (default in a bare repository: HEAD).",
            valueName: "rev-or-date"))
    var revision: String?

    @Option(
        help: ArgumentHelp("With --repository: the packages that are to go, joined by commas.", valueName: "packages"))
    var roots = "camlp4"

    @Flag(help: "Print the configuration that holds here, as YAML, and judge nothing.")
    var printConfig = false

    @OptionGroup(title: "The world, with --repository") var world: WorldOptions

    func validate() throws {
        if repository != nil, since == nil { throw ValidationError("--repository wants --since REV") }
        if repository != nil, options.baseline != nil || frozen {
            throw ValidationError("--repository knows no baseline: only what the change brings counts")
        }
        if repository != nil, path != "." {
            throw ValidationError("--repository names what is looked at, so there is no PATH beside it")
        }
        if revision != nil, repository == nil { throw ValidationError("--at goes with --repository alone") }
        if let maxSeverity, Severity(rawValue: maxSeverity) == nil {
            throw ValidationError("--max-severity takes note, warning or error")
        }
        _ = try writers()
    }

    func run() async throws {
        if let repository, let since, !printConfig {
            try await judge(repository, since)
        } else {
            try await judgeCheckout()
        }
    }

    private func judge(_ repository: String, _ since: String) async throws {
        let settings = try await options.ecosystemSettings(for: repository, judgesWorkTree: revision == nil)
        let run = try await EcosystemRun(
            .init(
                repository: repository, since: since, at: revision, world: world,
                roots: roots.split(separator: ",").map(String.init), inline: !options.noInline,
                jobs: options.jobs ?? defaultJobs()))
        let findings = run.findings.filter { settings.configuration.looks(at: $0.path) }
        let judgement = Judgement(findings, known: .init(base: []), selection: settings.selection) { _ in false }
        let report = GateReport(
            reference: .init(revision: since, commit: run.base), new: judgement.new, known: 0,
            allowed: run.allowed.count,
            stale: [], isFrozen: false,
            passes: judgement.passes(bearing: bearable(settings.configuration), isFrozen: false),
            filesRead: run.filesRead, skipped: run.skipped)
        try GateOutputs.write(report, try writers())
        if !report.passes { throw ExitStatus.no }
    }

    private func judgeCheckout() async throws {
        let settings = try await options.settings(for: repository ?? path, isWhole: since == nil)
        if printConfig { return try StandardStream.output.write(Array(settings.configuration.text().utf8)) }
        var request = settings.request
        request.since = since
        let run = try await GateRun(request)
        let baseline = try settings.baselinePath.map { try BaselineFile.read($0) }
        var known = Judgement.Known(baseline: baseline, base: run.base, oldPaths: run.oldPaths)
        if let baseline, let file = settings.baselinePath {
            known.oldPaths.merge(
                await BaselineFile.movedFiles(baseline, file, run, settings.place, since: since)
            ) { first, _ in first }
        }
        let judgement = Judgement(
            run.findings, known: known, selection: settings.selection,
            isLookedAt: { path in settings.place.holds(path) && run.lookedAt?.contains(path) ?? true })
        var grown: [FindingIdentity] = []
        if frozen, let baseline, let file = settings.baselinePath, let commit = run.baseCommit {
            grown = try await BaselineFile.added(to: baseline, file, settings.place, since: commit, run.oldPaths)
        }
        let report = GateReport(
            reference: .init(revision: since, commit: run.baseCommit, baseline: settings.shownBaseline),
            new: judgement.new, known: judgement.knownCount, allowed: run.allowed.count, stale: judgement.stale,
            grown: grown, isFrozen: frozen,
            passes: judgement.passes(bearing: bearable(settings.configuration), isFrozen: frozen) && grown.isEmpty,
            filesRead: run.filesRead, skipped: run.skipped)
        try GateOutputs.write(report, try writers())
        if !report.passes { throw ExitStatus.no }
    }

    private func bearable(_ configuration: Configuration) -> Severity? {
        maxSeverity.flatMap(Severity.init) ?? configuration.maxSeverity
    }

    private func writers() throws -> [GateOutputs.Writer] {
        try GateOutputs.parse(outputs + (format.map { [$0] } ?? []))
    }
}
