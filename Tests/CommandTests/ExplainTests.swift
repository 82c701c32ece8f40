import TestSupport
import Testing
import Text
import Workspace

/// `caravan explain` as people meet it, and the handbook that is made with it.
@Suite struct ExplainTests {
    @Test func aRuleWithWhatBecomesOfItsExamples() async throws {
        let result = try await BuiltProgram.run(["explain", "pa_where/where"])
        #expect(result.status == 0)
        #expect(result.errorText == "")
        #expect(result.outputText.contains("pa_where/where: bindings behind what they are for [safe]"))
        #expect(
            result.outputText.contains(
                "  - let a b d = b c where b = d and c = 2\n  + let a b d = let b = d and c = 2 in b c"))
    }

    @Test func theTargetDecides() async throws {
        let old = try await BuiltProgram.run(["explain", "bitstring", "--target", "2016-03-02"])
        #expect(old.outputText.contains("on 2016-03-02: nothing"))
        #expect(old.outputText.contains("ppx_bitstring came on 2016-04-14"))
        #expect(!old.outputText.contains("+ let f b = match%bitstring"))
        let new = try await BuiltProgram.run(["explain", "bitstring"])
        #expect(new.outputText.contains("+ let f b = match%bitstring"))
    }

    @Test func json() async throws {
        let result = try await BuiltProgram.run([
            "explain", "cstruct.syntax", "--format", "json", "--target", "2016-03-02",
        ])
        let value = try JSONValue(parsing: Array(result.outputText.utf8))
        #expect(value["schema"]?.string == "caravan.explain/1")
        #expect(value["id"]?.string == "cstruct")
        let best = value["replacement"]?["steps"]?.array?.first { $0["on_target"]?.bool ?? false }
        #expect(best?["packages"]?.array?.first?["findlib"]?.string == "cstruct.ppx")
        let rule = value["rules"]?.array?.first { $0["id"]?.string == "cstruct/cenum" }
        #expect(rule?["examples"]?.array?.contains { $0["after"]?.string?.contains("[%%cenum") ?? false } ?? false)
    }

    @Test func withoutANameTheList() async throws {
        let result = try await BuiltProgram.run(["explain"])
        #expect(result.status == 0)
        let ids = result.outputText.split(separator: "\n").compactMap { $0.split(separator: " ").first }
        #expect(ids.contains("lwt"))
        #expect(ids.contains("camlp4-stream-parsers"))
        #expect(ids.count > 70)
    }

    @Test func anUnknownName() async throws {
        let result = try await BuiltProgram.run(["explain", "lwtt"])
        #expect(result.status == 123)
        #expect(result.outputText == "")
        #expect(result.errorText.contains("nothing is called lwtt: did you mean lwt"))
    }

    /// `make handbook` writes it anew.
    @Test func theHandbookIsUpToDate() async throws {
        let directory = try TemporaryDirectory()
        let result = try await BuiltProgram.run(["explain", "--handbook", "--output", directory.path])
        #expect(result.status == 0)
        let committed = "\(BuiltProgram.repository)/Sources/Catalogue/Handbook"
        let difference = try await ProcessRunner.run("diff", ["-rq", committed, directory.path])
        #expect(difference.succeeded, "run `make handbook`:\n\(difference.outputText)")
    }
}
