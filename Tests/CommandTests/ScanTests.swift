import Foundation
import TestSupport
import Testing
import Workspace

/// `caravan scan` as people and scripts meet it: streams, statuses, formats.
@Suite struct ScanTests {
    @Test func text() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("type t = int with sexp\n", to: "lib/a.ml")
        try directory.write("<lib/*.ml>: package(sexplib.syntax), syntax(camlp4o)\n", to: "_tags")
        let result = try await BuiltProgram.run(["scan", directory.path])
        #expect(result.status == 0)
        #expect(result.errorText == "")
        #expect(
            result.outputText == """
                lib/a.ml:1:13-22: type_conv/with: a `with` clause that generates code from a type
                1 | type t = int with sexp
                                 ^^^^^^^^^
                1 + type t = int [@@deriving sexp]  (safe)

                _tags:1:12-35: sexplib/package: uses sexplib.syntax, a camlp4 syntax extension
                1 | <lib/*.ml>: package(sexplib.syntax), syntax(camlp4o)
                                ^^^^^^^^^^^^^^^^^^^^^^^
                1 + <lib/*.ml>: package(sexplib), package(ppx_sexp_conv), syntax(camlp4o)  (safe)

                _tags:1:37-52: camlp4/syntax: turns camlp4o on
                1 | <lib/*.ml>: package(sexplib.syntax), syntax(camlp4o)
                                                         ^^^^^^^^^^^^^^^
                1 + <lib/*.ml>: package(sexplib.syntax)  (safe)

                type_conv  1 use in 1 file
                1 source file read (23 bytes), 0 in part, 0 skipped: 1 use of camlp4, 2 build lines that bring it in
                next: caravan rewrite \(directory.path)

                """)
    }

    @Test func whatIsBehindLinksAndInTemplatesCounts() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("<lib/*.ml>: package(lwt.syntax), syntax(camlp4o)\n", to: "_tags")
        try directory.write("let x = 1\n", to: "lib/a.ml")
        func statuses() async throws -> [String] {
            let scan = try await object(["scan", "--format", "json", directory.path])
            return try #require(scan["usage"] as? [[String: Any]]).compactMap { row in
                (row["status"] as? String).map { row["unclear_in"] == nil ? $0 : "unclear" }
            }
        }
        #expect(try await statuses() == ["declared-unused"])
        try directory.write("let dir = \"@dir@\"\n", to: "lib/config.ml.in")
        #expect(try await statuses() == ["declared-unused"])
        try directory.write("let dir = @dir@\n", to: "lib/config.ml.in")
        #expect(try await statuses() == ["unclear"])
        directory.link("lib/b.ml", to: "../src/b.ml")
        try directory.write("let f x = lwt y = x in y\n", to: "src/b.ml")
        #expect(try await statuses() == ["used"])
    }

    @Test func theLibraryThatComesWithASyntaxCounts() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("<*.ml>: package(deriving.syntax), syntax(camlp4o)\n", to: "_tags")
        try directory.write("module M = Deriving_Show.Defaults (struct end)\n", to: "a.ml")
        func row() async throws -> [String: Any] {
            let scan = try await object(["scan", "--format", "json", directory.path])
            return try #require((scan["usage"] as? [[String: Any]])?.first)
        }
        #expect(try await row()["status"] as? String == "used")
        #expect(try await row()["unclear_in"] as? [String] == ["a.ml"])
        try directory.write(
            "<*.ml>: package(deriving.syntax), package(deriving.runtime), syntax(camlp4o)\n", to: "_tags")
        #expect(try await row()["status"] as? String == "declared-unused")
    }

    @Test func leftovers() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("let x = 1\n", to: "lib/a.ml")
        try directory.write("(** With [lwt.syntax]. *)\n", to: "lib/a.mli")
        try directory.write("<lib/*.ml>: package(lwt.syntax)\n", to: "_tags")
        try directory.write("Install camlp4 first.\n", to: "README.md")
        try directory.write("camlp4 was dropped.\n", to: "CHANGES.md")
        let scan = try await object(["scan", "--leftovers", "--format", "json", directory.path])
        let documents = try #require(scan["documents"] as? [[String: Any]])
        #expect(documents.map { $0["path"] as? String } == ["README.md", "lib/a.mli"])
        #expect(documents.map { $0["kind"] as? String } == ["document", "comment"])
        #expect((scan["summary"] as? [String: Any])?["document_findings"] as? Int == 2)
        let usage = try #require(scan["usage"] as? [[String: Any]])
        #expect(usage.map { $0["distinctions"] as? [String] } == [["only-in-documents"]])
        let plain = try await object(["scan", "--format", "json", directory.path])
        #expect(plain["documents"] == nil)
        let text = try await BuiltProgram.run(["scan", "--leftovers", "--quiet", directory.path])
        #expect(text.status == 0)
        #expect(text.outputText.contains("2 places in 2 documents or sources whose text still shows it"))
    }

    @Test func json() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("let f () =\n  lwt x = g in\n  h\n", to: "a.ml")
        try directory.write("let x = 1\n", to: "b.mli")
        let scan = try await object(["scan", "--format", "json", directory.path])
        #expect(scan["schema"] as? String == "caravan.scan/1")
        let files = try #require(scan["files"] as? [[String: Any]])
        #expect(files.map { $0["path"] as? String } == ["a.ml", "b.mli"])
        #expect(files[0]["dialect"] as? String == "content")
        #expect(files[0]["extensions"] as? [String] == ["lwt"])
        let finding = try #require((files[0]["findings"] as? [[String: Any]])?.first)
        #expect(finding["rule"] as? String == "lwt/let")
        #expect(finding["path"] as? String == "a.ml")
        let range = try #require(finding["range"] as? [String: [String: Int]])
        #expect(
            range == ["start": ["offset": 13, "line": 2, "column": 2], "end": ["offset": 29, "line": 3, "column": 3]])
        let fix = try #require(finding["fix"] as? [String: Any])
        #expect(fix["safety"] as? String == "safe")
        let edits = try #require(fix["edits"] as? [[String: Any]])
        #expect(edits.count == 1)
        #expect(edits[0]["start"] as? Int == 13)
        #expect(edits[0]["end"] as? Int == 16)
        #expect(edits[0]["replacement"] as? String == "let%lwt")
        let coverage = try #require(scan["coverage"] as? [String: Any])
        #expect(coverage["files"] as? Int == 2)
        #expect(coverage["bytes"] as? Int == 40)
        #expect(coverage["parsed"] as? Int == 1)
        #expect(coverage["partial"] as? Int == 1)
        #expect((files[1]["partial"] as? String)?.hasPrefix("line ") == true)
    }

    @Test func buildFilesDecide() async throws {
        let directory = try TemporaryDirectory()
        let source = "let f () =\n  lwt x = g in\n  raise_lwt (E x)\n"
        try directory.write(source, to: "on/a.ml")
        try directory.write(source, to: "off/a.ml")
        try directory.write("<on/*.ml>: package(lwt.syntax), syntax(camlp4o)\n", to: "_tags")
        let scan = try await object(["scan", "--format", "json", directory.path])
        let files = try #require(scan["files"] as? [[String: Any]])
        #expect(files.map { ($0["findings"] as? [Any])?.count } == [0, 2])
        #expect(files.map { $0["dialect"] as? String } == ["build files", "build files"])
        let alone = try await object(["scan", "--format", "json", "\(directory.path)/off/a.ml"])
        let file = try #require((alone["files"] as? [[String: Any]])?.first)
        #expect(file["path"] as? String == "\(directory.path)/off/a.ml")
        #expect((file["findings"] as? [Any])?.count == 2)
    }

    @Test func unreadablePathsAreToldAfterTheRest() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("type t = int with sexp\n", to: "a.ml")
        let result = try await BuiltProgram.run(
            ["scan", "--format", "json", "no.ml", "a.ml", "none"], in: directory.path)
        #expect(result.status == 123)
        #expect(
            result.errorText == """
                caravan: no.ml: no such file or directory
                caravan: none: no such file or directory

                """)
        #expect(result.outputText.contains("\"type_conv/with\""))
    }

    @Test func whatAWalkLeavesOutIsNoError() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("let x = 1\n", to: "dir.ml/y.ml")
        try directory.write([0xFF, 0xFE, 0x6C, 0x00], to: "utf16.ml")
        try directory.write((0...255).map { UInt8($0) }, to: "binary.ml")
        try directory.write("let x = 1\n", to: "_build/x.ml")
        directory.link("dangling.ml", to: "nowhere")
        let scan = try await object(["scan", "--format", "json", directory.path])
        let coverage = try #require(scan["coverage"] as? [String: Any])
        let skipped = try #require(coverage["skipped"] as? [[String: String]])
        #expect(
            skipped == [
                ["path": "_build/", "reason": "build output, not scanned"],
                ["path": "binary.ml", "reason": "binary file"],
                ["path": "dangling.ml", "reason": "dangling symbolic link"],
                ["path": "dir.ml", "reason": "is a directory"], ["path": "utf16.ml", "reason": "UTF-16 text"],
            ])
        #expect(coverage["files"] as? Int == 1)
    }

    @Test(arguments: [["--format", "xml"], ["--jobs", "0"], ["--jobs", "x"], ["--no-such-option"]])
    func commandLineErrors(arguments: [String]) async throws {
        let result = try await BuiltProgram.run(["scan"] + arguments)
        #expect(result.status == 124)
        #expect(result.output.isEmpty)
        #expect(!result.error.isEmpty)
    }

    @Test func theSameBytesAtAnyNumberOfJobs() async throws {
        let corpus = "\(BuiltProgram.repository)/corpus"
        let one = try await BuiltProgram.run(["scan", "--format", "json", "--jobs", "1", corpus])
        let many = try await BuiltProgram.run(["scan", "--format", "json", "--jobs", "7", corpus])
        #expect(one.status == 0)
        #expect(one.output == many.output)
    }

    @Test func writesToAFile() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("let x = 1\n", to: "a.ml")
        let result = try await BuiltProgram.run(
            ["scan", "--format", "json", "--output", "out.json", "a.ml"], in: directory.path)
        #expect(result.status == 0)
        #expect(result.output.isEmpty)
        #expect(try FileReader.read("\(directory.path)/out.json").starts(with: Array("{\n  \"schema\"".utf8)))
        let refused = try await BuiltProgram.run(["scan", "--output", "no/out.json", "a.ml"], in: directory.path)
        #expect(refused.status == 123)
        #expect(refused.errorText == "caravan: no/out.json: no such file or directory\n")
    }

    @Test func aClosedPipeIsNoError() async throws {
        let command =
            "'\(BuiltProgram.path)' scan --format json '\(BuiltProgram.repository)/corpus' | head -c 1; echo ${PIPESTATUS[0]}"
        let result = try await ProcessRunner.run("bash", ["-c", command])
        #expect(result.outputText == "{0\n")
        #expect(result.errorText == "")
    }

    /// As many bytes as the issue names; the limit is wide, since debug builds are slow: what it catches is a square.
    @Test func fiftyMegabytesOfCommentOpeners() async throws {
        let directory = try TemporaryDirectory()
        let opener = Array("(*".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(50_000_000)
        for _ in 0..<25_000_000 { bytes += opener }
        try directory.write(bytes, to: "a.ml")
        let clock = ContinuousClock()
        let start = clock.now
        let scan = try await object(["scan", "--format", "json", directory.path])
        #expect(clock.now - start < .seconds(120))
        let file = try #require((scan["files"] as? [[String: Any]])?.first)
        #expect(file["partial"] as? String == "line 1, column 0: comment that does not end")
    }

    private func object(_ arguments: [String]) async throws -> [String: Any] {
        let result = try await BuiltProgram.run(arguments)
        #expect(result.status == 0)
        #expect(result.errorText == "")
        return try #require(try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any])
    }
}
