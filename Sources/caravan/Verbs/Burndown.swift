import ArgumentParser
import Planning
import Reporting
import Universe
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

    @Option(
        name: .customLong("plan"),
        help: ArgumentHelp(
            "A plan.json: say of its pairs (one package before another) how many history contradicts after its day.",
            valueName: "file"))
    var planPath: String?

    @Option(
        help: ArgumentHelp(
            "An opam repository of archived packages: what goes there is told apart from what is removed.",
            valueName: "dir"))
    var archive: String?

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
        let report = BurnDownReport(points, roots: rootNames, try check(points), archive: try await archivedNames())
        switch format {
        case .text: try StandardStream.output.write(report.text())
        case .json: try StandardStream.output.write(report.json())
        case .csv: try StandardStream.output.write(report.csv())
        case .svg: try StandardStream.output.write(Array(BurnDownPicture(points, rootNames).file.utf8))
        }
    }

    private func archivedNames() async throws -> Set<String> {
        guard let archive else { return [] }
        return Set(try await RepositoryOptions.reading(archive, at: nil, jobs: jobs).load().universe.names)
    }

    /// How far history kept to the order of the plan that was named, from the plan's day on.
    private func check(_ points: [BurnDownPoint]) throws -> [OrderReport]? {
        guard let planPath else { return nil }
        let order: PlanOrder
        let bytes = try FileReader.read(planPath)
        do throws(PlanSnapshot.Failure) {
            order = try PlanOrder(reading: bytes)
        } catch {
            throw FileError(path: planPath, reason: error.reason)
        }
        guard let start = points.lastIndex(where: { $0.date <= order.date }) else {
            throw FileError(path: planPath, reason: "is of \(order.date), before this history")
        }
        return order.checked(against: Array(points[start...]))
    }

    private var rootNames: [String] { roots.split(separator: ",").map(String.init) }
}

extension HistoryWalk.Interval: ExpressibleByArgument {}
