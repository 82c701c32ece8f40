import Testing
import Workspace

/// The tools and data that claims are checked against. Whatever is absent is told loudly: a test that could not ask its
/// oracle has shown nothing.
enum Oracle {
    /// The root of this package.
    static let packageRoot = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/")

    /// The folder of facts beside the checkout, where it is there.
    static let shared: String? = {
        let path =
            packageRoot.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            + "/shared"
        if case .directory? = try? FileKind.of(path) { return path }
        return nil
    }()

    static func skip(_ what: String, because reason: String) {
        StandardStream.error.writeLine("SKIPPED: \(what): \(reason)")
    }

    /// Runs a program, failing the test where it cannot be started.
    static func run(
        _ executable: String, _ arguments: [String], in directory: String? = nil, input: [UInt8] = []
    ) async throws -> ProcessOutput {
        try await ProcessRunner.run(
            executable, arguments, in: directory, input: input,
            environment: [("OPAMROOT", "/nonexistent"), ("OPAMYES", "1"), ("LC_ALL", "C")])
    }

    static func has(_ executable: String) async -> Bool {
        let answer = try? await ProcessRunner.run("sh", ["-c", "command -v \"$1\"", "sh", executable])
        return answer?.succeeded ?? false
    }

    /// Compiles one of our OCaml programs in `Tests/OracleTests/OCaml` into `directory`; nil, told loudly, where OCaml or
    /// one of the packages (separated by commas) is not installed.
    static func compile(
        _ program: String, package: String, with compiler: String = "ocamlopt", into directory: String
    ) async throws -> String? {
        let query = try? await run("ocamlfind", ["query"] + package.split(separator: ",").map(String.init))
        guard let query, query.succeeded else {
            skip(program, because: "ocamlfind knows no \(package)")
            return nil
        }
        let source = "\(packageRoot)/Tests/OracleTests/OCaml/\(program).ml"
        let copy = "\(directory)/\(program).ml"
        try AtomicFileWriter.write(try FileReader.read(source), to: copy)
        let build = try await run(
            "ocamlfind", [compiler, "-w", "-a", "-package", package, "-linkpkg", copy, "-o", "\(directory)/\(program)"])
        try #require(build.succeeded, "\(build.errorText)")
        return "\(directory)/\(program)"
    }

    /// A clone of the snapshots of the real opam repository, bare, in a directory of the test's own; told and passed over where
    /// `../shared` is not there.
    static func withHistory(
        _ purpose: String, _ body: (_ shared: String, _ directory: String, _ history: String) async throws -> Void
    ) async throws {
        guard let shared else { return skip(purpose, because: "there is no ../shared") }
        try await withDirectory { directory in
            let bundle = "\(shared)/data/opam-history-quarterly.bundle"
            let history = "\(directory)/history"
            let clone = try await run("git", ["clone", "-q", "--bare", bundle, history])
            try #require(clone.succeeded, "\(clone.errorText)")
            try await body(shared, directory, history)
        }
    }

    /// A directory of the test's own, removed afterwards.
    static func withDirectory<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let made = try await ProcessRunner.run("mktemp", ["-d"])
        let path = made.outputText.split(separator: "\n").first.map(String.init) ?? ""
        try #require(!path.isEmpty)
        do {
            let result = try await body(path)
            _ = try await ProcessRunner.run("rm", ["-rf", path])
            return result
        } catch {
            _ = try await ProcessRunner.run("rm", ["-rf", path])
            throw error
        }
    }
}
