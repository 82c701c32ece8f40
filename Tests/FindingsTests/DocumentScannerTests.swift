import Catalogue
import Findings
import Testing
import Text

/// Documents and comments that still show camlp4, and those that only seem to.
@Suite struct DocumentScannerTests {
    private let scanner = DocumentScanner(Catalogue.index)

    private func document(_ text: String) -> [String] {
        scanner.scan(document: Array(text.utf8), path: "README.md").findings.map {
            "\($0.start.line):\($0.start.column) \($0.rule)"
        }
    }

    private func source(_ text: String) -> [String] {
        scanner.scan(source: Array(text.utf8), path: "a.mli").findings.map {
            "\($0.start.line):\($0.start.column) \($0.rule)"
        }
    }

    @Test(arguments: [
        ("# Use\n\n```ocaml\nlet f () =\n  lwt x = g () in\n  h x\n```\n", ["5:2 lwt/let"]),
        ("Text\n\n    type t = int with sexp\n\nmore\n", ["3:17 type_conv/with"]),
        ("Add `package(lwt.syntax)` to `_tags`.\n", ["1:13 lwt/document"]),
        ("Needs camlp4, and type_conv.\n", ["1:6 camlp4/document", "1:18 type_conv/document"]),
        ("ocamlfind c -syntax camlp4o -package sexplib.syntax\n", ["1:20 camlp4/document", "1:37 sexplib/document"]),
        ("\\begin{verbatim}\ntype t = int with sexp\n\\end{verbatim}\n", ["2:13 type_conv/with"]),
        ("<pre><code>type t = int with sexp\n</code></pre>\n", ["1:24 type_conv/with"]),
    ]) func shows(text: String, expected: [String]) {
        #expect(document(text) == expected)
    }

    @Test(arguments: [
        "Lwt threads: lwt is a library. Enumerate the values in this format, deriving nothing.\n",
        "See https://github.com/camlp4/camlp4 and [old](https://x.org/lwt.syntax).\n",
        "```ocaml\nlet%lwt x = f () in g x\n```\n", "```\nmake install\n```\n", "",
        "`unclosed\n```ocaml\nlet x = 1\n",
        // Code in other languages, and a toplevel's prompt.
        "    value = (byte[0] << 8*(n-1)) | (byte[1] << 8*(n-2)) |\n            ... | byte[n-1];\n",
        "```\n# let x = 1;;\nval x : int = 1\n```\n",
    ]) func showsNothing(text: String) {
        #expect(document(text) == [])
    }

    @Test(arguments: [
        ("Types end in `with sexp`, threads in ``try_lwt``.\n", ["1:14 sexplib/document", "1:39 lwt/document"]),
        ("Write `lwt x = …` or `lwt (a, b) = f ()`.\n", ["1:7 lwt/let", "1:24 lwt/let"]),
        ("As in `type t = int with sexp, bin_io`.\n", ["1:20 type_conv/with"]),
        ("<p>Use <code>match_lwt</code>.</p>\n", ["1:13 lwt/document"]),
        ("It needs `camlp4`. The old one no longer does.\n", ["1:10 camlp4/document"]),
    ]) func showsInLines(text: String, expected: [String]) {
        #expect(document(text) == expected)
    }

    @Test(arguments: [
        "`lwt`, `with`, `with_sexp`, `with compare and more`, `lwt == x`, `List.sort with compare`, `parser`\n",
        "`a >> b`, `test = fun`, `for x in y`, `make TEST=1`, `lwt = 1`, `$HOME`\n",
        // Of the past.
        "Since 1.2 it no longer needs lwt.syntax.\n", "The library was ported from camlp4 to ppx.\n",
        "lwt.syntax is no longer needed.\n", "It used to need\ncamlp4 and `try_lwt`.\n", "camlp4 was dropped in 2.0.\n",
        "It does not depend on camlp4 any more.\n", "This is the old `try_lwt`.\n",
    ]) func showsNothingInLines(text: String) {
        #expect(document(text) == [])
    }

    @Test func blocksOfAsciiDoc() {
        let text = "Use\n[source,ocaml]\n----\nlet f () = lwt x = g () in h x\n----\nmore\n"
        func rules(_ path: String) -> [String] {
            scanner.scan(document: Array(text.utf8), path: path).findings.map { "\($0.start.line) \($0.rule)" }
        }
        #expect(rules("a.adoc") == ["4 lwt/let"])
        #expect(rules("a.md") == [])
    }

    @Test func bracketsInComments() {
        #expect(
            source("(** [lwt x = …] binds, [with sexp] derives. *)\nval f : int\n") == [
                "1:5 lwt/let", "1:26 sexplib/document",
            ])
        #expect(source("(** [lwt], [x] and [a.(0)] [%lwt x = y]. *)\nval f : int\n") == [])
        let index = scanner.scan(document: Array("{1 Use} [try_lwt e with x -> y]\n".utf8), path: "index.mld")
        #expect(index.findings.map(\.extension) == ["lwt"])
    }

    @Test func commentsOfInterfaces() {
        #expect(
            source("(** Use it so: {[ let f () = lwt x = g () in h x ]} or with [lwt.syntax]. *)\nval f : int\n")
                == ["1:29 lwt/let", "1:61 lwt/document"])
        #expect(source("(** {[ let%lwt x = f () in g x ]} *)\nval lwt : int\n") == [])
        #expect(source("let s = \"lwt.syntax\"\n") == [])
    }

    @Test func headsAndScripts() {
        #expect(source("(*pp camlp4orf *)\nlet x = 1\n") == ["1:0 camlp4/directive"])
        #expect(
            source("#use \"topfind\";;\n#require \"lwt.syntax\";;\n#camlp4o;;\n") == [
                "2:0 lwt/directive", "3:0 camlp4/directive",
            ])
        #expect(source("#require \"lwt_ppx\";;\n") == [])
    }

    @Test func whatIsADocument() {
        for name in ["README", "README.md", "INSTALL.txt", "manual.tex", "index.mld", "HACKING"] {
            #expect(DocumentScanner.takes(fileName: name), "\(name)")
        }
        for name in ["CHANGES.md", "LICENSE.md", "a.ml", "data.txt", "CHANGELOG.md"] {
            #expect(!DocumentScanner.takes(fileName: name), "\(name)")
        }
    }

    @Test func latinOne() {
        let result = scanner.scan(document: [0xE9, 0x20] + Array("camlp4\r\n".utf8), path: "README")
        #expect(result.findings.map(\.start.column) == [2])
    }
}
