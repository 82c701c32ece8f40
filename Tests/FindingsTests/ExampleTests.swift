import Catalogue
import Findings
import Testing
import Text

/// Every example of every rule of the catalogue, as it stands and in the surroundings in which constructs hide.
@Suite struct ExampleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let rule: String
        let example: Example

        var testDescription: String { "\(rule): \(example)" }
    }

    static let cases: [Case] = Catalogue.all.flatMap(\.rules).flatMap { rule in
        rule.examples.map { Case(rule: rule.id, example: $0) }
    }

    @Test(arguments: cases) func asItStands(_ entry: Case) {
        switch entry.example {
        case .reported(let text), .rewritten(let text, _):
            let (bytes, marks) = unmarked(text)
            let findings = scan(bytes, on: entry.rule).findings
            #expect(findings.map(\.range) == marks, "found \(findings.map { "\($0.rule) \($0.range)" })")
            #expect(findings.contains { $0.rule == entry.rule })
        case .silent(let text):
            #expect(scan(Array(text.utf8), on: entry.rule).findings.map(\.rule) == [])
        case .ordinary(let text):
            #expect(scan(Array(text.utf8), on: nil).findings.map(\.rule) == [])
            #expect(scan(Array(text.utf8), turnedOn: []).findings.map(\.rule) == [])
        }
    }

    @Test(arguments: cases) func editsGiveWhatIsShown(_ entry: Case) {
        guard case .rewritten(let text, let expected) = entry.example else { return }
        let (bytes, _) = unmarked(text)
        let script = EditScript(
            scan(bytes, on: entry.rule).findings.inNestingOrder().map {
                EditScript.Group(owner: $0.construct, edits: $0.fix.edits)
            })
        #expect(script.refused == [], "edits overlap")
        let rewritten = script.applied(to: bytes).bytes
        #expect(String(decoding: rewritten, as: UTF8.self) == expected)
        #expect(scan(rewritten, on: nil).findings.map(\.rule) == [], "what was written is found again")
        // What has lines for cppo is no OCaml before cppo has read it.
        if expected.hasPrefix("#") || expected.contains("\n#") { return }
        #expect(scan(rewritten, turnedOn: []).acceptedByStock)
    }

    @Test(arguments: cases) func notInAComment(_ entry: Case) {
        // It finds comments.
        if entry.rule == "camlp4-lexer/comment" { return }
        let comment =
            Array("let a = 1\n(* ".utf8) + unmarked(text(of: entry.example)).bytes + Array(" *)\nlet b = 2\n".utf8)
        #expect(scan(comment, on: entry.rule).findings.map(\.rule) == [])
    }

    @Test(arguments: cases) func notInAString(_ entry: Case) {
        var string = Array("let a = \"".utf8)
        for byte in unmarked(text(of: entry.example)).bytes {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { string.append(UInt8(ascii: "\\")) }
            string.append(byte)
        }
        string += Array("\"\n".utf8)
        #expect(scan(string, on: entry.rule).findings.map(\.rule) == [])
    }

    @Test(arguments: cases) func withCRLF(_ entry: Case) {
        let lines = text(of: entry.example).replacing("\n", with: "\r\n")
        let (bytes, marks) = unmarked(lines)
        switch entry.example {
        case .reported, .rewritten: #expect(scan(bytes, on: entry.rule).findings.map(\.range) == marks)
        case .silent: #expect(scan(bytes, on: entry.rule).findings.isEmpty)
        case .ordinary: #expect(scan(bytes, on: nil).findings.isEmpty)
        }
    }

    /// Rules for what stands at the head of a file, or is the whole of it.
    private static let ofTheHead: Set = ["camlp4-revised/file", "camlp5-extend-quotations/load"]

    @Test(arguments: cases.filter { !ofTheHead.contains($0.rule) }) func afterBytesThatAreNoASCII(_ entry: Case) {
        let before: [UInt8] =
            Array("(* caf".utf8) + [0xE9, 0xFF] + Array(" \u{1F42B} *) let _ = \"".utf8) + [0xE8] + Array("\"\n".utf8)
        let (bytes, marks) = unmarked(text(of: entry.example))
        let moved = marks.map { ByteRange($0.start + before.count, $0.end + before.count) }
        switch entry.example {
        case .reported, .rewritten: #expect(scan(before + bytes, on: entry.rule).findings.map(\.range) == moved)
        case .silent: #expect(scan(before + bytes, on: entry.rule).findings.isEmpty)
        case .ordinary: #expect(scan(before + bytes, on: nil).findings.isEmpty)
        }
    }

    private func text(of example: Example) -> String {
        switch example {
        case .reported(let text), .silent(let text), .ordinary(let text), .rewritten(let text, _): text
        }
    }
}

@Suite struct CatalogueTests {
    @Test func idsAreUniqueAndRulesBelongToTheirExtension() {
        let ids = Catalogue.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        let rules = Catalogue.all.flatMap(\.rules).map(\.id)
        #expect(Set(rules).count == rules.count)
        for entry in Catalogue.all {
            for rule in entry.rules {
                #expect(rule.id.hasPrefix(entry.id + "/"))
                #expect(!rule.examples.isEmpty)
                #expect(
                    rule.examples.contains { example in
                        switch example {
                        case .reported, .rewritten: true
                        default: false
                        }
                    }, "\(rule.id) shows nothing that it reports")
            }
        }
    }

    @Test(arguments: Catalogue.all.map(\.id)) func everyEntrySaysWhatIsToKnow(_ id: String) throws {
        let entry = try #require(Catalogue.index.named(id))
        #expect(!entry.title.isEmpty)
        #expect(!entry.turnedOn.isEmpty)
        #expect(!entry.caveats.isEmpty)
    }

    @Test func whatIsImpliedExists() {
        for entry in Catalogue.all {
            for id in entry.implies { #expect(Catalogue.index.named(id) != nil, "\(entry.id) implies \(id)") }
            for tag in entry.quotations { #expect(Catalogue.index.quotation(tag) != nil) }
        }
    }

    @Test func namesLeadToOneExtension() {
        var seen: [String: String] = [:]
        for entry in Catalogue.all {
            for name in entry.findlib {
                #expect(seen[name] == nil, "\(name) names \(seen[name] ?? "") and \(entry.id)")
                seen[name] = entry.id
            }
        }
        #expect(Catalogue.index.findlib("lwt.syntax")?.id == "lwt")
        #expect(Catalogue.index.archive("+lwt/pa_lwt.cmo")?.id == "lwt")
        #expect(
            Catalogue.index.closure(of: ["pa_test"]) == [
                "camlp4", "camlp4-stream-parsers", "comparelib", "pa_test", "sexplib", "type_conv",
            ])
    }
}

// MARK: what the tests of this target share

/// The bytes without marks, and the ranges from each `«` to its `»`: in the order in which they begin, outer ones first.
func unmarked(_ text: String) -> (bytes: [UInt8], marks: [ByteRange]) {
    var bytes: [UInt8] = []
    var marks: [ByteRange] = []
    var open: [Int] = []
    for scalar in text.unicodeScalars {
        switch scalar {
        case "«":
            open.append(marks.count)
            marks.append(ByteRange(bytes.count, bytes.count))
        case "»":
            guard let mark = open.popLast() else {
                Issue.record("a mark too many in \(text)")
                continue
            }
            marks[mark].end = bytes.count
        default: bytes += Array(String(scalar).utf8)
        }
    }
    if !open.isEmpty { Issue.record("a mark without end in \(text)") }
    return (bytes, marks)
}

/// One for all: it takes longer to make than an example to scan.
private let exampleScanner = SourceScanner(Catalogue.index, nil)

/// Scans with the extension of a rule on, or by content.
func scan(_ bytes: [UInt8], on rule: String?, path: String = "a.ml") -> ScannedFile {
    let id = rule.map { String($0.prefix { $0 != "/" }) }
    return scan(bytes, turnedOn: id.map { Catalogue.index.closure(of: [$0]) }, path: path)
}

func scan(_ bytes: [UInt8], turnedOn: [String]?, path: String = "a.ml") -> ScannedFile {
    if case .scanned(let file) = exampleScanner.scan(bytes, path: path, turnedOn: turnedOn) { return file }
    Issue.record("not scanned")
    return ScannedFile(
        path: path, size: 0, dialect: .content, turnedOn: [], extensions: [], findings: [], acceptedByStock: true,
        mixed: false, partial: "not scanned")
}
