import Foundation
import TestSupport
import Testing
import Workspace

/// Every build file that a conversion edits, read back by the tool whose file it is, and what that tool says held against what
/// it said before: the corpus' projects, and the trees before real migrations where `MIRRORS` names their repositories.
@Suite struct ReadBackTests {
    private struct Outcome: Sendable {
        /// Files that a tool read, by the tool.
        var read: [String: Int] = [:]
        var worse: [String] = []
    }

    @Test func theToolsTakeWhatIsEdited() async throws {
        var outcome = Outcome()
        for folder in ["checkouts", "conversions"] {
            let root = "\(BuiltProgram.repository)/corpus/\(folder)"
            for project in try FileManager.default.contentsOfDirectory(atPath: root).sorted()
            where project != "README.md" {
                try await TemporaryDirectory.with { directory in
                    let tree = "\(directory.path)/tree"
                    try FileManager.default.copyItem(atPath: "\(root)/\(project)", toPath: tree)
                    try await convert(tree, project, &outcome)
                }
            }
        }
        #expect(outcome.worse == [])
        for reader in BuildFileReaders.all where await Oracle.has(reader.tool) {
            #expect((outcome.read[reader.tool] ?? 0) > 0, "no file of \(reader.tool) was edited")
        }
    }

    @Test func theToolsTakeWhatIsEditedInRealMigrations() async throws {
        guard let shared = Oracle.shared, let mirrors = environmentVariable("MIRRORS"), !mirrors.isEmpty else {
            return Oracle.skip("read-back of real build files", because: "no ../shared, or MIRRORS names no folder")
        }
        let table = String(decoding: try FileReader.read("\(shared)/replay/migrations.tsv"), as: UTF8.self)
        var outcome = Outcome()
        for line in table.split(separator: "\n").dropFirst() {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count > 3 else { continue }
            let repository = "\(mirrors)/\(cells[0].replacingOccurrences(of: "/", with: "+"))/repo"
            try await TemporaryDirectory.with { directory in
                let tree = "\(directory.path)/tree"
                guard try await extract(cells[1], of: repository, to: tree) else { return }
                try await convert(tree, "\(cells[0])@\(cells[1].prefix(8))", &outcome, on: cells[3])
            }
        }
        print("read back from real migrations: \(outcome.read.sorted { $0.key < $1.key })")
        #expect(!outcome.read.isEmpty, "MIRRORS has none of the repositories")
        #expect(outcome.worse == [])
    }

    /// Converts a tree in place and holds each edited file against what it was.
    private func convert(_ tree: String, _ name: String, _ outcome: inout Outcome, on day: String? = nil) async throws {
        let before = "\(tree).before"
        try FileManager.default.copyItem(atPath: tree, toPath: before)
        let date = day.map { ["--target", $0] } ?? []
        let run = try await BuiltProgram.run(["rewrite", "--inplace", "--allow-no-vcs"] + date + [tree])
        #expect(run.status == 0, "\(name): \(run.errorText)")
        let again = try await BuiltProgram.run(["rewrite"] + date + [tree])
        if !again.output.isEmpty {
            outcome.worse.append("\(name): a second run would change \(again.outputText.prefix(300))")
        }
        let walk = try FileWalker(root: tree) { _ in true }
        for reader in BuildFileReaders.all {
            guard await Oracle.has(reader.tool) else {
                Oracle.skip("read-back by \(reader.tool)", because: "it is not installed")
                continue
            }
            for path in walk.files.map(\.path) where reader.takes(path) {
                guard try FileReader.read("\(before)/\(path)") != FileReader.read("\(tree)/\(path)") else { continue }
                let old = try await reader.complaints(before, path)
                let new = try await reader.complaints(tree, path)
                outcome.read[reader.tool, default: 0] += 1
                let worse = new.subtracting(old).sorted()
                if !worse.isEmpty { outcome.worse.append("\(name) \(path): \(worse.joined(separator: "; "))") }
            }
        }
    }

    /// The files of a commit; false where the repository does not have it.
    private func extract(_ commit: String, of repository: String, to tree: String) async throws -> Bool {
        guard case .directory? = try? FileKind.of(repository) else {
            Oracle.skip("read-back of \(repository)", because: "it is not there")
            return false
        }
        try FileManager.default.createDirectory(atPath: tree, withIntermediateDirectories: true)
        let answer = try await ProcessRunner.run(
            "sh", ["-c", "git -C \"$1\" archive \"$2\" | tar -x -C \"$3\"", "sh", repository, commit, tree])
        return answer.succeeded
    }
}
