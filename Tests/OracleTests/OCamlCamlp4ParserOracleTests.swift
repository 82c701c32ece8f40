import OCamlSyntax
import Testing
import Text
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

    @Test func stocksOwnSyntax() async throws {
        try await compare(
            Camlp4Phrases.stockOnly + [
                "let x = 1", "let x = a;;\nlet y = b;;", "type t = A | B", "type t = { x : int }",
                "let f x = x [@foo]", "module type S = sig val x : int end",
            ],
            preprocessor: "camlp4o", dialects: [.camlp4, .streams])
    }

    /// The tree takes both syntaxes in one file, though camlp4 does not.
    @Test(arguments: Camlp4Phrases.stockOnly) func lenience(_ phrase: String) {
        let tree = Syntax.tree(Array(phrase.utf8), dialects: [.camlp4, .streams])
        #expect(tree.problems == 0)
        #expect(tree.rejectionByCamlp4 != nil)
    }

    /// The revised syntax: the same taken, and the same ranges of items.
    @Test func revisedSyntax() async throws {
        guard await Oracle.has("camlp4r"), await Oracle.has("ocamlc") else {
            return Oracle.skip("the revised syntax", because: "there is no camlp4r")
        }
        try await Oracle.withDirectory { directory in
            var accepted = 0
            for (index, phrase) in Camlp4Phrases.revised.enumerated() {
                let path = "\(directory)/r\(index).ml"
                let bytes = Array((phrase + "\n").utf8)
                try AtomicFileWriter.write(bytes, to: path)
                let answer = try await Oracle.run(
                    "ocamlc", ["-pp", "camlp4r", "-stop-after", "parsing", "-dparsetree", "-w", "-a", path])
                let tree = Syntax.tree(bytes, dialects: .revised)
                #expect((tree.problems == 0) == answer.succeeded, "\(phrase): \(tree.errors) \(answer.errorText)")
                guard answer.succeeded else { continue }
                accepted += 1
                // `structure_item (file[line,bol+column]..[…])` of the outermost items, two blanks deep.
                let items = answer.errorText.split(separator: "\n").filter { $0.hasPrefix("  structure_item") }
                let ranges = items.compactMap { line -> [Int]? in
                    let numbers = line.split { !$0.isNumber && $0 != "+" }.filter { $0.contains("+") }
                    return numbers.map { $0.split(separator: "+").compactMap { Int($0) }.reduce(0, +) }
                }
                let ours = tree.children(of: 0).map { [tree.range($0).start, tree.range($0).end] }
                #expect(ranges == ours, "\(phrase): \(ranges) \(ours)")
            }
            #expect(accepted > 5 && accepted < Camlp4Phrases.revised.count)
        }
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
                #expect(
                    (tree.rejectionByCamlp4 == nil) == answer.succeeded,
                    "\(phrase): \(tree.rejectionByCamlp4?.reason ?? "taken") \(answer.errorText)")
            }
            // Both answers occur, or the tool was not really asked.
            #expect(accepted > 5 && accepted < phrases.count)
        }
    }
}
