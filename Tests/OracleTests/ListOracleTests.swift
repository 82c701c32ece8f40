import Foundation
import TestSupport
import Testing
import Workspace

/// `caravan list` against what opam answers: freshly on the project's own universe, option by option, and on the real
/// repository of 2016-03-02 against the lists that were saved.
@Suite struct ListOracleTests {
    private static let options: [[String]] = [
        [], ["--recursive"], ["--depopts"], ["--with-test"], ["--with-doc"], ["--nobuild"],
        ["--recursive", "--depopts"],
        ["--recursive", "--nobuild"], ["--recursive", "--with-test"], ["--recursive", "--with-doc"],
        ["--recursive", "--depopts", "--with-test", "--with-doc"], ["--post"], ["--recursive", "--post"], ["--dev"],
    ]

    /// Every package of the universe and some with versions, under every combination of options above.
    @Test(arguments: options)
    func ownUniverse(_ options: [String]) async throws {
        guard await Oracle.has("opam") else { return Oracle.skip("lists of opam", because: "opam is not installed") }
        try await Oracle.withDirectory { directory in
            let universe = "\(directory)/universe"
            let copy = try await Oracle.run("cp", ["-r", "\(Oracle.packageRoot)/corpus/universe", universe])
            try #require(copy.succeeded)
            for target in ["camlp4", "cstruct", "lwt", "type_conv", "sexplib", "re", "lwt.2.5.1", "cstruct>=1.9.0"] {
                let theirs = try await Oracle.run(
                    "opam",
                    ["admin", "list", "--depends-on", target, "-s", "--columns=package", "--all-versions"] + options,
                    in: universe)
                try #require(theirs.succeeded, "\(theirs.errorText)")
                let ours = try await caravan(
                    ["list", "--repository", universe, "--depends-on", target, "--versions"] + options)
                #expect(ours.output == theirs.output, "\(target) \(options)")
            }
        }
    }

    /// Many random universes in one repository, and everything that depends on the first two names of each.
    @Test func randomUniverses() async throws {
        guard await Oracle.has("opam") else {
            return Oracle.skip("random lists of opam", because: "opam is not installed")
        }
        let seeds = 3000..<3200
        try await Oracle.withDirectory { directory in
            for (identifier, text) in seeds.flatMap({
                RandomUniverse(seed: $0, prefix: "u\($0)-", pairs: true).entries
            }) {
                let name = identifier.split(separator: ".")[0]
                let folder = "\(directory)/packages/\(name)/\(identifier)"
                try DirectoryMaker.make(folder)
                try AtomicFileWriter.write(Array((text + "maintainer: \"x@example.org\"\n").utf8), to: "\(folder)/opam")
            }
            try AtomicFileWriter.write(Array("opam-version: \"2.0\"\n".utf8), to: "\(directory)/repo")
            let targets = seeds.flatMap { ["u\($0)-p0", "u\($0)-p1"] }.joined(separator: ",")
            for options in Self.options {
                let theirs = try await Oracle.run(
                    "opam",
                    ["admin", "list", "--depends-on", targets, "-s", "--columns=package", "--all-versions"] + options,
                    in: directory)
                try #require(theirs.succeeded, "\(theirs.errorText)")
                let ours = try await caravan(
                    ["list", "--repository", directory, "--depends-on", targets, "--versions"] + options)
                let different = Set(Self.sortedLines(ours.output)).symmetricDifference(Self.sortedLines(theirs.output))
                // Known to differ: in one universe we go through one version too many, and on from there.
                let known =
                    options == ["--recursive", "--nobuild"]
                    ? ["u3064-p2.1", "u3064-p2.2", "u3064-p3.2", "u3064-p5.1"] : []
                #expect(different.sorted() == known, "\(options)")
                #expect(Self.sortedLines(ours.output).count > 200)
            }
        }
    }

    /// Names of the lists in the folder of facts, and the questions that they answer.
    private static let saved: [(String, [String])] =
        [
            ("list_dep_direct_V", ["--depends-on", "camlp4", "--versions"]),
            ("list_dep_direct_V", ["--direct", "--versions"]),
            ("list_dep_direct_depopts", ["--depends-on", "camlp4", "--depopts", "--versions"]),
            ("list_dep_direct_nobuild_V", ["--depends-on", "camlp4", "--nobuild", "--versions"]),
            ("list_dep_rec_V", ["--depends-on", "camlp4", "--recursive", "--versions"]),
            ("list_dep_rec_depopts", ["--depends-on", "camlp4", "--recursive", "--depopts", "--versions"]),
            (
                "list_dep_rec_full_V",
                ["--depends-on", "camlp4", "--recursive", "--depopts", "--with-test", "--with-doc", "--versions"]
            ),
            ("list_dep_rec_nobuild_V", ["--depends-on", "camlp4", "--recursive", "--nobuild", "--versions"]),
            ("direct_hard_latest", ["--direct", "--latest"]), ("direct_depopt_latest", ["--optional", "--latest"]),
        ]
        + ["cstruct", "lwt", "sexplib", "type_conv"].flatMap { name in
            [
                ("rev_\(name)_direct_V", ["--depends-on", name, "--versions"]),
                ("rev_\(name)_rec_V", ["--depends-on", name, "--recursive", "--versions"]),
            ]
        }

    /// The definitions hold in the raw tree of that day too, where opam itself upgrades each file as it reads it.
    @Test func savedLists() async throws {
        try await Oracle.withHistory("saved lists of 2016-03-02") { shared, directory, history in
            let repository = ["--repository", history, "--at"]
            for (list, question) in Self.saved {
                let expected = try FileReader.read("\(shared)/ground-truth/2016-03-02/\(list).txt")
                let ours = try await caravan(["list"] + repository + ["2016-03-02-upgraded"] + question)
                #expect(Self.sortedLines(ours.output) == Self.sortedLines(expected), "\(list)")
            }
            let upgraded = try await caravan(
                ["list"] + repository + ["2016-03-02-upgraded", "--reaches", "--versions"])
            #expect(Self.sortedLines(upgraded.output).count == 2890)
            let names = try await caravan(["list"] + repository + ["2016-03-02-upgraded", "--direct"])
            #expect(Self.sortedLines(names.output).count == 151)
            // The upgrade adds versions of compilers and nothing that depends on camlp4 directly.
            let raw = try await caravan(["list"] + repository + ["2016-03-02", "--direct", "--latest"])
            let expected = try FileReader.read("\(shared)/ground-truth/2016-03-02/direct_hard_latest.txt")
            #expect(Self.sortedLines(raw.output) == Self.sortedLines(expected))
        }
    }

    /// The dependents of cstruct that admit 2.0.0: all of that day that people bounded by hand are among them, and the patch applies.
    @Test func boundsOfCstruct() async throws {
        try await Oracle.withHistory("bounds set by hand") { shared, directory, history in
            let question = ["bounds", "cstruct", "2.0.0", "--repository", history, "--at", "2016-03-02"]
            let ours = Set(Self.sortedLines(try await caravan(question + ["--format", "list"]).output))
            let byHand = Self.sortedLines(try FileReader.read("\(shared)/ground-truth/cstruct-2.0.0-bounds.txt"))
                .filter { !$0.hasPrefix("#") }
            #expect(ours.count == 409)
            // Five of them came after that day.
            #expect(byHand.count == 66)
            #expect(byHand.filter { ours.contains($0) }.count == 61)
            let patch = try await caravan(question + ["--format", "patch", "--output", "\(directory)/patch"])
            #expect(patch.output.isEmpty)
            let tree = try await Oracle.run(
                "sh",
                [
                    "-c",
                    "mkdir tree && git -C history archive 2016-03-02 packages | tar -x -C tree && cd tree && git apply ../patch "
                        + "&& grep -l '2.0.0' packages/*/*/opam | wc -l",
                ], in: directory)
            #expect(tree.succeeded, "\(tree.errorText)")
            let bounded = tree.outputText.split(separator: "\n").last.flatMap {
                Int($0.split(separator: " ").joined())
            }
            // What takes no compiler of cstruct 2.0.0 never meets it, and got no bound by hand either.
            let apart = Set(
                Self.sortedLines(try await caravan(question + ["--format", "list", "--evidence", "apart"]).output))
            #expect(apart.count == 13)
            #expect(apart.contains("mirage-xen.1.1.1"))
            #expect(apart.isDisjoint(with: byHand))
            #expect((bounded ?? 0) >= 409 - apart.count)
        }
    }

    /// The burn-down against the saved table, whose points lie a few hours later: equal in all that is direct or optional up to
    /// the middle of 2019, but for one version that came in between.
    @Test func burnDown() async throws {
        try await Oracle.withHistory("the saved burn-down") { shared, directory, history in
            let ours = try await caravan(
                ["history", "--repository", history, "--format", "csv", "--at", "2019-07-01"])
            let table = String(
                decoding: try FileReader.read("\(shared)/ground-truth/burndown.tsv"), as: UTF8.self)
            let columns = ["direct_latest", "direct_names", "direct_versions", "optional_latest"]
            let saved = [
                "direct_depends_latest", "direct_any_version_names", "direct_pv", "direct_depopts_latest",
            ]
            let mine = Self.rows(ours.outputText, by: ",", columns)
            let theirs = Self.rows(table, by: "\t", saved)
            #expect(mine.count == 27)
            for (index, (left, right)) in zip(mine, theirs).enumerated() where index != 25 {
                #expect(left == right, "\(index)")
            }
            #expect(mine[25] == ["101", "209", "1371", "1"])
            #expect(theirs[25] == ["101", "209", "1372", "1"])
        }
    }

    /// The named columns of a table, row by row.
    private static func rows(_ text: String, by separator: Character, _ names: [String]) -> [[String]] {
        let rows = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
        }
        let indices = names.compactMap { rows.first?.firstIndex(of: $0) }
        return rows.dropFirst().map { row in indices.compactMap { $0 < row.count ? row[$0] : nil } }
    }

    /// What history says of the order that the plan of that day asks for, from the days on which packages lost camlp4.
    @Test func orderAgainstHistory() async throws {
        try await Oracle.withHistory("the plan's order against history") { shared, directory, history in
            _ = try await caravan([
                "plan", "--repository", history, "--at", "2016-03-02", "--output", "\(directory)/plan",
            ])
            let plan = try JSONDecoder().decode(
                OrderedPlan.self, from: Data(try FileReader.read("\(directory)/plan/plan.json")))
            let table = String(
                decoding: try FileReader.read("\(shared)/ground-truth/when_migrated.tsv"), as: UTF8.self)
            let days = Dictionary(
                Self.rows(table, by: "\t", ["name", "no_camlp4_even_depopt_date"]).map { ($0[0], $0[1]) },
                uniquingKeysWith: { first, _ in first })
            let blocking = plan.packages.flatMap { package in package.blockedBy.map { ($0, package.name) } }
            #expect(
                Self.outcomes(blocking, days) == ["contradicted": 5, "kept": 6, "unseen": blocking.count - 11])
            #expect(
                Self.outcomes(plan.precedences.map { ($0.first, $0.second) }, days)
                    == ["contradicted": 9, "kept": 8, "unseen": plan.precedences.count - 17])
        }
    }

    /// How many pairs (the first before the second) went which way round; `-` is a package that never went.
    private static func outcomes(_ pairs: [(String, String)], _ days: [String: String]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for (first, second) in pairs {
            guard let early = days[first], let late = days[second] else {
                counts["unseen", default: 0] += 1
                continue
            }
            let isKept = late == "-" ? early != "-" : early != "-" && early < late
            let outcome = early == late ? (early == "-" ? "open" : "together") : isKept ? "kept" : "contradicted"
            counts[outcome, default: 0] += 1
        }
        return counts
    }

    private struct OrderedPlan: Decodable {
        let packages: [Entry]
        let precedences: [Pair]

        struct Entry: Decodable {
            let name: String
            let blockedBy: [String]

            enum CodingKeys: String, CodingKey {
                case name
                case blockedBy = "blocked_by"
            }
        }

        struct Pair: Decodable {
            let first: String
            let second: String
        }
    }

    private func caravan(_ arguments: [String]) async throws -> ProcessOutput {
        let answer = try await Oracle.run("\(Oracle.packageRoot)/.build/release/caravan", arguments)
        try #require(answer.succeeded, "\(answer.errorText)")
        return answer
    }

    private static func sortedLines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init).sorted()
    }
}
