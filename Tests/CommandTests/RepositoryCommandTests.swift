import TestSupport
import Testing
import Workspace

/// `list` and `plan` on good and bad repositories: messages, exit statuses, and that the rest of the run goes on.
@Suite struct RepositoryCommandTests {
    private static let universe = BuiltProgram.repository + "/corpus/universe"

    @Test func notARepository() async throws {
        try await TemporaryDirectory.with { temporary in
            let directory = temporary.path
            for verb in [["list", "--direct"], ["plan", "--output", "\(directory)/out"]] {
                let answer = try await BuiltProgram.run(verb + ["--repository", directory])
                #expect(answer.status == 123)
                #expect(answer.errorText.contains("is not an opam repository: it has no `packages` directory"))
                #expect(answer.output.isEmpty)
            }
            let missing = try await BuiltProgram.run(["list", "--direct", "--repository", "\(directory)/nowhere"])
            #expect(missing.status == 123)
            #expect(missing.errorText.contains("nowhere"))
        }
    }

    @Test func unknownPackage() async throws {
        let answer = try await BuiltProgram.run(["list", "--repository", Self.universe, "--depends-on", "cstrct"])
        #expect(answer.status == 123)
        #expect(answer.errorText.contains("there is no package of this name; did you mean cstruct?"))
        let first = try await BuiltProgram.run([
            "plan", "--repository", Self.universe, "--output", "/dev/null/x", "--first", "tsl",
        ])
        #expect(first.status == 123)
        #expect(first.errorText.contains("did you mean ssl, tls?"))
        let version = try await BuiltProgram.run(["list", "--repository", Self.universe, "--depends-on", "cstruct.77"])
        #expect(version.status == 123)
        #expect(version.errorText.contains("it has"))
    }

    @Test func unknownRevision() async throws {
        try await TemporaryDirectory.with { temporary in
            let directory = temporary.path
            let repository = try await Self.gitRepository(in: directory)
            for revision in ["nonsense", "1999-01-01"] {
                let answer = try await BuiltProgram.run([
                    "list", "--direct", "--repository", repository, "--at", revision,
                ])
                #expect(answer.status == 123)
                #expect(answer.errorText.contains(revision))
            }
            let noGit = try await BuiltProgram.run([
                "list", "--direct", "--repository", Self.universe + "/..", "--at", "--x",
            ])
            #expect(noGit.status != 0)
        }
    }

    @Test func commandLine() async throws {
        for arguments in [
            ["list", "--repository", Self.universe], ["list", "--nonsense"], ["nonsense"],
            ["list", "--repository", Self.universe, "--direct", "--reaches"],
            ["list", "--repository", Self.universe, "--direct", "--recursive"],
            ["plan", "--repository", Self.universe],
            ["plan", "--repository", Self.universe, "--output", "x", "--jobs", "0"],
            ["plan", "--repository", Self.universe, "--output", "x", "--kinds", "bulid"],
        ] {
            let answer = try await BuiltProgram.run(arguments)
            #expect(answer.status == 124, "\(arguments)")
            #expect(!answer.error.isEmpty, "\(arguments)")
        }
        let help = try await BuiltProgram.run(["list", "--help"])
        #expect(help.status == 0)
        #expect(help.outputText.contains("--depends-on"))
    }

    /// One file cut in half, one that cannot be read, a package that depends on itself: named, and the rest is planned.
    @Test func damagedRepository() async throws {
        try await TemporaryDirectory.with { temporary in
            let directory = temporary.path
            try temporary.write("opam-version: \"2.0\"\n", to: "packages/camlp4/camlp4.4.02/opam")
            try temporary.write(
                "opam-version: \"2.0\"\ndepends: [\"camlp4\" \"self\"]\n", to: "packages/self/self.1/opam")
            try temporary.write("opam-version: \"2.0\"\ndepends: [\"camlp4", to: "packages/half/half.1/opam")
            try temporary.write("opam-version: \"2.0\"\n", to: "packages/bad/noversion/opam")
            let out = "\(directory)/out"
            let answer = try await BuiltProgram.run(["plan", "--repository", directory, "--output", out])
            #expect(answer.status == 0)
            #expect(answer.errorText.contains("packages/half/half.1/opam:2:10: this string is not closed"))
            #expect(answer.errorText.contains("packages/bad/noversion/opam: not read"))
            let plan = String(decoding: try FileReader.read("\(out)/plan.json"), as: UTF8.self)
            #expect(plan.contains("\"path\": \"packages/bad/noversion/opam\""))
            let direct = try await BuiltProgram.run(["list", "--repository", directory, "--direct", "--versions"])
            #expect(direct.outputText == "self.1\n")
        }
    }

    @Test func unreadableDirectory() async throws {
        try await TemporaryDirectory.with { temporary in
            let directory = temporary.path
            try temporary.write("opam-version: \"2.0\"\n", to: "packages/camlp4/camlp4.1/opam")
            let link = try await ProcessRunner.run("ln", ["-s", "nowhere", "\(directory)/packages/camlp4/dangling"])
            #expect(link.succeeded)
            let answer = try await BuiltProgram.run(["list", "--repository", directory, "--depends-on", "camlp4"])
            #expect(answer.status == 0)
            // Root may read everything, so a directory without permissions shows only where tests run as somebody else.
            let locked = "\(directory)/packages/locked"
            try DirectoryMaker.make(locked)
            _ = try await ProcessRunner.run("chmod", ["000", locked])
            let again = try await BuiltProgram.run(["list", "--repository", directory, "--depends-on", "camlp4"])
            #expect(again.status == 0)
            let whoami = try await ProcessRunner.run("id", ["-u"])
            if whoami.outputText != "0\n" { #expect(again.errorText.contains("packages/locked")) }
            _ = try await ProcessRunner.run("chmod", ["755", locked])
        }
    }

    /// A tree, the same tree in git, and the same at a date give the same lists; the same input gives the same bytes.
    @Test func sameAnswersFromGit() async throws {
        try await TemporaryDirectory.with { temporary in
            let directory = temporary.path
            let repository = try await Self.gitRepository(in: directory)
            let question = ["--depends-on", "camlp4", "--recursive", "--versions"]
            let tree = try await BuiltProgram.run(["list", "--repository", Self.universe] + question)
            #expect(tree.outputText.contains("cstruct.1.9.0\n"))
            for revision in ["HEAD", "2016-03-02", "2030-01-01", "march"] {
                let git = try await BuiltProgram.run(["list", "--repository", repository, "--at", revision] + question)
                #expect(git.outputText == tree.outputText, "\(revision): \(git.errorText)")
            }
            for jobs in ["1", "4"] {
                let plan = try await BuiltProgram.run([
                    "plan", "--repository", repository, "--at", "march", "--output", "\(directory)/\(jobs)", "--jobs",
                    jobs,
                ])
                #expect(plan.status == 0, "\(plan.errorText)")
            }
            for file in ["plan.json", "plan.md", "packages.csv", "graph.dot"] {
                #expect(
                    try FileReader.read("\(directory)/1/\(file)") == FileReader.read("\(directory)/4/\(file)"),
                    "\(file)")
            }
        }
    }

    @Test func flatLayout() async throws {
        let flat = BuiltProgram.repository + "/corpus/universe-flat"
        let answer = try await BuiltProgram.run([
            "list", "--repository", flat, "--depends-on", "type-conv", "--versions",
        ])
        let other = try await BuiltProgram.run([
            "list", "--repository", flat, "--depends-on", "type_conv", "--versions",
        ])
        #expect(answer.status == 0 || other.status == 0)
        #expect(!(answer.output + other.output).isEmpty)
    }

    /// The corpus universe as a git repository with one commit of 2016-03-02, tagged `march`.
    private static func gitRepository(in directory: String) async throws -> String {
        let repository = "\(directory)/repository"
        let copy = try await ProcessRunner.run("cp", ["-r", universe, repository])
        try #require(copy.succeeded)
        let git = Git(directory: repository)
        let date = "2016-03-02T12:00:00Z"
        let who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
        for arguments in [
            ["init", "-q"], ["add", "-A", "-f"], who + ["commit", "-q", "-m", "Universe", "--date", date],
            ["tag", "march"],
        ] {
            let answer = try await ProcessRunner.run(
                "git", arguments, in: repository, environment: [("GIT_COMMITTER_DATE", date)])
            try #require(answer.succeeded, "\(answer.errorText)")
        }
        _ = try await git.output(["rev-parse", "march"])
        return repository
    }
}
