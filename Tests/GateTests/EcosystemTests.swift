import TestSupport
import Testing
import Workspace

/// The gate of an opam repository, on the shapes of real relapses.
@Suite struct EcosystemTests {
    private static func opam(_ depends: String = "", _ rest: String = "") -> String {
        "opam-version: \"2.0\"\nmaintainer: \"m@example.org\"\ndepends: [ \(depends) ]\n\(rest)"
    }

    private static func path(_ name: String, _ version: String) -> String { "packages/\(name)/\(name).\(version)/opam" }

    /// camlp4, a library with an old version on it and a newer one without, and a user of each.
    private func repository() async throws -> GateRepository {
        try await GateRepository([
            "repo": "opam-version: \"2.0\"\n",
            Self.path("ocaml", "4.14.0"): Self.opam(),
            Self.path("camlp4", "4.14"): Self.opam("\"ocaml\""),
            Self.path("wire", "1.0"): Self.opam("\"ocaml\" \"camlp4\" {build}"),
            Self.path("wire", "2.0"): Self.opam("\"ocaml\""),
            Self.path("legacy", "1.0"): Self.opam("\"camlp4\""),
            Self.path("modern", "1.0"): Self.opam("\"wire\" {>= \"2.0\"}"),
            Self.path("old", "1.0"): Self.opam("\"wire\" {< \"2.0\"}"),
        ])
    }

    private func gate(_ repository: GateRepository, _ more: String...) async throws -> ProcessOutput {
        try await BuiltProgram.run(
            ["gate", "--repository", repository.path, "--since", "main", "--ocaml", "4.14.0"] + more)
    }

    @Test func directDependency() async throws {
        let repository = try await repository()
        try repository.write(Self.opam("\"wire\"\n  \"camlp4\" {build}"), to: Self.path("fresh", "0.1"))
        let answer = try await gate(repository)
        #expect(answer.status == 1, "\(answer.errorText)")
        #expect(
            answer.outputText.contains("packages/fresh/fresh.0.1/opam:4:2-10: ecosystem/direct"), "\(answer.outputText)"
        )
        #expect(answer.outputText.contains("fresh.0.1 → camlp4"))
    }

    @Test func rangeWithoutWayAround() async throws {
        let repository = try await repository()
        try repository.write(Self.opam("\"old\""), to: Self.path("fresh", "0.1"))
        let answer = try await gate(repository)
        #expect(answer.status == 1, "\(answer.errorText)")
        #expect(
            answer.outputText.contains("fresh.0.1 → old (1.0) → wire {< \"2.0\"} (1.0) → camlp4 (4.14)"),
            "\(answer.outputText)")
        #expect(answer.outputText.contains("no version of old can be installed without camlp4"))
    }

    @Test func upperBoundThatIsTooLow() async throws {
        let repository = try await repository()
        try repository.write(Self.opam("\"wire\" {< \"2.0\"}"), to: Self.path("fresh", "0.1"))
        let answer = try await gate(repository)
        #expect(answer.status == 1, "\(answer.errorText)")
        #expect(answer.outputText.contains("ecosystem/range"))
        #expect(answer.outputText.contains("let the range of wire admit wire.2.0"))
    }

    @Test func anyVersionWillDo() async throws {
        let repository = try await repository()
        try repository.write(Self.opam("\"wire\""), to: Self.path("fresh", "0.1"))
        try repository.write(Self.opam("\"modern\""), to: Self.path("fresh", "0.2"))
        try repository.write(Self.opam("(\"camlp4\" | \"wire\")"), to: Self.path("either", "1"))
        let answer = try await gate(repository)
        #expect(answer.status == 0, "\(answer.outputText)\(answer.errorText)")
    }

    @Test func relaxedBound() async throws {
        let repository = try await repository()
        try repository.write(Self.opam("\"wire\""), to: Self.path("modern", "1.0"))
        let answer = try await gate(repository)
        #expect(answer.status == 1, "\(answer.errorText)")
        #expect(answer.outputText.contains("ecosystem/relaxed"), "\(answer.outputText)")
        #expect(answer.outputText.contains("admits wire.1.0"))
        // A bound that gets stricter, or lets in what needs no camlp4, is none.
        try repository.write(Self.opam("\"wire\" {>= \"2.0\"}", "synopsis: \"x\"\n"), to: Self.path("modern", "1.0"))
        try repository.write(Self.opam("\"wire\" {<= \"2.0\"}"), to: Self.path("old", "1.0"))
        #expect(try await gate(repository).status == 0)
    }

    @Test func dependencyComesBack() async throws {
        let repository = try await repository()
        try repository.write(Self.opam("\"ocaml\" \"camlp4\""), to: Self.path("wire", "2.0"))
        let answer = try await gate(repository)
        #expect(answer.status == 1)
        #expect(answer.outputText.contains("the change of wire.2.0 depends on camlp4"), "\(answer.outputText)")
    }

    @Test func whatWasThereStays() async throws {
        let repository = try await repository()
        try repository.write(Self.opam("\"camlp4\"", "synopsis: \"better words\"\n"), to: Self.path("legacy", "1.0"))
        #expect(try await gate(repository).status == 0)
        // A new version of it is new.
        try repository.write(Self.opam("\"camlp4\""), to: Self.path("legacy", "1.1"))
        #expect(try await gate(repository).status == 1)
    }

    @Test func allowedByComment() async throws {
        let repository = try await repository()
        try repository.write(
            "opam-version: \"2.0\"\ndepends: [\n  # caravan:allow ecosystem/direct the tool is camlp4's own\n  \"camlp4\"\n]\n",
            to: Self.path("fresh", "0.1"))
        let answer = try await gate(repository)
        #expect(answer.status == 0, "\(answer.outputText)\(answer.errorText)")
        #expect(try await gate(repository, "--no-inline").status == 1)
    }

    @Test func nothingChanged() async throws {
        let repository = try await repository()
        #expect(try await gate(repository).status == 0)
        let missing = try await BuiltProgram.run([
            "gate", "--repository", repository.path, "--since", "upstream/master",
        ])
        #expect(missing.status == 123)
        #expect(missing.errorText.contains("git fetch"))
        #expect(try await BuiltProgram.run(["gate", "--repository", repository.path]).status == 124)
    }

    /// Where pull requests are judged on a server there is no work tree.
    @Test func bareRepository() async throws {
        let repository = try await repository()
        try await repository.git("switch", "--quiet", "-c", "change")
        try await repository.commit([Self.path("fresh", "0.1"): Self.opam("\"old\"")], "change")
        try await TemporaryDirectory.with { directory in
            let bare = "\(directory.path)/bare.git"
            try await repository.git("clone", "--quiet", "--bare", repository.path, bare)
            func gate(_ more: String...) async throws -> ProcessOutput {
                try await BuiltProgram.run(["gate", "--repository", bare, "--ocaml", "4.14.0"] + more)
            }
            let head = try await gate("--since", "main")
            #expect(head.status == 1, "\(head.errorText)")
            #expect(
                head.outputText.contains("packages/fresh/fresh.0.1/opam:3:11-16: ecosystem/range"), "\(head.outputText)"
            )
            #expect(head.outputText.contains("fresh.0.1 → old (1.0) → wire {< \"2.0\"} (1.0) → camlp4 (4.14)"))
            #expect(try await gate("--since", "main", "--at", "main").status == 0)
            #expect(try await gate("--since", "main", "--at", "change").output == head.output)
            let missing = try await gate("--since", "upstream")
            #expect(missing.status == 123)
            #expect(missing.errorText.contains("git fetch"))
            // Sources want a checkout: no file there is no pass.
            let sources = try await BuiltProgram.run(["gate", bare])
            #expect(sources.status == 123)
            #expect(sources.errorText.contains("git clone"), "\(sources.errorText)")
        }
    }

    /// A revision is judged as it is, whatever the work tree holds.
    @Test func revision() async throws {
        let repository = try await repository()
        try repository.write(Self.opam("\"camlp4\""), to: Self.path("fresh", "0.1"))
        #expect(try await gate(repository, "--at", "HEAD").status == 0)
        #expect(try await gate(repository).status == 1)
    }

    /// An opam repository in a folder of another repository; a folder that is none is an error, not a pass.
    @Test func folder() async throws {
        let repository = try await GateRepository([
            "README": "x\n", "opam/\(Self.path("ocaml", "4.14.0"))": Self.opam(),
            "opam/\(Self.path("camlp4", "4.14"))": Self.opam("\"ocaml\""),
        ])
        try repository.write(Self.opam("\"camlp4\""), to: "opam/\(Self.path("fresh", "0.1"))")
        let arguments = ["--since", "main", "--ocaml", "4.14.0"]
        let answer = try await BuiltProgram.run(["gate", "--repository", "\(repository.path)/opam"] + arguments)
        #expect(answer.status == 1, "\(answer.errorText)")
        #expect(answer.outputText.contains("opam/packages/fresh/fresh.0.1/opam:3:11-19"), "\(answer.outputText)")
        let none = try await BuiltProgram.run(["gate", "--repository", repository.path] + arguments)
        #expect(none.status == 123)
        #expect(none.errorText.contains("no opam repository"), "\(none.errorText)")
    }
}
