import Findings
import OCamlSyntax
import Text

extension Catalogue {
    /// type_conv: `with` clauses on types, exceptions and record fields, which generators of other packages fill.
    static let typeConv = SyntaxExtension(
        id: "type_conv", title: "type_conv: `with` clauses that generate code from types", findlib: ["type_conv"],
        opam: ["type_conv"], archives: ["pa_type_conv"], keywords: ["TYPE_CONV_PATH"], quotations: ["type_conv"],
        implies: ["camlp4"], replacement: "ppx_type_conv, today ppxlib's deriving",
        rules: [typeWith, exceptionWith, fieldWith, typeConvPath, typeConvQuotation])

    private static let typeWith = Rule(
        "type_conv/with", "a `with` clause that generates code from a type", at: [.kind(.with)],
        examples: [
            .rewritten("type t = int ‸with sexp‸", to: "type t = int [@@deriving sexp]"),
            .rewritten(
                "type t = A | B of int ‸with sexp, bin_io‸\nlet x = 1",
                to: "type t = A | B of int [@@deriving sexp, bin_io]\nlet x = 1"),
            .rewritten(
                "type t ‸with sexp‸\ntype u = t ‸with sexp_of‸",
                to: "type t [@@deriving sexp]\ntype u = t [@@deriving sexp_of]"),
            .rewritten("type t = int ‸with (* why *) sexp‸", to: "type t = int [@@deriving (* why *) sexp]"),
            .rewritten("type t = int ‸with typerep(abstract)‸", to: "type t = int [@@deriving typerep ~abstract]"),
            .rewritten("type t = int ‸with sexp - of_sexp‸", to: "type t = int [@@deriving sexp_of]"),
            .rewritten(
                "type a = int\nand b = a list ‸with\n  compare,\n  sexp‸",
                to: "type a = int\nand b = a list [@@deriving\n  compare,\n  sexp]"),
            .reported(
                "module type S = sig type t ‸with sexp‸ end\nmodule M : S with type t = int = struct type t = int ‸with sexp‸ end"
            ),
            .reported("type t = { a : int; b : (module S with type t = int) } ‸with sexp‸"),
            .reported("type t = [ `A | `B of int ] ‸with sexp‸\nlet f = function `A -> 1 | `B n -> n"),
            .reported(
                "let f x = match x with A -> { r with a = 1 } | B -> try g x with Not_found -> r\ntype t = int ‸with sexp‸"
            ),
            .reported("type t = int ‸with unheard_of‸"),
            .silent("let f r = { r with x = 1 }\nlet g x = match x with y -> y"),
            .silent("let f : type a. a t -> { r with x } = fun r -> { r with x }"),
            .silent("module F (X : S with type t = int) = struct let f (type a) r = { r with a } end"),
            .silent("let f () = try exit 0 with e -> ()\nexception E of int\nlet g r = { r with y = 2 }"),
        ]
    ) { context, index in
        guard context.structure.clauses[index] == .type, let clause = WithClause(context, at: index) else { return nil }
        return Draft(clause.range, .certain, clause.typeFix(context), uses: clause.uses(context))
    }

    private static let exceptionWith = Rule(
        "type_conv/exception-with", "a `with` clause on an exception", at: [.kind(.with)],
        examples: [
            .rewritten("exception Bad of int ‸with sexp‸", to: "exception Bad of int [@@deriving sexp]"),
            .reported("exception A\nexception B of string * int ‸with sexp‸\nlet x = 1"),
            .silent("let f x = match x with exception Not_found -> { r with a = 1 } | y -> y"),
        ]
    ) { context, index in
        guard context.structure.clauses[index] == .exception, let clause = WithClause(context, at: index) else {
            return nil
        }
        let fix: Fix =
            clause.generators.map(\.name) == ["sexp"]
            ? clause.typeFix(context) : .manual("only `sexp` was ever defined for exceptions: write [@@deriving sexp]")
        return Draft(clause.range, .certain, fix, uses: clause.uses(context))
    }

    private static let fieldWith = Rule(
        "type_conv/field-with", "a `with` clause on a record field", at: [.kind(.with)],
        examples: [
            .rewritten(
                "type t = { port : int ‸with default(80), sexp_drop_default‸; host : string } ‸with sexp‸",
                to: "type t = { port : int [@default (80)] [@sexp_drop_default (=)]; host : string } [@@deriving sexp]"),
            .rewritten(
                "type t = { xs : int list ‸with sexp_drop_if((=) [])‸ }",
                to: "type t = { xs : int list [@sexp_drop_if ((=) [])] }"),
            .silent("type t = { a : int }\nlet f r = { r with a = 1 }"),
        ]
    ) { context, index in
        guard context.structure.clauses[index] == .field, let clause = WithClause(context, at: index) else {
            return nil
        }
        return Draft(clause.range, .certain, clause.fieldFix(context), uses: ["sexplib"])
    }

    private static let typeConvPath = Rule(
        "type_conv/path", "TYPE_CONV_PATH, which tells generators the path of the module",
        at: [.word("TYPE_CONV_PATH")],
        examples: [
            .rewritten("‸TYPE_CONV_PATH \"Lib\"‸\nlet x = 1", to: "\nlet x = 1"),
            .ordinary("type t = TYPE_CONV_PATH | B"),
        ]
    ) { context, index in
        guard context.tokens.kind(index + 1) == .string else { return nil }
        let range = context.tokens.range(index, through: index + 1)
        return Draft(range, .likely, .safe([Edit(range, "")], ["ppx takes the path from the file's own name"]))
    }

    private static let typeConvQuotation = Rule.manualQuotations(
        "type_conv/quotation", "a quotation that expands a type's generators", ["type_conv"],
        advice:
            "write out the code that the generators gave, or move the type into a module of its own with [@@deriving …]",
        examples: [.reported("module M = ‸<:type_conv< type t = int with sexp_of >>‸")])
}

/// The generators of a `with` clause.
struct WithClause {
    struct Generator {
        let name: String
        let token: Int
        /// The parentheses around its argument.
        let argument: (open: Int, close: Int)?
        let minus: [(token: Int, name: String)]

        var last: Int { argument?.close ?? minus.last?.token ?? token }
    }

    let with: Int
    let generators: [Generator]
    /// From `with` to the last generator.
    let range: ByteRange

    /// Grammar: `with` generator { `,` generator }; generator = name [ `(` tokens `)` ] or name { `-` name }.
    init?(_ context: SourceContext, at with: Int) {
        let tokens = context.tokens
        var generators: [Generator] = []
        var index = with + 1
        while tokens.kind(index) == .lowercaseIdentifier {
            var argument: (Int, Int)?
            var minus: [(Int, String)] = []
            if tokens.kind(index + 1) == .leftParen, let close = context.structure.partner[index + 1] {
                argument = (index + 1, close)
            }
            var next = index + 1
            while argument == nil, tokens.kind(next) == .minus, tokens.kind(next + 1) == .lowercaseIdentifier {
                minus.append((next + 1, tokens.text(next + 1)))
                next += 2
            }
            let generator = Generator(name: tokens.text(index), token: index, argument: argument, minus: minus)
            generators.append(generator)
            guard tokens.kind(generator.last + 1) == .comma else { break }
            index = generator.last + 2
        }
        guard let last = generators.last else { return nil }
        self.with = with
        self.generators = generators
        range = tokens.range(with, through: last.last)
    }

    /// The extensions that the generators belong to.
    func uses(_ context: SourceContext) -> [String] {
        generators.compactMap { context.index.generator($0.name)?.id }
    }

    /// The clause as an attribute, comments and layout kept.
    func typeFix(_ context: SourceContext) -> Fix {
        let tokens = context.tokens
        var edits = [Edit(tokens.range(with), "[@@deriving")]
        var notes: [String] = []
        for generator in generators {
            if let reason = Self.without[generator.name] { return .manual(reason) }
            guard context.index.generator(generator.name) != nil else {
                return .manual("the generator `\(generator.name)` is not known: see what its package offers for ppx")
            }
            if let note = Self.cautions[generator.name] { notes.append(note) }
            if let argument = generator.argument {
                guard argument.close == argument.open + 2, tokens.kind(argument.open + 1) == .lowercaseIdentifier else {
                    return .manual("write the argument of `\(generator.name)` as its ppx wants it")
                }
                edits.append(Edit(tokens.range(argument.open), " ~"))
                edits.append(Edit(tokens.range(argument.close), ""))
            }
            if !generator.minus.isEmpty {
                guard let rest = Self.subtract(generator), let last = generator.minus.last else {
                    return .manual("write the generators that are left after the subtraction")
                }
                edits.append(Edit(tokens.range(generator.token, through: last.token), rest.joined(separator: ", ")))
            }
        }
        edits.append(Edit(ByteRange(range.end, range.end), "]"))
        return notes.isEmpty ? .safe(edits) : .review(edits, notes)
    }

    /// The clause of a record field as attributes on the label.
    func fieldFix(_ context: SourceContext) -> Fix {
        let tokens = context.tokens
        if tokens.hasComment(from: with, through: (generators.last?.last ?? with)) {
            return .manual("write each of the clause's words as an attribute: [@default …] [@sexp_drop_default (=)]")
        }
        var attributes: [String] = []
        var notes: [String] = []
        for generator in generators {
            let argument = generator.argument.map { tokens.string(tokens.range($0.open, through: $0.close)) }
            switch (generator.name, argument) {
            case ("default", let argument?): attributes.append("[@default \(argument)]")
            case ("sexp_drop_if", let argument?): attributes.append("[@sexp_drop_if \(argument)]")
            case ("sexp_drop_default", nil):
                attributes.append("[@sexp_drop_default (=)]")
                notes.append(
                    "sexp_drop_default compared with (=): say another equality where that one raises or is shadowed")
            default: return .manual("`\(generator.name)` on a field: see what its ppx offers")
            }
        }
        let edits = [Edit(range, attributes.joined(separator: " "))]
        return notes.isEmpty ? .safe(edits) : .review(edits, notes)
    }

    private static let parts: [String: [String]] = [
        "sexp": ["sexp_of", "of_sexp"], "bin_io": ["bin_read", "bin_write", "bin_type_class"],
    ]

    /// What is left of a generator that stands for several; nil where that is not known or nothing.
    private static func subtract(_ generator: Generator) -> [String]? {
        guard let parts = parts[generator.name] else { return nil }
        let minus = generator.minus.map(\.name)
        guard minus.allSatisfy(parts.contains) else { return nil }
        let rest = parts.filter { !minus.contains($0) }
        return rest.isEmpty ? nil : rest
    }

    private static let cautions: [String: String] = [
        "compare": "for a type named t comparelib also gave compare_t, ppx_compare gives compare alone",
        "variants": "constructors that end like keywords are named otherwise: open__ is open_ in ppx_variants_conv",
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
