import Catalogue
import Findings
import OCamlSyntax
import Testing
import Text

/// The tools that rules look and write with.
@Suite struct TreeRuleTests {
    private func context(_ text: String, _ dialects: Dialects = [.camlp4, .lwt]) -> SourceContext {
        SourceContext(
            Syntax.tree(Array(text.utf8), dialects: dialects), path: "a.ml", index: Catalogue.index, isProven: true)
    }

    private func first(_ kind: NodeKind, in text: String) throws -> SyntaxNode {
        let context = context(text)
        let index = try #require((0..<context.tree.count).first { context.tree.kind($0) == kind }, "no \(kind)")
        return SyntaxNode(context, index)
    }

    /// Written for each expression: whether it needs parentheses as argument, left and right of `>>=`, and as element.
    @Test(arguments: [
        ("x", "----"), ("(a; b)", "----"), ("f x", "a---"), ("M.x.y", "----"), ("!x", "----"), ("- x", "a---"),
        ("a + b", "a---"), ("a >>= b", "alr-"), ("a && b", "alr-"), ("a, b", "alr-"), ("a; b", "alre"),
        ("fun x -> x", "alre"), ("a + fun x -> x", "alre"), ("let x = 1 in x", "alre"), ("if a then b", "alre"),
        ("match a with b -> c", "alre"), ("raise_lwt a", "alre"), ("x.y <- z", "alr-"), ("while a do b done", "a---"),
        ("[%here]", "----"), ("Some x", "a---"), ("begin a end", "----"), ("a#m", "----"), ("1 :: l", "a---"),
    ]) func parentheses(expression: String, expected: String) throws {
        let context = context("let v = \(expression)")
        let binding = try #require(
            (0..<context.tree.count).first { context.tree.kind($0) == .letBinding }.map { SyntaxNode(context, $0) })
        let node = try #require(binding.lastChild)
        #expect(node.text == expression)
        let comparison = ExpressionLevel.comparison
        let positions: [(String, ExpressionPosition)] = [
            ("a", .argument), ("l", .leftOperand(comparison)), ("r", .rightOperand(comparison)), ("e", .element),
        ]
        #expect(positions.map { node.needsParentheses(as: $0.1) ? $0.0 : "-" }.joined() == expected)
    }

    @Test func templatesCarryTheEditsOfWhatTheyHold() throws {
        let outer = try first(.lwtTry, in: "let f = try_lwt a (raise_lwt b) with E -> c")
        let raising = try #require(
            outer.context.tree.subtree(outer.index).first { outer.context.tree.kind($0) == .lwtRaise })
        let inner = SyntaxNode(outer.context, raising)
        let handler = try #require(outer.child(.matchCase))
        let edits = [
            EditScript.Group(
                owner: outer.range,
                edits: [outer.replace("catch (fun () -> \(outer.parts[0])) (function \(handler)\("!"))")]),
            EditScript.Group(
                owner: inner.range, edits: [inner.replace("fail \(inner.parts[0], as: .argument)")]),
        ]
        let result = EditScript(edits).applied(to: outer.context.tokens.bytes).bytes
        #expect(String(decoding: result, as: UTF8.self) == "let f = catch (fun () -> a (fail b)) (function E -> c!)")
    }

    @Test func neighboursOfANode() throws {
        let node = try first(.lwtLet, in: "let f = g (* why *) (lwt x = a in b) ;;")
        #expect(node.previousToken.kind == .leftParen)
        #expect(node.nextToken.kind == .rightParen)
        #expect(node.firstToken.reads("lwt"))
        #expect(node.word("lwt") != nil)
        #expect(node.token(.in)?.next.text == "b")
        #expect(node.item.kind == .letItem)
        #expect(node.enclosing(.application, .letItem)?.kind == .application)
        #expect(Array(node.ancestors).last?.kind == .implementation)
        #expect(node.parent?.previousToken.hasCommentBefore == false)
        #expect(node.parent?.firstToken.hasCommentBefore == true)
        #expect(node.context.freshName("x") == "x1")
        #expect(node.context.freshName("y") == "y")
    }

    @Test func wholeOrNot() throws {
        #expect(try first(.lwtLet, in: "let f = (lwt x = a in b)").isWhole)
        #expect(try !first(.lwtLet, in: "let f = (lwt x a in b)").isWhole)
        #expect(try !first(.lwtMatch, in: "let f = (match_lwt a)").isWhole)
    }

    @Test func daysAreCompared() throws {
        let day = try #require(TargetDate("2016-03-02"))
        #expect(day == TargetDate(2016, 3, 2))
        #expect(day < .newest)
        #expect(day.description == "2016-03-02")
        #expect(TargetDate("2016-12-31").map { $0 < TargetDate(2017, 1, 1) } == true)
        for text in ["2016-3-2", "2016-13-01", "2016-00-01", "2016-01-32", "x", "", "2016-01-0x", "+016-01-01"] {
            #expect(TargetDate(text) == nil)
        }
    }
}

/// Which sources are read as camlp4's, and what is said of those that cannot be read whole.
@Suite struct SourceReadingTests {
    private func rules(_ text: String, _ turnedOn: [String]? = nil) -> [String] {
        scan(Array(text.utf8), turnedOn: turnedOn).findings.map { "\($0.start.line) \($0.rule)" }
    }

    @Test func anOrdinaryFileWithAWordOfAnExtension() {
        #expect(rules("let lexer = Lexing.from_string s\nlet f = lexer, parser, deriving") == [])
        #expect(rules("let f = x ## y\nlet r = {|a|}") == ["1 js_of_ocaml/access"])
        #expect(rules("let f = x ## y\nlet r = {|a|}", []) == [])
    }

    @Test func capitalisedWordsAreNeverBound() {
        #expect(rules("TEST = a = b\nTEST_UNIT = c\n") == ["1 pa_ounit/test", "2 pa_ounit/test-unit"])
    }

    @Test func whatCannotBeReadIsReportedByItsWords() {
        let text =
            "value f x = x;\nEXTEND Gram\n e: [[ x = y -> z ]];\nEND;\nvalue g = ) ( ;\nIFDEF A THEN\nvalue x = 1;\nEND;\n"
        let found = rules(text, ["camlp4", "camlp4-extend", "camlp4-macro"])
        #expect(found.contains("2 camlp4-extend/extend"))
        #expect(found.contains("6 camlp4-macro/ifdef"))
    }

    @Test func aStrayEndLosesNothingBehindIt() {
        #expect(rules("let a = 1\nENDIF;;\nIFDEF B THEN\nlet b = 2\nEND\n").contains("3 camlp4-macro/ifdef"))
    }

    @Test func branchesThatDoNotGoTogether() {
        let text =
            "#let v = true\nlet f x =\n#if v\n  match x with\n#else\n  match (raise_lwt x) with\n#endif\n  | A -> lwt y = x in y\n"
        #expect(
            rules(text, ["camlp4", "optcomp", "lwt"]) == [
                "1 optcomp/directive", "3 optcomp/directive", "5 optcomp/directive", "6 lwt/raise",
                "7 optcomp/directive",
                "8 lwt/let",
            ])
    }

    @Test func constructsOfOneItemShareItsIdentity() {
        let text = "let f () = lwt x = a in lwt y = b in raise_lwt y\nlet g () = 1\n"
        let findings = scan(Array(text.utf8), turnedOn: nil).findings
        #expect(findings.map(\.rule) == ["lwt/let", "lwt/let", "lwt/raise"])
        let lets = findings.filter { $0.rule == "lwt/let" }.map(\.fingerprint)
        #expect(Set(lets.map { $0.prefix(16) }).count == 1)
        #expect(lets.map { $0.suffix(2) } == ["-0", "-1"])
        let moved = "let g () = 2\n\n" + text.replacing("let g () = 1\n", with: "")
        #expect(scan(Array(moved.utf8), turnedOn: nil).findings.map(\.fingerprint) == findings.map(\.fingerprint))
        let changed = text.replacing("raise_lwt y", with: "raise_lwt z")
        #expect(scan(Array(changed.utf8), turnedOn: nil).findings.map(\.fingerprint) != findings.map(\.fingerprint))
    }
}
