import Catalogue
import Findings
import Rewriting
import Testing
import Workspace

/// Programs with camlp4's macros, built with camlp4 and, converted, with cppo: for the same `-D` they print the same.
@Suite struct MacroOracleTests {
    private static let names = ["", "A", "B", "AB"]

    private static let programs = [
        """
        IFDEF A THEN
        let x = 1
        ELSE
        let x = 2
        ENDIF
        let () = print_int x
        """,
        "let x = IFNDEF A THEN 10 ELSE IFDEF B THEN 3 ELSE 4 END END + 5\nlet () = print_int x",
        """
        let say s = print_string s
        let f () =
          IFDEF A THEN say "a" END;
          IFDEF B THEN match 1 with 1 -> say "one" | _ -> say "other" END;
          say "end"
        let () = f ()
        """,
        """
        let f = function IFDEF A THEN Some x ELSE x END -> x
        let () = print_int (f IFDEF_ARGUMENT)
        """.replacing("IFDEF_ARGUMENT", with: "(IFDEF A THEN (Some 1) ELSE 2 END)"),
        """
        DEFINE N = 3
        DEFINE TWICE(x) = x * 2
        DEFINE ADD(x, y) =
          x + y
        let () = print_int (TWICE (N + 1)); print_int (ADD(N, 2) * 10); print_int (TWICE(ADD(1, 1)))
        """,
        """
        IFDEF A THEN
        DEFINE GREETING = "hello"
        ELSE
        DEFINE GREETING = "good" ^ "bye"
        END
        let () = print_string GREETING
        module M = struct IFDEF B THEN let y = 1 ELSE let y = 2 END end
        let () = print_int M.y
        """,
        "let f x = DEFINE k = x + 1 IN k * k\nlet () = print_int (f 3)",
        "DEFINE C\nIFDEF C THEN let x = 1 ELSE let x = 2 END\nUNDEF C\nIFDEF C THEN let y = 1 ELSE let y = 2 END\nlet () = print_int (x * 10 + y)",
    ]

    @Test func theSameIsPrinted() async throws {
        for tool in ["camlp4o", "cppo", "ocamlfind", "ocamlc"] {
            guard await Oracle.has(tool) else {
                return Oracle.skip("programs with macros", because: "there is no \(tool)")
            }
        }
        try await Oracle.withDirectory { directory in
            for (number, program) in Self.programs.enumerated() {
                let converted = try #require(
                    Rewriter().rewrite(
                        Array(program.utf8), path: "a.ml",
                        SourceJudge(
                            SourceScanner(Catalogue.index, nil), path: "a.ml",
                            turnedOn: Catalogue.index.closure(of: ["camlp4-macro"]))))
                #expect(converted.isAccepted, "\(program)\n\(converted.leftovers)")
                for names in Self.names {
                    let options = names.flatMap { ["-D", String($0)] }
                    let before = try await printed(
                        program, "camlp4o -parser Camlp4MacroParser \(options.joined(separator: " "))",
                        "\(directory)/before\(number)\(names).ml")
                    let cppo = try await Oracle.run("cppo", options, input: converted.after)
                    #expect(cppo.succeeded, "\(cppo.errorText)\n\(String(decoding: converted.after, as: UTF8.self))")
                    let after = try await printed(
                        cppo.outputText, nil, "\(directory)/after\(number)\(names).ml")
                    #expect(before == after, "with \(names):\n\(String(decoding: converted.after, as: UTF8.self))")
                }
            }
        }
    }

    /// Texts with macros of cppo's: what we say of them is what cppo and OCaml say.
    private static let uses = [
        "F(a, b)", "F (a, b)", "F", "F(a)", "F([a, b])", "F((a, b), c)", "F(begin a, b end, c)", "F()", "(F(a,b))",
        "F(\"x, y\", c)", "F({a with b}, c)", "M.f + F(F(1, 2), 3)", "f F(1, 2)", "N + 1", "N(1)", "N (1)", "fF(1)",
    ]

    @Test(arguments: uses) func cppoTakesWhatWeSayItTakes(use: String) async throws {
        guard await Oracle.has("cppo"), await Oracle.has("ocamlc") else {
            return Oracle.skip("uses of cppo's macros", because: "there is no cppo or no ocamlc")
        }
        let text = Array("#define F(x, y) (g (x) (y))\n#define N 3\nlet z = \(use)\n".utf8)
        let judge = SourceJudge(SourceScanner(Catalogue.index, nil), path: "a.ml", turnedOn: [])
        let judgement = try #require(judge.judge(text))
        let cppo = try await Oracle.run("cppo", [], input: text)
        let isTaken = try await Oracle.withDirectory { directory in
            guard cppo.succeeded else { return false }
            let file = "\(directory)/a.ml"
            try AtomicFileWriter.write(cppo.output, to: file)
            return try await Oracle.run("ocamlc", ["-stop-after", "parsing", "-w", "-a", file]).succeeded
        }
        #expect(judgement.isAccepted == isTaken, "\(cppo.errorText)\(judgement.rejection?.reason ?? "")")
    }

    /// What a program prints, compiled through a preprocessor.
    private func printed(_ program: String, _ preprocessor: String?, _ path: String) async throws -> String {
        try AtomicFileWriter.write(Array((program + "\n").utf8), to: path)
        let options = preprocessor.map { ["-pp", $0] } ?? []
        let built = try await Oracle.run("ocamlc", ["-w", "-a"] + options + [path, "-o", path + ".exe"])
        #expect(built.succeeded, "\(built.errorText)\n\(program)")
        return try await Oracle.run(path + ".exe", []).outputText
    }
}
