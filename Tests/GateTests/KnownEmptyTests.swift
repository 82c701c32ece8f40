import TestSupport
import Testing
import Text
import Workspace

/// What is kept between runs changes nothing but the time that they take: every answer is that of a run without it.
@Suite struct KnownEmptyTests {
    /// A gate run that reads all anew, then one that fills the cache and one that uses it.
    private func answers(_ repository: GateRepository, _ cache: String, _ more: String...) async throws -> [String] {
        var answers: [String] = []
        for options in [["--no-cache"], ["--cache", cache], ["--cache", cache]] {
            let answer = try await BuiltProgram.run(
                ["gate", "--format", "json"] + options + more, in: repository.path)
            #expect(answer.status <= 1, "\(answer.errorText)")
            answers.append(answer.outputText)
        }
        return answers
    }

    private func expectEqual(_ answers: [String]) {
        #expect(Set(answers).count == 1, "\(answers)")
    }

    @Test func everyStateOfACheckout() async throws {
        let repository = try await GateRepository([
            "lib/plain.ml": "let lwt = 1\nlet x = lwt + 1\n", "lib/used.ml": Camlp4Files.binding("a"),
            "lib/loose.ml": "let x = 1\nif x = 1 then print_string \"one\"\n",
            "dune-project": "(lang dune 2.0)\n",
        ])
        try await TemporaryDirectory.with { directory in
            let cache = "\(directory.path)/below/gate.digests"
            expectEqual(try await answers(repository, cache))
            let first = try FileReader.read(cache)
            #expect(first.count > 18)
            // The same bytes mean something else once a build file turns a syntax on.
            try repository.write("<lib/*.ml>: syntax(camlp4o), package(lwt.syntax)\n", to: "_tags")
            expectEqual(try await answers(repository, cache))
            try repository.write("let houseblock = 1\n", to: "lib/house.ml")
            let before = try await answers(repository, cache)
            expectEqual(before)
            // And so they do once the project has an extension of its own.
            try repository.write(
                "extensions:\n  - name: house\n    keywords: [plain]\n    replacement: x\n", to: ".caravan.yml")
            try repository.write("let x = plain 1\n", to: "lib/plain.ml")
            let now = try await answers(repository, cache)
            expectEqual(now)
            #expect(now[0].contains("house/keyword"), "\(now[0])")
        }
    }

    /// A comment that allows nothing is a finding of a run that heeds comments, whatever a run that does not has kept.
    @Test func commentsThatAllow() async throws {
        let repository = try await GateRepository(["a.ml": "(* caravan: allow lwt/let old *)\nlet x = 1\n"])
        try await TemporaryDirectory.with { directory in
            let cache = "\(directory.path)/gate.digests"
            expectEqual(try await answers(repository, cache, "--no-inline"))
            let heeding = try await answers(repository, cache)
            expectEqual(heeding)
            #expect(heeding[0].contains("suppression/unused"))
        }
    }

    /// What is kept may be broken, be something else, or have no place: the answer stays.
    @Test func filesThatAreNoCache() async throws {
        let repository = try await GateRepository(["a.ml": "let x = 1\n", "b.ml": Camlp4Files.binding("b")])
        try await TemporaryDirectory.with { directory in
            for (name, text) in [("empty", ""), ("text", "let x = 1\n"), ("cut", "caravan digests 1\n0123456789")] {
                try directory.write(text, to: name)
                expectEqual(try await answers(repository, "\(directory.path)/\(name)"))
            }
            expectEqual(try await answers(repository, "/dev/null/nowhere"))
            expectEqual(try await answers(repository, directory.path))
        }
    }
}

@Suite struct QuickDigestTests {
    /// Every single changed, added or dropped byte shows, at every length around the block's.
    @Test func smallChangesShow() {
        var seen: Set<QuickDigest> = []
        var count = 0
        for length in 0...70 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7) }
            seen.insert(QuickDigest(bytes))
            count += 1
            for place in bytes.indices {
                for bit in 0..<8 {
                    var other = bytes
                    other[place] ^= 1 << UInt8(bit)
                    seen.insert(QuickDigest(other))
                    count += 1
                }
            }
        }
        for length in 0...70 where length > 0 {
            seen.insert(QuickDigest([UInt8](repeating: 0, count: length)))
            count += 1
        }
        // [0] occurs twice: by itself, and as the first of the first kind.
        #expect(seen.count == count - 1)
        #expect(QuickDigest("a").and(QuickDigest("b")) != QuickDigest("b").and(QuickDigest("a")))
    }

    /// The halves fall evenly: each bit is set in about half of the digests of texts that hardly differ.
    @Test func bitsAreEven() {
        var counts = [Int](repeating: 0, count: 128)
        let texts = 4000
        for number in 0..<texts {
            let digest = QuickDigest("let x = \(number)\n")
            for bit in 0..<64 {
                counts[bit] += Int(digest.high >> UInt64(bit) & 1)
                counts[64 + bit] += Int(digest.low >> UInt64(bit) & 1)
            }
        }
        #expect(counts.allSatisfy { (texts * 2 / 5..<texts * 3 / 5).contains($0) }, "\(counts)")
    }

    @Test func fileOfDigests() async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory.path)/a/b/digests"
            let digests = (0..<1000).map { QuickDigest("\($0)") }
            try DigestFile(path: path).adding(Array(digests[..<500]))
            try DigestFile(path: path).adding(Array(digests[400..<700]))
            let file = DigestFile(path: path)
            #expect(digests[..<700].allSatisfy(file.contains))
            #expect(!digests[700...].contains(where: file.contains))
            #expect(try FileReader.read(path).count == 18 + 16 * 700)
        }
    }
}
