import ArgumentParser
import Reporting
import Workspace

/// `caravan history`: the burn-down over a git repository's history.
struct Burndown: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show over a repository's history how many packages are tied to camlp4, and why the number changed.",
        discussion: """
            One point is the last commit of each quarter (or month, or year, or every commit) of the first-parent \
            history. Between points it is told for the direct dependents whether packages migrated, had their metadata \
            corrected, were removed or archived, or appeared.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, csv, svg
    }

    @Option(help: ArgumentHelp("A git repository that holds an opam repository (bare too).", valueName: "dir"))
    var repository: String

    @Option(help: ArgumentHelp("The newest state to look at: a revision or a day.", valueName: "rev-or-date"))
    var at = "HEAD"

    @Option(help: "One point a commit, month, quarter or year.")
    var every = HistoryWalk.Interval.quarter

    @Option(help: ArgumentHelp("The packages that are to go, joined by commas.", valueName: "packages"))
    var roots = "camlp4"

    @Flag(help: "Say for each point how many latest versions need the roots exactly (D3); takes longer.")
    var needs = false

    @OptionGroup(title: "The world of --needs") var place: WorldOptions

    @Option(help: "text, json, csv, or svg: a picture.")
    var format = Format.text

    @Option(help: "How many files to read at a time (default: one a processor).")
    var jobs: Int?

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
    }

    func run() async throws {
        let place = needs ? place : nil
        let walk = HistoryWalk(
            repository: repository, every: every, roots: rootNames, jobs: jobs ?? defaultJobs(),
            world: { loaded in try place?.world(for: loaded) })
        let points = try await walk.points(to: at)
        let report = BurnDownReport(points, roots: rootNames)
        switch format {
        case .text: try StandardStream.output.write(report.text())
        case .json: try StandardStream.output.write(report.json())
        case .csv: try StandardStream.output.write(report.csv())
        case .svg: try StandardStream.output.write(Array(BurnDownPicture(points, rootNames).file.utf8))
        }
    }

    private var rootNames: [String] { roots.split(separator: ",").map(String.init) }
}

extension HistoryWalk.Interval: ExpressibleByArgument {}
