import Foundation
import TestSupport
import Testing
import Workspace

/// `plan --sources` and its cache, on a folder with a git repository and an unpacked release.
@Suite struct SourcesCommandTests {
    private func git(_ arguments: [String], in directory: String) async throws {
        let answer = try await ProcessRunner.run(
            "git", ["-c", "user.name=t", "-c", "user.email=t@example.org"] + arguments, in: directory,
            environment: [("GIT_COMMITTER_DATE", "2016-02-01T00:00:00Z"), ("GIT_AUTHOR_DATE", "2016-02-01T00:00:00Z")])
        try #require(answer.succeeded, "\(answer.errorText)")
    }

    private func write(_ text: String, _ path: String) throws {
        try DirectoryMaker.make(String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
        try AtomicFileWriter.write(Array(text.utf8), to: path)
    }

    @Test func statusesFromSources() async throws {
        try await TemporaryDirectory.with { temporary in
            let directory = temporary.path
            let packages = "\(directory)/repository/packages"
            let files = [
                ("camlp4.4.02", ""), ("lwt.2.5.1", "depopts: [\"camlp4\"]"),
                ("shop.1.0", "depends: [\"lwt\" \"camlp4\"]\ndev-repo: \"https://example.org/ocaml-store.git\""),
                ("idle.2.0", "depends: [\"camlp4\"]"),
            ]
            for (identifier, text) in files {
                let name = identifier.prefix { $0 != "." }
                try write("opam-version: \"1.2\"\n\(text)\n", "\(packages)/\(name)/\(identifier)/opam")
            }
            let sources = "\(directory)/sources"
            try write("let f () = lwt x = g () in h x\n", "\(sources)/ocaml-store/a.ml")
            try write("<*.ml>: package(lwt.syntax), syntax(camlp4o)\n", "\(sources)/ocaml-store/_tags")
            try write("let x = 1\n", "\(sources)/idle.2.0/b.ml")
            try await git(["init", "-q"], in: "\(sources)/ocaml-store")
            try await git(["add", "."], in: "\(sources)/ocaml-store")
            try await git(["commit", "-q", "-m", "one"], in: "\(sources)/ocaml-store")
            try await git(["tag", "v1.0"], in: "\(sources)/ocaml-store")
            try write("let f () = h ()\n", "\(sources)/ocaml-store/a.ml")
            try write("", "\(sources)/ocaml-store/_tags")
            let arguments = [
                "plan", "--repository", "\(directory)/repository", "--target", "2016-03-02", "--ocaml", "4.02.3",
                "--sources", sources, "--cache", "\(directory)/cache/surveys.sqlite",
            ]
            let bundle = "\(directory)/bundle"
            let first = try await plan(arguments + ["--bundle", bundle], "\(directory)/first")
            let uses = (first["shop"]?["sources"] as? [String: Any])?["uses"] as? [[String: Any]]
            let lwt = uses?.first { $0["extension"] as? String == "lwt" }
            let sample = (lwt?["samples"] as? [[String: Any]])?.first
            #expect(sample?["before"] as? String == "let f () = lwt x = g () in h x")
            #expect(sample?["after"] as? String == "let f () = let%lwt x = g () in h x")
            #expect(first["idle"]?["sources"] != nil && first["lwt"]?["sources"] == nil)
            #expect(first["shop"]?["status"] as? String == "ready")
            #expect(first["shop"]?["evidence"] as? String == "sources")
            #expect((first["shop"]?["effort"] as? [String: Any])?["constructs"] as? Int == 1)
            #expect(first["idle"]?["status"] as? String == "declared-only")
            #expect(first["lwt"]?["evidence"] as? String == "metadata")
            try await patchApplies("\(bundle)/wave-1/shop/sources.patch", to: "\(sources)/ocaml-store", directory)
            // A second run takes the surveys from the cache and says the same.
            _ = try await plan(arguments, "\(directory)/second")
            for name in ["plan.json", "plan.md"] {
                let first = try FileReader.read("\(directory)/first/\(name)")
                let second = try FileReader.read("\(directory)/second/\(name)")
                #expect(first == second, "\(name)")
            }
            // Once the newest sources have moved, a release is what is missing.
            try await git(["commit", "-q", "-a", "-m", "two"], in: "\(sources)/ocaml-store")
            let moved = try await plan(arguments, "\(directory)/third")
            #expect(moved["shop"]?["status"] as? String == "unreleased")
        }
    }

    /// The bundle's patch of the sources applies to the state that it was made from: here the commit, not the work tree.
    private func patchApplies(_ patch: String, to repository: String, _ directory: String) async throws {
        let copy = "\(directory)/copy"
        try await git(["clone", "-q", repository, copy], in: directory)
        try await git(["apply", patch], in: copy)
        let source = String(decoding: try FileReader.read("\(copy)/a.ml"), as: UTF8.self)
        #expect(source == "let f () = let%lwt x = g () in h x\n")
        let tags = String(decoding: try FileReader.read("\(copy)/_tags"), as: UTF8.self)
        #expect(tags.contains("lwt.ppx") && !tags.contains("camlp4o"))
    }

    private func plan(_ arguments: [String], _ output: String) async throws -> [String: [String: Any]] {
        let answer = try await BuiltProgram.run(arguments + ["--output", output])
        try #require(answer.status == 0, "\(answer.errorText)")
        let bytes = try FileReader.read("\(output)/plan.json")
        let report = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let packages = try #require(report["packages"] as? [[String: Any]])
        return Dictionary(
            packages.compactMap { package in (package["name"] as? String).map { ($0, package) } },
            uniquingKeysWith: { first, _ in first })
    }
}
