import Foundation
import TestSupport
import Testing
import Workspace

/// A `dune-project` and the opam files that dune makes of it are converted alike: dune, asked again, has nothing to change.
@Suite struct GeneratedOpamTests {
    @Test(arguments: [
        // Bounds, what goes, and what comes in its place.
        """
        (package
         (name foo)
         (depends
          (ocaml (>= 4.01))
          lwt
          (camlp4 :build)
          (sexplib (< 113.01.00))
          (type_conv (and :build (>= 109)))))
        """,
        // No OCaml named; nothing that goes; a bound on the last.
        "(package (name foo) (depends (lwt (>= 2.4)) (sexplib (and :build (< 113.01.00)))))",
        // Two packages, of which one had camlp4.
        """
        (package (name foo) (depends lwt camlp4 (core (< 113.01.00)) (sexplib (< 113.01.00))))
        (package (name bar) (depends (ocaml (< 5)) unix (lwt (or (< 2) (> 3)))))
        """,
    ]) func dunesOpamFilesStay(packages: String) async throws {
        guard let found = try? await ProcessRunner.run("dune", ["--version"]), found.succeeded else {
            StandardStream.error.writeLine("SKIPPED: opam files that dune makes: dune is not installed")
            return
        }
        try await TemporaryDirectory.with { directory in
            let head = "(lang dune 2.9)\n(name foo)\n(generate_opam_files true)\n"
            try directory.write(head + packages + "\n", to: "p/dune-project")
            try directory.write(
                "(library (name foo) (public_name foo) (libraries lwt)\n"
                    + " (preprocess (action (run camlp4o pa_lwt.cmo pa_sexp_conv.cma %{input-file}))))\n", to: "p/dune")
            try directory.write(
                "type t = int with sexp\nlet f g =\n  lwt x = g () in\n  Lwt.return x\n", to: "p/foo.ml")
            let root = "\(directory.path)/p"
            try await generate(root)
            let before = try opamFiles(root)
            let conversion = try await BuiltProgram.run(["rewrite", "--inplace", "--allow-no-vcs", root])
            #expect(conversion.errorText.hasSuffix(" 0 left\n"), "\(conversion.errorText)")
            let ours = try opamFiles(root)
            #expect(ours != before)
            #expect(ours["foo.opam"]?.contains("lwt_ppx") == true)
            #expect(ours["foo.opam"]?.contains("camlp4") == false)
            try await generate(root)
            #expect(try opamFiles(root) == ours)
        }
    }

    private func generate(_ root: String) async throws {
        let names = ["foo", "bar"].filter { name in
            (try? String(contentsOfFile: "\(root)/dune-project", encoding: .utf8))?.contains("(name \(name)) (")
                ?? false
                || name == "foo"
        }
        for name in names {
            let answer = try await ProcessRunner.run("dune", ["build", "--root", ".", "\(name).opam"], in: root)
            #expect(answer.succeeded, "\(answer.errorText)")
        }
    }

    private func opamFiles(_ root: String) throws -> [String: String] {
        var files: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: root) where name.hasSuffix(".opam") {
            files[name] = try String(contentsOfFile: "\(root)/\(name)", encoding: .utf8)
        }
        return files
    }
}
