import OCamlSyntax
import Testing
import Workspace

/// What camlp4 takes, we take with its dialects on, and what it refuses, we refuse.
@Suite struct OCamlCamlp4ParserOracleTests {
    @Test func originalSyntax() async throws {
        try await compare(Camlp4Phrases.original, preprocessor: "camlp4o", dialects: [.camlp4, .streams])
    }

    @Test func macrosComprehensionsAndExtensions() async throws {
        try await compare(
            Camlp4Phrases.full, preprocessor: "camlp4of",
            dialects: [.camlp4, .streams, .macros, .comprehensions, .grammarExtensions])
    }

    /// Where we are known to be laxer, we are; so nobody relies on the list when it has become wrong.
    @Test(arguments: Camlp4Phrases.lenient) func lenience(_ phrase: String) {
        #expect(Syntax.tree(Array(phrase.utf8), dialects: [.camlp4, .streams]).problems == 0)
    }

    private func compare(_ phrases: [String], preprocessor: String, dialects: Dialects) async throws {
        guard await Oracle.has(preprocessor), await Oracle.has("ocamlc") else {
            return Oracle.skip("the syntax of \(preprocessor)", because: "there is no \(preprocessor)")
        }
        try await Oracle.withDirectory { directory in
            var accepted = 0
            for (index, phrase) in phrases.enumerated() {
                let path = "\(directory)/p\(index).ml"
                try AtomicFileWriter.write(Array((phrase + "\n").utf8), to: path)
                // A dump, since camlp4's printers take more than the compiler then does.
                let answer = try await Oracle.run(
                    "ocamlc", ["-pp", preprocessor, "-stop-after", "parsing", "-w", "-a", path])
                if answer.succeeded { accepted += 1 }
                let tree = Syntax.tree(Array((phrase + "\n").utf8), dialects: dialects)
                #expect((tree.problems == 0) == answer.succeeded, "\(phrase): \(tree.errors) \(answer.errorText)")
            }
            // Both answers occur, or the tool was not really asked.
            #expect(accepted > 5 && accepted < phrases.count)
        }
    }
}
