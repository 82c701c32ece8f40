import OpamFormat
import Testing
import Text

@Suite struct OpamSyntaxTests {
    /// What the reference parser takes; checked against it in the oracle tests over real files.
    @Test(arguments: [
        "", "# only a comment", "a: b", "a:\"x\"", "depends: [\"a\" {>= \"1\" & (build | with-test)} | \"b\"]",
        "a: \"\"\"x \"quoted\" y\"\"\"", "url { src: \"x\" }", "extra-source \"f\" { src: \"x\" }", "a: [\"x\" {}]",
        "a: ()", "a: [!b & ?c]", "a: [[x += \"y\"] [x =: \"y\"]]", "a: -12", "a: 1_000", "(* a (* b *) *) a: b",
        "a: \"line \\\n   goes on\"", "a: pkg+other:enable", "a: \"b\" c: d", "\ta:\tb\r\n",
        "opam-version: \"2.1\" a: b",
    ])
    func accepted(_ text: String) {
        let tree = OpamSyntaxTree(parsing: Array(text.utf8))
        #expect(tree.errors.isEmpty)
        #expect(tree.printed() == Array(text.utf8))
    }

    /// What it rejects, with the place where the error stands.
    @Test(arguments: [
        ("a", 1, 1), ("a: ", 1, 3), ("a: [\"x\"", 1, 7), ("a: \"x", 1, 3), ("\n(* x", 2, 0), ("a: \"\\q\"", 1, 4),
        ("a: b }", 1, 5), ("a: [x & ]", 1, 8), ("a: @", 1, 3), ("a: 99999999999999999999", 1, 3), ("a: x\r", 1, 4),
        ("a: b\nopam-version: \"2.1\"", 2, 0), ("opam-version: \"2.1\"\nopam-version: \"2.1\"", 2, 0),
        ("a: \"\\256\"", 1, 4),
    ])
    func rejected(_ text: String, line: Int, column: Int) throws {
        let tree = OpamSyntaxTree(parsing: Array(text.utf8))
        let error = try #require(tree.errors.first)
        #expect((error.position.line, error.position.column) == (line, column), "\(error.message)")
        #expect(tree.printed() == Array(text.utf8))
    }

    @Test func goesOnAfterAnError() {
        let tree = OpamSyntaxTree(parsing: Array("a: [\nb: \"x\"\nc: )\nd: \"y\"\n".utf8))
        let names = tree.items.compactMap { item -> String? in
            if case .field(let name, _, _) = item { name } else { nil }
        }
        #expect(names == ["b", "d"])
        #expect(tree.errors.count == 2)
    }

    @Test func escapes() {
        let tree = OpamSyntaxTree(parsing: Array(#"a: "x\n\065\x42\"\\ \#r\#n y\\#n   z""#.utf8))
        guard case .field(_, _, let value)? = tree.items.first else {
            Issue.record("no field")
            return
        }
        #expect(tree.text(of: value) == "x\nAB\"\\ \n yz")
    }

    /// Depth is an error, not the end of the process.
    @Test func hostileNesting() {
        for bracket in ["(", "[", "!", "a {", "s { "] {
            let text = "x: " + String(repeating: bracket, count: 100_000)
            #expect(!OpamSyntaxTree(parsing: Array(text.utf8)).errors.isEmpty)
        }
        let chain = "x: a" + String(repeating: " | a", count: 100_000)
        #expect(OpamSyntaxTree(parsing: Array(chain.utf8)).errors.isEmpty)
    }
}
