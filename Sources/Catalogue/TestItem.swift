import Findings
import OCamlSyntax
import Text

/// `WORD ["name"] … = body` of a test or benchmark.
struct TestItem {
    private let node: SyntaxNode
    let isNamed: Bool

    /// Nil where the item begins with another word.
    init?(_ node: SyntaxNode, _ word: StaticString) {
        guard node.firstToken.reads(word) else { return nil }
        self.node = node
        isNamed = node.firstToken.next.kind == .string
    }

    /// In the middle of a line the word may be a constructor.
    var certainty: Certainty { node.firstToken.isFirstOnLine ? .likely : .possible }

    /// camlp4 took a `;` behind the last expression, stock OCaml's items do not.
    var withoutLastSemicolon: [Edit] {
        node.lastToken.kind == .semicolon ? [node.lastToken.delete()] : []
    }
}

/// Rules that pa_ounit and pa_bench share.
extension Rule {
    /// `WORD ["name"] = expression`.
    static func testBinding(
        _ id: String, _ message: String, _ word: StaticString, _ ppx: String, _ examples: [Example]
    ) -> Rule {
        Rule(id, message, at: [.testItem, .benchItem], words: ["\(word)"], examples: examples) { node in
            guard let test = TestItem(node, word) else { return nil }
            guard node.isWhole, node.token(.equal) != nil else {
                return Draft(node, .possible, .manual("write let%\(ppx) \"name\" = …"))
            }
            let head = test.isNamed ? "let%\(ppx)" : "let%\(ppx) _"
            return Draft(node, test.certainty, .safe([node.replaceKeyword(head)] + test.withoutLastSemicolon))
        }
    }

    /// `WORD ["name"] = module expression`.
    static func testModule(
        _ id: String, _ message: String, _ word: StaticString, _ ppx: String, _ examples: [Example]
    ) -> Rule {
        Rule(id, message, at: [.testItem, .benchItem], words: ["\(word)"], examples: examples) { node in
            guard let test = TestItem(node, word) else { return nil }
            guard node.isWhole, let body = node.lastChild else {
                return Draft(node, .possible, .manual("write let%\(ppx) \"name\" = (module …)"))
            }
            let head = test.isNamed ? "let%\(ppx)" : "let%\(ppx) _"
            // A struct is what stock rejects in that place; a path might be a constructor.
            let certainty = body.firstToken.kind == .struct ? .certain : test.certainty
            return Draft(node, certainty, .safe([node.replaceKeyword(head)] + body.wrap("(module ", ")")))
        }
    }
}
