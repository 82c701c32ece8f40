import Findings
import OCamlSyntax
import Text

extension Catalogue {
    /// type_conv: `with` clauses on types, exceptions and record fields, which generators of other packages fill.
    static let typeConv = SyntaxExtension(
        id: "type_conv", title: "type_conv: `with` clauses that generate code from types", findlib: ["type_conv"],
        opam: ["type_conv"], archives: ["pa_type_conv"], dialects: .typeConv, keywords: ["TYPE_CONV_PATH"],
        quotations: ["type_conv"],
        implies: ["camlp4"],
        turnedOn: "package(type_conv) with syntax_camlp4o: its name does not end in syntax; every generator brings it",
        replacement: Replacement(
            "the ppx of each generator; what they share was ppx_type_conv, today ppxlib",
            [
                .from(TargetDate(2015, 9, 25), note: "each generator's ppx brings ppx_type_conv along"),
                .from(TargetDate(2018, 3, 18), note: "each generator's ppx brings ppxlib along"),
            ]),
        caveats: [
            "One clause stands behind the whole of type … and …, and is no `with` of match, try, records or module types.",
            "In signatures sexp, bin_io and compare put their values at the end of the signature, ppx puts them behind the type.",
        ],
        rules: [typeWith, exceptionWith, fieldWith, typeConvPath, typeConvQuotation])

    private static let typeWith = Rule(
        "type_conv/with", "a `with` clause that generates code from a type", at: [.typeConvClause],
        examples: [
            .rewritten("type t = int «with sexp»", to: "type t = int [@@deriving sexp]"),
            .rewritten(
                "type t = A | B of int «with sexp, bin_io»\nlet x = 1",
                to: "type t = A | B of int [@@deriving sexp, bin_io]\nlet x = 1"),
            .rewritten(
                "type t «with sexp»\ntype u = t «with sexp_of»",
                to: "type t [@@deriving sexp]\ntype u = t [@@deriving sexp_of]"),
            .rewritten("type t = int «with (* why *) sexp»", to: "type t = int [@@deriving (* why *) sexp]"),
            .rewritten("type t = int «with typerep(abstract)»", to: "type t = int [@@deriving typerep ~abstract]"),
            .rewritten("type t = int «with sexp - of_sexp»", to: "type t = int [@@deriving sexp_of]"),
            .rewritten(
                "type t = int «with conv(json, ocaml), sexp»", to: "type t = int [@@deriving conv{json; ocaml}, sexp]"),
            .rewritten(
                "type t = { type_ : int; names : string list; n : int } «with rpc (\"type_\" -> \"type\", \"names\" -> \"Names\"), sexp»",
                to:
                    "type t = { type_ : int [@key \"type\"]; names : string list [@key \"Names\"]; n : int } [@@deriving rpc, sexp]"
            ),
            .reported("type t = { a : int } «with rpc (\"b\" -> \"c\")»"),
            .rewritten(
                "type a = int\nand b = a list «with\n  compare,\n  sexp»",
                to: "type a = int\nand b = a list [@@deriving\n  compare,\n  sexp]"),
            .reported(
                "module type S = sig type t «with sexp» end\nmodule M : S with type t = int = struct type t = int «with sexp» end"
            ),
            .reported("type t = { a : int; b : (module S with type t = int) } «with sexp»"),
            .reported("type t = [ `A | `B of int ] «with sexp»\nlet f = function `A -> 1 | `B n -> n"),
            .reported(
                "let f x = match x with A -> { r with a = 1 } | B -> try g x with Not_found -> r\ntype t = int «with sexp»"
            ),
            .reported("type t = int «with unheard_of»"),
            .reported("type t = int «with fields» ~fields:[x], sexp"),
            .silent("let f r = { r with x = 1 }\nlet g x = match x with y -> y"),
            .silent("let f : type a. a t -> { r with x } = fun r -> { r with x }"),
            .silent("module F (X : S with type t = int) = struct let f (type a) r = { r with a } end"),
            .silent("let f () = try exit 0 with e -> ()\nexception E of int\nlet g r = { r with y = 2 }"),
        ]
    ) { node in
        guard let parent = node.parent?.kind, parent != .exceptionItem, parent != .fieldDeclaration else { return nil }
        return draft(node) { $0.typeFix() }
    }

    private static func draft(_ node: SyntaxNode, uses: [String]? = nil, fix: (WithClause) -> Fix) -> Draft {
        guard node.isWhole, mayEnd(before: node.nextToken), let clause = WithClause(node) else {
            return Draft(node, .certain, .manual("the clause is no list of generators: mend it first"))
        }
        return Draft(node, .certain, fix(clause), uses: uses ?? clause.uses)
    }

    /// Whether a clause may end before the token: neither an operator nor a label begins an item.
    private static func mayEnd(before token: SyntaxToken) -> Bool {
        switch token.kind {
        case .label, .optionalLabel, .tilde, .question, .comma, .minus, .equal, .colon, .dot, .bar, .with, .plus, .star,
            .infixOperator0, .infixOperator1, .infixOperator2, .infixOperator3, .arrow:
            false
        default: true
        }
    }

    private static let exceptionWith = Rule(
        "type_conv/exception-with", "a `with` clause on an exception", at: [.typeConvClause],
        examples: [
            .rewritten("exception Bad of int «with sexp»", to: "exception Bad of int [@@deriving sexp]"),
            .reported("exception A\nexception B of string * int «with sexp»\nlet x = 1"),
            .silent("let f x = match x with exception Not_found -> { r with a = 1 } | y -> y"),
        ]
    ) { node in
        guard node.parent?.kind == .exceptionItem else { return nil }
        return draft(node) { clause in
            clause.generators.map(\.name.text) == ["sexp"]
                ? clause.typeFix() : .manual("only `sexp` was ever defined for exceptions: write [@@deriving sexp]")
        }
    }

    private static let fieldWith = Rule(
        "type_conv/field-with", "a `with` clause on a record field", at: [.typeConvClause],
        examples: [
            .rewritten(
                "type t = { port : int «with default(80), sexp_drop_default»; host : string } «with sexp»",
                to: "type t = { port : int [@default 80] [@sexp_drop_default (=)]; host : string } [@@deriving sexp]"),
            .rewritten(
                "type t = { xs : int list «with sexp_drop_if((=) [])» }",
                to: "type t = { xs : int list [@sexp_drop_if ((=) [])] }"),
            .rewritten(
                "type t = { n : int «with sexp_drop_if(fun n -> (* none *) n = 0)» }",
                to: "type t = { n : int [@sexp_drop_if (fun n -> (* none *) n = 0)] }"),
            .silent("type t = { a : int }\nlet f r = { r with a = 1 }"),
        ]
    ) { node in
        guard node.parent?.kind == .fieldDeclaration else { return nil }
        return draft(node, uses: ["sexplib"]) { $0.fieldFix() }
    }

    private static let typeConvPath = Rule(
        "type_conv/path", "TYPE_CONV_PATH, which tells generators the path of the module",
        at: [.typeConvPath],
        examples: [
            .rewritten("«TYPE_CONV_PATH \"Lib\"»\nlet x = 1", to: "let x = 1"),
            .rewritten("(* a *) «TYPE_CONV_PATH \"Lib\"» (* b *)\nlet x = 1", to: "(* a *)  (* b *)\nlet x = 1"),
            .ordinary("type t = TYPE_CONV_PATH | B"),
        ]
    ) { node in
        guard node.isWhole else { return nil }
        return Draft(node, .likely, .safe([node.deleteWithLine()], ["ppx takes the path from the file's own name"]))
    }

    private static let typeConvQuotation = Rule.manualQuotations(
        "type_conv/quotation", "a quotation that expands a type's generators", ["type_conv"],
        advice:
            "write out the code that the generators gave, or move the type into a module of its own with [@@deriving …]",
        examples: [.reported("module M = «<:type_conv< type t = int with sexp_of >>»")])
}

/// The generators of a `with` clause.
struct WithClause {
    struct Generator {
        let node: SyntaxNode
        let name: SyntaxToken
        /// The parentheses and all in them.
        let argument: SyntaxNode?
        let minus: [SyntaxToken]
    }

    let node: SyntaxNode
    let generators: [Generator]

    /// Nil where a generator has no name.
    init?(_ node: SyntaxNode) {
        self.node = node
        var generators: [Generator] = []
        for generator in node.children {
            let names = generator.children.filter { $0.kind == .name }.map(\.firstToken)
            guard generator.kind == .generator, generator.isWhole, let name = names.first else { return nil }
            generators.append(
                Generator(
                    node: generator, name: name, argument: generator.child(.generatorArgument),
                    minus: Array(names.dropFirst())))
        }
        if generators.isEmpty { return nil }
        self.generators = generators
    }

    /// The extensions that the generators belong to.
    var uses: [String] { generators.compactMap { node.context.index.generator($0.name.text)?.id } }

    /// The clause as an attribute, comments and layout kept.
    func typeFix() -> Fix {
        var edits = [node.replaceKeyword("[@@deriving")]
        var notes: [String] = []
        for generator in generators {
            let name = generator.name.text
            if let reason = Self.without[name] { return .manual(reason) }
            guard node.context.index.generator(name) != nil else {
                return .manual("the generator `\(name)` is not known: see what its package offers for ppx")
            }
            if let note = caution(name) { notes.append(note) }
            if let argument = generator.argument {
                guard let changes = edit(argument, of: name) else {
                    return .manual("write the argument of `\(name)` as its ppx wants it")
                }
                edits += changes
            }
            if !generator.minus.isEmpty {
                guard let rest = Self.subtract(generator), let last = generator.minus.last else {
                    return .manual("write the generators that are left after the subtraction")
                }
                let range = ByteRange(generator.name.range.start, last.range.end)
                edits.append(Edit(range, rest.joined(separator: ", ")))
            }
        }
        edits.append(node.insertBehind("]"))
        return notes.isEmpty ? .safe(edits) : .review(edits, notes)
    }

    /// What becomes of a generator's argument; nil where that is not known.
    private func edit(_ argument: SyntaxNode, of name: String) -> [Edit]? {
        let tokens = argument.allTokens
        guard tokens.count > 2, let open = tokens.first, let close = tokens.last else { return nil }
        let inside = Array(tokens.dropFirst().dropLast())
        switch name {
        case "conv": return Self.targets(open, inside, close)
        case "rpc":
            let start = node.context.blanksBefore(open.range.start)
            return keys(inside).map { [Edit(ByteRange(start, close.range.end), "")] + $0 }
        default:
            guard inside.count == 1, inside[0].kind == .lowercaseIdentifier else { return nil }
            return [open.replace(" ~"), close.delete()]
        }
    }

    /// `(json, ocaml)` as `{json; ocaml}`.
    private static func targets(_ open: SyntaxToken, _ inside: [SyntaxToken], _ close: SyntaxToken) -> [Edit]? {
        var edits = [open.replace("{"), close.replace("}")]
        for (place, token) in inside.enumerated() {
            guard token.kind == (place % 2 == 0 ? .lowercaseIdentifier : .comma) else { return nil }
            if token.kind == .comma { edits.append(token.replace(";")) }
        }
        return inside.count % 2 == 1 ? edits : nil
    }

    /// `"field" -> "key"`, parted by commas, as attributes on the fields of the types.
    private func keys(_ inside: [SyntaxToken]) -> [Edit]? {
        var edits: [Edit] = []
        for part in inside.split(omittingEmptySubsequences: false, whereSeparator: { $0.kind == .comma }) {
            let entry = Array(part)
            guard entry.count == 3, entry[0].kind == .string, entry[1].kind == .arrow, entry[2].kind == .string
            else { return nil }
            let name = entry[0].text.dropFirst().dropLast()
            let fields = declaredFields.filter { field in
                field.ownTokens.first { $0.kind == .lowercaseIdentifier }.map { $0.text == name } ?? false
            }
            // A clause of the field's own is rewritten by itself, and no edit may touch it.
            guard !fields.isEmpty, fields.allSatisfy({ $0.child(.typeConvClause) == nil }) else { return nil }
            edits += fields.compactMap { $0.lastChild?.insertBehind(" [@key \(entry[2].text)]") }
        }
        return edits
    }

    /// The fields of all records that the clause's item declares.
    private var declaredFields: [SyntaxNode] {
        let context = node.context
        return context.tree.subtree(node.item.index).map { SyntaxNode(context, $0) }
            .filter { $0.kind == .fieldDeclaration }
    }

    /// The clause of a record field as attributes on the label.
    func fieldFix() -> Fix {
        if node.hasComments(outside: generators.compactMap(\.argument)) {
            return .manual("write each of the clause's words as an attribute: [@default …] [@sexp_drop_default (=)]")
        }
        var attributes: [String] = []
        var notes: [String] = []
        for generator in generators {
            switch (generator.name.text, generator.argument?.text) {
            case ("default", let argument?):
                // Its own parentheses are the attribute's brackets.
                let value = generator.argument?.firstChild.flatMap { $0.needsParentheses(as: .argument) ? nil : $0 }
                attributes.append("[@default \(value?.text ?? argument)]")
            case ("sexp_drop_if", let argument?): attributes.append("[@sexp_drop_if \(argument)]")
            case ("sexp_drop_default", nil) where node.context.target < Self.explicitEquality:
                attributes.append("[@sexp_drop_default]")
            case ("sexp_drop_default", nil):
                attributes.append("[@sexp_drop_default (=)]")
                notes.append(
                    "sexp_drop_default compared with (=): say another equality where that one raises or is shadowed")
            default: return .manual("`\(generator.name.text)` on a field: see what its ppx offers")
            }
        }
        let edits = [Edit(node.range, attributes.joined(separator: " "))]
        return notes.isEmpty ? .safe(edits) : .review(edits, notes)
    }

    private static let parts: [String: [String]] = [
        "sexp": ["sexp_of", "of_sexp"], "bin_io": ["bin_read", "bin_write", "bin_type_class"],
    ]

    /// What is left of a generator that stands for several; nil where that is not known or nothing.
    private static func subtract(_ generator: Generator) -> [String]? {
        guard let parts = parts[generator.name.text] else { return nil }
        let minus = generator.minus.map(\.text)
        guard minus.allSatisfy(parts.contains) else { return nil }
        let rest = parts.filter { !minus.contains($0) }
        return rest.isEmpty ? nil : rest
    }

    /// ppx_sexp_conv v0.12 asks for the equality that decides.
    private static let explicitEquality = TargetDate(2019, 3, 6)

    /// What may differ for the users of what the generator makes; nil where nothing does.
    private func caution(_ name: String) -> String? {
        let item = node.item
        switch name {
        case "compare" where declaresTypeT: return "comparelib also gave compare_t, ppx_compare gives compare alone"
        case "variants":
            let constructors = item.allTokens.filter { $0.kind == .uppercaseIdentifier }.map { $0.text.lowercased() }
            guard let word = constructors.first(where: Self.keywords.contains) else { return nil }
            return
                "for the constructor that reads `\(word)` variantslib gave \(word)__, ppx_variants_conv gives \(word)_"
        default: return Self.cautions[name]
        }
    }

    private var declaresTypeT: Bool {
        node.item.children.contains { declaration in
            declaration.kind == .typeDeclaration && declaration.ownTokens.contains { $0.reads("t") }
        }
    }

    private static let keywords: Set<String> = [
        "and", "as", "assert", "begin", "class", "constraint", "do", "done", "downto", "else", "end", "exception",
        "external", "false", "for", "fun", "function", "functor", "if", "in", "include", "inherit", "initializer",
        "lazy", "let", "match", "method", "module", "mutable", "new", "nonrec", "object", "of", "open", "or",
        "private", "rec", "sig", "struct", "then", "to", "true", "try", "type", "val", "virtual", "when", "while",
        "with",
    ]

    private static let cautions: [String: String] = [
        "rpc": "ppx_deriving_rpc gives a value typ_of_t beside the functions",
        "show": "ppx_deriving gives functions (show) where deriving gave modules (Show_t)",
    ]

    /// Generators that no ppx replaces.
    private static let without: [String: String] = [
        "json": "no ppx replaces cow's `json`: write the conversions, or use ppx_deriving_yojson and adapt",
        "xml": "no ppx replaces cow's `xml`: write the conversions with cow's combinators",
        "html": "no ppx replaces cow's `html`: write the conversions with cow's combinators",
        "orm": "no ppx replaces orm", "type_of": "no ppx replaces dyntype's `type_of`: ppx_typerep_conv comes nearest",
        "value": "no ppx replaces dyntype's `value`: ppx_typerep_conv comes nearest",
    ]
}
