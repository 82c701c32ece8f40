import Glibc
import Workspace

/// OCaml's own lexer and parser, compiled to native code, all files in one process.
final class OCamlPeer {
    struct Times: Sendable {
        var lex = Double.infinity
        var parse = Double.infinity

        mutating func keepBest(_ other: Times) {
            lex = min(lex, other.lex)
            parse = min(parse, other.parse)
        }
    }

    private let directory: String
    private var program: String { "\(directory)/parse_speed" }

    /// Compiles the program; nil, told on standard error, where there is no OCaml.
    init?() async throws {
        let query = try? await ProcessRunner.run("ocamlfind", ["query", "compiler-libs.common"])
        guard let query, query.succeeded else {
            StandardStream.error.writeLine("SKIPPED: OCaml's lexer and parser: ocamlfind or compiler-libs is not there")
            return nil
        }
        var template = "/tmp/caravan-benchmark-XXXXXX".utf8.map(CChar.init(bitPattern:)) + [0]
        guard unsafe mkdtemp(&template) != nil else {
            throw ProcessError(command: "benchmark", reason: "no temporary directory can be made")
        }
        directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let copy = "\(directory)/parse_speed.ml"
        try AtomicFileWriter.write(try FileReader.read("\(folder)/OCaml/parse_speed.ml"), to: copy)
        let build = try await ProcessRunner.run(
            "ocamlfind",
            ["ocamlopt", "-O3", "-w", "-a", "-package", "compiler-libs.common", "-linkpkg", copy, "-o", program])
        guard build.succeeded else { throw ProcessError(command: "ocamlfind ocamlopt", reason: build.errorText) }
    }

    deinit {
        for name in ["parse_speed", "parse_speed.ml", "parse_speed.cmi", "parse_speed.cmx", "parse_speed.o"] {
            _ = unsafe unlink("\(directory)/\(name)")
        }
        _ = unsafe rmdir(directory)
    }

    /// Which of the files OCaml takes.
    func accepted(_ files: [String]) async throws -> Set<String> {
        Set(try await run("accepted", files).split(separator: "\n").map(String.init))
    }

    /// One round over all files.
    func measure(_ files: [String]) async throws -> Times {
        var times = Times()
        for line in try await run("time", files).split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard parts.count == 2, let seconds = Double(parts[1]) else { continue }
            if parts[0] == "lex" { times.lex = seconds } else { times.parse = seconds }
        }
        return times
    }

    private func run(_ mode: String, _ files: [String]) async throws -> String {
        let answer = try await ProcessRunner.run(
            program, [mode], input: Array((files.joined(separator: "\n") + "\n").utf8))
        guard answer.succeeded else { throw ProcessError(command: "parse_speed", reason: answer.errorText) }
        return answer.outputText
    }
}

/// The whole program on whole trees, against a search for words in the same files.
enum ScanPeer {
    /// What a search for camlp4 by words would look for.
    private static let words = [
        "camlp4", "lwt", "try_lwt", "match_lwt", "for_lwt", "while_lwt", "raise_lwt", "assert_lwt", "finally",
        "cstruct", "cenum", "TEST", "TEST_UNIT", "TEST_MODULE", "BENCH", "IFDEF", "IFNDEF", "ENDIF", "DEFINE", "EXTEND",
        "GEXTEND", "DELETE_RULE", "parser", "perform", "bitmatch", "BITSTRING", "jsnew", "jsobject", "deriving",
        "Syntax",
    ]

    static func ours(_ directories: [String]) -> Command {
        return Command(
            program: Benchmark.program,
            arguments: ["scan", "--format", "json", "--output", "/dev/null"] + directories)
    }

    static func theirs(_ directories: [String]) -> Command {
        Command(
            program: "rg",
            arguments: ["-c", "--no-ignore", "-g", "*.ml", "-g", "*.mli", words.joined(separator: "|")] + directories)
    }

    struct Command {
        let program: String
        let arguments: [String]

        func isThere() async -> Bool {
            let answer = try? await ProcessRunner.run(program, ["--version"])
            if answer != nil { return true }
            StandardStream.error.writeLine("SKIPPED: \(program): it is not there")
            return false
        }

        /// CPU seconds of one run; infinite where the program is not there.
        func cost(_ isThere: Bool) async throws -> Double {
            guard isThere else { return .infinity }
            let start = Stopwatch.childSeconds()
            let answer = try await ProcessRunner.run(program, arguments)
            guard answer.status <= 1 else { throw ProcessError(command: program, reason: answer.errorText) }
            return Stopwatch.childSeconds() - start
        }
    }
}
