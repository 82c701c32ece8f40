import Foundation
import TestSupport
import Testing
import Workspace

/// `list --needs`, `why` and `what-if` as users run them: answers, forms and exit statuses.
@Suite struct NeedCommandTests {
    private static let universe = ["--repository", BuiltProgram.repository + "/corpus/universe"]
    private static let anywhere = universe + ["--ocaml", "any", "--any-platform"]

    private func lines(_ answer: ProcessOutput) -> [String] {
        answer.outputText.split(separator: "\n").map(String.init)
    }

    private func json(_ answer: ProcessOutput) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(answer.output)) as? [String: Any])
    }

    /// The forms of one answer agree: latest versions are among the versions, and a name in need has a version in need.
    @Test func needsInItsForms() async throws {
        let versions = Set(lines(try await BuiltProgram.run(["list", "--needs", "--versions"] + Self.anywhere)))
        let latest = Set(lines(try await BuiltProgram.run(["list", "--needs", "--latest"] + Self.anywhere)))
        let names = Set(lines(try await BuiltProgram.run(["list", "--needs"] + Self.anywhere)))
        #expect(versions.contains("cstruct.1.9.0"))
        #expect(!versions.contains { $0.hasPrefix("camlp4.") })
        #expect(!latest.isEmpty && latest.isStrictSubset(of: versions))
        let named = Set(versions.map { String($0.prefix { $0 != "." }) })
        #expect(!names.isEmpty && names.isStrictSubset(of: named))
    }

    @Test func whyAnswers() async throws {
        let needs = try await BuiltProgram.run(["why", "cstruct"] + Self.anywhere)
        #expect(needs.status == 0)
        #expect(needs.outputText.contains("cstruct.1.9.0 needs camlp4."))
        #expect(needs.outputText.contains("build: type_conv"))
        #expect(needs.outputText.contains("Once it drops its dependency on type_conv"))
        let blocked = try await BuiltProgram.run(["why", "cstruct", "--fail-if-blocked"] + Self.anywhere)
        #expect(blocked.status == 1)
        #expect(blocked.output == needs.output)
        let free = try await BuiltProgram.run(["why", "lwt", "--fail-if-blocked"] + Self.anywhere)
        #expect(free.status == 0)
        #expect(free.outputText.contains("does not need camlp4"))
        let dead = try await BuiltProgram.run(["why", "mirror-lake", "--fail-if-blocked"] + Self.anywhere)
        #expect(dead.status == 0)
        #expect(dead.outputText.contains("cannot be installed at all"))
        let unknown = try await BuiltProgram.run(["why", "cstrct"] + Self.anywhere)
        #expect(unknown.status == 123)
        #expect(unknown.errorText.contains("did you mean cstruct?"))
    }

    @Test func whyAsJSON() async throws {
        let answer = try await BuiltProgram.run(["why", "cstruct", "--format", "json"] + Self.anywhere)
        let report = try json(answer)
        #expect(report["schema"] as? String == "caravan.why/1")
        #expect(report["answer"] as? String == "needs")
        #expect((report["world"] as? [String: Any])?["ocaml"] as? String == "any")
        let path = try #require(report["path"] as? [[String: Any]])
        #expect(path.map { $0["kind"] as? String } == ["build", "depends"])
        let freedBy = try #require(report["freed_by"] as? [String: Any])
        #expect(freedBy["sets"] as? [[String]] == [["cstruct"], ["type_conv"]])
        #expect(freedBy["complete"] as? Bool == true)
        #expect((report["droppable"] as? [String])?.count == 1)
        #expect(report["optional"] as? [String] == ["camlp4", "async"])
    }

    @Test func whatIfAnswers() async throws {
        let answer = try await BuiltProgram.run(["what-if", "cstruct", "lwt", "--format", "json"] + Self.anywhere)
        #expect(answer.status == 0)
        let report = try json(answer)
        #expect(report["schema"] as? String == "caravan.what-if/1")
        #expect(report["migrated"] as? [String] == ["cstruct"])
        #expect(report["nothing_to_drop"] as? [String] == ["lwt"])
        let freed = try #require(report["freed"] as? [String: [String]])
        #expect(freed["latest"]?.contains("cstruct.1.9.0") == true)
        let best = try await BuiltProgram.run(["what-if", "--best", "2"] + Self.anywhere)
        #expect(best.status == 0)
        #expect(best.outputText.contains("No choice of as many packages frees more"))
    }

    /// The parts of a split library, and what the solver says of each.
    @Test func splitInParts() async throws {
        let answer = try await BuiltProgram.run(["split", "cstruct", "--format", "json"] + Self.anywhere)
        #expect(answer.status == 0, "\(answer.errorText)")
        let report = try json(answer)
        #expect(report["dropped"] as? [String] == ["type_conv"])
        let files = try #require(report["files"] as? [[String: Any]])
        let core = try #require(files.first { $0["part"] as? String == "core" })
        #expect(core["needs_camlp4"] as? Bool == false)
        #expect((core["text"] as? String)?.contains("\"type_conv\"") == false)
        let old = try #require(files.first { $0["part"] as? String == "camlp4" })
        #expect(old["name"] as? String == "cstruct_camlp4")
        #expect(old["needs_camlp4"] as? Bool == true)
        #expect(files.allSatisfy { $0["installable"] as? Bool == true })
        let nothing = try await BuiltProgram.run(["split", "type_conv"] + Self.anywhere)
        #expect(nothing.status == 123)
    }

    @Test func wrongUse() async throws {
        for arguments in [
            ["what-if"], ["what-if", "cstruct", "--best", "2"], ["what-if", "--best", "0"], ["why"],
            ["why", "cstruct", "--ocaml", "4 02"], ["why", "cstruct", "--kinds", "tests"],
            ["list", "--needs", "--direct"], ["list", "--needs", "--without", "camlp4"],
        ] {
            let answer = try await BuiltProgram.run(arguments + Self.universe)
            #expect(answer.status == 124, "\(arguments)")
        }
        let compiler = try await BuiltProgram.run(["why", "cstruct", "--ocaml", "4.99.0"] + Self.universe)
        #expect(compiler.status == 123)
        #expect(compiler.errorText.contains("no such compiler"))
    }
}
