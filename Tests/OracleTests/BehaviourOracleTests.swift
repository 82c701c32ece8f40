import Catalogue
import Findings
import Testing
import Text
import Workspace

/// Programs in camlp4's syntax that print what they do: converted, compiled with the real ppx and run, they print what
/// camlp4's extensions make of them.
///
/// pa_lwt, pa_cstruct and pa_sexp_conv are no longer packaged, so these programs themselves are not run with them. What is
/// expected here follows from what is known of their expansions: which code runs when, what is caught where, which bytes and
/// names accessors have.
@Suite struct BehaviourOracleTests {
    struct Program: Sendable, CustomTestStringConvertible {
        let name: String
        let extensions: [String]
        let rewriters: [String]
        let libraries: [String]
        let source: String
        let prints: [String]
        var styles: [RewriteStyle.Lwt] = [.ppx]

        var testDescription: String { name }
    }

    @Test(arguments: programs) func printsTheSame(_ program: Program) async throws {
        try await Oracle.withDirectory { directory in
            guard let driver = try await PPXDriver.build(program.rewriters, in: directory) else { return }
            for style in program.styles {
                let converted = try #require(convert(program, style))
                let file = "\(directory)/program.ml"
                try AtomicFileWriter.write(Array(converted.utf8), to: file)
                let build = try await Oracle.run(
                    "ocamlfind",
                    [
                        "ocamlopt", "-thread", "-w", "-a", "-predicates", "ppx_driver", "-linkpkg", "-package",
                        (program.libraries + program.rewriters).joined(separator: ","), "-ppx", "\(driver) --as-ppx",
                        "program.ml", "-o", "\(directory)/program",
                    ], in: directory)
                try #require(build.succeeded, "\(style): \(build.errorText)\n\(converted)")
                // A loop that was converted wrongly may never end.
                let run = try await Oracle.run("timeout", ["20", "\(directory)/program"])
                let lines = run.outputText.split(separator: "\n").map(String.init)
                #expect(lines == program.prints, "\(style):\n\(converted)\n\(run.errorText)")
            }
        }
    }

    private func convert(_ program: Program, _ style: RewriteStyle.Lwt) -> String? {
        var aim = Aim()
        aim.style.lwt = style
        let scanner = SourceScanner(Catalogue.index, nil, aim: aim)
        let bytes = Array(program.source.utf8)
        let on = Catalogue.index.closure(of: program.extensions)
        guard case .scanned(let file) = scanner.scan(bytes, path: "program.ml", turnedOn: on) else { return nil }
        for finding in file.findings where finding.fix.edits.isEmpty {
            Issue.record("\(finding.rule) at \(finding.start) is left: \(finding.fix.notes)")
        }
        let script = EditScript(
            file.findings.inNestingOrder().map { EditScript.Group(owner: $0.construct, edits: $0.fix.edits) })
        #expect(script.refused == [])
        return String(decoding: script.applied(to: bytes).bytes, as: UTF8.self)
    }

    static let programs = lwtPrograms + cstructPrograms + sexpPrograms

    private static func lwt(
        _ name: String, _ source: String, prints: [String], styles: [RewriteStyle.Lwt] = [.ppx, .binds, .letOperators]
    ) -> Program {
        Program(
            name: "lwt: \(name)", extensions: ["lwt"], rewriters: ["lwt_ppx"], libraries: ["lwt", "lwt.unix"],
            source: lwtHead + source, prints: prints, styles: styles)
    }

    /// `say` prints and gives a thread that has ended, `later` one that ends in a while.
    private static let lwtHead = """
        open Lwt.Syntax
        exception E of int
        let say text = print_endline text; Lwt.return ()
        let later text = Lwt.bind (Lwt.pause ()) (fun () -> say text)
        let run t = Lwt_main.run t

        """

    static let lwtPrograms = [
        lwt(
            "finally runs before the handler, asynchronously and at once",
            """
            let one fail =
              try_lwt say "body" >> fail ()
              with E n -> say ("handler " ^ string_of_int n)
              finally say "finally"
            let () = run (one (fun () -> Lwt.bind (Lwt.pause ()) (fun () -> Lwt.fail (E 1))))
            let () = run (one (fun () -> raise (E 2)))
            let () = run (one (fun () -> say "fine"))
            let () = try run (one (fun () -> Lwt.fail Not_found)) with Not_found -> print_endline "escaped"
            """,
            prints: [
                "body", "finally", "handler 1", "body", "finally", "handler 2", "body", "fine", "finally", "body",
                "finally", "escaped",
            ]),
        lwt(
            "no handler runs when finally fails",
            """
            let t () =
              try_lwt Lwt.fail (E 1) with E 1 -> say "handler" | E n -> say ("handler " ^ string_of_int n)
              finally Lwt.fail (E 7)
            let () = try run (t ()) with E n -> Printf.printf "failed %d\\n" n
            """, prints: ["failed 7"]),
        lwt(
            "finally without handlers, and names that handlers bind",
            """
            let x = "x" and e = "e"
            let () =
              try
                run (try_lwt later "body" >> Lwt.fail (E 3) finally say (x ^ e))
              with E n -> Printf.printf "failed %d\\n" n
            let value = "mine" and error = "own" and cleanup = "kept"
            let () =
              run (try_lwt Lwt.fail (E 4) with E _ -> say (value ^ error) finally say cleanup)
            """, prints: ["body", "xe", "failed 3", "kept", "mineown"]),
        lwt(
            "a body alone: what is raised at once becomes a failed thread",
            """
            let t = try_lwt ignore (raise (E 5)); say "never"
            let () = match Lwt.state t with Lwt.Fail (E n) -> Printf.printf "failed %d\\n" n | _ -> print_endline "other"
            """, prints: ["failed 5"]),
        lwt(
            "the right side of >> is made when the left has ended; chains go from the left",
            """
            let ( >>= ) = Lwt.bind
            let made text = print_endline ("made " ^ text); later text
            let f a = made "a" >> made "b" >> Lwt.return (String.length a)
            let () = Printf.printf "%d\\n" (run (f "four"))
            let () = run (if String.length "x" = 2 then say "no" >> say "no" else say "else" >> say "branch")
            let () = run (say "one" >> Lwt.return 3 >>= fun n -> say (string_of_int n))
            """,
            prints: ["made a", "a", "made b", "b", "4", "else", "branch", "one", "3"]),
        lwt(
            "raise_lwt takes all that follows, assert_lwt is a thread",
            """
            let ( >>= ) e f = f e
            let t = raise_lwt 6 >>= (fun n -> E n)
            let () = match Lwt.state t with Lwt.Fail (E n) -> Printf.printf "failed %d\\n" n | _ -> print_endline "other"
            let () = try run ((raise_lwt (E 8)) >> say "never") with E n -> Printf.printf "failed %d\\n" n
            let check n = assert_lwt n > 0
            let () = run (check 1)
            let () = match Lwt.state (check 0) with Lwt.Fail (Assert_failure _) -> print_endline "assertion" | _ -> ()
            """, prints: ["failed 6", "failed 8", "assertion"]),
        lwt(
            "both threads of `and` are started",
            """
            let slow text = print_endline ("start " ^ text); later text >> Lwt.return text
            let f () =
              lwt a = slow "a"
              and b = slow "b" in
              say (a ^ b)
            let () = run (f ())
            lwt (a, _) = Lwt.return ("first", 1) and _ = say "second"
            let () = print_endline a
            lwt b = Lwt.return "third"
            let () = print_endline b
            lwt () = say "fourth" in say "fifth"
            """, prints: ["start a", "start b", "a", "b", "ab", "second", "first", "third", "fourth", "fifth"]),
        lwt(
            "loops, their bounds and conditions",
            """
            let bound text n = print_endline text; n
            let t () =
              for_lwt i = bound "low" 1 to bound "high" 3 do say (string_of_int i) done
            let () = run (t ())
            let () = run (for_lwt i = bound "from" 2 downto bound "until" 1 do say (string_of_int i) done)
            let () = run (for_lwt _ = 1 to 2 do say "again" done)
            let n = ref 0
            let () = run (while_lwt !n < 2 do incr n; say ("while " ^ string_of_int !n) done)
            """,
            prints: [
                "high", "low", "1", "2", "3", "until", "from", "2", "1", "again", "again", "while 1", "while 2",
            ]),
        lwt(
            "loops in and behind each other, as operands, around names of their own",
            """
            let ( >>= ) = Lwt.bind
            let show i j = later (string_of_int i ^ string_of_int j)
            let loop = 1 and last = 2 and i = 2
            let () =
              run
                (for_lwt i = loop to i do
                   for_lwt j = last downto i do show i j done >> say "row"
                 done >>= fun () -> say "done")
            let n = ref 0
            let () =
              run
                (while_lwt (let go = !n < 2 in go) do incr n; later "turn" done >>
                 for_lwt _ = 1 to 0 do say "never" done >> say "end")
            """, prints: ["12", "11", "row", "22", "row", "done", "turn", "turn", "end"]),
        lwt(
            "for_lwt over a stream, match_lwt",
            """
            let () = run (for_lwt (k, v) in Lwt_stream.of_list ["a", 1; "b", 2] do later (k ^ string_of_int v) done)
            let f t =
              match_lwt t with
              | 0 -> say "nought"
              | n when n < 0 -> say "less"
              | _ -> say "more"
            let () = run (f (Lwt.return 0)); run (f (Lwt.return (-3))); run (f (later "wait" >> Lwt.return 3))
            let () = try ignore (f (raise (E 9))) with E n -> Printf.printf "escaped %d\\n" n
            """, prints: ["a1", "b2", "nought", "less", "wait", "more", "escaped 9"]),
    ]

    static let cstructPrograms = ["big_endian", "little_endian", "host_endian"].map { order in
        Program(
            name: "cstruct: \(order)", extensions: ["cstruct"], rewriters: ["ppx_cstruct"],
            libraries: ["cstruct", "sexplib"],
            source: """
                open Sexplib.Std
                cstruct head {
                  uint8_t kind;
                  uint16_t words[3]; (* six bytes *)
                  uint32_t length;
                  uint64_t stamp;
                  uint8_t mac[6]
                } as \(order)
                let b = Cstruct.create sizeof_head
                let () = Printf.printf "%d\\n" sizeof_head
                let () = set_head_kind b 7; set_head_length b 0x01020304l; set_head_mac "abcdef" 0 b
                let () = Printf.printf "%d %ld %s\\n" (get_head_kind b) (get_head_length b) (copy_head_mac b)
                let () = Printf.printf "%d\\n" (Cstruct.length (get_head_words b))
                let first = Cstruct.get_uint8 b 7
                let () = Printf.printf "%d\\n" first
                cenum op { READ; WRITE = 5; CLOSE } as uint8_t(sexp)
                let show = function Some op -> op_to_string op | None -> "none"
                let () = print_endline (String.concat " " (List.map (fun n -> show (int_to_op n)) [0; 5; 6; 1]))
                let () = print_endline (Sexplib.Sexp.to_string (sexp_of_op CLOSE))
                let () = match string_to_op "WRITE" with Some op -> Printf.printf "%d\\n" (op_to_int op) | None -> ()
                """,
            prints: [
                "25", "7 16909060 abcdef", "6", order == "big_endian" ? "1" : "4", "READ WRITE CLOSE none", "CLOSE",
                "5",
            ])
    }

    static let sexpPrograms = [
        Program(
            name: "sexp: fields that are left out", extensions: ["sexplib"], rewriters: ["ppx_sexp_conv"],
            libraries: ["sexplib"],
            source: """
                open Sexplib.Std
                type t = {
                  nick : string sexp_option;
                  tags : string sexp_list;
                  ids : int sexp_array;
                  debug : sexp_bool;
                  port : int with default(80), sexp_drop_default;
                  run : (int -> int) sexp_opaque
                } with sexp_of
                type u = A of int sexp_list | B of int sexp_list * int | C of int sexp_option with sexp - of_sexp
                let show t = print_endline (Sexplib.Sexp.to_string (sexp_of_t t))
                let () = show { nick = None; tags = []; ids = [||]; debug = false; port = 80; run = succ }
                let () = show { nick = Some "n"; tags = ["a"]; ids = [|1|]; debug = true; port = 81; run = succ }
                let show u = print_endline (Sexplib.Sexp.to_string (sexp_of_u u))
                let () = show (A [1; 2]); show (B ([1], 2)); show (C (Some 3))
                exception Bad of int * string with sexp
                let () = print_endline (Sexplib.Sexp.to_string (sexp_of_exn (Bad (1, "x"))))
                let () = print_endline (Sexplib.Sexp.to_string (<:sexp_of< (int * string) list >> [1, "a"]))
                let () = print_endline (string_of_int (<:of_sexp< int >> (Sexplib.Sexp.of_string "42")))

                """,
            prints: [
                "((run <opaque>))", "((nick n)(tags(a))(ids(1))(debug)(port 81)(run <opaque>))", "(A 1 2)", "(B(1)2)",
                "(C(3))", "(program.ml.Bad 1 x)", "((1 a))", "42",
            ])
    ]
}
