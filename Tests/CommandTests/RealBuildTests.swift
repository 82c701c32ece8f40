import Foundation
import TestSupport
import Testing
import Workspace

/// The packages of `corpus/conversions`, and those projects of `corpus/checkouts` whose ppx are to be had, each converted by one
/// command and then built by its own build system with no camlp4 to be had, and run: what comes out must be what `expected`
/// says, or the project's own tests must pass.
///
/// Two of the checkouts are not among them: `ledger` needs Core, ppx_inline_test and ppx_bench, which Debian does not have, and
/// `reckoner` has a quotation of its own.
@Suite struct RealBuildTests {
    private struct Build: Sendable, CustomTestStringConvertible {
        let name: String
        var folder = "conversions"
        /// What has to be installed.
        let tools: [String]
        let packages: [String]
        /// A shell command before the conversion; empty for none.
        let before: String
        /// Builds and prints what the built program prints.
        let command: String
        /// Further arguments of the conversion.
        var options: [String] = []
        var testDescription: String { "\(name) \(options.joined(separator: " "))" }
    }

    private static let builds = [
        Build(
            name: "oasis", tools: ["oasis", "ocamlbuild"],
            packages: ["cstruct", "ppx_cstruct", "lwt_ppx", "ppx_sexp_conv"],
            before: "oasis setup", command: "ocaml setup.ml -configure >log && ocaml setup.ml -build >log && ./run.byte"
        ),
        // The generated parts as they are edited without their generator.
        Build(
            name: "oasis", tools: ["oasis", "ocamlbuild"],
            packages: ["cstruct", "ppx_cstruct", "lwt_ppx", "ppx_sexp_conv"],
            before: "oasis setup",
            command: "ocaml setup.ml -configure >log && ocaml setup.ml -build >log && ./run.byte",
            options: ["--oasis-setup", "never"]),
        Build(
            name: "ocamlbuild", tools: ["ocamlbuild", "cppo"], packages: ["lwt_ppx", "ppx_sexp_conv"], before: "",
            command: "ocamlbuild -use-ocamlfind test/run.native >log && ./run.native"),
        Build(
            name: "make", tools: ["make", "cppo"], packages: ["lwt_ppx", "ppx_sexp_conv"], before: "",
            command: "make run old.cmo >log && ./run && ocamlc -o old old.cmo && ./old"),
        Build(
            name: "dune", tools: ["dune", "cppo"], packages: ["lwt_ppx", "ppx_sexp_conv"], before: "",
            command: "dune build --root . ./test/run.exe && ./_build/default/test/run.exe"),
        Build(
            name: "omake", tools: ["omake"], packages: ["lwt_ppx"], before: "", command: "omake >log && ./src/run.run"),
        Build(
            name: "milestones", folder: "checkouts", tools: ["dune"], packages: ["ppx_sexp_conv"], before: "",
            command: "dune build --root . @all @runtest 2>log"),
        // jbuilder is no more; dune takes what it makes of its files.
        Build(
            name: "sundial", folder: "checkouts", tools: ["dune"], packages: ["lwt_ppx", "ppx_sexp_conv", "sexplib"],
            before: "",
            command: "dune upgrade --root . >log 2>&1 && dune build --root . @all @runtest 2>log"),
        // Lwt of today wants threads.
        Build(
            name: "ferry", folder: "checkouts", tools: ["omake"], packages: ["lwt_ppx"],
            before: "sed -i 's/^OCAMLFLAGS +=/& -thread/' OMakefile", command: "omake test >log 2>log"),
        // Cstruct.len has another name by now, and Lwt_log a package of its own.
        Build(
            name: "waystone", folder: "checkouts", tools: ["oasis", "ocamlbuild"],
            packages: ["ppx_cstruct", "lwt_ppx", "ppx_sexp_conv", "sexplib", "lwt_log", "oUnit", "oasis.dynrun"],
            before: "sed -i 's/Cstruct[.]len /Cstruct.length /g' lib/*.ml && sed -i "
                + "'s/ lwt.unix, lwt.syntax/ threads, lwt.unix, lwt_log, lwt.syntax/' _oasis",
            command: "ocaml setup.ml -configure --enable-tests >log && ocaml setup.ml -build >log && "
                + "ocaml setup.ml -test >log"),
    ]

    @Test(arguments: builds) private func buildsWithoutCamlp4(build: Build) async throws {
        guard try await isReady(build) else { return }
        try await TemporaryDirectory.with { directory in
            let root = "\(directory.path)/\(build.name)"
            try FileManager.default.copyItem(
                atPath: "\(BuiltProgram.repository)/corpus/\(build.folder)/\(build.name)", toPath: root)
            for program in ["camlp4", "camlp4o", "camlp4r", "camlp4of", "camlp4orf", "camlp5", "camlp5o"] {
                try directory.write("#!/bin/sh\necho camlp4 is called >&2\nexit 97\n", to: "none/\(program)")
                try FileManager.default.setAttributes(
                    [.posixPermissions: 0o755], ofItemAtPath: "\(directory.path)/none/\(program)")
            }
            for package in ["camlp4", "camlp5", "type_conv"] {
                try directory.write("error = \"\(package) is asked for\"\n", to: "none/findlib/\(package)/META")
            }
            if !build.before.isEmpty { _ = try await shell(build.before, in: root) }
            let conversion = try await BuiltProgram.run(
                ["rewrite", "--inplace", "--allow-no-vcs"] + build.options + [root])
            #expect(conversion.status == 0)
            #expect(conversion.errorText.hasSuffix(" 0 left\n"), "\(conversion.errorText)")
            let none = "\(directory.path)/none"
            let answer = try await shell(
                "PATH=\(none):$PATH; export OCAMLPATH=\(none)/findlib; \(build.command)", in: root)
            let log = (try? String(contentsOfFile: "\(root)/log", encoding: .utf8)) ?? ""
            let expected = try? String(contentsOfFile: "\(root)/expected", encoding: .utf8)
            #expect(answer.outputText == expected ?? "")
            #expect(answer.succeeded, "\(answer.errorText)\(log)")
            let again = try await BuiltProgram.run(["rewrite", "--check", root])
            #expect(again.status == 0, "a second run would change something: \(again.errorText)")
        }
    }

    private func isReady(_ build: Build) async throws -> Bool {
        for tool in build.tools {
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
