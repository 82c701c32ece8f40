import TestSupport
import Testing
import Workspace

@Suite struct ProcessTests {
    @Test func givesStatusAndBothStreams() async throws {
        let result = try await ProcessRunner.run("sh", ["-c", "printf out; printf err >&2; exit 3"])
        #expect(result == ProcessOutput(status: 3, output: Array("out".utf8), error: Array("err".utf8)))
        #expect(try await ProcessRunner.run("sh", ["-c", "kill -9 $$"]).status == 137)
    }

    /// More than a pipe holds, in both directions at once.
    @Test func passesManyBytesThrough() async throws {
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        #expect(try await ProcessRunner.run("cat", [], input: bytes).output == bytes)
    }

    @Test func aProgramThatDoesNotReadItsInputIsNoError() async throws {
        let bytes = [UInt8](repeating: 0x61, count: 1_000_000)
        #expect(try await ProcessRunner.run("true", [], input: bytes).status == 0)
    }

    @Test func setsDirectoryAndEnvironment() async throws {
        let result = try await ProcessRunner.run(
            "sh", ["-c", "pwd; echo $CARAVAN_TEST"], in: "/", environment: [("CARAVAN_TEST", "x y")])
        #expect(result.outputText == "/\nx y\n")
    }

    @Test func aMissingProgramIsAnError() async {
        await #expect(throws: ProcessError.self) {
            try await ProcessRunner.run("caravan-no-such-program", [])
        }
    }

    @Test func asksGit() async throws {
        let directory = try TemporaryDirectory()
        let git = Git(directory: directory.path)
        #expect(await git.workTreeRoot() == nil)
        _ = try await git.output(["init", "-q"])
        #expect(await git.workTreeRoot()?.hasSuffix(String(directory.path.suffix(10))) == true)
        let name = try await git.output(["hash-object", "-w", "--stdin"], input: Array("a\0b".utf8))
        let id = String(decoding: name.dropLast(), as: UTF8.self)
        #expect(id.count == 40)
        #expect(
            try await git.output(["cat-file", "--batch"], input: Array("\(id)\n".utf8))
                == Array("\(id) blob 3\na\0b\n".utf8))
        await #expect(throws: ProcessError.self) { try await git.output(["cat-file", "blob", "nowhere"]) }
    }
}

@Suite struct ParallelMapTests {
    @Test(arguments: [1, 2, 7, 64]) func keepsTheOrder(jobs: Int) async {
        let items = Array(0..<1000)
        #expect(await parallelMap(items, jobs: jobs) { $0 * $0 } == items.map { $0 * $0 })
        #expect(await parallelMap([Int](), jobs: jobs) { $0 }.isEmpty)
    }
}

@Suite struct ColourTests {
    @Test(arguments: [
        (true, [:], true), (false, [:], false), (true, ["NO_COLOR": "1"], false), (true, ["NO_COLOR": ""], true),
        (true, ["TERM": "dumb"], false), (true, ["OPAMCOLOR": "never"], false), (false, ["OPAMCOLOR": "always"], false),
    ]) func rule(onTerminal: Bool, environment: [String: String], expected: Bool) {
        #expect(StandardStream.colour(onTerminal: onTerminal) { environment[$0] } == expected)
    }
}
