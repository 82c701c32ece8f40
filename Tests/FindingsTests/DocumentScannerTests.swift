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
