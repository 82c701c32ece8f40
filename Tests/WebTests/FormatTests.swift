import TestSupport
import Testing
import Workspace

/// The files for other tools, read by other tools: JSON by a schema validator, CSV, SQLite, SVG and DOT by readers that are
/// not ours. And the same input gives the same bytes.
@Suite struct FormatTests {
    private static let corpus = BuiltProgram.repository + "/corpus"

    @Test func machineFormats() async throws {
        try await TemporaryDirectory.with { temporary in
            let folder = temporary.path
            try await plan(folder, "plan")
            let universe = "\(Self.corpus)/universe"
            try await keep(["scan", "\(Self.corpus)/checkouts", "--format", "json"], "\(folder)/scan.json")
            try await keep(
                ["what-if", "cstruct", "--repository", universe, "--format", "json"], "\(folder)/what-if.json")
            let git = try await GitUniverse(GitUniverse.large(40), in: folder)
            try await keep(["history", "--repository", git.path, "--format", "json"], "\(folder)/history.json")
            let names = try await BuiltProgram.run(["schema"]).outputText.split(separator: "\n").map(String.init)
            #expect(names == ["history", "plan", "scan", "stats", "what-if"])
            for name in names { try await keep(["schema", name], "\(folder)/\(name).schema.json") }
            let answer = try await ProcessRunner.run(
                "/usr/bin/python3", [BuiltProgram.repository + "/Tests/WebTests/Browser/check_formats.py", folder])
            #expect(answer.outputText.isEmpty, "\(answer.outputText)")
            #expect(answer.status == 0, "\(answer.errorText)")
            let drawn = try await ProcessRunner.run("dot", ["-Tcanon", "\(folder)/plan/graph.dot"])
            #expect(drawn.succeeded, "\(drawn.errorText)")
        }
    }

    /// All files of a plan, the page and the database among them, are the same on a second run and with one job.
    @Test func sameBytes() async throws {
        try await TemporaryDirectory.with { temporary in
            try await plan(temporary.path, "first")
            try await plan(temporary.path, "second", ["--jobs", "1"])
            let compared = try await ProcessRunner.run("diff", ["-r", "first", "second"], in: temporary.path)
            #expect(compared.succeeded, "\(compared.outputText)")
            let databases = try await ProcessRunner.run("cmp", ["first.db", "second.db"], in: temporary.path)
            #expect(databases.succeeded)
        }
    }

    /// The report for a terminal is as wide as asked, and has no colour where it is not watched.
    @Test func text() async throws {
        for width in [60, 120] {
            let answer = try await ProcessRunner.run(
                BuiltProgram.path,
                ["plan", "--repository", "\(Self.corpus)/universe", "--target", "2016-03-02", "--format", "text"],
                environment: [("COLUMNS", String(width))])
            let lines = answer.outputText.split(separator: "\n")
            #expect(lines.contains { $0.contains("packages need camlp4") })
            #expect(lines.contains { $0.hasPrefix("Wave 1: ") })
            #expect(lines.contains { $0.contains("cstruct.1.9.0") })
            #expect(lines.dropFirst(2).allSatisfy { $0.count <= width }, "\(width)")
            #expect(!answer.outputText.contains("\u{1B}"))
        }
    }

    private func plan(_ folder: String, _ name: String, _ more: [String] = []) async throws {
        let answer = try await BuiltProgram.run(
            [
                "plan", "--repository", "\(Self.corpus)/universe", "--target", "2016-03-02", "--output",
                "\(folder)/\(name)", "--database", "\(folder)/\(name).db",
            ] + more)
        try #require(answer.status == 0, "\(answer.errorText)")
    }

    private func keep(_ arguments: [String], _ path: String) async throws {
        let answer = try await BuiltProgram.run(arguments)
        #expect(answer.status == 0, "\(arguments): \(answer.errorText)")
        try AtomicFileWriter.write(answer.output, to: path)
    }
}
