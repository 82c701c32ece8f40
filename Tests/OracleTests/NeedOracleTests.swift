import Foundation
import Installability
import OpamFormat
import TestSupport
import Testing
import Universe
import Workspace

/// Exact need against what opam and dose say: on hundreds of random universes at once, on the project's own universe,
/// and on the real repository of 2016-03-02 against the lists and figures that were saved.
@Suite struct NeedOracleTests {
    /// opam's check counts all dependencies and does not look at `available`.
    private static let world = World(ocaml: nil, anyPlatform: true, kinds: [.build, .test, .doc, .post])

    /// Many random universes in one repository.
    private static func repository(_ seeds: Range<Int>) -> [(identifier: String, text: String)] {
        seeds.flatMap { RandomUniverse(seed: $0, prefix: "u\($0)-").entries }
    }

    private static func isRoot(_ name: String) -> Bool { name.hasSuffix("-p0") }

    @Test func randomUniversesByOpam() async throws {
        guard await Oracle.has("opam") else {
            return Oracle.skip("random universes by opam", because: "opam is not installed")
        }
        // Conflict classes count where opam installs, but its check does not look at them: dose has to judge those.
        let entries = Self.repository(1000..<1150).map { identifier, text in
            (
                identifier: identifier,
                text: text.split(separator: "\n").filter { !$0.hasPrefix("conflict-class") }.joined(separator: "\n")
                    + "\n"
            )
        }
        let needs = Self.needs(RandomUniverse.universe(of: entries))
        try await Oracle.withDirectory { directory in
            for (identifier, text) in entries {
                let name = identifier.split(separator: ".")[0]
                let folder = "\(directory)/packages/\(name)/\(identifier)"
                try DirectoryMaker.make(folder)
                try AtomicFileWriter.write(Array((text + "maintainer: \"x@example.org\"\n").utf8), to: "\(folder)/opam")
            }
            try AtomicFileWriter.write(Array("opam-version: \"2.0\"\n".utf8), to: "\(directory)/repo")
            let with = try await Self.opamCheck(directory)
            #expect(with.symmetricDifference(needs.broken).sorted() == [])
            for (identifier, _) in entries where Self.isRoot(String(identifier.split(separator: ".")[0])) {
                let name = identifier.split(separator: ".")[0]
                _ = try await Oracle.run("rm", ["-rf", "\(directory)/packages/\(name)"])
            }
            let without = try await Self.opamCheck(directory)
            #expect(without.symmetricDifference(needs.brokenWithout).sorted() == [])
        }
        #expect(needs.brokenWithout.count > needs.broken.count + 50)
    }

    @Test func randomUniversesByDose() async throws {
        guard await Oracle.has("dose-distcheck") else {
            return Oracle.skip("random universes by dose", because: "dose-distcheck is not installed")
        }
        let universe = RandomUniverse.universe(of: Self.repository(2000..<2500))
        let needs = Self.needs(universe)
        try await Oracle.withDirectory { directory in
            let all = CUDF.text(of: universe, Self.world) { _ in true }
            let with = try await Self.dose(all, in: directory, universe)
            #expect(with.symmetricDifference(needs.broken).sorted() == [])
            let rest = CUDF.text(of: universe, Self.world) { !Self.isRoot(universe.name($0)) }
            let without = try await Self.dose(rest, in: directory, universe)
            #expect(without.symmetricDifference(needs.brokenWithout).sorted() == [])
        }
        #expect(needs.brokenWithout.count > needs.broken.count + 150)
    }

    /// What cannot be installed with the roots, and without them, the roots aside.
    private static func needs(_ universe: Universe) -> (broken: Set<String>, brokenWithout: Set<String>) {
        let roots = universe.packages.indices.filter { isRoot(universe.name($0)) }
        let analysis = NeedAnalysis(universe: universe, world: world, roots: roots)
        let broken = universe.packages.indices.filter { !analysis.installable[$0] }
        let without = universe.packages.indices.filter {
            !isRoot(universe.name($0)) && (!analysis.installable[$0] || analysis.needsRoots[$0])
        }
        return (Set(broken.map(universe.identifier)), Set(without.map(universe.identifier)))
    }

    // MARK: The project's own universe

    /// opam reads `{test}` of an old file as a variable that nobody defines, so the copy has today's names.
    @Test func ownUniverse() async throws {
        guard await Oracle.has("opam") else { return Oracle.skip("checks of opam", because: "opam is not installed") }
        try await Oracle.withDirectory { directory in
            let universe = "\(directory)/universe"
            let copy = try await Oracle.run("cp", ["-r", "\(Oracle.packageRoot)/corpus/universe", universe])
            try #require(copy.succeeded)
            let rename = try await Oracle.run(
                "sh",
                [
                    "-c",
                    "find packages -name opam -exec sed -i -E 's/\\{(test|doc)\\}/{with-\\1}/g; s/\\{(test|doc) &/{with-\\1 \\&/g' {} +",
                ], in: universe)
            try #require(rename.succeeded, "\(rename.errorText)")
            for root in ["camlp4", "ocamlbuild", "lwt"] {
                let ours = try await caravan([
                    "list", "--repository", universe, "--needs", "--versions", "--roots", root, "--ocaml", "any",
                    "--any-platform", "--kinds", "build,test,doc,post",
                ])
                let with = try await Self.opamCheck(universe)
                let move = try await Oracle.run("mv", ["packages/\(root)", directory], in: universe)
                try #require(move.succeeded, "\(move.errorText)")
                let without = try await Self.opamCheck(universe)
                _ = try await Oracle.run("mv", ["\(directory)/\(root)", "packages/"], in: universe)
                #expect(Set(Self.lines(ours.output)) == without.subtracting(with), "\(root)")
                #expect(!ours.output.isEmpty)
                for (options, expected) in [([], with), (["--without", root], without)] {
                    let broken = try await caravan(
                        [
                            "list", "--repository", universe, "--uninstallable", "--versions", "--ocaml", "any",
                            "--any-platform", "--kinds", "build,test,doc,post",
                        ] + options)
                    #expect(Set(Self.lines(broken.output)) == expected, "\(root) \(options)")
                }
            }
        }
    }

    /// All package versions that `opam admin check` names: those that cannot be installed and those that depend on them.
    private static func opamCheck(_ directory: String) async throws -> Set<String> {
        let answer = try await Oracle.run("opam", ["admin", "check", "--installability"], in: directory)
        let text = String(decoding: answer.output, as: UTF8.self) + answer.errorText
        try #require(text.contains("Checking installability"), "\(text)")
        let names = text.split(separator: "\n").filter { $0.hasPrefix("  ") && !$0.contains("the following depend") }
        return Set(
            names.flatMap { $0.split(separator: " ") }.map { $0.trimmingCharacters(in: ["(", ")"]) })
    }

    // MARK: The repository of 2016-03-02

    private static let upgraded = ["2016-03-02-upgraded", "--any-platform", "--ocaml"]
    private static let lists: [(list: String, options: [String])] = [
        ("lost_inst", upgraded + ["any"]), ("lost_inst_4.02.3", upgraded + ["4.02.3"]),
        ("lost_raw12_4.02.3", ["2016-03-02"]),
        ("lost_check", upgraded + ["any", "--kinds", "build,test,doc,post"]),
    ]
    /// Latest versions and versions that a migration frees (README of the folder of facts).
    private static let freed: [(packages: [String], latest: Int, versions: Int)] = [
        (["type_conv"], 111, 423), (["ocaml-data-notation"], 52, 144), (["cstruct"], 25, 148), (["lablgtk"], 16, 49),
        (["camomile"], 11, 29), (["ocp-build"], 10, 56), (["js_of_ocaml"], 9, 22), (["ulex"], 9, 24),
        (["type_conv", "cstruct"], 111, 423),
    ]

    @Test func savedListsAndFigures() async throws {
        try await Oracle.withHistory("exact need on 2016-03-02") { shared, directory, history in
            let repository = ["--repository", history, "--at"]
            for (list, options) in Self.lists {
                for (suffix, form) in [("pv", ["--versions"]), ("latest", ["--latest"]), ("names", [])] {
                    let expected = try FileReader.read("\(shared)/ground-truth/2016-03-02/\(list)_\(suffix).txt")
                    let ours = try await caravan(["list", "--needs"] + repository + options + form)
                    #expect(Self.lines(ours.output) == Self.lines(expected), "\(list)_\(suffix)")
                }
            }
            // Line by line what `opam admin check` called broken, with and without camlp4.
            for (list, without) in [("with", []), ("without", ["--without", "camlp4"])] {
                let expected = try FileReader.read("\(shared)/ground-truth/2016-03-02/opam_check_\(list).txt")
                let world = ["2016-03-02-upgraded", "--any-platform", "--ocaml", "any"]
                let ours = try await caravan(
                    ["list", "--uninstallable", "--versions", "--kinds", "build,test,doc,post"] + without + repository
                        + world)
                #expect(Self.lines(ours.output) == Self.lines(expected), "opam_check_\(list)")
            }
            for (packages, latest, versions) in Self.freed {
                let answer = try await caravan(
                    ["what-if"] + packages + repository + Self.upgraded + ["any", "--format", "json"])
                let report = try JSONDecoder().decode(WhatIfAnswer.self, from: Data(answer.output))
                #expect(report.schema == "caravan.what-if/1")
                #expect(report.migrated == packages)
                #expect(report.freed.latest.count == latest, "\(packages)")
                #expect(report.freed.versions.count == versions, "\(packages)")
            }
        }
    }

    private struct WhatIfAnswer: Decodable {
        let schema: String
        let migrated: [String]
        let freed: Freed

        struct Freed: Decodable {
            let latest: [String]
            let versions: [String]
        }
    }

    private func caravan(_ arguments: [String]) async throws -> ProcessOutput {
        let answer = try await Oracle.run("\(Oracle.packageRoot)/.build/release/caravan", arguments)
        try #require(answer.succeeded, "\(answer.errorText)")
        return answer
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init).sorted()
    }

    // MARK: dose

    private static func dose(_ text: String, in directory: String, _ universe: Universe) async throws -> Set<String> {
        try AtomicFileWriter.write(Array(text.utf8), to: "\(directory)/universe.cudf")
        let answer = try await Oracle.run("dose-distcheck", ["-f", "-tcudf", "\(directory)/universe.cudf"])
        let output = String(decoding: answer.output, as: UTF8.self)
        try #require(output.contains("broken-packages:"), "\(output)\(answer.errorText)")
        return Set(CUDF.broken(in: output, of: universe).map(universe.identifier))
    }
}
