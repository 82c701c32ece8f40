import TestSupport
import Testing
import Workspace

/// Comments that allow a use, and what is wrong with some of them.
@Suite struct SuppressionTests {
    private func gate(_ source: String, _ arguments: String...) async throws -> (status: Int, text: String) {
        let directory = try TemporaryDirectory()
        try directory.write(source, to: "a.ml")
        let answer = try await BuiltProgram.run(["gate", directory.path] + arguments)
        return (answer.status, answer.outputText)
    }

    @Test func onTheLineBefore() async throws {
        let source = "(* caravan: allow lwt/let until the release of 3.0 *)\nlet f () = lwt x = g () in x\n"
        #expect(try await gate(source).status == 0)
        #expect(try await gate(source, "--no-inline").status == 1)
    }

    @Test func onTheLineItself() async throws {
        #expect(try await gate("let f () = lwt x = g () in x (* caravan: allow lwt all of it *)\n").status == 0)
    }

    @Test func severalAbove() async throws {
        let source = """
            (* caravan: allow lwt/let first reason *)
            (* caravan: allow type_conv/with second reason *)
            let f () = lwt x = g () in x
            """
        let answer = try await gate(source)
        // The second allows nothing.
        #expect(answer.status == 1)
        #expect(answer.text.contains("a.ml:2:0-49: suppression/unused"))
        #expect(!answer.text.contains("lwt/let:"))
    }

    @Test func anotherRuleStands() async throws {
        let answer = try await gate("(* caravan: allow lwt/try no *)\nlet f () = lwt x = g () in x\n")
        #expect(answer.status == 1)
        #expect(answer.text.contains("lwt/let"))
        #expect(answer.text.contains("suppression/unused"))
        #expect(answer.text.contains("what stands here is lwt/let"), "\(answer.text)")
    }

    @Test func withoutReason() async throws {
        let answer = try await gate("(* caravan: allow lwt/let *)\nlet f () = lwt x = g () in x\n")
        #expect(answer.status == 1)
        #expect(answer.text.contains("suppression/reasonless"))
        #expect(!answer.text.contains(" lwt/let: "))
        #expect(
            try await gate(
                "(* caravan: allow lwt/let *)\nlet f () = lwt x = g () in x\n", "--max-severity", "warning"
            ).status == 0)
    }

    @Test func notInStrings() async throws {
        let answer = try await gate("let s = \"(* caravan: allow lwt/let no *)\"\nlet f () = lwt x = g () in x\n")
        #expect(answer.status == 1)
        #expect(!answer.text.contains("suppression/"))
    }

    @Test func twoLinesAwayDoesNotCount() async throws {
        let answer = try await gate("(* caravan: allow lwt/let why *)\n\nlet f () = lwt x = g () in x\n")
        #expect(answer.status == 1)
    }

    @Test func inBuildFiles() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("# caravan:allow camlp4/syntax the manual's examples\ntrue: syntax(camlp4o)\n", to: "_tags")
        #expect(try await BuiltProgram.run(["gate", directory.path]).status == 0)
        try directory.write("true: syntax(camlp4o)  # caravan:allow camlp4 the manual\n", to: "_tags")
        #expect(try await BuiltProgram.run(["gate", directory.path]).status == 0)
        try directory.write("true: syntax(camlp4o)\n", to: "_tags")
        #expect(try await BuiltProgram.run(["gate", directory.path]).status == 1)
    }
}
