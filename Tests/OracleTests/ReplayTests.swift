import Catalogue
import Findings
import OCamlSyntax
import Rewriting
import Testing
import Workspace

/// The files of real migrations, converted: what is accepted, that nothing is left without a word, that a second run changes
/// nothing, and that code which never saw camlp4 stays as it is.
///
/// The tables stand in `../shared/replay`; `MIRRORS` names the folder with the repositories, each in `OWNER+NAME/repo`. The
/// comparison with what the maintainers wrote, and with the rival, is `make replay`'s.
@Suite struct ReplayTests {
    private struct Row {
        let repository: String
        let path: String
        let blob: String
        /// Whether something of camlp4's was seen in it, by other means than ours.
        let isCamlp4: Bool
    }

    @Test func filesThatStockRejects() async throws {
        guard let (shared, mirrors) = places("the conversion of real migrations") else { return }
        let rows = try await table("\(shared)/replay/rejected.tsv.gz").compactMap { cells -> Row? in
            guard let repository = cells["repo"], let path = cells["path"], let blob = cells["blob"] else { return nil }
            return Row(repository: repository, path: path, blob: blob, isCamlp4: !(cells["features"] ?? "").isEmpty)
        }
        try #require(rows.count > 2_000, "the table of rejected files cannot be read")
        var (seen, camlp4, accepted) = (Set<String>(), 0, 0)
        var failures: [String] = []
        try await visit(rows, mirrors) { row, bytes in
            guard seen.insert(row.blob).inserted, let once = rewrite(bytes, row.path) else { return }
            if row.isCamlp4 {
                camlp4 += 1
                if once.isAccepted { accepted += 1 }
            }
            let name = "\(row.repository) \(row.path) (\(row.blob))"
            if !once.isAccepted, once.leftovers.isEmpty { failures.append("\(name): rejected without a word") }
            if let twice = rewrite(once.after, row.path), twice.after != once.after {
                failures.append("\(name): a second run changes it")
            }
        }
        print("real migrations: \(accepted) of \(camlp4) camlp4 files converted so that stock OCaml takes them")
        #expect(!seen.isEmpty, "MIRRORS has none of the repositories")
        #expect(failures.isEmpty, "\(failures.prefix(20).joined(separator: "\n"))")
        #expect(accepted * 100 >= camlp4 * 70, "\(accepted) of \(camlp4)")
    }

    @Test func negativeControlsStay() async throws {
        guard let (shared, mirrors) = places("the negative controls") else { return }
        let negative = Set(
            try await table("\(shared)/replay/controls.tsv").filter { $0["kind"] == "negative" }.compactMap {
                $0["repo"].map { $0 }
            })
        let rows = try await table("\(shared)/replay/verdicts.tsv.gz").compactMap { cells -> Row? in
            guard let repository = cells["repo"], negative.contains(repository), cells["verdict"] == "accepts",
                let path = cells["path"], let blob = cells["blob"]
            else { return nil }
            return Row(repository: repository, path: path, blob: blob, isCamlp4: false)
        }
        var (count, changed) = (0, [String]())
        try await visit(rows, mirrors) { row, bytes in
            count += 1
            if let file = rewrite(bytes, row.path), file.isChanged { changed.append("\(row.repository) \(row.path)") }
        }
        print("negative controls: \(count) files, \(changed.count) changed")
        #expect(changed.isEmpty, "\(changed.prefix(20).joined(separator: "\n"))")
    }

    // MARK: Reading

    private func rewrite(_ bytes: [UInt8], _ path: String) -> RewrittenFile? {
        LargeStack.run {
            Rewriter().rewrite(bytes, path: path, SourceJudge(SourceScanner(Catalogue.index, nil), path: path))
        }
    }

    private func places(_ what: String) -> (shared: String, mirrors: String)? {
        guard let shared = Oracle.shared else {
            Oracle.skip(what, because: "there is no ../shared")
            return nil
        }
        guard let mirrors = environmentVariable("MIRRORS"), !mirrors.isEmpty else {
            Oracle.skip(what, because: "MIRRORS names no folder")
            return nil
        }
        return (shared, mirrors)
    }

    private func table(_ path: String) async throws -> [[String: String]] {
        let bytes =
            path.hasSuffix(".gz") ? try await Oracle.run("gzip", ["-dc", path]).output : try FileReader.read(path)
        let lines = bytes.split(separator: 0x0A)
        guard let head = lines.first else { return [] }
        func cells(_ line: ArraySlice<UInt8>) -> [String] {
            line.split(separator: 0x09, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        }
        let names = cells(head)
        return lines.dropFirst().map { Dictionary(zip(names, cells($0))) { first, _ in first } }
    }

    /// Calls `body` for each row whose file is at hand, repository by repository.
    private func visit(_ rows: [Row], _ mirrors: String, _ body: (Row, [UInt8]) throws -> Void) async throws {
        var absent = 0
        let byRepository = Dictionary(grouping: rows, by: \.repository)
        for (repository, rows) in byRepository.sorted(by: { $0.key < $1.key }) {
            let path = "\(mirrors)/\(repository.split(separator: "/").joined(separator: "+"))/repo"
            guard case .directory? = try? FileKind.of(path) else {
                absent += rows.count
                continue
            }
            let blobs = try await GitBlobs.read(rows.map(\.blob), of: path)
            for row in rows {
                if let bytes = blobs[row.blob] { try body(row, bytes) } else { absent += 1 }
            }
        }
        if absent > 0 { Oracle.skip("\(absent) files of real migrations", because: "MIRRORS does not have them") }
    }
}

/// The contents of blobs of a bare repository.
enum GitBlobs {
    /// Those that the repository has, by name.
    static func read(_ names: [String], of repository: String) async throws -> [String: [UInt8]] {
        let answer = try await Oracle.run(
            "git", ["-C", repository, "cat-file", "--batch"], input: Array((names.joined(separator: "\n") + "\n").utf8))
        var blobs: [String: [UInt8]] = [:]
        var rest = answer.output[...]
        while let end = rest.firstIndex(of: 0x0A) {
            let head = String(decoding: rest[..<end], as: UTF8.self).split(separator: " ").map(String.init)
            rest = rest[(end + 1)...]
            guard head.count == 3, head[1] == "blob", let size = Int(head[2]), size < rest.count else { continue }
            blobs[head[0]] = Array(rest.prefix(size))
            rest = rest.dropFirst(size + 1)
        }
        return blobs
    }
}
