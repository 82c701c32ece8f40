import Catalogue
import Findings
import Rewriting
import Testing
import Text

/// The rewriter on texts of which every byte is known.
@Suite struct RewriterTests {
    @Test func convertsAndSaysWhatIsLeft() throws {
        let file = try rewrite(
            "type t = int with sexp\nlet f () =\n  lwt x = g () in\n  try_lwt h x >> k with E -> j\nlet s = <:html< <b>x</b> >>\n",
            leaving: ["lwt"])
        #expect(
            text(file.after)
                == "type t = int [@@deriving sexp]\nlet f () =\n  lwt x = g () in\n  try_lwt h x >> k with E -> j\nlet s = <:html< <b>x</b> >>\n"
        )
        #expect(file.converted.map(\.rule) == ["type_conv/with"])
        #expect(file.leftovers.contains { $0.description.hasPrefix("a.ml:3:2: lwt/let: left out as asked") })
        #expect(file.outcome == .partly)
        #expect(!file.isAccepted)
    }

    @Test func whatNeedsNothingComesOutAsItWas() throws {
        let file = try rewrite("let x = 1\r\n(* caf\u{E9} *)", path: "a.ml")
        #expect(file.after == file.before)
        #expect(file.leftovers.isEmpty)
        #expect(file.outcome == .unchanged)
    }

    @Test func bytesOutsideOfEditsStay() throws {
        let before: [UInt8] =
            Array("(* caf".utf8) + [0xE9, 0xFF] + Array(" *)\r\ntype t =\tint  with sexp  (* a *)\r\n".utf8)
        let after: [UInt8] =
            Array("(* caf".utf8) + [0xE9, 0xFF] + Array(" *)\r\ntype t =\tint  [@@deriving sexp]  (* a *)\r\n".utf8)
        #expect(try rewrite(before).after == after)
    }

    @Test func whatNoRuleExplainsIsStillTold() throws {
        let file = try rewrite("let x = 1\nlet y = = 2\n")
        #expect(file.after == file.before)
        #expect(file.leftovers.map(\.rule) == ["ocaml/rejected"])
        #expect(file.leftovers.first?.place.line == 2)
        #expect(file.outcome == .failed)
    }

    // MARK: Edits that do harm

    @Test func anEditThatDoesHarmIsBackedOutAlone() throws {
        let judge = WordJudge(edits: ["bad": "let let", "one": "1", "two": "2"])
        let source = "let a = one\nlet b = bad\nlet c = two\nlet d = one\n"
        let file = try #require(Rewriter().rewrite(Array(source.utf8), path: "a.ml", judge))
        #expect(text(file.after) == "let a = 1\nlet b = bad\nlet c = 2\nlet d = 1\n")
        #expect(file.leftovers.map(\.place.line) == [2])
        #expect(file.leftovers.first?.kind == .refused)
        #expect(file.leftovers.first?.reason.hasPrefix("its edit makes OCaml reject the file") ?? false)
    }

    /// To stock OCaml `INCLUDE "f"` is an expression, and a line of cppo's is none.
    @Test func whatCppoTakesInIsNoHarm() throws {
        let scanner = SourceScanner(Catalogue.index, nil)
        let judge = SourceJudge(scanner, path: "a.ml", turnedOn: ["camlp4", "camlp4-macro"])
        let source = "module M = struct\n  INCLUDE \"common.ml\"\nend\n"
        let file = try #require(Rewriter().rewrite(Array(source.utf8), path: "a.ml", judge))
        #expect(text(file.after) == "module M = struct\n#include \"common.ml\"\nend\n")
        #expect(!file.isAccepted)
    }

    @Test func anEditThatLeavesItsConstructIsBackedOut() throws {
        let judge = WordJudge(edits: ["again": "again "])
        let file = try #require(Rewriter().rewrite(Array("let a = again\n".utf8), path: "a.ml", judge))
        #expect(text(file.after) == "let a = again\n")
        #expect(file.leftovers.map(\.reason) == ["its edit leaves what it was to replace"])
    }

    @Test func manyBadEditsAmongManyGoodOnes() throws {
        let judge = WordJudge(edits: ["bad": "in in", "good": "1"])
        let words = (0..<200).map { $0 % 17 == 3 ? "bad" : "good" }
        let source = words.map { "let _ = \($0)\n" }.joined()
        let file = try #require(Rewriter().rewrite(Array(source.utf8), path: "a.ml", judge))
        #expect(text(file.after) == words.map { "let _ = \($0 == "bad" ? $0 : "1")\n" }.joined())
        #expect(file.leftovers.count == words.count { $0 == "bad" })
    }

    @Test func editsThatTouchTheSameTextAreNotBothMade() throws {
        let judge = WordJudge(edits: ["one": "1"], wide: true)
        let file = try #require(Rewriter().rewrite(Array("let a = one + one\n".utf8), path: "a.ml", judge))
        // The outer edit swallows the inner ones, so it alone is made.
        #expect(text(file.after) == "let a = 0\n")
    }

    // MARK: Selection

    @Test func onlyAndExceptAndSafeOnly() throws {
        let source = "type t = int with sexp\nlet f () = lwt x = g () in h x\n"
        #expect(text(try rewrite(source, only: ["lwt"]).after).contains("with sexp\nlet f () = let%lwt"))
        #expect(text(try rewrite(source, only: ["type_conv/with"]).after).contains("[@@deriving sexp]\nlet f () = lwt"))
        #expect(text(try rewrite(source, leaving: ["lwt/let"]).after).contains("= lwt x"))
    }

    private func rewrite(
        _ source: String, path: String = "a.ml", only: Set<String> = [], leaving: Set<String> = []
    ) throws -> RewrittenFile {
        try rewrite(Array(source.utf8), path: path, only: only, leaving: leaving)
    }

    private func rewrite(
        _ bytes: [UInt8], path: String = "a.ml", only: Set<String> = [], leaving: Set<String> = []
    ) throws -> RewrittenFile {
        var selection = Selection()
        selection.only = only
        selection.except = leaving
        let judge = SourceJudge(SourceScanner(Catalogue.index, nil), path: path)
        return try #require(Rewriter(selection).rewrite(bytes, path: path, judge))
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

/// Finds words and wants others in their place, whether that is sensible or not; what is left is judged as OCaml.
private struct WordJudge: Judge {
    let edits: [String: String]
    /// Also finds the whole of what stands behind `=`, and wants a zero there.
    var wide = false

    func judge(_ bytes: [UInt8]) -> Judgement? {
        guard case .scanned(let file) = SourceScanner(Catalogue.index, nil).scan(bytes, path: "a.ml") else {
            return nil
        }
        return Judgement(
            findings: findings(in: bytes), problems: file.problems, isAccepted: file.acceptedByStock,
            rejection: file.rejection)
    }

    private func findings(in bytes: [UInt8]) -> [Finding] {
        let lines = LineTable(bytes)
        func finding(_ range: ByteRange, _ rule: String, _ replacement: String) -> Finding {
            Finding(
                rule: rule, extension: "test", path: "a.ml", start: lines.position(of: range.start),
                end: lines.position(of: range.end), message: "a word", fix: .safe([Edit(range, replacement)]),
                sourceLine: [])
        }
        var found: [Finding] = []
        var start = 0
        for end in 0...bytes.count {
            if end < bytes.count, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[end]) { continue }
            let word = String(decoding: bytes[start..<end], as: UTF8.self)
            if let replacement = edits[word] {
                found.append(finding(ByteRange(start, end), "test/\(word)", replacement))
            }
            start = end + 1
        }
        if wide, let equal = bytes.firstIndex(of: UInt8(ascii: "=")), bytes[(equal + 1)...].contains(UInt8(ascii: "+"))
        {
            found.insert(finding(ByteRange(equal + 2, bytes.count - 1), "test/wide", "0"), at: 0)
        }
        return found
    }
}
