import TestSupport
import Testing
import Workspace

/// `caravan rewrite` as people and scripts meet it: diffs, files, refusals, questions.
@Suite struct RewriteTests {
    private static let source = "type t = int with sexp\nlet f () =\n  lwt x = g () in\n  h x\n"
    private static let converted = "type t = int [@@deriving sexp]\nlet f () =\n  let%lwt x = g () in\n  h x\n"

    /// A repository with one converted-to-be file and one ordinary one, committed.
    private func repository(at path: String, _ directory: TemporaryDirectory) async throws {
        try directory.write(Self.source, to: "\(path)/lib/a.ml")
        try directory.write("let x = 1\n", to: "\(path)/lib/b.ml")
        for arguments in [
            ["init", "--quiet"], ["add", "."],
            ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "--quiet", "-m", "all"],
        ] {
            let answer = try await ProcessRunner.run("git", arguments, in: "\(directory.path)/\(path)")
            #expect(answer.succeeded, "\(answer.errorText)")
        }
    }

    private func read(_ path: String) throws -> String { String(decoding: try FileReader.read(path), as: UTF8.self) }

    @Test func gitTakesTheDiff() async throws {
        try await TemporaryDirectory.with { directory in
            try await repository(at: "r", directory)
            let root = "\(directory.path)/r"
            for (arguments, place) in [(["rewrite"], root), (["rewrite", "lib"], root), (["rewrite"], "\(root)/lib")] {
                let diff = try await BuiltProgram.run(arguments, in: place)
                #expect(diff.status == 0)
                #expect(diff.errorText.hasSuffix("0 failed (files); 2 constructs converted, 0 left\n"))
                let applied = try await ProcessRunner.run("git", ["apply", "-"], in: root, input: diff.output)
                #expect(applied.succeeded, "\(applied.errorText)")
                #expect(try read("\(root)/lib/a.ml") == Self.converted)
                _ = try await ProcessRunner.run("git", ["checkout", "--quiet", "."], in: root)
            }
        }
    }

    @Test func theDiffAppliesOutsideOfAnyRepository() async throws {
        try await TemporaryDirectory.with { directory in
            try directory.write(Self.source, to: "x/lib/a.ml")
            let diff = try await BuiltProgram.run(["rewrite", "x"], in: directory.path)
            let applied = try await ProcessRunner.run(
                "git", ["apply", "-"], in: "\(directory.path)/x", input: diff.output)
            #expect(applied.succeeded, "\(applied.errorText)")
            #expect(try read("\(directory.path)/x/lib/a.ml") == Self.converted)
        }
    }

    @Test func inplaceWritesACleanTree() async throws {
        try await TemporaryDirectory.with { directory in
            try await repository(at: "r", directory)
            let written = try await BuiltProgram.run(["rewrite", "--inplace"], in: "\(directory.path)/r")
            #expect(written.status == 0)
            #expect(written.output.isEmpty)
            #expect(try read("\(directory.path)/r/lib/a.ml") == Self.converted)
            // A second run has nothing to write, so a tree that is dirty by now is no matter.
            let again = try await BuiltProgram.run(["rewrite", "--inplace"], in: "\(directory.path)/r")
            #expect(again.status == 0)
            #expect(
                again.errorText
                    == "0 converted, 0 partly converted, 2 unchanged, 0 failed (files); 0 constructs converted, 0 left\n"
            )
        }
    }

    @Test func inplaceWorksInALinkedWorkTree() async throws {
        try await TemporaryDirectory.with { directory in
            try await repository(at: "r", directory)
            let added = try await ProcessRunner.run(
                "git", ["worktree", "add", "--quiet", "../w"], in: "\(directory.path)/r")
            #expect(added.succeeded, "\(added.errorText)")
            try directory.write("let x = 2\n", to: "r/lib/b.ml")
            let written = try await BuiltProgram.run(["rewrite", "--inplace", "w"], in: directory.path)
            #expect(written.status == 0, "\(written.errorText)")
            #expect(try read("\(directory.path)/w/lib/a.ml") == Self.converted)
            #expect(try read("\(directory.path)/r/lib/a.ml") == Self.source)
        }
    }

    @Test func inplaceRefusesADirtyTree() async throws {
        try await TemporaryDirectory.with { directory in
            try await repository(at: "r", directory)
            try directory.write("let x = 2\n", to: "r/lib/b.ml")
            let refused = try await BuiltProgram.run(["rewrite", "--inplace"], in: "\(directory.path)/r")
            #expect(refused.status == 123)
            #expect(refused.errorText.contains("  lib/b.ml\n"))
            #expect(try read("\(directory.path)/r/lib/a.ml") == Self.source)
            let allowed = try await BuiltProgram.run(
                ["rewrite", "--inplace", "--allow-dirty"], in: "\(directory.path)/r")
            #expect(allowed.status == 0)
            #expect(try read("\(directory.path)/r/lib/a.ml") == Self.converted)
        }
    }

    @Test func inplaceRefusesWhatGitDoesNotKnow() async throws {
        try await TemporaryDirectory.with { directory in
            try await repository(at: "r", directory)
            try directory.write(Self.source, to: "r/new.ml")
            try directory.write(Self.source, to: "x/a.ml")
            for (root, name) in [("r", "new.ml"), ("x", "a.ml")] {
                let refused = try await BuiltProgram.run(["rewrite", "--inplace"], in: "\(directory.path)/\(root)")
                #expect(refused.status == 123)
                #expect(refused.errorText.contains("--allow-no-vcs"))
                #expect(refused.errorText.contains("  \(name)\n"))
                #expect(try read("\(directory.path)/\(root)/\(name)") == Self.source)
                let allowed = try await BuiltProgram.run(
                    ["rewrite", "--inplace", "--allow-no-vcs"], in: "\(directory.path)/\(root)")
                #expect(allowed.status == 0)
                #expect(try read("\(directory.path)/\(root)/\(name)") == Self.converted)
            }
        }
    }

    @Test func checkSaysWhetherSomethingWouldChange() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(Self.source, to: "a.ml")
        try directory.write("let x = 1\n", to: "b.ml")
        let changing = try await BuiltProgram.run(["rewrite", "--check", "a.ml"], in: directory.path)
        #expect(changing.status == 1)
        #expect(changing.output.isEmpty)
        let staying = try await BuiltProgram.run(["rewrite", "--check", "b.ml"], in: directory.path)
        #expect(staying.status == 0)
    }

    @Test func printsOneFile() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(Self.source, to: "a.ml")
        try directory.write("let f x = x\n", to: "b.ml")
        try directory.write("let y = = 2\n", to: "c.ml")
        let converted = try await BuiltProgram.run(["rewrite", "--print", "a.ml"], in: directory.path)
        #expect(converted.status == 0)
        #expect(converted.outputText == Self.converted)
        #expect(converted.errorText == "")
        let same = try await BuiltProgram.run(["rewrite", "--print", "b.ml"], in: directory.path)
        #expect(same.status == 0)
        #expect(same.outputText == "let f x = x\n")
        let rejected = try await BuiltProgram.run(["rewrite", "--print", "c.ml"], in: directory.path)
        #expect(rejected.status == 1)
        #expect(rejected.outputText == "let y = = 2\n")
        #expect(rejected.errorText.hasPrefix("c.ml:1:8: ocaml/rejected: "))
        let none = try await BuiltProgram.run(["rewrite", "--print", "no.ml"], in: directory.path)
        #expect(none.status == 123)
    }

    @Test func aCheckoutDecidesOverAPrintedFile() async throws {
        let directory = try TemporaryDirectory()
        try directory.write("let f a b = a >> b\nlet g () = lwt x = h () in x\n", to: "off/a.ml")
        try directory.write("<on/*.ml>: package(lwt.syntax), syntax(camlp4o)\n", to: "_tags")
        let alone = try await BuiltProgram.run(["rewrite", "--print", "off/a.ml"], in: directory.path)
        #expect(alone.outputText.contains("let%lwt"))
        let known = try await BuiltProgram.run(["rewrite", "--print", "off/a.ml", "."], in: directory.path)
        #expect(known.outputText.contains("lwt x = h () in x"))
    }

    @Test func selection() async throws {
        let directory = try TemporaryDirectory()
        try directory.write(Self.source, to: "a.ml")
        let only = try await BuiltProgram.run(["rewrite", "--only", "lwt", "--print", "a.ml"], in: directory.path)
        #expect(only.outputText.contains("with sexp\n"))
        #expect(only.outputText.contains("let%lwt"))
        #expect(only.errorText.contains("a.ml:1:13: type_conv/with: not asked for"))
        #expect(only.status == 1)
        let unknown = try await BuiltProgram.run(["rewrite", "--only", "no-such", "a.ml"], in: directory.path)
        #expect(unknown.status == 124)
    }

    @Test func asksAboutEachEdit() async throws {
        try await TemporaryDirectory.with { directory in
            try directory.write(Self.source, to: "a.ml")
            for (answers, sexp, lwt) in [
                ("n\ny\n", false, true), ("?\ny\nn\n", true, false), ("a\n", true, true), ("d\n", false, false),
                ("y\nq\n", true, false), ("", false, false),
            ] {
                let result = try await ProcessRunner.run(
                    BuiltProgram.path, ["rewrite", "--interactive", "a.ml"], in: directory.path,
                    input: Array(answers.utf8))
                #expect(result.status == 0)
                #expect(result.outputText.contains("+type t = int [@@deriving sexp]") == sexp, "\(answers)")
                #expect(result.outputText.contains("+  let%lwt x") == lwt, "\(answers)")
                #expect(result.errorText.contains("(1/2) type_conv/with: make this edit [y,n,q,a,d,?]? "))
            }
        }
    }

    @Test(arguments: [
        ["--print", "a.ml", "--inplace"], ["--check", "--inplace"], ["--jobs", "0"], ["--interactive", "--check"],
        ["--print", "a.ml", "b", "c"],
    ])
    func commandLineErrors(arguments: [String]) async throws {
        let result = try await BuiltProgram.run(["rewrite"] + arguments)
        #expect(result.status == 124)
        #expect(result.output.isEmpty)
    }

    @Test func theSameBytesAtAnyNumberOfJobs() async throws {
        let corpus = "\(BuiltProgram.repository)/corpus"
        let one = try await BuiltProgram.run(["rewrite", "--jobs", "1", corpus])
        let many = try await BuiltProgram.run(["rewrite", "--jobs", "7", corpus])
        #expect(one.status == 0)
        #expect(one.output == many.output)
        #expect(one.error == many.error)
    }
}

extension RewriteTests {
    @Test func theToolsThatAreInstalledAreAsked() async throws {
        let found = try await ProcessRunner.run("sh", ["-c", "command -v ocamlc && ocamlfind query ppx_sexp_conv"])
        guard found.succeeded else {
            return StandardStream.error.writeLine("SKIPPED: rewrite --verify: OCaml or ppx_sexp_conv is not installed")
        }
        let directory = try TemporaryDirectory()
        try directory.write("open Sexplib.Std\ntype t = int with sexp\n", to: "a.ml")
        let result = try await BuiltProgram.run(["rewrite", "--verify", "--print", "a.ml"], in: directory.path)
        #expect(result.status == 0)
        #expect(result.outputText == "open Sexplib.Std\ntype t = int [@@deriving sexp]\n")
        #expect(result.errorText.hasPrefix("verified: 1 parsed by ocamlc, 1 through ppx"))
    }
}
