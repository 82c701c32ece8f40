import TestSupport
import Testing
import Workspace

/// A git repository of a test's own, and the program run in it.
struct GateRepository {
    let directory: TemporaryDirectory
    /// Where in the directory the repository is.
    private let folder: String
    /// A repository that this one is a clone of, so that it stays as long.
    private let origin: TemporaryDirectory?
    var path: String { folder.isEmpty ? directory.path : "\(directory.path)/\(folder)" }

    /// A repository with one commit that holds these files.
    init(_ files: [String: String]) async throws {
        self.init(try TemporaryDirectory())
        try await git("init", "--quiet", "--initial-branch=main")
        try await commit(files, "start")
    }

    init(_ directory: TemporaryDirectory, folder: String = "", keeping origin: GateRepository? = nil) {
        self.directory = directory
        self.folder = folder
        self.origin = origin?.directory
    }

    @discardableResult
    func git(_ arguments: String...) async throws -> String {
        let identity = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always"]
        let answer = try await Git(directory: path).run(identity + arguments)
        try #require(answer.succeeded, "git \(arguments): \(answer.errorText)")
        return answer.outputText
    }

    func commit(_ files: [String: String], _ message: String) async throws {
        for (name, text) in files { try write(text, to: name) }
        try await git("add", "--all")
        try await git("commit", "--quiet", "--allow-empty", "-m", message)
    }

    func write(_ text: String, to name: String) throws {
        try directory.write(text, to: folder.isEmpty ? name : "\(folder)/\(name)")
    }

    func remove(_ name: String) async throws { try await git("rm", "--quiet", "-f", "--", name) }

    func gate(_ arguments: String..., at folder: String = "") async throws -> ProcessOutput {
        let place = folder.isEmpty ? path : path + "/" + folder
        return try await BuiltProgram.run(["gate"] + arguments, in: place)
    }

    func caravan(_ arguments: String...) async throws -> ProcessOutput {
        try await BuiltProgram.run(arguments, in: path)
    }
}

/// Files that use camlp4, in the shapes of 2015.
enum Camlp4Files {
    static let tags = "true: syntax(camlp4o)\n<lib/*.ml>: package(lwt.syntax)\n"

    /// A top-level function with one `lwt` binding.
    static func binding(_ name: String) -> String {
        "let \(name) () =\n  lwt x = Lwt.return 1 in\n  Lwt.return (x + 1)\n"
    }
}
