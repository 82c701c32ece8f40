import Testing
import Workspace

/// The built program, run as users run it.
enum Program {
    static let packageRoot = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/")

    static let path = packageRoot + "/.build/release/caravan"

    static func run(
        _ arguments: [String], in directory: String? = nil, input: [UInt8] = []
    ) async throws -> ProcessOutput {
        try await ProcessRunner.run(path, arguments, in: directory, input: input)
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

    /// Writes a file, and the directories above it.
    static func write(_ text: String, to path: String) throws {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        try DirectoryMaker.make(folder)
        try AtomicFileWriter.write(Array(text.utf8), to: path)
    }
}
