import ArgumentParser
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
            Writes index.html, plan.json, plan.md, packages.csv and graph.dot (and graph.svg where Graphviz is installed) into the \
            output directory, and a summary to standard output.
            """
    )

    @OptionGroup var source: RepositoryOptions
    @OptionGroup var worldOptions: WorldOptions
    @OptionGroup(title: "Sources of packages") var sources: SourceOptions

    @Option(help: ArgumentHelp("Where to write; the directory is made where it is missing.", valueName: "dir"))
    var output: String

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

    /// The newest day that the table of replacements knows of; a constant, so that outputs do not change by themselves.
    static let newestDate = "2026-06-30"

    func validate() throws {
        if let target, CalendarDay(target) == nil { throw ValidationError("--target takes a day, YYYY-MM-DD") }
    }

    func run() async throws {
        let loaded = try await source.load()
        let names = roots.split(separator: ",").map(String.init)
        for name in names + first { _ = try loaded.select(name) }
        let date = target ?? loaded.date ?? Self.newestDate
        let planner = Planner(
            universe: loaded.universe, world: try worldOptions.world(for: loaded, on: loaded.date ?? target),
            roots: names, date: date, first: first.isEmpty ? loaded.defaultFirst : first,
            sources: try await sourceKnowledge(loaded))
        let plan = planner.plan()
        let provenance = Provenance(
            revision: loaded.revision, date: loaded.date, files: loaded.universe.packages.count,
            skipped: loaded.universe.skipped.map { ($0.path, $0.reason) })
        let written = try await write(plan, provenance)
        try StandardStream.output.write(Array(summary(plan, written).utf8))
    }

    /// What the sources below `--sources` show, as they were on the day of the snapshot.
    private func sourceKnowledge(_ loaded: LoadedUniverse) async throws(FileError) -> [String: SourceKnowledge] {
        guard let folder = sources.folder else { return [:] }
        let matching = try await SourceMatching(folder, loaded.universe)
        return await matching.knowledge(on: loaded.date, jobs: source.jobs ?? defaultJobs(), sources.cache())
    }

    /// Writes the reports; returns their names.
    private func write(_ plan: Plan, _ provenance: Provenance) async throws -> [String] {
        try DirectoryMaker.make(output)
        let dot = PlanDOT.render(plan)
        var reports = [
            ("plan.md", PlanMarkdown.render(plan, provenance)), ("plan.json", PlanJSON.render(plan, provenance)),
            ("index.html", try WebReport.render(plan, provenance)), ("packages.csv", PlanCSV.render(plan)),
            ("graph.dot", dot),
        ]
        if let drawing = await draw(dot) { reports.append(("graph.svg", drawing)) }
        for (name, bytes) in reports { try AtomicFileWriter.write(bytes, to: "\(output)/\(name)") }
        return reports.map(\.0)
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
        for file in written { text += "Wrote \(output)/\(file)\n" }
        return text
    }
}

extension LoadedUniverse {
    /// The package that the whole undertaking begins with, where the repository has it.
    fileprivate var defaultFirst: [String] {
        universe.position(of: "cstruct") == nil ? [] : ["cstruct"]
    }
}
