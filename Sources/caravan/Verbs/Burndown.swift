import ArgumentParser
import OpamFormat
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

    enum Interval: String, ExpressibleByArgument, CaseIterable {
        case commit, month, quarter, year
    }

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, csv
    }

    @Option(help: ArgumentHelp("A git repository that holds an opam repository (bare too).", valueName: "dir"))
    var repository: String

    @Option(help: ArgumentHelp("The newest state to look at: a revision or a day.", valueName: "rev-or-date"))
    var at = "HEAD"

    @Option(help: "One point a commit, month, quarter or year.")
    var every = Interval.quarter

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

    @Option(help: "text, json or csv.")
    var format = Format.text

    @Option(help: "How many files to read at a time (default: one a processor).")
    var jobs: Int?

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
    }

    func run() async throws {
        let reader = OpamHistoryReader(directory: repository)
        let commits = chosen(try await reader.commits(of: at))
        let points = try await burnDown(reader, try await reader.points(at: commits))
        let report = BurnDownReport(points, roots: rootNames, try check(points))
        switch format {
        case .text: try StandardStream.output.write(report.text())
        case .json: try StandardStream.output.write(report.json())
        case .csv: try StandardStream.output.write(report.csv())
        }
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

    /// The last commit of each interval. Where clocks went back, the order of the history counts.
    private func chosen(_ commits: [OpamHistoryReader.Commit]) -> [OpamHistoryReader.Commit] {
        var chosen: [OpamHistoryReader.Commit] = []
        for commit in commits {
            if let last = chosen.last, every != .commit, interval(last.date) == interval(commit.date) {
                chosen.removeLast()
            }
            chosen.append(commit)
        }
        return chosen
    }

    private func interval(_ date: String) -> String {
        let parts = date.split(separator: "-")
        guard parts.count == 3, let month = Int(parts[1]) else { return date }
        switch every {
        case .commit: return date
        case .month: return "\(parts[0])-\(parts[1])"
        case .quarter: return "\(parts[0])-\((month - 1) / 3)"
        case .year: return String(parts[0])
        }
    }

    /// Walks over the points. A blob is read and parsed once, and forgotten after the last point that has it.
    private func burnDown(
        _ reader: OpamHistoryReader, _ points: [OpamHistoryReader.Point]
    ) async throws -> [BurnDownPoint] {
        let lastUse = Self.lastUses(points)
        let jobs = jobs ?? defaultJobs()
        var parsed: [String: OpamFile] = [:]
        var tree: [String: String] = [:]
        var result: [BurnDownPoint] = []
        for (index, point) in points.enumerated() {
            for path in point.removed { tree[path] = nil }
            var wanted: [String] = []
            var seen: Set<String> = []
            for (path, object) in point.changed {
                tree[path] = object
                if parsed[object] == nil, seen.insert(object).inserted { wanted.append(object) }
            }
            for start in stride(from: 0, to: wanted.count, by: 4096) {
                let portion = Array(wanted[start..<min(start + 4096, wanted.count)])
                let bytes = try await reader.read(blobs: portion)
                let files = await parallelMap(bytes, jobs: jobs) { $0.map { OpamFile(parsing: $0) } }
                for (object, file) in zip(portion, files) { parsed[object] = file }
            }
            let universe = Self.universe(tree, parsed)
            result.append(try self.point(universe, point.commit))
            for object in tree.values where lastUse[object] == index { parsed[object] = nil }
        }
        return result
    }

    private func point(_ universe: Universe, _ commit: OpamHistoryReader.Commit) throws -> BurnDownPoint {
        let loaded = LoadedUniverse(universe: universe, revision: commit.hash, date: commit.date, files: [:])
        return BurnDownPoint(
            universe: universe, roots: rootNames, commit: commit.hash, date: commit.date,
            world: needs ? try place.world(for: loaded) : nil)
    }

    private static func universe(_ tree: [String: String], _ parsed: [String: OpamFile]) -> Universe {
        let paths = tree.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let entries = RepositoryLayout.packages(among: paths).packages.compactMap { package -> Universe.Entry? in
            guard let object = tree[paths[package.index]], let file = parsed[object] else { return nil }
            return Universe.Entry(
                name: package.name, version: package.version, path: paths[package.index], file: file)
        }
        return Universe(entries: entries)
    }

    /// For each blob the last point whose tree has it.
    private static func lastUses(_ points: [OpamHistoryReader.Point]) -> [String: Int] {
        var tree: [String: String] = [:]
        var last: [String: Int] = [:]
        for (index, point) in points.enumerated() {
            for path in point.removed {
                if let object = tree.removeValue(forKey: path) { last[object] = max(last[object] ?? 0, index - 1) }
            }
            for (path, object) in point.changed {
                if let before = tree.updateValue(object, forKey: path) {
                    last[before] = max(last[before] ?? 0, index - 1)
                }
            }
        }
        for object in tree.values { last[object] = points.count - 1 }
        return last
    }
}
