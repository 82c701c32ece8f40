import BuildFiles
import Catalogue
import Findings
import Rewriting
import Testing
import Text

/// Lines of build files stay as long as a source that they speak of needs them.
@Suite struct NeedsTests {
    private static let tags = """
        <lib/*.ml>: package(lwt.syntax), syntax(camlp4o)
        <test/*.ml>: package(lwt.syntax), syntax(camlp4o)
        <lib/*.ml>: package(sexplib.syntax)
        """

    /// For each line the extensions of its findings that have to stay.
    private func kept(_ leftovers: [(path: String, rule: String)]) throws -> [[String]] {
        let bytes = Array(Self.tags.utf8)
        let format = try #require(BuildFormat.of(path: "_tags"))
        let file = format.read(bytes, path: "_tags")
        let result = MetadataScanner(Catalogue.index).scan(file, bytes)
        let sources = leftovers.map { path, rule in
            CheckoutSource(
                path: path, uses: [String(rule.prefix { $0 != "/" })], converted: [],
                leftovers: [
                    Leftover(
                        kind: .manual, path: path, place: Position(offset: 0, line: 1, column: 0), rule: rule,
                        reason: "")
                ], namesCamlp4: false)
        }
        let migration = MetadataMigration(
            [CheckoutBuild(file: file, bytes: bytes, result: result)], sources: sources, Catalogue.index, aim: Aim())
        let outcome = try #require(migration.outcome(of: "_tags"))
        return (1...3).map { line in
            outcome.findings.filter { $0.start.line == line && $0.fix.safety == .manual }.map(\.extension)
        }
    }

    @Test func nothingStaysWhereNothingIsLeft() throws {
        #expect(try kept([]) == [[], [], []])
    }

    @Test func whatIsLeftKeepsItsExtensionAndCamlp4WhereItStands() throws {
        #expect(try kept([("lib/a.ml", "lwt/try")]) == [["lwt", "camlp4"], [], []])
        #expect(try kept([("test/a.ml", "lwt/try")]) == [[], ["lwt", "camlp4"], []])
    }

    @Test func aClauseKeepsItsGenerators() throws {
        #expect(try kept([("lib/a.ml", "type_conv/with")]) == [["camlp4"], [], ["sexplib"]])
    }

    @Test func whatNoRuleExplainsKeepsCamlp4() throws {
        #expect(try kept([("lib/a.ml", "ocaml/rejected")]) == [["camlp4"], [], []])
    }
}
