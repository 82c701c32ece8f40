import ArgumentParser
import Catalogue
import Findings
import Gate
import Workspace

/// What the gate and the verbs on its baseline share: which files, which rules, what is known.
struct GateOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The file of known uses (default: what the configuration names).", valueName: "file"))
    var baseline: String?

    @OptionGroup var project: ProjectOptions

    @Option(help: ArgumentHelp("Only these rules or extensions, joined by commas.", valueName: "rules"))
    var only: String?

    @Option(help: ArgumentHelp("All but these rules or extensions, joined by commas.", valueName: "rules"))
    var except: String?

    @Flag(help: "Comments that allow a use do not count.")
    var noInline = false

    @Flag(help: "Read files that .gitignore names too.")
    var noIgnore = false

    @Option(
        name: .customLong("cache"),
        help: ArgumentHelp(
            "Where to keep which files hold nothing, for the next run over a whole checkout (default: caravan/gate.digests in "
                + "the user's folder for caches).", valueName: "file"))
    var cachePath: String?

    @Flag(name: .customLong("no-cache"), help: "Read all files anew, and keep nothing.")
    var isCacheOff = false

    @Option(help: "How many files to read at a time (default: one a processor).")
    var jobs: Int?

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
    }

    private var onlyNames: [String] { only?.split(separator: ",").map(String.init) ?? [] }
    private var exceptNames: [String] { except?.split(separator: ",").map(String.init) ?? [] }

    /// The options and the configuration, put together.
    struct Settings: Sendable {
        let place: GatePlace
        let configuration: Configuration
        let selection: RuleSelection
        let request: GateRun.Request
        /// Where the baseline is; nil where none is named.
        let baselinePath: String?
        /// As it was named.
        let shownBaseline: String?
    }

    /// What counts in an opam repository. Only a work tree can have a configuration of its own.
    func ecosystemSettings(
        for repository: String, judgesWorkTree: Bool
    ) async throws(FileError) -> (configuration: Configuration, selection: RuleSelection) {
        let isNamed = project.config != nil
        let root = judgesWorkTree ? IgnoredPaths.workTreeRoot(above: repository) : nil
        let project = Project(
            isNamed || root != nil ? try project.configuration(in: root ?? repository) : Configuration())
        return (project.configuration, try selection(in: project))
    }

    private func selection(in project: Project) throws(FileError) -> RuleSelection {
        var selection = project.configuration.selection
        if only != nil { selection.only = onlyNames }
        selection.except += exceptNames
        try project.check(selection)
        return selection
    }

    /// - Parameters:
    ///   - path: what to look at.
    ///   - isWhole: whether all files will be read, and not only what changed.
    func settings(for path: String, isWhole: Bool) async throws -> Settings {
        let place = try await GatePlace(path)
        let project = Project(try project.configuration(in: place.root))
        let configuration = project.configuration
        let selection = try selection(in: project)
        var aim = Aim()
        if let target = configuration.target { aim.target = target }
        var request = GateRun.Request(
            place: place, index: project.index, patterns: project.patterns)
        request.includesIgnored = noIgnore
        request.inline = !noInline
        request.jobs = jobs ?? defaultJobs()
        request.aim = aim
        request.isWanted = { configuration.looks(at: $0) }
        if isWhole, !isCacheOff, let path = cachePath ?? CacheFolder.path(of: "gate.digests") {
            request.empty = EmptyFiles(path: path, extensions: configuration.extensionsText)
        }
        let named = baseline ?? configuration.baseline
        return Settings(
            place: place, configuration: configuration, selection: selection, request: request,
            baselinePath: baseline ?? configuration.baseline.map { $0.hasPrefix("/") ? $0 : place.root + "/" + $0 },
            shownBaseline: named)
    }
}
