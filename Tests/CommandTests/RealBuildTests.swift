import Foundation
import TestSupport
import Testing
import Workspace

/// The packages of `corpus/conversions`, each converted by one command and then built by its own build system with no camlp4
/// to be had, and run: what comes out must be what `expected` says.
@Suite struct RealBuildTests {
    private struct Build: Sendable, CustomTestStringConvertible {
        let name: String
        /// What has to be installed.
        let tools: [String]
        let packages: [String]
        /// A shell command before the conversion; empty for none.
        let before: String
        /// Builds and prints what the built program prints.
        let command: String
        var testDescription: String { name }
    }

    private static let builds = [
        Build(
            name: "oasis", tools: ["oasis", "ocamlbuild"],
            packages: ["cstruct", "ppx_cstruct", "lwt_ppx", "ppx_sexp_conv"],
            before: "oasis setup", command: "ocaml setup.ml -configure >log && ocaml setup.ml -build >log && ./run.byte"
        ),
        Build(
            name: "ocamlbuild", tools: ["ocamlbuild"], packages: ["lwt_ppx", "ppx_sexp_conv"], before: "",
            command: "ocamlbuild -use-ocamlfind test/run.native >log && ./run.native"),
        Build(
            name: "make", tools: ["make"], packages: ["lwt_ppx", "ppx_sexp_conv"], before: "",
            command: "make run old.cmo >log && ./run"),
        Build(
            name: "dune", tools: ["dune"], packages: ["lwt_ppx", "ppx_sexp_conv"], before: "",
            command: "dune build --root . ./test/run.exe && ./_build/default/test/run.exe"),
        Build(
            name: "omake", tools: ["omake"], packages: ["lwt_ppx"], before: "", command: "omake >log && ./src/run.run"),
    ]

    @Test(arguments: builds) private func buildsWithoutCamlp4(build: Build) async throws {
        guard try await isReady(build) else { return }
        try await TemporaryDirectory.with { directory in
            let root = "\(directory.path)/\(build.name)"
            try FileManager.default.copyItem(
                atPath: "\(BuiltProgram.repository)/corpus/conversions/\(build.name)", toPath: root)
            for program in ["camlp4", "camlp4o", "camlp4r", "camlp4of", "camlp4orf", "camlp5", "camlp5o"] {
                try directory.write("#!/bin/sh\necho camlp4 is called >&2\nexit 97\n", to: "none/\(program)")
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755], ofItemAtPath: "\(directory.path)/none/\(program)")
            }
            if !build.before.isEmpty { _ = try await shell(build.before, in: root) }
            let conversion = try await BuiltProgram.run(["rewrite", "--inplace", "--allow-no-vcs", root])
            #expect(conversion.status == 0)
            #expect(conversion.errorText.hasSuffix(" 0 left\n"), "\(conversion.errorText)")
            let answer = try await shell("PATH=\(directory.path)/none:$PATH; \(build.command)", in: root)
            #expect(answer.outputText == (try String(contentsOfFile: "\(root)/expected", encoding: .utf8)))
            #expect(answer.succeeded, "\(answer.errorText)")
            let again = try await BuiltProgram.run(["rewrite", "--check", root])
            #expect(again.status == 0, "a second run would change something: \(again.errorText)")
            try await lints(root, "\(BuiltProgram.repository)/corpus/conversions/\(build.name)")
        }
    }

    /// Every opam file passes `opam lint` at least as well as before.
    private func lints(_ after: String, _ before: String) async throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: after)
        for name in names where name == "opam" || name.hasSuffix(".opam") {
            let old = try await shell("opam lint \(before)/\(name)", in: before)
            let new = try await shell("opam lint \(after)/\(name)", in: after)
            #expect(new.status <= old.status, "\(new.outputText)\(new.errorText)")
            #expect(complaints(new.outputText) <= complaints(old.outputText), "\(new.outputText)")
        }
    }

    /// Number 32 (a dependency on `ocaml` instead of `ocaml-version`) is asked of format 2 alone, though opam 2 shows it for
    /// files of format 1.2 too, where that package does not exist.
    private func complaints(_ text: String) -> Int {
        text.split(separator: "\n").count {
            ($0.contains("error ") || $0.contains("warning ")) && !$0.contains("error 32:")
        }
    }

    private func isReady(_ build: Build) async throws -> Bool {
        for tool in build.tools + ["opam"] {
            let found = try await shell("command -v \(tool)", in: "/")
            guard found.succeeded else { return skip(build, "\(tool) is not installed") }
        }
        for package in build.packages {
            let found = try await shell("ocamlfind query \(package)", in: "/")
            guard found.succeeded else { return skip(build, "findlib knows no \(package)") }
        }
        return true
    }

    private func skip(_ build: Build, _ reason: String) -> Bool {
        StandardStream.error.writeLine("SKIPPED: the real build with \(build.name): \(reason)")
        return false
    }

    private func shell(_ command: String, in directory: String) async throws -> ProcessOutput {
        try await ProcessRunner.run(
            "sh", ["-c", command], in: directory, environment: [("OPAMROOT", "/nonexistent"), ("LC_ALL", "C")])
    }
}
