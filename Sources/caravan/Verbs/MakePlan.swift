import ArgumentParser
import Catalogue
import Database
import OpamFormat
import Planning
import Reporting
import Universe
import Workspace

/// `caravan plan`: the whole migration of a package universe, written as files.
struct MakePlan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Plan the migration of a whole opam repository: who needs camlp4, who can move now, in which order.",
        discussion: """
            Writes index.html (the whole plan as one page), plan.md, plan.json, tables, graphs and badges into the output \
            directory (graph.svg where Graphviz is installed), and a summary to standard output.
            """
    )

    @OptionGroup var source: RepositoryOptions
    @OptionGroup var worldOptions: WorldOptions
    @OptionGroup(title: "Sources of packages") var sources: SourceOptions

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, markdown, summary, stats, csv, mermaid
    }

    @Option(help: ArgumentHelp("Where to write; the directory is made where it is missing.", valueName: "dir"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Print one report to standard output: text (for a terminal, no wider than it), json, markdown, summary (for "
                + "a pull request or a job), stats, csv or mermaid.", valueName: "name"))
    var format: Format?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Packages to put first (default: cstruct, where there is one).", valueName: "package"))
    var first: [String] = []

    @Option(help: ArgumentHelp("The packages that are to go, joined by commas.", valueName: "packages"))
    var roots = "camlp4"

    @Option(
        help: ArgumentHelp(
            "Suggest replacements that existed on this day, YYYY-MM-DD (default: the day of the snapshot; a plain "
                + "directory has none, so it also sets the default compiler there).",
            valueName: "date"))
    var target: String?

    @Option(
        help: ArgumentHelp(
            "Add the burn-down over the whole history of this git repository, which holds the opam repository.",
            valueName: "dir"))
    var history: String?

    @Option(
        help: ArgumentHelp(
            "Also write the plan as an SQLite database: tables, views, and example queries in it.", valueName: "file"))
    var database: String?

    @Option(
        help: ArgumentHelp(
            "Also write what carrying the plan out takes: a folder per wave with issue texts and patches of metadata (and of "
                + "sources, with --sources), an "
                + "overlay opam repository, a script that builds a wave, a Containerfile, a digest per maintainer.",
            valueName: "dir"))
    var bundle: String?

    /// The newest day that the table of replacements knows of; a constant, so that outputs do not change by themselves.
    static let newestDate = "2026-06-30"

    func validate() throws {
        if output == nil, format == nil, database == nil, bundle == nil {
            throw ValidationError("say where to write (--output, --database, --bundle) or what to print (--format)")
        }
        if let target, CalendarDay(target) == nil { throw ValidationError("--target takes a day, YYYY-MM-DD") }
    }

    func run() async throws {
        let wantsFiles = bundle != nil
        let loaded = try await source.load(keeping: { _ in wantsFiles })
        let names = roots.split(separator: ",").map(String.init)
        for name in names + first { _ = try loaded.select(name) }
        let date = target ?? loaded.date ?? Self.newestDate
        let matching = try await sourceMatching(loaded)
        let planner = Planner(
            universe: loaded.universe, world: try worldOptions.world(for: loaded, on: loaded.date ?? target),
            roots: names, date: date, first: first.isEmpty ? loaded.defaultFirst : first,
            sources: await sourceKnowledge(matching, loaded))
        let plan = planner.plan()
        let provenance = Provenance(
            revision: loaded.revision, date: loaded.date, files: loaded.universe.packages.count,
            skipped: loaded.universe.skipped.map { ($0.path, $0.reason) })
        let walk = history.map { repository in
            HistoryWalk(
                repository: repository, every: .quarter, roots: names, jobs: jobs,
                world: { point in try worldOptions.world(for: point) })
        }
        let points = try await walk?.points(to: "HEAD") ?? []
        if let database {
            try AtomicFileWriter.write(try PlanDatabase.render(plan, provenance, points), to: database)
        }
        if let bundle {
            let patches = matching.map { SourcePatches($0, on: loaded.date, target: date, jobs: jobs) }
            let files = PlanBundle(
                plan, provenance, opamFiles: loaded.files, sourcePatches: await patches?.patches(for: plan) ?? [:]
            ).files()
            try write(files, below: bundle)
        }
        if let output {
            let written = try await write(plan, provenance, points, to: output)
            let summary = summary(plan, written.map { "\(output)/\($0)" })
            if format == nil { try StandardStream.output.write(Array(summary.utf8)) }
        }
        if let format { try StandardStream.output.write(print(plan, provenance, format)) }
    }

    private var jobs: Int { source.jobs ?? defaultJobs() }

    private func sourceMatching(_ loaded: LoadedUniverse) async throws(FileError) -> SourceMatching? {
        guard let folder = sources.folder else { return nil }
        return try await SourceMatching(folder, loaded.universe)
    }

    /// What the sources below `--sources` show, as they were on the day of the snapshot.
    private func sourceKnowledge(_ matching: SourceMatching?, _ loaded: LoadedUniverse) async -> [String:
        SourceKnowledge]
    {
        await matching?.knowledge(on: loaded.date, jobs: jobs, sources.cache()) ?? [:]
    }

    private func print(_ plan: Plan, _ provenance: Provenance, _ format: Format) -> [UInt8] {
        let stream = StandardStream.output
        return switch format {
        case .text: PlanText.render(plan, provenance, width: stream.width, colour: stream.takesColour)
        case .json: PlanJSON.render(plan, provenance)
        case .markdown: PlanMarkdown.render(plan, provenance)
        case .summary: PlanSummary.render(plan, provenance)
        case .stats: PlanStats.render(plan, provenance)
        case .csv: PlanCSV.render(plan)
        case .mermaid: PlanMermaid.render(plan)
        }
    }

    private func write(_ files: [PlanBundle.File], below directory: String) throws {
        for file in files {
            let folder = file.path.split(separator: "/").dropLast().joined(separator: "/")
            try DirectoryMaker.make(folder.isEmpty ? directory : "\(directory)/\(folder)")
            try AtomicFileWriter.write(file.bytes, to: "\(directory)/\(file.path)")
            if file.isScript { try FileKind.makeExecutable("\(directory)/\(file.path)") }
        }
    }

    /// Writes the reports; returns their paths below `output`.
    private func write(
        _ plan: Plan, _ provenance: Provenance, _ history: [BurnDownPoint], to output: String
    ) async throws -> [String] {
        var files = try PlanFiles.all(plan, provenance, history, Catalogue.index)
        for folder in Set(files.map { $0.path.split(separator: "/").dropLast().joined(separator: "/") }).sorted() {
            try DirectoryMaker.make(folder.isEmpty ? output : "\(output)/\(folder)")
        }
        if let dot = files.first(where: { $0.path == "graph.dot" }), let drawing = await draw(dot.bytes) {
            files.append(("graph.svg", drawing))
        }
        for file in files { try AtomicFileWriter.write(file.bytes, to: "\(output)/\(file.path)") }
        return files.map(\.path)
    }

    /// The graph as Graphviz draws it; nil, and told, where it is not installed or gives up.
    private func draw(_ dot: [UInt8]) async -> [UInt8]? {
        // Limits on the layout's own optimisation: without them a graph of hundreds of boxes takes minutes.
        let limits = ["-Gnslimit=1", "-Gmclimit=0.3"]
        guard let answer = try? await ProcessRunner.run("dot", ["-Tsvg"] + limits, input: dot) else {
            StandardStream.error.writeLine("caravan: note: graph.svg is not drawn: Graphviz (dot) is not installed")
            return nil
        }
        guard answer.succeeded else {
            StandardStream.error.writeLine("caravan: note: graph.svg is not drawn: dot says: \(answer.errorText)")
            return nil
        }
        return answer.output
    }

    private func summary(_ plan: Plan, _ written: [String]) -> String {
        let needing = plan.packages.filter(\.needsCamlp4)
        let removed = plan.removed.joined(separator: ", ")
        var text = "\(needing.count) of \(plan.packages.count) packages need \(removed) in their latest version"
        text += " (\(plan.world.ocaml.map { "OCaml \($0.text)" } ?? "any OCaml"), decided by \(plan.method)).\n"
        for name in plan.first {
            guard let entry = plan.entry(name) else { continue }
            text += "First: \(entry.pathText ?? "\(entry.name).\(entry.version)"): \(entry.status.rawValue); "
            text += "\(entry.directDependents) direct and \(entry.transitiveDependents) transitive dependents.\n"
        }
        for wave in plan.waves {
            text +=
                "Wave \(wave.number): \(wave.packages.count) \(wave.packages.count == 1 ? "package" : "packages"), frees \(wave.frees).\n"
        }
        for file in written { text += "Wrote \(file)\n" }
        return text
    }
}

extension LoadedUniverse {
    /// The package that the whole undertaking begins with, where the repository has it.
    fileprivate var defaultFirst: [String] {
        universe.position(of: "cstruct") == nil ? [] : ["cstruct"]
    }
}
