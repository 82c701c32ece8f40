import OCamlSyntax
import Testing
import Text
import Workspace

/// Our verdicts and ranges against those of OCaml's own parser.
@Suite struct OCamlParserOracleTests {
    /// Every file that OCaml installs, and those below `CARAVAN_OCAML_SOURCES`: the same accepted, and every range that
    /// OCaml gives a node is one of ours.
    @Test func installedSources() async throws {
        let files = try await OCamlSources.installed()
        guard !files.isEmpty else { return }
        let result = try await compare(files)
        print("OCaml's parser: \(result.accepted) files accepted, \(result.rejected) not, \(result.ranges) ranges")
        #expect(result.accepted >= 100 || result.accepted == 0)
        #expect(result.ranges > 10_000 || result.accepted == 0)
    }

    /// One file a phrase: what the reference grammar takes and what it does not.
    @Test func phrases() async throws {
        try await Oracle.withDirectory { directory in
            var files: [String] = []
            for (index, phrase) in OCamlPhrases.all.enumerated() {
                let path = "\(directory)/\(index).ml"
                try AtomicFileWriter.write(Array(phrase.utf8), to: path)
                files.append(path)
            }
            _ = try await compare(files, naming: { OCamlPhrases.all[files.firstIndex(of: $0) ?? 0] })
        }
    }

    /// Tokens of real code and of the phrases left out, doubled or swapped: OCaml and we say the same of the result. As
    /// many as `CARAVAN_MUTATIONS` says, from the seed `CARAVAN_SEED`.
    @Test func mutations() async throws {
        try await Oracle.withDirectory { directory in
            var random = SeededRandom(
                seed: environmentVariable("CARAVAN_SEED").flatMap(UInt64.init) ?? 20_160_304)
            var sources = OCamlPhrases.all.map { Array($0.utf8) }
            for path in try await OCamlSources.installed() {
                let bytes = try FileReader.read(path)
                if bytes.count < 6_000, path.hasSuffix(".ml") { sources.append(bytes) }
            }
            var files: [String] = []
            var places: [String: String] = [:]
            for _ in 0..<(environmentVariable("CARAVAN_MUTATIONS").flatMap(Int.init) ?? 4_000) {
                let bytes = sources[random.next(below: sources.count)]
                let tokens = Lexer.tokenize(bytes)
                let significant = Array(tokens.significant)
                guard significant.count > 2 else { continue }
                let at = random.next(below: significant.count - 1)
                let one = tokens.range(significant[at])
                let two = tokens.range(significant[at + 1])
                var mutant: [UInt8]
                switch random.next(below: 3) {
                case 0: mutant = Array(bytes[..<one.start] + bytes[one.end...])
                case 1: mutant = Array(bytes[..<one.end] + [0x20] + bytes[one.start...])
                default:
                    mutant = Array(bytes[..<one.start] + bytes[two.start..<two.end] + [0x20])
                    mutant += bytes[one.start..<one.end] + [0x20] + bytes[two.end...]
                }
                let path = "\(directory)/\(files.count).ml"
                try AtomicFileWriter.write(mutant, to: path)
                files.append(path)
                let around = max(0, one.start - 80)..<min(mutant.count, one.start + 80)
                places[path] = String(decoding: mutant[around], as: UTF8.self)
            }
            _ = try await compare(files, naming: { places[$0] ?? $0 })
        }
    }

    private struct Result {
        var accepted = 0
        var rejected = 0
        var ranges = 0
    }

    private func compare(
        _ files: [String], naming name: (String) -> String = { $0 }
    ) async throws -> Result {
        try await Oracle.withDirectory { directory in
            guard
                let program = try await Oracle.compile(
                    "ocaml_ranges", package: "compiler-libs.common", into: directory)
            else { return Result() }
            let list = files.joined(separator: "\n") + "\n"
            let output = try await Oracle.run(program, [], input: Array(list.utf8))
            try #require(output.succeeded, "\(output.errorText)")
            var result = Result()
            var differences: [String] = []
            for section in OCamlSources.verdicts(output.output) {
                let bytes = try FileReader.read(section.file)
                let tree = LargeStack.run {
                    Syntax.tree(
                        bytes, interface: section.file.hasSuffix("i"), dialects: [],
                        stackBudget: LargeStack.defaultSize / 2)
                }
                let rejection = tree.rejectionByStock
                if section.isAccepted { result.accepted += 1 } else { result.rejected += 1 }
                // OCaml 4.13 is the judge: what is later than it, it cannot know.
                if !section.isAccepted, rejection == nil, tree.kinds.contains(where: \.isLaterThanJudge) { continue }
                if (rejection == nil) != section.isAccepted {
                    differences.append(
                        "OCaml \(section.isAccepted ? "takes" : "refuses") \(name(section.file)), we say \(rejection?.reason ?? "fine")"
                    )
                    continue
                }
                guard section.isAccepted else { continue }
                let ours = Set(
                    (0..<tree.count).flatMap { [tree.range($0)] + (tree.rangeOfOCaml($0).map { [$0] } ?? []) })
                for (kind, range) in section.ranges {
                    result.ranges += 1
                    if !ours.contains(range) { differences.append("no \(kind) \(range) in \(name(section.file))") }
                }
            }
            #expect(result.accepted + result.rejected == files.count)
            #expect(differences.isEmpty, "\(differences.count): \(differences.prefix(20).joined(separator: "\n"))")
            return result
        }
    }
}

extension OCamlSources {
    /// The answer of `ocaml_ranges`, file by file.
    static func verdicts(_ output: [UInt8]) -> [(file: String, isAccepted: Bool, ranges: [(String, ByteRange)])] {
        var sections: [(file: String, isAccepted: Bool, ranges: [(String, ByteRange)])] = []
        for line in output.split(separator: 0x0A) {
            let line = String(decoding: line, as: UTF8.self)
            let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
            if line.hasPrefix("file ") {
                sections.append((String(line.dropFirst(5)), true, []))
            } else if parts.count == 3, parts[0] == "rejected" {
                sections.append((parts[2], false, []))
            } else if parts.count == 3, let start = Int(parts[1]), let end = Int(parts[2]), !sections.isEmpty {
                sections[sections.count - 1].ranges.append((parts[0], ByteRange(start, end)))
            }
        }
        return sections
    }
}

extension NodeKind {
    /// Whether only later OCaml has the syntax.
    fileprivate var isLaterThanJudge: Bool {
        self == .effectPattern || self == .labelledElement || self == .openedType || self == .shortFunctorType
    }
}
