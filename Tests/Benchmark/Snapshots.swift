import OpamFormat
import Universe
import Workspace

/// The snapshots of the opam repository that figures are about, unpacked from a bundle of its history.
struct Snapshots {
    /// A bare git repository with the whole history.
    let history: String
    /// 2016-03-02 as it was, and upgraded to today's format.
    let old: String
    let upgraded: String
    let newest: String

    init(bundle: String, directory: String) async throws {
        history = "\(directory)/history"
        try await Self.run("git", ["clone", "--quiet", "--bare", bundle, history])
        old = try await Self.unpack("2016-03-02", of: history, directory)
        upgraded = try await Self.unpack("2016-03-02-upgraded", of: history, directory)
        newest = try await Self.unpack("HEAD", of: history, directory)
    }

    /// Reads a repository as the program does.
    static func universe(_ repository: String) throws -> Universe {
        let walker = try FileWalker(root: repository + "/packages") { $0 == "opam" }
        let paths = walker.files.map { "packages/" + $0.path }
        let layout = RepositoryLayout.packages(among: paths)
        let entries = try layout.packages.map { package in
            Universe.Entry(
                name: package.name, version: package.version, path: paths[package.index],
                file: OpamFile(parsing: try FileReader.read(walker.files[package.index].location)))
        }
        return Universe(entries: entries)
    }

    /// With the file at the root that opam wants there.
    private static func unpack(_ revision: String, of history: String, _ directory: String) async throws -> String {
        let place = "\(directory)/\(revision)"
        try DirectoryMaker.make(place)
        try await run("git", ["-C", history, "archive", "--output", "\(place).tar", revision])
        try await run("tar", ["-x", "-f", "\(place).tar", "-C", place])
        if revision != "2016-03-02" {
            try AtomicFileWriter.write(Array("opam-version: \"2.0\"\n".utf8), to: "\(place)/repo")
        }
        return place
    }

    private static func run(_ program: String, _ arguments: [String]) async throws {
        let answer = try await ProcessRunner.run(program, arguments)
        guard answer.succeeded else { throw ProcessError(command: program, reason: answer.errorText) }
    }
}
