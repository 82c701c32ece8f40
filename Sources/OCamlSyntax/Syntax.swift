/// The ways into this library for those who want a tree and not its parts.
package enum Syntax {
    /// The tree of a file.
    ///
    /// - Parameters:
    ///   - dialects: what the file is written in; nil to go by its content: stock where stock takes it, else what its
    ///     words show, if that reads better.
    ///   - stackBudget: bytes of stack that the parse may use; more than the default wants a large stack.
    package static func tree(
        _ bytes: [UInt8], interface: Bool = false, dialects: Dialects? = nil,
        stackBudget: Int = Parser.smallStack
    ) -> SyntaxTree {
        if let dialects {
            let tokens = Lexer.tokenize(bytes, rules: dialects.lexicalRules)
            return Parser.parse(tokens, interface: interface, dialects: dialects, stackBudget: stackBudget)
        }
        let stock = tree(bytes, interface: interface, dialects: [], stackBudget: stackBudget)
        if stock.rejectionByStock == nil { return stock }
        let shown = dialectsShown(by: bytes)
        let camlp4 = tree(bytes, interface: interface, dialects: shown, stackBudget: stackBudget)
        return camlp4.problems < stock.problems ? camlp4 : stock
    }

    /// The dialects that the content of a file shows.
    package static func dialectsShown(by bytes: [UInt8]) -> Dialects {
        DialectGuess.dialects(of: Lexer.tokenize(bytes, rules: .camlp4))
    }

    /// Why stock OCaml would not take the file; nil if it would.
    package static func rejectionByStock(
        _ bytes: [UInt8], interface: Bool = false, stackBudget: Int = Parser.smallStack
    ) -> SyntaxError? {
        tree(bytes, interface: interface, dialects: [], stackBudget: stackBudget).rejectionByStock
    }
}

extension Dialects {
    /// The lexical rules that go with the dialects.
    package var lexicalRules: LexicalRules { isEmpty ? .stock : .camlp4 }

    private static let named: [(name: String, dialect: Dialects)] = [
        ("camlp4", .camlp4), ("type_conv", .typeConv), ("lwt", .lwt), ("cstruct", .cstruct), ("pa_ounit", .ounit),
        ("pa_bench", .bench), ("js_of_ocaml", .jsOfOCaml), ("deriving", .deriving), ("eliom", .eliom),
        ("macro", .macros), ("optcomp", .optcomp), ("bitstring", .bitstring), ("streams", .streams),
        ("comprehensions", .comprehensions), ("ulex", .ulex), ("extend", .grammarExtensions), ("monad", .monad),
    ]

    /// The names of all dialects.
    package static var names: [String] { named.map(\.name) }

    /// The dialect of that name; all but `camlp4` itself bring camlp4's own syntax along.
    package init?(name: String) {
        guard let found = Self.named.first(where: { $0.name == name }) else { return nil }
        self = found.dialect.union(.camlp4)
    }

    package var description: String {
        Self.named.filter { contains($0.dialect) }.map(\.name).joined(separator: ",")
    }
}

extension SyntaxTree {
    /// How many things stand in the way of reading the file.
    package var problems: Int { errors.count + tokens.errors.count }
}
