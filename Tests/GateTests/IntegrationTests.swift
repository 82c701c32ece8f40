import TestSupport
import Testing
import Workspace
import Yams

/// The files that other people's CI takes from this repository, carried out as far as one machine can: the steps of the action
/// and the script of the template are read from them and run, red and green; pre-commit itself runs its hooks.
@Suite struct IntegrationTests {
    /// A branch `topic` off `main`, as a clone of a repository called `origin` has it; the branch adds `file`.
    private func topic(_ files: [String: String], adding file: (String, String)) async throws -> GateRepository {
        let origin = try await GateRepository(files)
        let clone = try TemporaryDirectory()
        let answer = try await ProcessRunner.run("git", ["clone", "--quiet", origin.path, clone.path + "/work"])
        try #require(answer.succeeded, "\(answer.errorText)")
        let repository = GateRepository(clone, folder: "work", keeping: origin)
        try await repository.git("checkout", "--quiet", "-b", "topic")
        try await repository.commit([file.0: file.1], "topic")
        return repository
    }

    private static let start = ["_tags": Camlp4Files.tags, "lib/a.ml": Camlp4Files.binding("f")]
    private static let clean = ("lib/b.ml", "let g () = Lwt.return 2\n")
    private static let new = ("lib/b.ml", Camlp4Files.binding("g"))

    private static func file(_ name: String) throws -> Node {
        let text = try String(contentsOf: name)
        return try #require(try Yams.compose(yaml: text))
    }

    // MARK: GitHub

    /// Runs the action's last step in bash, as a runner does, with inputs and the pull request's variables.
    private func action(
        in repository: GateRepository, inputs: [String: String], variables: [String: String] = [:]
    ) async throws -> ProcessOutput {
        let action = try Self.file("action.yml")
        let declared = try #require(action["inputs"]?.mapping)
        let steps = try #require(action["runs"]?["steps"]?.sequence)
        let step = try #require(steps.last?.mapping)
        var environment = variables.map { ($0.key, $0.value) }
        for (name, value) in try #require(step["env"]?.mapping) {
            let expression = try #require(value.scalar?.string)
            let input = try #require(expression.firstMatch(of: #/^\$\{\{ inputs\.([a-z]+) \}\}$/#)?.1).description
            let given = try inputs[input] ?? #require(declared[Node(input)]?["default"]?.scalar?.string)
            environment.append((try #require(name.scalar?.string), given))
        }
        let script = try #require(step["run"]?.scalar?.string)
        return try await ProcessRunner.run(
            "bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], in: repository.path,
            environment: environment)
    }

    @Test func gitHubAction() async throws {
        let red = try await topic(Self.start, adding: Self.new)
        let summary = red.path + "/summary.md"
        let variables = ["GITHUB_BASE_REF": "main", "GITHUB_STEP_SUMMARY": summary]
        let inputs = ["caravan": BuiltProgram.path, "sarif": "caravan.sarif"]
        let failed = try await action(in: red, inputs: inputs, variables: variables)
        #expect(failed.status == 1, "\(failed.errorText)")
        #expect(failed.outputText.contains("::error file=lib/b.ml,line=2,"), "\(failed.outputText)")
        #expect(!failed.outputText.contains("lib/a.ml"))
        #expect(try String(contentsOf: summary, below: "").contains("lib/b.ml"))
        #expect(try String(contentsOf: red.path + "/caravan.sarif", below: "").contains("\"lwt/let\""))
        let green = try await topic(Self.start, adding: Self.clean)
        let passed = try await action(
            in: green, inputs: ["caravan": BuiltProgram.path], variables: ["GITHUB_BASE_REF": "main"])
        #expect(passed.status == 0, "\(passed.outputText)\(passed.errorText)")
    }

    /// On a push nothing is compared, and any use fails that the baseline does not name.
    @Test func gitHubActionWithABaseline() async throws {
        let repository = try await GateRepository(Self.start)
        let inputs = ["caravan": BuiltProgram.path, "baseline": "known.baseline", "frozen": "true"]
        #expect(try await repository.caravan("baseline", "create", "--baseline", "known.baseline").status == 0)
        #expect(try await action(in: repository, inputs: inputs, variables: ["GITHUB_BASE_REF": ""]).status == 0)
        try repository.write(Camlp4Files.binding("g"), to: "lib/b.ml")
        #expect(try await action(in: repository, inputs: inputs, variables: ["GITHUB_BASE_REF": ""]).status == 1)
    }

    /// The workflow for opam repositories calls the action with `repository`.
    @Test func opamRepository() async throws {
        let workflow = try Self.file(".github/workflows/opam-repository.yml")
        let steps = try #require(workflow["jobs"]?["gate"]?["steps"]?.sequence)
        let with = try #require(steps.last?["with"]?.mapping)
        var inputs = ["caravan": BuiltProgram.path]
        for (name, value) in with { inputs[try #require(name.scalar?.string)] = try #require(value.scalar?.string) }
        func opam(_ depends: String) -> String {
            "opam-version: \"2.0\"\nmaintainer: \"m@example.org\"\ndepends: [ \(depends) ]\n"
        }
        let packages = [
            "repo": "opam-version: \"2.0\"\n", "packages/ocaml/ocaml.4.14.0/opam": opam(""),
            "packages/camlp4/camlp4.4.14/opam": opam("\"ocaml\""), "packages/a/a.1/opam": opam("\"ocaml\""),
        ]
        let variables = ["GITHUB_BASE_REF": "main"]
        inputs["arguments"] = "--ocaml 4.14.0"
        let red = try await topic(packages, adding: ("packages/b/b.1/opam", opam("\"a\" \"camlp4\"")))
        let failed = try await action(in: red, inputs: inputs, variables: variables)
        #expect(failed.status == 1, "\(failed.errorText)")
        #expect(failed.outputText.contains("::error file=packages/b/b.1/opam,line=3,"), "\(failed.outputText)")
        let green = try await topic(packages, adding: ("packages/b/b.1/opam", opam("\"a\"")))
        let passed = try await action(in: green, inputs: inputs, variables: variables)
        #expect(passed.status == 0, "\(passed.outputText)\(passed.errorText)")
    }

    // MARK: GitLab

    private func template(in repository: GateRepository) async throws -> ProcessOutput {
        let job = try #require(try Self.file(".gitlab/ci/caravan-gate.yml")["caravan-gate"])
        let lines = try #require(job["script"]?.sequence).map { try #require($0.scalar?.string) }
        return try await ProcessRunner.run(
            "bash", ["-eo", "pipefail", "-c", lines.joined(separator: "\n")], in: repository.path,
            environment: [
                ("CARAVAN", BuiltProgram.path), ("CARAVAN_ARGUMENTS", ""),
                ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main"),
            ])
    }

    @Test func gitLabTemplate() async throws {
        let red = try await topic(Self.start, adding: Self.new)
        let failed = try await template(in: red)
        #expect(failed.status == 1, "\(failed.errorText)")
        #expect(failed.outputText.contains("lib/b.ml:2:"))
        let quality = try String(contentsOf: red.path + "/gl-code-quality-report.json", below: "")
        #expect(quality.contains("lib/b.ml"))
        #expect(try String(contentsOf: red.path + "/caravan-junit.xml", below: "").contains("<failure"))
        let green = try await topic(Self.start, adding: Self.clean)
        #expect(try await template(in: green).status == 0)
    }

    // MARK: pre-commit

    /// pre-commit takes a repository's hooks from a revision of it, so the file is put into one of its own.
    @Test func preCommit() async throws {
        guard (try? await ProcessRunner.run("pre-commit", ["--version"]))?.succeeded == true else {
            print("SKIPPED: the hooks for pre-commit: there is no pre-commit")
            return
        }
        let hooks = try await GateRepository([
            ".pre-commit-hooks.yaml": try String(contentsOf: ".pre-commit-hooks.yaml")
        ])
        let revision = try await hooks.git("rev-parse", "HEAD").split(separator: "\n").joined()
        let repository = try await GateRepository(Self.start)
        let settings = "repos:\n  - repo: \(hooks.path)\n    rev: \(revision)\n    hooks: [{ id: caravan-gate }]\n"
        try await repository.commit([".pre-commit-config.yaml": settings], "hooks")
        let folder = BuiltProgram.path.split(separator: "/").dropLast().joined(separator: "/")
        let path = "/\(folder):" + (environmentVariable("PATH") ?? "/usr/bin:/bin")
        func run() async throws -> ProcessOutput {
            try await ProcessRunner.run(
                "pre-commit", ["run", "--all-files"], in: repository.path,
                environment: [
                    ("PATH", path), ("PRE_COMMIT_HOME", hooks.path + "/cache"), ("GIT_AUTHOR_NAME", "T"),
                    ("GIT_AUTHOR_EMAIL", "t@example.org"),
                ])
        }
        let passed = try await run()
        #expect(passed.status == 0, "\(passed.outputText)\(passed.errorText)")
        #expect(passed.outputText.contains("Passed"))
        try repository.write(Self.new.1, to: Self.new.0)
        try await repository.git("add", "--all")
        let failed = try await run()
        #expect(failed.status == 1, "\(failed.errorText)")
        #expect(failed.outputText.contains("lib/b.ml:2:"), "\(failed.outputText)")
    }
}

extension String {
    /// A file of this repository, or of another folder.
    fileprivate init(contentsOf name: String, below folder: String = BuiltProgram.repository) throws {
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        self.init(decoding: try FileReader.read(path), as: UTF8.self)
    }
}
