import Catalogue
import Findings
import Rewriting
import Testing

/// Sources whose first line says what reads them: `(*pp camlp4o pa_lwt.cmo *)`.
@Suite struct HeadCommentTests {
    private func rewrite(_ text: String) throws -> RewrittenFile {
        let judge = SourceJudge(SourceScanner(Catalogue.index, nil), path: "a.ml")
        return try #require(Rewriter().rewrite(Array(text.utf8), path: "a.ml", judge))
    }

    @Test(arguments: [
        ("(*pp camlp4o pa_lwt.cmo *)\nlet f g =\n  lwt x = g () in\n  x\n", "let f g =\n  let%lwt x = g () in\n  x\n"),
        (
            "(*pp camlp4o `ocamlfind q lwt` *)\r\nlet f g =\r\n  lwt x = g () in x\r\n",
            "let f g =\r\n  let%lwt x = g () in x\r\n"
        ),
        ("(*pp camlp4orf*)\nlet x = 1\n", "let x = 1\n"),
        ("(*pp camlp4o *) let x = 1\n", " let x = 1\n"),
        (
            "(*pp camlp4o pa_macro.cmo -DX *)\nIFDEF X THEN\nlet a = 1\nEND\n",
            "(*pp cppo -D X *)\n#ifdef X\nlet a = 1\n#endif\n"
        ),
    ]) func theLineGoesWithWhatNeededIt(before: String, after: String) throws {
        let file = try rewrite(before)
        #expect(String(decoding: file.after, as: UTF8.self) == after)
        #expect(file.leftovers.isEmpty)
        #expect(try rewrite(after).after == Array(after.utf8))
    }

    @Test(arguments: [
        "(*pp camlp4o *)\nlet x = <:foo< a >>\n", "(*pp camlp4r *)\nlet x = 1\n",
        "(*pp camlp4o pa_macro.cmo -DX=1 *)\n#ifdef X\nlet a = 1\n#endif\n",
    ]) func itStaysWhileSomethingNeedsIt(text: String) throws {
        let file = try rewrite(text)
        #expect(!file.isChanged)
        #expect(file.leftovers.first?.description.hasPrefix("a.ml:1:0: camlp4/directive: ") == true)
    }

    @Test(arguments: ["(*pp ./pp.sh *)\nlet x = 1\n", "(* camlp4o *)\nlet x = 1\n", "\n(*pp camlp4o *)\nlet x = 1\n"])
    func othersAreNone(text: String) throws {
        let file = try rewrite(text)
        #expect(!file.isChanged && file.leftovers.isEmpty)
    }

    @Test func itSaysWhatIsOn() throws {
        // By its words alone `>>` is an operator; the line makes it Lwt's.
        let line = "(*pp camlp4o pa_lwt.cmo *)\n"
        let text = "let f a b = a >> b\n"
        guard case .scanned(let plain) = SourceScanner(Catalogue.index, nil).scan(Array(text.utf8), path: "a.ml"),
            case .scanned(let told) = SourceScanner(Catalogue.index, nil).scan(Array((line + text).utf8), path: "a.ml")
        else {
            Issue.record("no OCaml")
            return
        }
        #expect(plain.findings.isEmpty)
        #expect(told.findings.map(\.rule) == ["camlp4/directive", "lwt/bind"])
        #expect(told.turnedOn.contains("lwt"))
    }
}
