import Foundation
import TestSupport
import Testing
import Workspace

/// The corpus' checkouts against what was marked in them by hand: nothing missing, nothing more, each at its place.
@Suite struct CheckoutTests {
    private struct Scan: Decodable {
        struct File: Decodable {
            let path: String
            let findings: [Finding]
        }

        struct Finding: Decodable {
            struct Range: Decodable {
                struct Position: Decodable {
                    let offset: Int
                    let line: Int
                    let column: Int
                }

                let start: Position
                let end: Position
            }

            let rule: String
            let range: Range
        }

        struct Usage: Decodable {
            let component: String
            let `extension`: String
            let status: String
        }

        let files: [File]
        let metadata: [File]
        let usage: [Usage]
    }

    static let projects = ["ferry", "ledger", "milestones", "reckoner", "sundial", "waystone"]

    @Test(arguments: projects) func findsWhatIsMarked(project: String) async throws {
        let scan = try await scan(project)
        let table = "\(BuiltProgram.repository)/Tests/CorpusTests/Expected/\(project).tsv"
        let expected = Set(try String(contentsOfFile: table, encoding: .utf8).split(separator: "\n").map(String.init))
        #expect(!expected.isEmpty)
        var found: Set<String> = []
        for file in scan.files {
            for finding in file.findings { found.insert(row(file, finding, rule: finding.rule)) }
        }
        // Which rule a build line falls under is not marked.
        for file in scan.metadata {
            for finding in file.findings { found.insert(row(file, finding, rule: "metadata/*")) }
        }
        #expect(expected.subtracting(found).sorted() == [], "missing")
        #expect(found.subtracting(expected).sorted() == [], "noisy")
    }

    @Test func everyProjectIsThere() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(BuiltProgram.repository)/corpus/checkouts")
        #expect(names.sorted() == Self.projects)
    }

    @Test func tellsDeclaredFromUsed() async throws {
        let waystone = try await scan("waystone").usage.map { "\($0.component): \($0.extension) \($0.status)" }
        #expect(
            waystone == [
                "executable test_waystone: sexplib used", "executable waystoned: lwt used",
                "library waystone: cstruct used",
                "library waystone: lwt used", "library waystone: sexplib used",
                "library waystone_text: lwt declared-unused",
            ])
        let ferry = try await scan("ferry").usage.map { "\($0.component): \($0.extension) \($0.status)" }
        #expect(ferry == ["directory src: lwt used"])
    }

    private func scan(_ project: String) async throws -> Scan {
        let directory = "\(BuiltProgram.repository)/corpus/checkouts/\(project)"
        let result = try await BuiltProgram.run(["scan", "--format", "json", directory])
        #expect(result.status == 0)
        #expect(result.errorText == "")
        return try JSONDecoder().decode(Scan.self, from: Data(result.output))
    }

    private func row(_ file: Scan.File, _ finding: Scan.Finding, rule: String) -> String {
        "\(file.path)\t\(finding.range.start.line)\t\(finding.range.start.column)\t\(rule)"
    }
}

/// Broken sources: no run ends early, and what stands before the damage is found.
@Suite struct BrokenSourceTests {
    @Test func allAtOnce() async throws {
        let result = try await BuiltProgram.run([
            "scan", "--format", "json", "\(BuiltProgram.repository)/corpus/broken",
        ])
        #expect(result.status == 0)
        let object = try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any]
        let files = try #require(object?["files"] as? [[String: Any]])
        let coverage = try #require(object?["coverage"] as? [String: Any])
        let skipped = try #require(coverage["skipped"] as? [[String: Any]])
        var rules: [String: [String]] = [:]
        for file in files {
            let findings = file["findings"] as? [[String: Any]] ?? []
            rules[file["path"] as? String ?? ""] = findings.compactMap { $0["rule"] as? String }
        }
        let walk = try FileWalker(root: "\(BuiltProgram.repository)/corpus/broken") { $0.hasSuffix(".ml") }
        #expect(files.count + skipped.count == walk.files.count + walk.skipped.count)
        #expect(
            skipped.compactMap { $0["reason"] as? String } == [
                "binary file", "binary file", "UTF-16 text", "UTF-16 text",
            ])
        for name in [
            "byte-order-mark", "carriage-returns", "latin-1", "line-directives", "merge-conflict", "no-final-newline",
            "nul-bytes", "stray-closers", "truncated-module", "unterminated-comment", "unterminated-string",
        ] {
            #expect(rules["\(name).ml"] == ["type_conv/with"], "\(name)")
        }
        #expect(rules["truncated-lwt.ml"] == ["lwt/let", "lwt/try", "lwt/for"])
    }
}
