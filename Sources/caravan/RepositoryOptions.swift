import ArgumentParser
import OpamFormat
import Text
import Universe
import Workspace

/// Where the universe comes from: options that all verbs on a repository share.
struct RepositoryOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "An opam repository, in any of its layouts, or a git repository that holds one (bare too).",
            valueName: "dir"))
    var repository: String

    @Option(
        name: .customLong("at"),
        help: ArgumentHelp(
            "Read the git repository at a revision or tag, or as it was at the end of a day (UTC).",
            valueName: "rev-or-date"))
    var revision: String?

    @Option(help: "How many files to read at a time (default: one a processor).")
    var jobs: Int?

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
    }

    /// The options as if they had been given.
    static func reading(_ repository: String, at revision: String?, jobs: Int?) -> RepositoryOptions {
        var options = RepositoryOptions()
        options.repository = repository
        options.revision = revision
        options.jobs = jobs
        return options
    }

    /// Reads the repository. What was left out is told on standard error.
    ///
    /// - Parameters:
    ///   - at: a revision or date in place of that of `--at`.
    ///   - isKept: the paths whose bytes are wanted later.
    func load(
        at: String? = nil, keeping isKept: @Sendable (String) -> Bool = { _ in false }
    ) async throws(FileError) -> LoadedUniverse {
        let contents = try await OpamRepositoryReader(directory: repository)
            .read(at: at ?? revision, jobs: jobs ?? defaultJobs())
        let layout = RepositoryLayout.packages(among: contents.files.map(\.path))
        let files = contents.files
        let entries = await parallelMap(layout.packages, jobs: jobs ?? defaultJobs()) { package in
            Universe.Entry(
                name: package.name, version: package.version, path: files[package.index].path,
                file: OpamFile(parsing: files[package.index].bytes))
        }
        let skipped =
            contents.skipped.map { Universe.Skipped(path: $0.path, reason: $0.reason) }
            + layout.skipped.map { Universe.Skipped(path: $0.path, reason: $0.reason) }
        let universe = Universe(entries: entries, skipped: skipped)
        for skipped in universe.skipped {
            StandardStream.error.writeLine("caravan: warning: \(skipped.path): not read: \(skipped.reason)")
        }
        for package in universe.packages {
            for error in package.file.errors {
                let place = "\(package.path):\(error.position.line):\(error.position.column)"
                StandardStream.error.writeLine("caravan: warning: \(place): \(error.message)")
            }
        }
        var kept: [String: [UInt8]] = [:]
        for file in files where isKept(file.path) { kept[file.path] = file.bytes }
        return LoadedUniverse(universe: universe, revision: contents.revision, date: contents.date, files: kept)
    }
}

/// A universe and where it was read.
struct LoadedUniverse: Sendable {
    let universe: Universe
    let revision: String?
    let date: String?
    /// The bytes of the opam files that were asked to be kept, by path.
    let files: [String: [UInt8]]

    /// The packages that a selection such as `camlp4`, `camlp4.4.02+7` or `lwt>=2.4` names; an unknown name is an error
    /// that suggests the nearest ones.
    func select(_ selection: String) throws(FileError) -> [Int] {
        guard let selection = PackageSelection(selection) else {
            throw FileError(
                path: selection, reason: "is not a package: write NAME, NAME.VERSION or NAME>=VERSION")
        }
        guard universe.position(of: selection.name) != nil else {
            let nearest = universe.nearestNames(to: selection.name)
            let hint = nearest.isEmpty ? "" : "; did you mean \(nearest.joined(separator: ", "))?"
            throw FileError(path: selection.name, reason: "there is no package of this name\(hint)")
        }
        let matches = universe.versions(of: selection.name).filter { position in
            selection.constraint.map { $0.admits(universe.packages[position].version) } ?? true
        }
        guard !matches.isEmpty else {
            let known = universe.versions(of: selection.name).map { universe.packages[$0].version.text }
            throw FileError(
                path: selection.text,
                reason: "no version of \(selection.name) fits; it has \(known.joined(separator: ", "))")
        }
        return Array(matches)
    }
}
