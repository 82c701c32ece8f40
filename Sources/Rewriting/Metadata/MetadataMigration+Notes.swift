import BuildFiles
import Findings
import OpamFormat
import Text

/// What is told about build files beside their mentions: what could not be read, and what no line says.
extension MetadataMigration {
    /// Why nothing is edited at a place: what stands there, or in a file whose parts hang together, could not be read.
    func obstacle(to range: ByteRange?, in build: CheckoutBuild) -> String? {
        let hangsTogether = ["opam", "dune-project", "dune", "meta"].contains(build.file.format.name)
        let problem = build.file.problems.first { problem in
            guard !hangsTogether, let range else { return true }
            return build.bytes.wholeLines(problem.range).contains(range)
        }
        guard let problem else { return nil }
        let line = LineTable(build.bytes).position(of: problem.range.start).line
        return "this cannot be read (line \(line): \(problem.message)), so it is not edited"
    }

    /// What a description that cannot be read has to name, once it can.
    func noteNeeds(_ build: CheckoutBuild, _ outcome: inout Outcome) {
        let needed = packagesNeeded(around: build, isAlone: true, declared: []).filter { $0.package.role != .library }
        guard !needed.isEmpty, let obstacle = obstacle(to: nil, in: build) else { return }
        let names = needed.map { need in need.package.opam + (need.package.from.map { " (from \($0))" } ?? "") }
        outcome.notes.append("\(obstacle): depend on \(names.joined(separator: ", "))")
    }

    /// Says of each place that could not be read and names camlp4 or its packages that a person has to look there.
    mutating func noteProblems() {
        for build in builds where build.file.format.name != "opam" {
            let findings = build.result.findings.map(\.range)
            for problem in build.file.problems {
                let lines = build.bytes.wholeLines(problem.range)
                let words = build.bytes.words(in: lines) { $0.isPackageNameByte }.map(build.bytes.text)
                let isAboutCamlp4 = words.contains { camlp4Program(in: $0) != nil || $0.hasSuffix(".syntax") }
                guard isAboutCamlp4, !findings.contains(where: { lines.contains($0) }) else { continue }
                let place = LineTable(build.bytes).position(of: problem.range.start)
                outcomes[build.file.path, default: Outcome()].leftovers.append(
                    Leftover(
                        kind: .manual, path: build.file.path, place: place, rule: "camlp4/metadata",
                        reason: "this cannot be read (\(problem.message)), and names camlp4: edit it by hand"))
            }
        }
    }

    /// What a source's first line had done by camlp4 is named in no build file: says where the rewriters have to be.
    mutating func noteHeadLines() {
        for source in state.sources where source.lostHeadLine {
            let names = source.edited.sorted().flatMap { packages(for: $0) }.filter { $0.role == .ppx }
                .compactMap(\.findlib)
            let directory = directoryName(of: source.path)
            let makefiles = builds.filter { $0.file.format.name == "makefile" }
            guard !names.isEmpty,
                let build = makefiles.first(where: { $0.file.directory == directory }) ?? makefiles.first
            else { continue }
            outcomes[build.file.path, default: Outcome()].notes.append(
                "\(source.path): its first line ran camlp4 on it; name \(names.joined(separator: ", ")) among the packages "
                    + "(PACKS of OCamlMakefile)")
        }
    }
}
