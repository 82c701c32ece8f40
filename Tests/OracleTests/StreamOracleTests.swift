import Catalogue
import Findings
import Testing
import Text
import Workspace

/// Programs in camlp4's own extensions, and what the catalogue makes of them: camlp4's build and stock OCaml's build of the
/// rewritten source print the same.
@Suite struct StreamOracleTests {
    @Test(arguments: programs) func printsTheSame(_ program: Program) async throws {
        try await compare(program.name, program.source)
    }

    /// Parsers made at random, each of which calls those before it, on inputs made at random.
    @Test(arguments: [1, 2, 3] as [UInt64]) func randomParsersPrintTheSame(_ seed: UInt64) async throws {
        var random = ParserSource(seed)
        try await compare("random stream parsers, seed \(seed)", random.program(parsers: 60))
    }

    struct Program: Sendable, CustomTestStringConvertible {
        let name: String
        let source: String
        var testDescription: String { name }
    }

    private func compare(_ name: String, _ source: String) async throws {
        guard await Oracle.has("ocamlc"), await Oracle.has("camlp4of") else {
            return Oracle.skip(name, because: "there is no ocamlc or no camlp4of")
        }
        let rewritten = try rewrite(source)
        try await Oracle.withDirectory { directory in
            let old = try await output(of: source, "old", ["-pp", "camlp4of"], in: directory)
            let new = try await output(of: rewritten, "new", [], in: directory)
            #expect(old == new, "\(name) prints something else:\n\(rewritten)")
            #expect(!old.isEmpty)
        }
    }

    private func rewrite(_ source: String) throws -> String {
        let bytes = Array(source.utf8)
        let on = Catalogue.index.closure(of: ["camlp4-stream-parsers", "camlp4-listcomprehension"])
        guard
            case .scanned(let file) = SourceScanner(Catalogue.index, nil).scan(bytes, path: "a.ml", turnedOn: on)
        else {
            Issue.record("not scanned")
            return source
        }
        #expect(!file.findings.isEmpty)
        for finding in file.findings { #expect(finding.fix.safety == .safe, "\(finding.rule) is left to people") }
        let script = EditScript(
            file.findings.inNestingOrder().map { EditScript.Group(owner: $0.construct, edits: $0.fix.edits) })
        #expect(script.refused == [])
        return String(decoding: script.applied(to: bytes).bytes, as: UTF8.self)
    }

    private func output(
        of source: String, _ name: String, _ options: [String], in directory: String
    ) async throws -> String {
        let file = "\(directory)/\(name).ml"
        try AtomicFileWriter.write(Array(source.utf8), to: file)
        let build = try await Oracle.run("ocamlc", ["-w", "-a"] + options + ["-o", "\(directory)/\(name)", file])
        try #require(build.succeeded, "\(name): \(build.errorText)\n\(source)")
        let run = try await Oracle.run("\(directory)/\(name)", [])
        try #require(run.succeeded, "\(name): \(run.errorText)")
        return run.outputText
    }

    private static let programs: [Program] = [
        Program(
            name: "a calculator",
            source: """
                type token = Int of int | Op of char | Left | Right
                let rec skip = parser
                  | [< '' ' | '\\t'; s >] -> skip s
                  | [< >] -> ()
                let rec digits n = parser
                  | [< ''0'..'9' as c; s >] -> digits (10 * n + Char.code c - 48) s
                  | [< >] -> n
                let token = parser
                  | [< ''0'..'9' as c; n = digits (Char.code c - 48) >] -> Int n
                  | [< ''(' >] -> Left | [< '')' >] -> Right
                  | [< ''+' | '-' | '*' as c >] -> Op c
                let rec tokens s = match s with parser
                  | [< _ = skip; t = token >] -> [< 't; tokens s >]
                  | [< >] -> [< >]
                let rec lex = parser
                  | [< '' '; s >] -> lex s
                  | [< t = token; s >] -> [< 't; lex s >]
                  | [< >] -> [< >]
                let rec expr = parser
                  | [< a = term; r = more a >] -> r
                and more a = parser
                  | [< 'Op ('+' | '-' as o); b = term ?? "a term"; r = more (if o = '+' then a + b else a - b) >] -> r
                  | [< >] -> a
                and term = parser
                  | [< a = factor; r = times a >] -> r
                and times a = parser
                  | [< 'Op '*'; b = factor ?? "a factor"; r = times (a * b) >] -> r
                  | [< >] -> a
                and factor = parser
                  | [< 'Int n >] -> n
                  | [< 'Op '-'; n = factor >] -> - n
                  | [< 'Left; e = expr; 'Right ?? ") expected" >] -> e
                let run text =
                  try Printf.printf "%s = %d\\n" text (expr (lex (Stream.of_string text))) with
                  | Stream.Failure -> Printf.printf "%s fails\\n" text
                  | Stream.Error m -> Printf.printf "%s: %s\\n" text m
                let () = List.iter run
                  [ "1"; "1+2*3"; "(1+2)*3"; "2*(3-"; "(1+2"; "+"; ""; "- 4*2"; "1+"; "2 * x"; "((7))" ]
                """),
        Program(
            name: "what stream literals delay",
            source: """
                let say x = print_int x; print_string " "; x
                let f () = print_string "f "; [< '7; '(say 8) >]
                let a = Stream.of_list [ 1; 2 ]
                let s = [< '(say 1); a; '3; f (); '(say 4); '(Some 5 = None |> fun b -> if b then 1 else 0) >]
                let () = print_string "made; "
                let rec print n s = match s with parser
                  | [< 'x when n > 0; s >] -> Printf.printf "<%d> " x; print (n - 1) s
                  | [< >] -> print_newline ()
                let () = print 3 s; print 100 s
                let e : int Stream.t = [< >]
                let () = print 9 e; print 9 [< f (); 'say 9; [< '10 >] >]
                let nested x = parser
                  | [< y = (parser [< 'v >] -> v + x); z = (fun s -> Stream.next s) >] -> (y, z)
                  | [< >] -> (0, 0)
                let () = let (a, b) = nested 1 (Stream.of_list [ 5; 6 ]) in Printf.printf "%d %d\\n" a b
                let place = parser bp [< '_; '_; s >] ep -> (bp, ep, (parser [< 'x >] ep -> x + ep) s)
                let () = let (a, b, c) = place (Stream.of_list [ 5; 6; 7 ]) in Printf.printf "%d %d %d\\n" a b c
                """),
        Program(
            name: "list comprehensions",
            source: """
                let say x = print_int x; print_string " "; x
                let l = [ 1; 2; 3; 4 ]
                let show l = print_endline (String.concat "," (List.map string_of_int l))
                let () = show [ say x * 2 | x <- l ]
                let () = show [ x | x <- l; say x > 2 ]
                let () = show [ x | x <- l ]
                let () = show [ x * y | x <- l; y <- [ x; 10 ]; x < y; y mod 2 = 0 ]
                let () = show [ say x | Some x <- [ Some 1; None; Some (say 3) ] ]
                let () = show [ x | Some x <- [ Some 1; None; Some 3 ]; say x > 1 ]
                let () = show [ a + b | (a, b) <- List.map (fun x -> (x, x)) l; a > 1 ]
                let () = show (List.map succ [ x | (x : int) <- l ])
                let () = show [ if x > 2 then x else 0 | x <- l; x > 1; x < 4 ]
                let () = show [ x | x :: _ <- [ [ 1 ]; []; [ 2; 3 ] ]; y <- [ 4; 5 ]; y > x ]
                let () = List.iter show [ [ x + y | x <- l ] | y <- [ 10; 20 ] ]
                """),
    ]
}

/// Stream parsers over numbers, made at random from a seed.
private struct ParserSource {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    /// SplitMix64.
    private mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((bits ^ (bits >> 31)) % UInt64(limit))
    }

    mutating func program(parsers: Int) -> String {
        var text = "let take s = try Stream.next s with Stream.Failure -> 9\n"
        for number in 0..<parsers { text += parser(number) }
        text += """
            let try_one name q l =
              let s = Stream.of_list l in
              let show what = Printf.printf "%s %s %d\\n" name what (Stream.count s) in
              match q s with
              | n -> show (string_of_int n)
              | exception Stream.Failure -> show "fails"
              | exception Stream.Error m -> show ("error " ^ m)
              | exception Match_failure _ -> show "no match"
            let inputs = [ []; [0]; [1]; [2]; [0;1]; [1;0]; [2;1]; [1;1]; [0;0;0]; [1;2;0]; [2;2;1]; [0;1;2;0;1;2] ]

            """
        for number in 0..<parsers { text += "let () = List.iter (try_one \"q\(number)\" q\(number)) inputs\n" }
        return text
    }

    private mutating func parser(_ number: Int) -> String {
        let positions = below(5) == 0
        var text = "let q\(number) = parser\(positions ? " bp" : "")\n"
        for count in 0...below(4) { text += "  | \(oneCase(number, count, positions))\n" }
        return text
    }

    private mutating func oneCase(_ number: Int, _ place: Int, _ positions: Bool) -> String {
        var variables = positions ? ["bp"] : []
        var components: [String] = []
        for index in 0..<below(4) {
            components.append(component(number, "v\(place)\(index)", isFirst: index == 0, &variables))
        }
        var rest = ""
        if below(4) == 0 {
            components.append("s\(place)")
            rest = " + take s\(place)"
        }
        let end = below(4) == 0
        if end { variables.append("ep") }
        let sum = ([String(below(90) + 10)] + variables).joined(separator: " + ") + rest
        let body =
            switch below(5) {
            case 0: "(match \(sum) with 11 -> 1 | n -> n)"
            case 1: "let n = \(sum) in n + 1"
            case 2: "ignore (); \(sum)"
            default: sum
            }
        return "[< \(components.joined(separator: "; ")) >]\(end ? " ep" : "") -> \(body)"
    }

    private mutating func component(
        _ number: Int, _ variable: String, isFirst: Bool, _ variables: inout [String]
    ) -> String {
        let message = !isFirst && below(3) == 0 ? " ?? \"\(variable)\"" : ""
        if number > 0, below(2) == 0 {
            let pattern = below(4)
            if pattern > 1 { variables.append(variable) }
            let left = pattern == 0 ? "_" : pattern == 1 ? "1" : variable
            return "\(left) = q\(below(number))\(message)"
        }
        switch below(5) {
        case 0:
            variables.append(variable)
            return "'\(variable)\(message)"
        case 1:
            variables.append(variable)
            return "'\(variable) when \(variable) > 0\(message)"
        case 2:
            variables.append(variable)
            return "'(0 | 2) as \(variable)\(message)"
        default: return "'\(below(3))\(message)"
        }
    }
}
