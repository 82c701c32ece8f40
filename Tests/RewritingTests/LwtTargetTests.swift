import Catalogue
import Findings
import Rewriting
import Testing

/// What becomes of Lwt's constructs that its ppx read by itself for some years.
@Suite struct LwtTargetTests {
    @Test func sequencesStayWhileThePPXReadsThem() throws {
        let source = "let f x = lwt y = g x in h y >> k\n"
        let day = TargetDate(2016, 3, 2)
        let once = try rewrite(source, day)
        #expect(once == "let f x = let%lwt y = g x in h y >> k\n")
        #expect(try rewrite(once, day) == once)
        #expect(try rewrite(source, TargetDate(2018, 1, 1)) == "let f x = let%lwt y = g x in let%lwt _ = h y in k\n")
    }

    @Test func sequencesGoWhereNothingElseCallsForThePPX() throws {
        let source = "let f x = g x >> raise_lwt Not_found\n"
        #expect(try rewrite(source, TargetDate(2016, 3, 2)) == "let f x = let%lwt _ = g x in Lwt.fail Not_found\n")
    }

    @Test(arguments: [
        (TargetDate(2014, 10, 22), "let a = 1\nlet%lwt n = start ()\nlet%lwt b = f a and _ = g a\n"),
        (
            TargetDate(2019, 10, 9),
            "let a = 1\nlet n = Lwt_main.run (start ())\nlet b, _ = Lwt_main.run (let%lwt t0 = f a and t1 = g a in Lwt.return (t0, t1))\n"
        ),
    ])
    func itemsRunTheMainLoop(_ day: TargetDate, _ expected: String) throws {
        #expect(try rewrite("let a = 1\nlwt n = start ()\nlwt b = f a and _ = g a\n", day) == expected)
    }

    @Test func commentsBetweenThePartsOfAHandlerComeAlong() throws {
        let source =
            "let f () =\n  try_lwt\n    (* a *)\n    g () (* b *)\n  with E -> h () (* c *)\n  finally k () (* d *)\n"
        let text = try rewrite(source, .newest)
        for comment in ["(* a *)\n    g () (* b *))", "h () (* c *)", "(* d *)"] { #expect(text.contains(comment)) }
        #expect(text.contains("let cleanup () = k () in"))
    }

    private func rewrite(_ source: String, _ day: TargetDate) throws -> String {
        let scanner = SourceScanner(Catalogue.index, nil, aim: Aim(target: day))
        let file = try #require(
            Rewriter().rewrite(Array(source.utf8), path: "a.ml", SourceJudge(scanner, path: "a.ml")))
        #expect(file.isAccepted)
        return String(decoding: file.after, as: UTF8.self)
    }
}
