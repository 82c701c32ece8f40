import ArgumentParser
import Catalogue
import Findings
import Gate
import Workspace

/// What the gate and the verbs on its baseline share: which files, which rules, what is known.
struct GateOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The file of known uses (default: what the configuration names).", valueName: "file"))
    var baseline: String?

    @Option(
        help: ArgumentHelp(
            "The configuration (default: \(Configuration.fileName) in the repository's root).", valueName: "file"))
    var config: String?

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

    var onlyNames: [String] { only?.split(separator: ",").map(String.init) ?? [] }
    var exceptNames: [String] { except?.split(separator: ",").map(String.init) ?? [] }

    /// The options and the configuration, put together.
    struct Settings: Sendable {
        let place: GatePlace
        let configuration: Configuration
        let selection: RuleSelection
        let index: ExtensionIndex
        let request: GateRun.Request
        /// Where the baseline is; nil where none is named.
        let baselinePath: String?
        /// As it was named.
        let shownBaseline: String?
        var maxSeverity: String? { configuration.maxSeverity?.rawValue }
    }

    /// - Parameter path: what to look at.
    func settings(for path: String) async throws -> Settings {
        let place = try await GatePlace(path)
        let configuration = try ConfigurationFile.read(named: config, in: place.root)
        var selection = configuration.selection
        if only != nil { selection.only = onlyNames }
        selection.except += exceptNames
        let index =
            configuration.extensions.isEmpty
            ? Catalogue.index : ExtensionIndex(Catalogue.all + configuration.extensions.map(\.syntaxExtension))
        try Self.check(selection, index)
        var aim = Aim()
        if let target = configuration.target { aim.target = target }
        var request = GateRun.Request(place: place, index: index)
        request.includesIgnored = noIgnore
        request.inline = !noInline
        request.jobs = jobs ?? defaultJobs()
        request.aim = aim
        request.isWanted = { configuration.looks(at: $0) }
        if !isCacheOff, let path = cachePath ?? CacheFolder.path(of: "gate.digests") {
            request.empty = EmptyFiles(path: path, extensions: configuration.extensionsText)
        }
        let named = baseline ?? configuration.baseline
        return Settings(
            place: place, configuration: configuration, selection: selection, index: index, request: request,
            baselinePath: baseline ?? configuration.baseline.map { $0.hasPrefix("/") ? $0 : place.root + "/" + $0 },
            shownBaseline: named)
    }

    /// Names that no rule has are mistakes: they would be silent.
    private static func check(_ selection: RuleSelection, _ index: ExtensionIndex) throws {
        var known = Set(index.all.map(\.id)).union(index.all.flatMap { $0.rules.map(\.id) }).union(Suppression.rules)
        known.insert("suppression")
        for name in selection.only + selection.except + selection.severities.keys.sorted() where !known.contains(name) {
            // Rules for build lines are made of an extension's name.
            if name.contains("/"), known.contains(RuleSelection.extensionOf(name)) { continue }
            let hint = NearestWord.find(name, among: known.sorted()).map { "; did you mean \($0)?" } ?? ""
            throw FileError(path: name, reason: "there is no rule or extension of this name\(hint)")
        }
    }
}

/// The configuration as a file.
enum ConfigurationFile {
    /// - Parameter name: what was named on the command line, which must be there then.
    static func read(named name: String?, in root: String) throws(FileError) -> Configuration {
        let path = name ?? root + "/" + Configuration.fileName
        if name == nil, (try? FileKind.of(path)) == nil { return Configuration() }
        let text = String(decoding: try FileReader.read(path), as: UTF8.self)
        do throws(Configuration.Failure) {
            return try Configuration(reading: text)
        } catch {
            throw FileError(path: error.line > 0 ? "\(path):\(error.line)" : path, reason: error.reason)
        }
    }
}
