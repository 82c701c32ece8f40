import Catalogue
import Findings
import Gate
import Testing
import Text

/// Random edit sequences: the gate fails exactly when a construct exists that the base had not.
@Suite struct RandomEditTests {
    /// A toplevel item, and how many uses are in it.
    private struct Item: Hashable {
        let text: String
        let uses: Int
    }

    private struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    private static func item(_ number: Int, _ generator: inout Generator) -> Item {
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: Item(text: "let plain\(number) = \(number)", uses: 0)
        case 1: Item(text: "let one\(number) () =\n  lwt x = f \(number) in\n  g x", uses: 1)
        case 2: Item(text: "type t\(number) = int with sexp", uses: 1)
        default: Item(text: "let two\(number) () =\n  lwt x = f () in\n  try_lwt h x with _ -> k \(number)", uses: 2)
        }
    }

    private static func source(_ items: [Item], _ generator: inout Generator) -> [UInt8] {
        var text = ""
        for item in items {
            text += String(repeating: "\n", count: Int.random(in: 0..<3, using: &generator))
            if Bool.random(using: &generator) { text += "(* note \(Int.random(in: 0..<9, using: &generator)) *)\n" }
            // Another layout is the same item.
            text += Bool.random(using: &generator) ? item.text : item.text.replacing("\n", with: "  \r\n ")
            text += "\n"
        }
        return Array(text.utf8)
    }

    private static func findings(_ bytes: [UInt8], _ path: String, _ scanner: SourceScanner) throws -> [Finding] {
        guard case .scanned(let file) = scanner.scan(bytes, path: path, turnedOn: ["lwt", "type_conv", "sexplib"])
        else {
            Issue.record("not scanned")
            return []
        }
        return file.findings
    }

    @Test func failsExactlyOnNewConstructs() throws {
        let scanner = SourceScanner(Catalogue.index, nil)
        var failures = 0
        for seed in 1...120 {
            var generator = Generator(state: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15)
            let base = (0..<Int.random(in: 1..<8, using: &generator)).map { Self.item($0 % 5, &generator) }
            var items = base
            for step in 0..<Int.random(in: 0..<6, using: &generator) {
                switch Int.random(in: 0..<3, using: &generator) {
                case 0:
                    items.insert(
                        Self.item(step + 3, &generator), at: Int.random(in: 0...items.count, using: &generator))
                case 1 where !items.isEmpty: items.remove(at: Int.random(in: 0..<items.count, using: &generator))
                default: items.shuffle(using: &generator)
                }
            }
            let before = try Self.findings(Self.source(base, &generator), "a.ml", scanner)
            let after = try Self.findings(Self.source(items, &generator), "a.ml", scanner)
            #expect(before.count == base.reduce(0) { $0 + $1.uses })
            #expect(after.count == items.reduce(0) { $0 + $1.uses })

            // What the base had not, counted on the items themselves.
            var left = Dictionary(grouping: base, by: \.self).mapValues(\.count)
            var expected = 0
            for item in items {
                if let count = left[item], count > 0 { left[item] = count - 1 } else { expected += item.uses }
            }
            let identities = before.map(FindingIdentity.init)
            for known in [
                Judgement.Known(baseline: Baseline(identities)), Judgement.Known(base: Set(identities)),
            ] {
                let judgement = Judgement(after, known: known, selection: RuleSelection()) { _ in true }
                #expect(judgement.new.count == expected, "seed \(seed)")
                #expect(judgement.passes(bearing: nil, isFrozen: false) == (expected == 0), "seed \(seed)")
                #expect(judgement.knownCount + judgement.new.count == after.count)
            }
            let text = Baseline(identities.shuffled(using: &generator)).text()
            #expect(try Baseline(reading: text) == Baseline(identities))
            if expected > 0 { failures += 1 }
        }
        // Both answers occur.
        #expect(failures > 20 && failures < 110, "\(failures)")
    }

    @Test func baselineText() throws {
        let odd = FindingIdentity(rule: "lwt/let", path: "#a\tb\\c\n", surroundings: "0123456789abcdef", ordinal: 3)
        var baseline = Baseline([odd])
        baseline.accept(odd, reason: "tabs\tand\nlines")
        #expect(try Baseline(reading: baseline.text()) == baseline)
        #expect(throws: Baseline.Failure.self) { try Baseline(reading: "nothing\n") }
        // A union of lines in any order, with doubles.
        let other = Baseline([odd.at("b.ml")])
        let union = try Baseline(reading: other.text() + baseline.text() + other.text())
        #expect(union.identities == [odd, odd.at("b.ml")])
        #expect(union.reason(for: odd) == "tabs\tand\nlines")
    }
}
