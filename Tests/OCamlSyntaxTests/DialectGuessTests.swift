import OCamlSyntax
import Testing

/// What a lone file's content is taken to show, and how sure that is.
@Suite struct DialectGuessTests {
    private func shown(_ source: String) -> [String: ShownDialect.Confidence] {
        Dictionary(
            Syntax.dialectsShown(by: Array(source.utf8)).map { ($0.dialect.description, $0.confidence) },
            uniquingKeysWith: max)
    }

    @Test(arguments: [
        ("let f () = lwt x = g () in h x\nlet () = match_lwt a with b -> c", "lwt"),
        ("cstruct h { uint8_t a } as big_endian", "cstruct"),
        ("let x = o##p <- 1", "js_of_ocaml"),
        ("type t = int with sexp", "camlp4"),
        ("let f = parser [< 'a >] -> b", "streams"),
        ("let x = [< 'a >]", "streams"),
        ("IFDEF A THEN let x = 1 ELSE let x = 2 END", "macro"),
        ("let x = 1\n#if a\nlet y = 2\n#endif\ntype t = int with sexp", "optcomp"),
        ("open List;\nvalue x = 1;\nvalue y = 2;", "revised"),
        ("(*pp camlp4of *)\nlet f = parser [< >] -> b", "extend"),
        ("{client{ let x = 1 }}", "eliom"),
        ("let f = {unit{ g () }}", "eliom"),
        ("let regexp a = ['a'-'z']+", "ulex"),
    ]) func isCertain(_ source: String, _ dialect: String) {
        let confidence = shown(source)[dialect]
        #expect(confidence == .certain || dialect == "streams" && confidence == .likely, "\(source)")
    }

    /// Stock takes these: nothing may be certain.
    @Test(arguments: [
        "let lwt x = x let y = lwt 1", "let TEST = TEST", "type t = TEST let f = function TEST -> 1",
        "let cstruct parser lexer = parser + lexer", "let f = a >> b", "TEST \"x\" = a", "let x = o ## m (a)",
        "let x = { a = { b = 1 }}", "let f perform = perform x", "let x = jsnew c (d)", "let x = a < b > c",
        "let%lwt x = y in z", "type t = int [@@deriving sexp]",
    ]) func stockCodeIsNeverCertain(_ source: String) {
        #expect(Syntax.rejectionByStock(Array(source.utf8)) == nil, "\(source)")
        #expect(!shown(source).values.contains(.certain), "\(source)")
    }

    /// Words of extensions that are off stay names.
    @Test func wordsStayNames() {
        let source = "type t = int with sexp\nlet f lwt parser = lwt parser finally cstruct"
        let reading = Syntax.reading(Array(source.utf8))
        #expect(reading.tree.problems == 0)
        #expect(!reading.tree.kinds.contains(.keyword))
        #expect(reading.isCamlp4)
    }

    @Test(arguments: [
        ("type t = int with sexp type u = int [@@deriving show]", true),
        ("type t = int with sexp let x = [%here]", true),
        ("type t = int with sexp let%lwt x = y", true), ("type t = int with sexp", false),
        ("type u = int [@@deriving show]", false),
    ]) func mixedFilesAreTold(_ source: String, _ isMixed: Bool) {
        #expect(Syntax.reading(Array(source.utf8)).isMixed == isMixed, "\(source)")
    }

    /// Branches that cannot stand one behind the other are read one by one.
    @Test func branchesOfConditionals() {
        let source =
            "let f = function\n#if a\n  | A -> (\n#else\n  | B -> ((\n#endif\n  1\n#if a\n  )\n#else\n  ))\n#endif\n"
        let trees = Syntax.branches(Array(source.utf8), dialects: [.camlp4, .optcomp])
        #expect(trees.map(\.problems) == [0, 0])
        #expect(Syntax.tree(Array(source.utf8), dialects: [.camlp4, .optcomp]).problems == 0)
        let directives = OptcompLines.directives(in: Lexer.tokenize(Array(source.utf8), rules: .camlp4))
        #expect(directives.map(\.kind) == [.opening, .alternative, .closing, .opening, .alternative, .closing])
    }
}
