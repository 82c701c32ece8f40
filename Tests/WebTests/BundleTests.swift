import TestSupport
import Testing
import Workspace

/// `plan --bundle`: patches that git applies, an overlay that opam reads, a script that the shell takes, and no addresses.
@Suite struct BundleTests {
    private static let universe = BuiltProgram.repository + "/corpus/universe"

    @Test func bundle() async throws {
        try await TemporaryDirectory.with { temporary in
            let bundle = "\(temporary.path)/bundle"
            let answer = try await BuiltProgram.run([
                "plan", "--repository", Self.universe, "--target", "2016-03-02", "--bundle", bundle,
            ])
            #expect(answer.status == 0, "\(answer.errorText)")
            try await patchesApply(bundle, temporary.path)
            try await overlayIsRead(bundle)
            let shell = try await ProcessRunner.run("sh", ["-n", "\(bundle)/build-wave"])
            #expect(shell.succeeded, "\(shell.errorText)")
            let executable = try await ProcessRunner.run("test", ["-x", "\(bundle)/build-wave"])
            #expect(executable.succeeded)
            let texts = try await ProcessRunner.run("sh", ["-c", "cat wave-*/*/issue.md digests/*.md"], in: bundle)
            #expect(texts.outputText.contains("# Drop a dependency that ties cstruct to camlp4"))
            #expect(texts.outputText.contains("# What is open for "))
            #expect(!texts.outputText.contains("@"))
            let container = String(decoding: try FileReader.read("\(bundle)/Containerfile"), as: UTF8.self)
            #expect(container.contains("ocaml-base-compiler.4.02.3"))
        }
    }

    /// Every patch applies to the repository that the plan was made from, and takes only lines away or changes them.
    private func patchesApply(_ bundle: String, _ directory: String) async throws {
        let copy = "\(directory)/copy"
        _ = try await ProcessRunner.run("cp", ["-r", Self.universe, copy])
        _ = try await ProcessRunner.run("git", ["init", "-q"], in: copy)
        let found = try await ProcessRunner.run("sh", ["-c", "ls wave-*/*/opam.patch"], in: bundle)
        let patches = found.outputText.split(separator: "\n").map(String.init)
        #expect(patches.count > 5)
        #expect(patches.contains("wave-1/cstruct/opam.patch"))
        for patch in patches {
            let applied = try await ProcessRunner.run("git", ["apply", "\(bundle)/\(patch)"], in: copy)
            #expect(applied.succeeded, "\(patch): \(applied.errorText)")
        }
        // The patched repository as a whole is what the overlay says.
        let after = try await BuiltProgram.run(["list", "--repository", copy, "--direct", "--latest"])
        let before = try await BuiltProgram.run(["list", "--repository", Self.universe, "--direct", "--latest"])
        #expect(after.outputText.count < before.outputText.count)
    }

    private func overlayIsRead(_ bundle: String) async throws {
        let overlay = "\(bundle)/overlay"
        let own = try await BuiltProgram.run(["list", "--repository", overlay, "--depends-on", "cstruct", "--versions"])
        #expect(own.status == 0, "\(own.errorText)")
        let cstruct = String(
            decoding: try FileReader.read("\(overlay)/packages/cstruct/cstruct.1.9.0/opam"), as: UTF8.self)
        #expect(cstruct.contains("depends") && !cstruct.contains("\"type_conv\""))
        guard (try? await ProcessRunner.run("opam", ["--version"])) != nil else {
            StandardStream.error.writeLine("SKIPPED: opam on the overlay: opam is not installed")
            return
        }
        let opam = try await ProcessRunner.run(
            "opam", ["admin", "list", "--short", "--columns=package"], in: overlay,
            environment: [("OPAMROOT", "/nonexistent"), ("OPAMYES", "1"), ("LC_ALL", "C")])
        #expect(opam.succeeded && opam.outputText.contains("cstruct.1.9.0"), "\(opam.errorText)")
    }

    @Test func progress() {
        #expect(
            Progress.line("files", 412, 5000, .milliseconds(500))
                == "412 of 5000 files, 8 %, 824 a second, 5 s left")
        #expect(Progress.line("files", 0, 10, .zero) == "0 of 10 files, 0 %, 0 a second, 0 s left")
    }
}
