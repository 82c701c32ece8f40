import Findings
import Foundation
import Gate
import Reporting
import TestSupport
import Testing
import Text
import Workspace

/// Every output format against its schema, with texts that mean something to it, and at the platforms' limits.
@Suite struct FormatTests {
    private static let schemas = BuiltProgram.repository + "/Tests/GateTests/Schemas"

    /// A message that no format may take at its word.
    private static let hostile = "100% <b>&amp;\"'\r\n::error::x, y: ]]> \u{1}|`*"

    private static func use(
        _ number: Int, message: String = "a use", path: String = "lib/a b%é,x:y.ml", severity: Severity = .error
    ) -> Judgement.NewUse {
        let start = Position(offset: number * 10, line: number + 1, column: 2)
        let end = Position(offset: number * 10 + 5, line: number + 1, column: 7)
        var finding = Finding(
            rule: "lwt/let", extension: "lwt", path: path, start: start, end: end, message: message,
            fix: .safe([Edit(ByteRange(start.offset, start.offset + 3), "let%lwt")]),
            sourceLine: Array("  lwt x é".utf8))
        finding.fingerprint = "0123456789abcdef-\(number)"
        return Judgement.NewUse(finding: finding, severity: severity, why: .notKnown)
    }

    private static func report(_ uses: [Judgement.NewUse]) -> GateReport {
        GateReport(
            reference: .init(revision: "origin/main", commit: "0123456789", baseline: "known.baseline"), new: uses,
            known: 1, allowed: 0,
            stale: [FindingIdentity(rule: "lwt/let", path: "gone.ml", surroundings: "0123456789abcdef", ordinal: 0)],
            isFrozen: true, passes: false, filesRead: 1, skipped: [.init(path: "x", reason: hostile)])
    }

    private static func written(_ name: String, _ report: GateReport) throws -> (bytes: [UInt8], omissions: [String]) {
        try #require(GateFormat.named(name)).write(report)
    }

    private static let reports = [
        report([]), report([use(0, message: hostile), use(1, severity: .warning), use(2, severity: .note)]),
    ]

    @Test(arguments: ["sarif", "gitlab", "rdjson"])
    func jsonSchema(_ name: String) async throws {
        for report in Self.reports { try await Self.validate(Self.written(name, report).bytes, "\(name).json") }
    }

    private static func validate(_ bytes: [UInt8], _ schema: String) async throws {
        let directory = try TemporaryDirectory()
        try directory.write(bytes, to: "report.json")
        let script = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft7Validator.check_schema(schema)
            jsonschema.Draft7Validator(schema).validate(json.load(open(sys.argv[2])))
            """
        let answer = try await ProcessRunner.run(
            "python3", ["-W", "ignore", "-c", script, "\(schemas)/\(schema)", directory.path + "/report.json"])
        #expect(answer.succeeded, "\(answer.errorText)")
    }

    @Test(arguments: ["checkstyle", "junit"])
    func xmlSchema(_ name: String) async throws {
        for report in Self.reports {
            let directory = try TemporaryDirectory()
            try directory.write(Self.written(name, report).bytes, to: "report.xml")
            let answer = try await ProcessRunner.run(
                "xmllint",
                ["--noout", "--nonet", "--schema", "\(Self.schemas)/\(name).xsd", directory.path + "/report.xml"])
            #expect(answer.succeeded, "\(answer.errorText)")
        }
    }

    @Test func jsonIsRead() throws {
        for report in Self.reports {
            let object = try JSONSerialization.jsonObject(with: Data(Self.written("json", report).bytes))
            #expect((object as? [String: Any])?["schema"] as? String == "caravan.gate/1")
        }
    }

    @Test func gitHubEscapes() throws {
        let text = String(decoding: try Self.written("github", Self.reports[1]).bytes, as: UTF8.self)
        let lines = text.split(separator: "\n")
        // Beside the commands, what a person in the log reads; no path in it begins a line.
        #expect(lines.filter { $0.hasPrefix("::") }.count == 4, "\(text)")
        #expect(text.contains("caravan explain lwt/let"), "\(text)")
        let first =
            "::error file=lib/a b%25é%2Cx%3Ay.ml,line=1,endLine=1,col=3,endColumn=8,title=new camlp4 use (lwt/let)::"
        #expect(lines[0].hasPrefix(first + "100%25 <b>&amp;\"'%0D%0A::error::x, y: "), "\(lines[0])")
        #expect(lines.filter { $0.hasPrefix("::error ") }.count == 2)
        #expect(lines.filter { $0.hasPrefix("::warning ") }.count == 1)
        #expect(lines.filter { $0.hasPrefix("::notice ") }.count == 1)
    }

    @Test func gitHubShowsTen() throws {
        let report = Self.report((0..<40).map { Self.use($0) })
        let (bytes, omissions) = try Self.written("github", report)
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("::") }
        #expect(lines.count == 10)
        #expect(lines.last?.contains("32 more not shown") ?? false, "\(lines.last ?? "")")
        #expect(omissions == ["github: 32 errors not shown: a step shows 10"])
        let summary = String(decoding: GitHubAnnotations.summary(report).bytes, as: UTF8.self)
        #expect(summary.split(separator: "\n").filter { $0.hasPrefix("| error") }.count == 41)
    }

    @Test func gitHubSummaryHasAMegabyte() throws {
        let report = Self.report((0..<12_000).map { Self.use($0) })
        let (bytes, omissions) = GitHubAnnotations.summary(report)
        #expect(bytes.count <= 1 << 20)
        let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\n").count { $0.hasPrefix("| error") }
        #expect(omissions == ["github: \(12_001 - rows) not shown in the summary: it takes 1 MiB"])
    }

    @Test func sarifTellsItsLimits() async throws {
        let shown = try Self.written("sarif", Self.report((0..<5_001).map { Self.use($0) }))
        #expect(shown.omissions == ["sarif: 1 not shown: they are in the file, but GitHub shows 5000 results"])
        let full = try Self.written("sarif", Self.report((0..<25_003).map { Self.use($0) }))
        #expect(full.omissions.contains("sarif: 4 not shown: GitHub takes 25000 results and 10 MB, compressed"))
        let log = try JSONSerialization.jsonObject(with: Data(full.bytes)) as? [String: Any]
        let run = try #require((log?["runs"] as? [[String: Any]])?.first)
        #expect((run["results"] as? [Any])?.count == 25_000)
        let notes = ((run["invocations"] as? [[String: Any]])?.first?["toolExecutionNotifications"] as? [Any])?.count
        #expect(notes == full.omissions.count)
    }

    /// Columns of SARIF count UTF-16, from 1; edits are bytes.
    @Test func sarifPlaces() throws {
        let wide = Finding(
            rule: "lwt/let", extension: "lwt", path: "a.ml", start: Position(offset: 6, line: 1, column: 6),
            end: Position(offset: 9, line: 1, column: 9), message: "m", fix: .safe([Edit(ByteRange(6, 9), "x")]),
            sourceLine: Array("é😀lwt".utf8))
        let bytes = try Self.written(
            "sarif", Self.report([Judgement.NewUse(finding: wide, severity: .error, why: .anyCounts)])
        ).bytes
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("\"startColumn\": 4,"))
        #expect(text.contains("\"endColumn\": 7,"))
        #expect(text.contains("\"byteOffset\": 6,"))
    }

    @Test func severalAtOnce() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("let f () = lwt x = g () in x\n", to: "a.ml")
        let out = directory.path
        let answer = try await ProcessRunner.run(
            BuiltProgram.path,
            [
                "gate", out, "--output", "sarif=\(out)/r.sarif,github,junit=\(out)/r.xml", "--output",
                "checkstyle=\(out)/c.xml,gitlab=\(out)/g.json,rdjson=\(out)/d.json,json=\(out)/r.json,text=\(out)/r.txt",
            ], environment: [("GITHUB_STEP_SUMMARY", out + "/summary.md")])
        #expect(answer.status == 1)
        #expect(answer.outputText.hasPrefix("::error file=a.ml,line=1,"))
        for name in ["r.sarif", "r.xml", "c.xml", "g.json", "d.json", "r.json", "r.txt", "summary.md"] {
            #expect(!(try FileReader.read(out + "/" + name)).isEmpty, "\(name)")
        }
        let twice = try await BuiltProgram.run(["gate", out, "--output", "json,text"])
        #expect(twice.status == 124)
        let unknown = try await BuiltProgram.run(["gate", out, "--output", "xml"])
        #expect(unknown.status == 124)
    }

    /// Somebody who has never heard of camlp4 reads what it is and what to type.
    @Test func textSaysWhatToType() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("let f () = lwt x = g () in x\n", to: "a.ml")
        let text = try await BuiltProgram.run(["gate", directory.path]).outputText
        for words in [
            "camlp4 is a preprocessor", "caravan rewrite --inplace a.ml", "caravan explain lwt/let",
            "(* caravan: allow lwt/let WHY *)", "why: any use of camlp4 fails here",
        ] {
            #expect(text.contains(words), "\(text)")
        }
    }
}
