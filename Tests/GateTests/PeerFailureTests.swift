import Foundation
import TestSupport
import Testing
import Workspace

/// One test for each way in which a tool of this kind is known to fail.
@Suite struct PeerFailureTests {
    private static let start = ["_tags": Camlp4Files.tags, "lib/a.ml": Camlp4Files.binding("f")]

    private func withBaseline(_ more: [String: String] = [:]) async throws -> GateRepository {
        let repository = try await GateRepository(Self.start.merging(more) { $1 })
        let made = try await repository.caravan("baseline", "create", "--baseline", "known.baseline")
        #expect(made.status == 0)
        try await repository.commit([:], "baseline")
        return repository
    }

    private func expectPass(_ answer: ProcessOutput, _ place: SourceLocation = #_sourceLocation) {
        #expect(answer.status == 0, "\(answer.outputText)\(answer.errorText)", sourceLocation: place)
    }

    private func expectFail(
        _ answer: ProcessOutput, naming text: String, _ place: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == 1, "\(answer.outputText)\(answer.errorText)", sourceLocation: place)
        #expect(answer.outputText.contains(text), "\(answer.outputText)", sourceLocation: place)
    }

    @Test func sameCountSwap() async throws {
        let repository = try await withBaseline()
        try repository.write("let f () = Lwt.return 2\n" + Camlp4Files.binding("g"), to: "lib/a.ml")
        expectFail(try await repository.gate("--baseline", "known.baseline"), naming: "lib/a.ml:3:")
        expectFail(try await repository.gate("--since", "main"), naming: "lib/a.ml:3:")
    }

    @Test func lineShift() async throws {
        let repository = try await withBaseline()
        try repository.write("(* one *)\nlet y = 1\n\n\n" + Camlp4Files.binding("f"), to: "lib/a.ml")
        expectPass(try await repository.gate("--baseline", "known.baseline", "--frozen"))
        expectPass(try await repository.gate("--since", "main"))
    }

    @Test func blanksAndComments() async throws {
        let repository = try await withBaseline()
        try repository.write(
            "let f ()   =\n\n    lwt x =   Lwt.return 1 in (* a new comment, 7 *)\n  Lwt.return (x + 1)\n",
            to: "lib/a.ml")
        try repository.write(
            "true:   syntax(camlp4o) # why\n\n<lib/*.ml>: package(lwt.syntax)\n", to: "_tags")
        expectPass(try await repository.gate("--baseline", "known.baseline", "--frozen"))
        expectPass(try await repository.gate("--since", "main"))
    }

    @Test func rename() async throws {
        let repository = try await withBaseline()
        try await repository.git("mv", "lib/a.ml", "lib/moved.ml")
        expectPass(try await repository.gate("--baseline", "known.baseline", "--frozen"))
        expectPass(try await repository.gate("--since", "main"))
        expectPass(try await repository.caravan("baseline", "prune", "--baseline", "known.baseline"))
        let pruned = try String(contentsOfFile: repository.path + "/known.baseline", encoding: .utf8)
        #expect(pruned.contains("lib/moved.ml\t"))
        #expect(!pruned.contains("lib/a.ml\t"))
        try await repository.commit(["lib/moved.ml": Camlp4Files.binding("f") + Camlp4Files.binding("g")], "more")
        expectFail(try await repository.gate("--baseline", "known.baseline"), naming: "lib/moved.ml:5:")
    }

    @Test func renameUnknownToGit() async throws {
        let repository = try await withBaseline()
        try FileManager.default.moveItem(
            atPath: repository.path + "/lib/a.ml", toPath: repository.path + "/lib/moved.ml")
        expectPass(try await repository.gate("--baseline", "known.baseline", "--frozen"))
    }

    @Test func deletedFile() async throws {
        let repository = try await withBaseline(["lib/b.ml": Camlp4Files.binding("h")])
        try await repository.remove("lib/b.ml")
        expectPass(try await repository.gate("--baseline", "known.baseline"))
        expectPass(try await repository.gate("--since", "main"))
        expectFail(try await repository.gate("--baseline", "known.baseline", "--frozen"), naming: "lib/b.ml")
        expectPass(try await repository.caravan("baseline", "prune", "--baseline", "known.baseline"))
        expectPass(try await repository.gate("--baseline", "known.baseline", "--frozen"))
        // A use that comes back is new.
        try repository.write(Camlp4Files.binding("h"), to: "lib/b.ml")
        expectFail(try await repository.gate("--baseline", "known.baseline"), naming: "lib/b.ml:2:")
    }

    @Test func symlinkedRoot() async throws {
        let repository = try await withBaseline()
        let outside = try TemporaryDirectory()
        outside.link("checkout", to: repository.path)
        try outside.write(Camlp4Files.binding("out"), to: "out.ml")
        repository.directory.link("lib/linked.ml", to: outside.path + "/out.ml")
        repository.directory.link("linked", to: outside.path)
        for place in ["/checkout", "/checkout/lib"] {
            let answer = try await BuiltProgram.run(
                ["gate", "--baseline", repository.path + "/known.baseline", "--frozen"], in: outside.path + place)
            expectPass(answer)
        }
        let all = try await BuiltProgram.run(["gate", outside.path + "/checkout", "--format", "json"])
        #expect(all.status == 1)
        #expect(!all.outputText.contains(outside.path))
        #expect(all.outputText.contains("\"path\": \"lib/a.ml\""))
        #expect(all.outputText.contains("symbolic link"))
    }

    @Test func shallowClone() async throws {
        let repository = try await withBaseline()
        try await repository.git("checkout", "--quiet", "-b", "topic")
        try await repository.commit(["lib/b.ml": Camlp4Files.binding("b")], "topic")
        try await repository.git("checkout", "--quiet", "main")
        try await repository.commit(["README": "more\n"], "main goes on")
        let clone = GateRepository(try TemporaryDirectory())
        try await clone.git("clone", "--quiet", "--depth=1", "--branch=topic", "file://" + repository.path, "here")
        let inside = clone.path + "/here"
        let unknown = try await BuiltProgram.run(["gate", "--since", "origin/main"], in: inside)
        #expect(unknown.status == 123)
        #expect(unknown.errorText.contains("git fetch --unshallow origin"))
        _ = try await Git(directory: inside).run([
            "fetch", "--quiet", "--depth=1", "origin", "+refs/heads/main:refs/remotes/origin/main",
        ])
        let cut = try await BuiltProgram.run(["gate", "--since", "origin/main"], in: inside)
        #expect(cut.status == 123)
        #expect(cut.errorText.contains("git fetch --unshallow origin"))
        let fetched = try await Git(directory: inside).run(["fetch", "--quiet", "--unshallow", "origin"])
        #expect(fetched.succeeded)
        let answer = try await BuiltProgram.run(["gate", "--since", "origin/main"], in: inside)
        expectFail(answer, naming: "lib/b.ml:2:")
        #expect(!answer.outputText.contains("lib/a.ml:"))
    }

    @Test func detachedHead() async throws {
        let repository = try await withBaseline()
        let base = try await repository.git("rev-parse", "HEAD").trimmingCharacters(in: .newlines)
        try await repository.commit(["lib/b.ml": Camlp4Files.binding("b")], "second")
        try await repository.git("checkout", "--quiet", "--detach")
        expectFail(try await repository.gate("--since", base), naming: "lib/b.ml:2:")
        expectPass(try await repository.gate("--since", "HEAD"))
    }

    @Test func worktree() async throws {
        let repository = try await withBaseline()
        let other = try TemporaryDirectory()
        try await repository.git("worktree", "add", "--quiet", "-b", "topic", other.path + "/tree")
        let tree = other.path + "/tree"
        try other.write(Camlp4Files.binding("b"), to: "tree/lib/b.ml")
        expectFail(try await BuiltProgram.run(["gate", "--since", "main"], in: tree + "/lib"), naming: "lib/b.ml:2:")
        let answer = try await BuiltProgram.run(["gate", "--baseline", tree + "/known.baseline"], in: tree)
        expectFail(answer, naming: "lib/b.ml:2:")
        #expect(!answer.outputText.contains("lib/a.ml:"))
    }

    @Test func submodule() async throws {
        let inner = try await GateRepository(["_tags": Camlp4Files.tags, "lib/in.ml": Camlp4Files.binding("i")])
        let repository = try await withBaseline()
        try await repository.git("submodule", "--quiet", "add", inner.path, "vendor/inner")
        expectPass(try await repository.gate("--baseline", "known.baseline"))
        let since = try await repository.gate("--since", "main")
        expectPass(since)
        #expect(since.outputText.contains("vendor/inner/: skipped: a submodule"))
        let inside = try await BuiltProgram.run(["gate"], in: repository.path + "/vendor/inner")
        expectFail(inside, naming: "lib/in.ml:2:")
        #expect(!inside.outputText.contains("vendor/inner/lib"))
    }

    /// The identity holds no message, so a baseline of another version of the program still fits.
    @Test func messageRewording() async throws {
        let repository = try await withBaseline()
        let text = try String(contentsOfFile: repository.path + "/known.baseline", encoding: .utf8)
        let fields = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t") }
        #expect(fields.count == 3)
        for line in fields {
            #expect(line.count == 3)
            #expect(!line.contains { $0.contains(" ") }, "\(line)")
        }
        #expect(!text.contains(repository.path))
    }

    @Test func twoBranchesMerged() async throws {
        let repository = try await withBaseline()
        try await repository.commit([".gitattributes": "*.baseline merge=union\n"], "attributes")
        func accept(_ name: String) async throws {
            try repository.write(Camlp4Files.binding(name), to: "lib/\(name).ml")
            let json = try await repository.gate("--baseline", "known.baseline", "--format", "json")
            let start = try #require(json.outputText.range(of: "\"fingerprint\": \""))
            let id = String(json.outputText[start.upperBound...].prefix { $0 != "\"" })
            let answer = try await repository.caravan(
                "baseline", "accept", id, "--reason", "needed for \(name)", "--baseline", "known.baseline")
            expectPass(answer)
            try await repository.commit([:], name)
        }
        try await repository.git("checkout", "--quiet", "-b", "left")
        try await accept("left")
        try await repository.git("checkout", "--quiet", "-b", "right", "main")
        try await accept("right")
        try await repository.git("merge", "--quiet", "-m", "both", "left")
        expectPass(try await repository.gate("--baseline", "known.baseline", "--frozen"))
        try repository.write("<<<<<<< HEAD\n", to: "known.baseline")
        let conflict = try await repository.gate("--baseline", "known.baseline")
        #expect(conflict.status == 123)
        #expect(conflict.errorText.contains("known.baseline:1"))
    }

    @Test func crlfCheckout() async throws {
        let text = Camlp4Files.binding("f") + "let s = \"a\nb\"\nlet g () =\n  lwt y = h \"one\n two\" in y\n"
        let repository = try await withBaseline(["lib/a.ml": text])
        let windows = text.replacingOccurrences(of: "\n", with: "\r\n")
        try repository.write(windows, to: "lib/a.ml")
        try repository.write(Camlp4Files.tags.replacingOccurrences(of: "\n", with: "\r\n"), to: "_tags")
        expectPass(try await repository.gate("--baseline", "known.baseline", "--frozen"))
        expectPass(try await repository.gate("--since", "main"))
        let baseline = try String(contentsOfFile: repository.path + "/known.baseline", encoding: .utf8)
        try repository.write(baseline.replacingOccurrences(of: "\n", with: "\r\n"), to: "known.baseline")
        expectPass(try await repository.gate("--baseline", "known.baseline", "--frozen"))
    }

    /// One more of what was there fails alone, not with all the others.
    @Test func oneMoreIsOneMessage() async throws {
        let many = (1...20).map { Camlp4Files.binding("f\($0)") }.joined()
        let repository = try await withBaseline(["lib/a.ml": many])
        try repository.write(many + Camlp4Files.binding("more"), to: "lib/a.ml")
        let answer = try await repository.gate("--baseline", "known.baseline")
        expectFail(answer, naming: "gate failed: 1 new use of camlp4")
        // A copy of an item is one more, too.
        try repository.write(many + Camlp4Files.binding("f1"), to: "lib/a.ml")
        expectFail(try await repository.gate("--since", "main"), naming: "gate failed: 1 new use of camlp4")
    }

    /// A line of a build file that turns an extension on makes uses of what stood in unchanged files.
    @Test func buildFileTurnsOn() async throws {
        let repository = try await GateRepository([
            "_tags": "<lib/*.ml>: package(lwt)\n", "lib/a.ml": "let f a b = a >> b\nlet g o = o\n",
        ])
        expectPass(try await repository.gate("--since", "main"))
        try repository.write("<lib/*.ml>: syntax(camlp4o), package(lwt.syntax)\n", to: "_tags")
        let answer = try await repository.gate("--since", "main")
        expectFail(answer, naming: "_tags:1:")
        #expect(answer.outputText.contains("lib/a.ml:1:14"), "\(answer.outputText)")
    }

    @Test func pathsFromAnywhere() async throws {
        let repository = try await GateRepository(Self.start.merging(["lib/b.ml": "let x = 1\n"]) { $1 })
        let fromRoot = try await repository.gate("--format", "json")
        let fromBelow = try await repository.gate("--format", "json", at: "lib")
        #expect(fromRoot.outputText.contains("\"path\": \"lib/a.ml\""))
        #expect(fromBelow.outputText.contains("\"path\": \"lib/a.ml\""))
        expectPass(try await repository.gate("lib/b.ml"))
        expectFail(try await repository.gate("lib/a.ml"), naming: "lib/a.ml:2:")
    }

    @Test func missingBase() async throws {
        let repository = try await withBaseline()
        let answer = try await repository.gate("--since", "origin/main")
        #expect(answer.status == 123)
        #expect(answer.errorText.contains("git fetch origin +refs/heads/main:refs/remotes/origin/main"))
        let none = try TemporaryDirectory()
        let outside = try await BuiltProgram.run(["gate", "--since", "main", none.path], in: none.path)
        #expect(outside.status == 123)
        let file = try await repository.gate("--baseline", "no.baseline")
        #expect(file.status == 123)
        #expect(file.errorText.contains("caravan baseline create"))
    }

    @Test func frozenBaselineMayNotGrow() async throws {
        let repository = try await withBaseline()
        try await repository.git("checkout", "--quiet", "-b", "topic")
        try repository.write(Camlp4Files.binding("b"), to: "lib/b.ml")
        let json = try await repository.gate("--baseline", "known.baseline", "--format", "json")
        let start = try #require(json.outputText.range(of: "\"fingerprint\": \""))
        let id = String(json.outputText[start.upperBound...].prefix { $0 != "\"" })
        expectPass(
            try await repository.caravan(
                "baseline", "accept", id, "--reason", "because", "--baseline", "known.baseline"))
        try await repository.commit([:], "accepted")
        expectPass(try await repository.gate("--baseline", "known.baseline", "--since", "main"))
        expectFail(
            try await repository.gate("--baseline", "known.baseline", "--since", "main", "--frozen"),
            naming: "may only shrink")
    }

    /// What is printed can be read back, and gives itself.
    @Test func printedConfigurationHolds() async throws {
        let repository = try await withBaseline()
        try repository.write(
            "baseline: known.baseline\nexclude: [vendor]\nexcept: [lwt/bind]\n", to: ".caravan.yml")
        let printed = try await repository.gate("--print-config")
        #expect(printed.status == 0)
        #expect(printed.outputText.contains("baseline: \"known.baseline\"\n"))
        #expect(printed.outputText.contains("except: [\"lwt/bind\"]\n"))
        try repository.write(printed.outputText, to: ".caravan.yml")
        #expect(try await repository.gate("--print-config").outputText == printed.outputText)
    }
}
