import OCamlSyntax
import SyntaxChecks
import TestSupport
import Testing
import Text
import Workspace

/// What every tree keeps, whatever the bytes.
@Suite struct TreeTests {
    static let sources: [String] = [
        "let rec f x = function A | B -> x + 1 | C y when y > 0 -> g y; h () | _ -> .\nlet () = f 1 2",
        "type 'a t = A of int * string | B : { x : 'a; mutable y : int } -> 'a t and u = { z : 'a. 'a -> 'a [@foo] }",
        "module F (X : S with type t = int) : sig val x : int end = struct let x = (module X : S) include M end",
        "class virtual ['a] c ?(x = 1) y = object (self : 'b) inherit d x as super method! m : 'c. 'c = self#n end",
        "let x = if a then b else c; d.(1) <- e :: [] @ [1; 2]; { r with M.f = 1; g };;\nlet%lwt y = z in [%foo bar];;",
        "let y = begin match x with exception E -> 1 | (a, b : t) -> a.M.b.c#d ~l:1 ?o:None ~p !q end and z = -1",
        "open struct end external f : int -> int = \"f\" \"g\" exception E of int [@@x] [@@@y] [%%z type t]",
        "let* x = y and* z = w in let open M in M.(x + z) |> fun (type a) ?(k = 2) ~l -> lazy (assert true)",
    ]

    static let camlp4Sources: [String] = [
        "lwt x = f () in try_lwt g x >> h with E -> return () finally i ()",
        "type t = A with sexp, bin_io\ncstruct h { uint8_t a; uint16_t b[2] } as big_endian\nTEST \"x\" = 1 = 1",
        "let f = parser [< 'x when p; y = q ?? \"m\"; z >] -> [< 'x; z >] | [< >] -> [x | x <- l; x > 1]",
        "IFDEF A THEN let x = 1 ELSE let x = 2 END let _ = o##m(1, 2)##p <- jsnew c (3)\nlet q = <:expr< 1 >>",
        "{client{ let x = {{ f %y }} }} let z = Show.show<int list> q\nbitmatch b with { a : 8 } -> a",
    ]

    static let everyDialect = Dialects.all

    private func check(_ tree: SyntaxTree, _ what: @autoclosure () -> String) {
        if let flaw = TreeSoundness.flaw(in: tree, of: tree.tokens.bytes) { Issue.record("\(flaw) in \(what())") }
    }

    /// What the fuzzer starts from, what it once failed on, and what earlier runs found (thousands of small files, packed).
    @Test func keptInputsAreSound() async throws {
        let folder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(
            separator: "/")
        let kept = try await soundInputs(below: "\(folder)/corpus/fuzz")
        #expect(kept >= 17)
        try await TemporaryDirectory.with { temporary in
            let unpacked = try await ProcessRunner.run(
                "tar", ["-xJf", "\(folder)/corpus/fuzz/grown.tar.xz", "-C", temporary.path])
            try #require(unpacked.succeeded, "\(unpacked.errorText)")
            let grown = try await soundInputs(below: temporary.path)
            #expect(grown > 1000)
        }
    }

    /// How many files there are; each must give a sound tree.
    private func soundInputs(below folder: String) async throws -> Int {
        let files = try FileWalker(root: folder) { !$0.hasSuffix(".xz") }.files
        for file in files {
            let flaw = TreeSoundness.flaw(in: try FileReader.read(file.location))
            #expect(flaw == nil, "\(file.path)")
        }
        return files.count
    }

    @Test(arguments: sources) func stockSourcesAreRead(_ source: String) {
        let tree = Syntax.tree(Array(source.utf8), dialects: [])
        #expect(tree.rejectionByStock == nil, "\(source): \(tree.errors)")
        check(tree, source)
    }

    @Test(arguments: camlp4Sources) func extensionsAreRead(_ source: String) {
        let tree = Syntax.tree(Array(source.utf8), dialects: Self.everyDialect)
        #expect(tree.problems == 0, "\(source): \(tree.errors)")
        #expect(Syntax.rejectionByStock(Array(source.utf8)) != nil)
        check(tree, source)
    }

    /// Every token left out, doubled, and swapped with the next: a tree over all bytes comes out.
    @Test(arguments: sources + camlp4Sources) func anyMutationGivesATree(_ source: String) {
        let bytes = Array(source.utf8)
        let tokens = Lexer.tokenize(bytes, rules: .camlp4)
        for index in 0..<tokens.count {
            let range = tokens.range(index)
            let text = bytes[range.start..<range.end]
            var mutants = [
                Array(bytes[..<range.start] + bytes[range.end...]),
                Array(bytes[..<range.end] + text + bytes[range.end...]),
                Array(bytes[..<range.start]),
            ]
            let next = tokens.range(index + 1)
            mutants.append(
                Array(bytes[..<range.start] + bytes[next.start..<next.end] + text + bytes[next.end...]))
            for mutant in mutants {
                for (dialects, interface) in [([], false), (Self.everyDialect, false), (Self.everyDialect, true)]
                    as [(Dialects, Bool)]
                {
                    check(
                        Syntax.tree(mutant, interface: interface, dialects: dialects),
                        String(decoding: mutant, as: UTF8.self))
                }
            }
        }
    }

    /// A damaged item does not take the items behind it along.
    @Test(arguments: [
        "let a = (1 + ", "let a = if x then", "type t = ", "let a = [1; 2", "module M = ", "let = 3", ") ]",
    ])
    func damageStaysInItsItem(_ damage: String) {
        let source = "let before = 1\n\(damage)\ntype after = int\nlet last = 2\n"
        let tree = Syntax.tree(Array(source.utf8), dialects: [])
        #expect(!tree.errors.isEmpty)
        let texts = tree.children(of: 0).map { node in
            let range = tree.range(node)
            return String(decoding: tree.tokens.bytes[range.start..<range.end], as: UTF8.self)
        }
        #expect(texts.first == "let before = 1")
        #expect(texts.last == "let last = 2", "\(texts)")
    }

    /// Deep nesting and long chains end in time, on the small stack of a task.
    @Test(arguments: [
        "(", "[", "{ x = ", "begin ", "match x with A -> ", "fun x -> ", "let x = ", "let x = 1 in ", "if a then ",
        "a :: ", "- ", "! ", "(module struct let x = ", "function A -> ", "[%a ", "f (", "object method m = ", "M.(",
        "a; ",
        "a, ", "x.y <- ", "lazy (", "try ", "{<x = ", "1 + ", "a ** ", "while a do ", "{{ ", "lwt x = ", "try_lwt ",
        "[< '", "IFDEF A THEN ",
        "type t = (", "type t = a -> ", "let (", "let A ", "let a :: ", "module M = F(", "module M = functor (X : ",
        "class c = fun x -> ", "x#y#", "let* x = ", "f ~a:- ", "perform with ", "DEFINE x = ", "let lwt x = ",
        "class c = (", "type t = < a : ", "sig module M : ", "x.(", "a##b(",
    ])
    func deepNestingEnds(_ piece: String) async {
        let count = 8_000
        let bytes = Array(String(repeating: piece, count: count).utf8)
        for dialects in [[], Self.everyDialect] as [Dialects] {
            // A child task has the small stack.
            let size = await Task.detached { Syntax.tree(bytes, dialects: dialects).count }.value
            #expect(size > 0)
        }
    }

    @Test func nodesAreFoundByOffset() {
        let tree = Syntax.tree(Array("let x = f (a, b)".utf8), dialects: [])
        let node = tree.node(atOffset: 11) ?? 0
        #expect(tree.kind(node) == .valuePath)
        #expect(tree.range(node) == ByteRange(11, 12))
        let tuple = (0..<tree.count).first { tree.kind($0) == .tuple } ?? 0
        #expect(tree.range(tuple) == ByteRange(11, 15))
    }
}
