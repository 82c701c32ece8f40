import ArgumentParser
import Planning
import Reporting
import Universe
import Workspace

/// `caravan diff`: who moved between two plans, or two dates of a repository.
struct Compare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Compare two plans, or two dates of a repository: who moved, came and went.",
        discussion: """
            OLD and NEW are plan.json files; with --repository they are revisions or days (YYYY-MM-DD) of that git \
            repository, each planned in the world of its own day unless the world is given.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, markdown, json
    }

    @Argument(help: ArgumentHelp("The older plan.json, revision or day.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The newer plan.json, revision or day.", valueName: "new"))
    var new: String

    @Option(help: ArgumentHelp("A git repository that OLD and NEW are states of (bare too).", valueName: "dir"))
    var repository: String?

    @Option(help: "How many files to read at a time (default: one a processor).")
    var jobs: Int?

    @OptionGroup(title: "The world, with --repository") var place: WorldOptions

    @Option(
        help: ArgumentHelp("With --repository: the packages that are to go, joined by commas.", valueName: "packages"))
    var roots = "camlp4"

    @Option(help: "text, markdown or json.")
    var format = Format.text

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
    }

    func run() async throws {
        let difference = PlanDifference(from: try await snapshot(old), to: try await snapshot(new))
        let report = PlanDiffReport(difference)
        switch format {
        case .text: try StandardStream.output.write(report.text())
        case .markdown: try StandardStream.output.write(report.markdown())
        case .json: try StandardStream.output.write(report.json())
        }
    }

    private func snapshot(_ name: String) async throws -> PlanSnapshot {
        guard let repository else {
            let bytes = try FileReader.read(name)
            do throws(PlanSnapshot.Failure) {
                return try PlanSnapshot(reading: bytes, title: name)
            } catch {
                throw FileError(path: name, reason: error.reason)
            }
        }
        let source = RepositoryOptions.reading(repository, at: name, jobs: jobs)
        let loaded = try await source.load()
        let names = roots.split(separator: ",").map(String.init)
        // A root may come or go between the two.
        let known = names.filter { loaded.universe.position(of: $0) != nil }
        let planner = Planner(
            universe: loaded.universe, world: try place.world(for: loaded), roots: known,
            date: loaded.date ?? MakePlan.newestDate, first: [])
        let plan = planner.plan()
        let snapshot = PlanSnapshot(plan, title: loaded.date ?? name, world: plan.world.summary)
        return PlanSnapshot(
            title: snapshot.title, removed: names, world: snapshot.world, entries: snapshot.entries)
    }
}
