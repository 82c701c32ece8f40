import OpamFormat
import Planning
import Universe
import Workspace

/// A walk over the history of an opam repository, one point an interval.
struct HistoryWalk {
    enum Interval: String, CaseIterable {
        case commit, month, quarter, year
    }

    let repository: String
    let every: Interval
    let roots: [String]
    let jobs: Int
    /// Where D3 is asked at a point; nil leaves it out.
    let world: (LoadedUniverse) throws -> World?

    /// The points up to a revision or day, the oldest first.
    func points(to end: String) async throws -> [BurnDownPoint] {
        let reader = OpamHistoryReader(directory: repository)
        let commits = chosen(try await reader.commits(of: end))
        return try await burnDown(reader, try await reader.points(at: commits))
    }

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
        var parsed: [String: OpamFile] = [:]
        var tree: [String: String] = [:]
        // The tree's paths, sorted: from point to point few change, and two sorted runs are merged at once.
        var paths: [String] = []
        var result: [BurnDownPoint] = []
        let progress = Progress("points of the history", total: points.count)
        defer { progress.finish() }
        for (index, point) in points.enumerated() {
            defer { progress.step() }
            for path in point.removed { tree[path] = nil }
            if !point.removed.isEmpty { paths.removeAll { tree[$0] == nil } }
            var added: [String] = []
            var wanted: [String] = []
            var seen: Set<String> = []
            for (path, object) in point.changed {
                if tree.updateValue(object, forKey: path) == nil { added.append(path) }
                if parsed[object] == nil, seen.insert(object).inserted { wanted.append(object) }
            }
            for start in stride(from: 0, to: wanted.count, by: 4096) {
                let portion = Array(wanted[start..<min(start + 4096, wanted.count)])
                let bytes = try await reader.read(blobs: portion)
                let files = await parallelMap(bytes, jobs: jobs) { $0.map { OpamFile(parsing: $0) } }
                for (object, file) in zip(portion, files) { parsed[object] = file }
            }
            added.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            paths += added
            paths.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            let universe = Self.universe(paths, tree, parsed)
            result.append(try self.point(universe, point.commit))
            for object in tree.values where lastUse[object] == index { parsed[object] = nil }
        }
        return result
    }

    private func point(_ universe: Universe, _ commit: OpamHistoryReader.Commit) throws -> BurnDownPoint {
        let loaded = LoadedUniverse(universe: universe, revision: commit.hash, date: commit.date, files: [:])
        return BurnDownPoint(
            universe: universe, roots: roots, commit: commit.hash, date: commit.date,
            world: try world(loaded))
    }

    private static func universe(_ paths: [String], _ tree: [String: String], _ parsed: [String: OpamFile]) -> Universe
    {
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
