import BuildFiles
import Catalogue
import Findings
import Rewriting
import Testing
import Workspace

/// A second run changes nothing, on every example of the catalogue and every source of the corpus; and a file that is taken as
/// it stands and shows nothing stays as it is.
@Suite struct IdempotenceTests {
    @Test func examples() throws {
        for rule in Catalogue.all.flatMap(\.rules) {
            for example in rule.examples {
                switch example {
                case .reported(let text), .silent(let text), .rewritten(let text, _):
                    for on in [nil, Catalogue.index.closure(of: [rule.extension])] {
                        try check(text, rule.id, on, ending: "\n")
                        try check(text, rule.id, on, ending: "\r\n")
                    }
                case .ordinary(let text):
                    let file = try #require(rewrite(Array(text.utf8), "a.ml"))
                    #expect(file.after == file.before, "an ordinary program was changed: \(text)")
                }
            }
        }
    }

    private func check(_ text: String, _ rule: String, _ on: [String]?, ending: String) throws {
        let unmarked = text.filter { $0 != "«" && $0 != "»" }.replacing("\n", with: ending)
        let once = try #require(rewrite(Array(unmarked.utf8), "a.ml", on))
        let twice = try #require(rewrite(once.after, "a.ml", on))
        #expect(
            twice.after == once.after,
            "\(rule): a second run makes\n\(String(decoding: twice.after, as: UTF8.self))\nof\n\(String(decoding: once.after, as: UTF8.self))"
        )
    }

    @Test func corpus() throws {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let walk = try FileWalker(root: "\(root)/corpus") { SourceLanguage.isSource(fileName: $0) }
        var count = 0
        for entry in walk.files {
            let bytes = try FileReader.read(entry.location)
            guard let once = rewrite(bytes, entry.path) else { continue }
            let twice = try #require(rewrite(once.after, entry.path))
            #expect(twice.after == once.after, "a second run changes \(entry.path)")
            #expect(once.isAccepted || !once.leftovers.isEmpty, "\(entry.path): nothing is said")
            count += 1
        }
        #expect(count > 50)
    }

    private func rewrite(_ bytes: [UInt8], _ path: String, _ on: [String]? = nil) -> RewrittenFile? {
        let scanner = SourceScanner(Catalogue.index, nil)
        if let on { return Rewriter().rewrite(bytes, path: path, SourceJudge(scanner, path: path, turnedOn: on)) }
        return Rewriter().rewrite(bytes, path: path, SourceJudge(scanner, path: path))
    }
}
