import OCamlSyntax
import Testing
import Workspace

/// Stock's verdict on the camlp4-era files of real migrations, where their repositories are at hand.
///
/// The verdicts stand in `../shared/replay/verdicts.tsv.gz`; `MIRRORS` names the folder with the repositories, each in
/// `OWNER+NAME/repo`.
@Suite struct ReplayVerdictTests {
    /// Written in syntax that came after the judge, OCaml 4.13: binders in the types of constructors, effects, functors
    /// as parameters of functor types, `()` in functor types, labelled tuples, and opened types.
    private static let laterThanTheJudge: Set<String> = [
        "8d0743e4004ebba545bf90ebef192028b8633e76", "4e7937694682772276a12da481d70b3e695172c8",
        "d415c5b1bea128344f341e37c35f80f2a0af75dd", "15e6b095b3dfe4639e2c3a46d2d9db6c58e08acd",
        "9b39d2df302098cda0adeebba718d1acd8d00bb8", "9101cdfe89d8899a5af8adc50d1244be45ac83f2",
        "b7b6dffdc1a5fd4fe8521063d731031b1e71fa19", "2c1e8b13cf9a494a31be542a166847ef2ad07a2c",
    ]

    private struct Row {
        let repository: String
        let path: String
        let blob: String
        let isAccepted: Bool
    }

    @Test func everyFileAtHand() async throws {
        guard let shared = Oracle.shared else {
            return Oracle.skip("stock's verdicts on real migrations", because: "there is no ../shared")
        }
        guard let mirrors = environmentVariable("MIRRORS"), !mirrors.isEmpty else {
            return Oracle.skip("stock's verdicts on real migrations", because: "MIRRORS names no folder")
        }
        var rows: [String: [Row]] = [:]
        for row in try await self.rows(shared) { rows[row.repository, default: []].append(row) }
        var (compared, absent) = (0, 0)
        var differences: [String] = []
        for (repository, rows) in rows.sorted(by: { $0.key < $1.key }) {
            let blobs = try await blobs(rows.map(\.blob), of: repository, below: mirrors)
            for row in rows {
                guard let bytes = blobs[row.blob] else {
                    absent += 1
                    continue
                }
                compared += 1
                let isInterface = row.path.hasSuffix(".mli") || row.path.hasSuffix(".eliomi")
                let rejection = LargeStack.run {
                    Syntax.rejectionByStock(bytes, interface: isInterface, stackBudget: LargeStack.defaultSize / 2)
                }
                let isExpected = row.isAccepted || Self.laterThanTheJudge.contains(row.blob)
                if (rejection == nil) != isExpected {
                    differences.append(
                        "OCaml \(row.isAccepted ? "takes" : "refuses") \(repository) \(row.path) (\(row.blob)), "
                            + "we say \(rejection?.reason ?? "fine")")
                }
            }
        }
        if absent > 0 { Oracle.skip("\(absent) files of real migrations", because: "MIRRORS does not have them") }
        print("real migrations: \(compared) files compared, \(differences.count) verdicts differ")
        #expect(compared > 0, "MIRRORS has none of the repositories")
        #expect(differences.isEmpty, "\(differences.prefix(20).joined(separator: "\n"))")
    }

    /// The rows of the table, each distinct file once.
    private func rows(_ shared: String) async throws -> [Row] {
        let table = try await Oracle.run("gzip", ["-dc", "\(shared)/replay/verdicts.tsv.gz"])
        try #require(table.succeeded, "\(table.errorText)")
        var seen: Set<String> = []
        var rows: [Row] = []
        for line in table.output.split(separator: 0x0A).dropFirst() {
            let cells = line.split(separator: 0x09, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
            guard cells.count == 9, ["accepts", "rejects"].contains(cells[3]), seen.insert(cells[8]).inserted else {
                continue
            }
            rows.append(Row(repository: cells[0], path: cells[2], blob: cells[8], isAccepted: cells[3] == "accepts"))
        }
        try #require(rows.count > 10_000, "the table of verdicts cannot be read")
        return rows
    }

    /// The contents of those blobs that the repository has.
    private func blobs(_ names: [String], of repository: String, below mirrors: String) async throws -> [String:
        [UInt8]]
    {
        let path = "\(mirrors)/\(repository.split(separator: "/").joined(separator: "+"))/repo"
        guard case .directory? = try? FileKind.of(path) else { return [:] }
        return try await GitBlobs.read(names, of: path)
    }
}
