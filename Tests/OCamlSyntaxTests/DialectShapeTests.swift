import OCamlSyntax
import Testing
import Text

/// The nodes that each dialect makes, with their children in order: what rewriting rests on.
@Suite struct DialectShapeTests {
    struct Shape: Sendable, CustomTestStringConvertible {
        let dialects: Dialects
        let source: String
        let shape: String

        init(_ dialects: Dialects, _ source: String, _ shape: String) {
            self.dialects = dialects
            self.source = source
            self.shape = shape
        }

        var testDescription: String { source }
    }

    @Test(arguments: all) func shape(_ shape: Shape) {
        let tree = Syntax.tree(
            Array(shape.source.utf8), dialects: shape.dialects == .revised ? .revised : shape.dialects.union(.camlp4))
        #expect(tree.problems == 0, "\(shape.source): \(tree.errors)")
        let items = tree.children(of: 0).map { describe($0, in: tree) }
        #expect(items.joined(separator: " ") == shape.shape, "\(shape.source)")
    }

    /// `kind(child child)`, leaves by their text.
    private func describe(_ node: Int, in tree: SyntaxTree) -> String {
        let children = tree.children(of: node)
        if children.isEmpty {
            let range = tree.range(node)
            return String(decoding: tree.tokens.bytes[range.start..<range.end], as: UTF8.self)
        }
        return "\(tree.kind(node))(\(children.map { describe($0, in: tree) }.joined(separator: " ")))"
    }

    static let all: [Shape] = [
        Shape(
            .lwt, "let f () = lwt x = a and (y, _) = b in g x; h y",
            "letItem(letBinding(f () lwtLet(lwt letBinding(x a) letBinding(parenthesised(tuple(y _)) b) sequence(application(g x) application(h y)))))"
        ),
        Shape(
            .lwt, "let z = 1\nlwt () = f ()",
            "letItem(letBinding(z 1)) lwtItem(lwt letBinding(() application(f ())))"),
        Shape(
            .lwt, "let z = 1\nlwt a = f () and b = c in g a",
            "letItem(letBinding(z 1)) lwtItem(lwt letBinding(a application(f ())) letBinding(b c) application(g a))"),
        Shape(
            .lwt, "let f () = try_lwt a; b with E -> c | F when d -> e finally g; h",
            "letItem(letBinding(f () lwtTry(try_lwt sequence(a b) matchCase(E c) matchCase(F d e) finally sequence(g h))))"
        ),
        Shape(
            .lwt, "let f () = try_lwt a finally b",
            "letItem(letBinding(f () lwtTry(try_lwt a finally b)))"),
        Shape(
            .lwt, "let f () = match_lwt a with A -> b | C d -> e",
            "letItem(letBinding(f () lwtMatch(match_lwt a matchCase(A b) matchCase(constructorPattern(C d) e))))"),
        Shape(
            .lwt, "let f () = for_lwt i = a to b do c; d done",
            "letItem(letBinding(f () lwtFor(for_lwt i a b sequence(c d))))"),
        Shape(
            .lwt, "let f () = for_lwt (k, v) in s do c done",
            "letItem(letBinding(f () lwtForIn(for_lwt parenthesised(tuple(k v)) s c)))"),
        Shape(
            .lwt, "let f () = while_lwt a do b done",
            "letItem(letBinding(f () lwtWhile(while_lwt a b)))"),
        Shape(
            .lwt, "let f () = if a then raise_lwt E, x := y; d",
            "letItem(letBinding(f () sequence(if(a lwtRaise(raise_lwt tuple(E infixOperation(x y)))) d)))"),
        Shape(
            .lwt, "let f () = assert_lwt a || b",
            "letItem(letBinding(f () lwtAssert(assert_lwt infixOperation(a b))))"),
        Shape(
            .lwt, "let f () = a >> raise_lwt E >>= g",
            "letItem(letBinding(f () infixOperation(a lwtRaise(raise_lwt infixOperation(E g)))))"),
        Shape(
            .lwt, "let f () = a >> b >> c >>= fun x -> d; e",
            "letItem(letBinding(f () infixOperation(infixOperation(infixOperation(a b) c) fun(x sequence(d e)))))"),
        Shape(
            .lwt, "let f () = if a then lwt () = b in c; d",
            "letItem(letBinding(f () if(a lwtLet(lwt letBinding(() b) sequence(c d)))))"),
        Shape(
            .cstruct, "cstruct h { uint8_t a; uint16_t b[2]; } as big_endian",
            "cstructItem(cstruct h cstructField(uint8_t a) cstructField(uint16_t b 2) big_endian)"),
        Shape(
            .cstruct, "cenum op { READ; WRITE = 5l } as uint32_t(sexp)",
            "cenumItem(cenum op cenumConstructor(READ) cenumConstructor(WRITE 5l) uint32_t sexp)"),
        Shape(
            .typeConv,
            "type t = { a : int with default(1 + 1), sexp_drop_default; b : u } with sexp - of_sexp, rpc(\"a\" -> \"b\")",
            "typeItem(typeDeclaration(recordType(fieldDeclaration(int typeConvClause(generator(default generatorArgument(infixOperation(1 1))) generator(sexp_drop_default))) fieldDeclaration(u))) typeConvClause(generator(sexp of_sexp) generator(rpc (\"a\" -> \"b\"))))"
        ),
        Shape(
            .typeConv, "exception E of int with sexp\nTYPE_CONV_PATH \"M\"",
            "exceptionItem(constructorDeclaration(int) typeConvClause(generator(sexp))) typeConvPath(TYPE_CONV_PATH \"M\")"
        ),
        Shape(
            .rpclib, "module type S = sig val f : int end with_gen rpc, json",
            "moduleTypeItem(signatureBody(valueItem(f int)) withGenerators(with_gen generator(rpc) generator(json)))"),
        Shape(
            .ounit, "TEST \"a\" = b = c\nTEST_UNIT = f (); g ();\nTEST_MODULE \"m\" = struct TEST = d end",
            "testItem(TEST \"a\" infixOperation(b c)) testItem(TEST_UNIT sequence(application(f ()) application(g ()))) testItem(TEST_MODULE \"m\" structureBody(testItem(TEST d)))"
        ),
        Shape(
            .bench, "BENCH_INDEXED \"a\" n [1; 2] @ l = fun () -> f n\nBENCH \"b\" = c",
            "benchItem(BENCH_INDEXED \"a\" n infixOperation(list(1 2) l) fun(() application(f n))) benchItem(BENCH \"b\" c)"
        ),
        Shape(
            .jsOfOCaml, "let x = o##m(a, fun () -> b)##p",
            "letItem(letBinding(x jsAccess(jsMethodCall(o m a fun(() b)) p)))"),
        Shape(
            .jsOfOCaml, "let x = f o##p <- 1 + 2, 3; g",
            "letItem(letBinding(x sequence(application(f jsAssignment(o p tuple(infixOperation(1 2) 3))) g)))"),
        Shape(
            .jsOfOCaml, "let x = g o##m () o##p.q",
            "letItem(letBinding(x application(g jsMethodCall(o m) fieldAccess(jsAccess(o p)))))"),
        Shape(
            .jsOfOCaml, "let x = jsnew (a##c) (1, 2)##p",
            "letItem(letBinding(x jsAccess(jsNew(jsnew parenthesised(jsAccess(a c)) 1 2) p)))"),
        Shape(
            .jsOfOCaml, "let x = jsobject (self) val x = 1 method m a = self##x end",
            "letItem(letBinding(x jsObject(jsobject selfPattern(self) valueField(1) methodField(a jsAccess(self x)))))"),
        Shape(
            .deriving, "type t = A deriving (Show, Eq)\nlet x = Show.show<int list> y\nlet z = M.x < y && a > b",
            "typeItem(typeDeclaration(A) derivingClause(deriving Show Eq)) letItem(letBinding(x application(derivedMethod(Show.show typePath(int list)) y))) letItem(letBinding(z infixOperation(infixOperation(M.x y) infixOperation(a b))))"
        ),
        Shape(
            .eliom, "{client{ let x = %y + %(f z) }}\n{shared{ type t }}",
            "eliomSection(client structureBody(letItem(letBinding(x infixOperation(eliomInjection(y) eliomInjection(parenthesised(application(f z)))))))) eliomSection(shared structureBody(typeItem(type t)))"
        ),
        Shape(
            .eliom, "let x = {{ f %y }} and z = {unit -> string{ g }} and w = {shared#int{ v }}",
            "letItem(letBinding(x eliomClientValue(application(f eliomInjection(y)))) letBinding(z eliomClientValue(arrowType(unit string) g)) letBinding(w eliomSharedValue(shared int v)))"
        ),
        Shape(
            .eliom, "let x = f (%y.p a : t) [%z; b]",
            "letItem(letBinding(x application(f constrained(application(fieldAccess(eliomInjection(y)) a) t) list(eliomInjection(z) b))))"
        ),
        Shape(
            .macros, "IFDEF A THEN let x = 1 ELSE let x = 2 type t END",
            "macroItem(IFDEF A THEN structureBody(letItem(letBinding(x 1))) ELSE structureBody(letItem(letBinding(x 2)) typeItem(type t)) END)"
        ),
        Shape(
            .macros, "let x = IFDEF A THEN 1; 2 ELSE 3 ENDIF + 4",
            "letItem(letBinding(x infixOperation(macroExpression(IFDEF A THEN sequence(1 2) ELSE 3 ENDIF) 4)))"),
        Shape(
            .macros, "let f = function IFDEF A THEN Some x ELSE x END -> x | IFDEF B THEN C -> 1 | D -> 2 END",
            "letItem(letBinding(f function(matchCase(macroPattern(IFDEF A THEN constructorPattern(Some x) ELSE x END) x) macroCase(IFDEF B THEN matchCase(C 1) matchCase(D 2) END))))"
        ),
        Shape(
            .macros,
            "type t = A | IFDEF B THEN C | D ELSE E END | F\ntype r = { a : int; IFDEF B THEN b : int; ELSE c : int; d : t; END e : int }",
            "typeItem(typeDeclaration(A macroConstructor(IFDEF B THEN C D ELSE E END) F)) typeItem(typeDeclaration(recordType(fieldDeclaration(int) macroField(IFDEF B THEN fieldDeclaration(int) ELSE fieldDeclaration(int) fieldDeclaration(t) END) fieldDeclaration(int))))"
        ),
        Shape(
            .macros, "type t = IFDEF A THEN int ELSE string END\nmodule M = IFDEF A THEN N ELSE O END",
            "typeItem(typeDeclaration(macroType(IFDEF A THEN int ELSE string END))) moduleItem(moduleBinding(macroModule(IFDEF A THEN N ELSE O END)))"
        ),
        Shape(
            .macros,
            "DEFINE N\nDEFINE K = 1 + 2\nDEFINE F(x, y) = x y\nUNDEF N\nINCLUDE \"f\"\nlet f x = DEFINE k = 1 IN k; k",
            "macroDefinition(DEFINE N) macroDefinition(DEFINE K infixOperation(1 2)) macroDefinition(DEFINE F macroParameters(x y) application(x y)) macroUndefinition(UNDEF N) macroInclude(INCLUDE \"f\") letItem(letBinding(f x macroLet(DEFINE k 1 IN sequence(k k))))"
        ),
        Shape(
            .bitstring,
            "let f b = bitmatch b with { 0x45 : 8; len : 16 : littleendian, bind (len * 2); :hdr; rest : -1 : bitstring } as all when len > 2 -> rest | { _ } -> b",
            "letItem(letBinding(f b bitstringMatch(bitmatch b matchCase(bitstringFields(bitstringField(0x45 8) bitstringField(len 16 bitstringQualifier(littleendian) bitstringQualifier(bind infixOperation(len 2))) bitstringField(hdr) bitstringField(rest signOperation(1) bitstringQualifier(bitstring))) all infixOperation(len 2) rest) matchCase(bitstringFields(bitstringField(_)) b))))"
        ),
        Shape(
            .bitstring,
            "let g a = BITSTRING { a : 8; \"x\" : 16 : string }\nlet bitmatch hdr = { v : 4 }\nopen bitmatch \"f\"",
            "letItem(letBinding(g a bitstringConstructor(BITSTRING bitstringFields(bitstringField(a 8) bitstringField(\"x\" 16 bitstringQualifier(string)))))) bitstringItem(bitmatch hdr bitstringFields(bitstringField(v 4))) bitstringItem(bitmatch \"f\")"
        ),
        Shape(
            .streams, "let f = parser p [< 'A when b; c = d ?? \"m\"; e >] q -> g | [< >] -> h",
            "letItem(letBinding(f streamParser(parser p streamCase(streamPattern(streamTerminal(A b) streamNonterminal(c d \"m\") streamRest(e)) q g) streamCase([< >] h))))"
        ),
        Shape(
            .streams, "let x = [< 'a; b; 'c >]",
            "letItem(letBinding(x streamExpression(streamTerminal(a) streamRest(b) streamTerminal(c))))"),
        Shape(
            .streams, "let f s = match s with parser [< >] -> a",
            "letItem(letBinding(f s match(s parser streamCase([< >] a))))"),
        Shape(
            .comprehensions, "let x = [ a + b | Some a <- l; a > 1; b <- m ]",
            "letItem(letBinding(x comprehension(infixOperation(a b) comprehensionGenerator(constructorPattern(Some a) l) comprehensionGuard(infixOperation(a 1)) comprehensionGenerator(b m))))"
        ),
        Shape(
            .enumComprehensions, "let x = [? List : a | a <- Enum : b; c ?]",
            "letItem(letBinding(x comprehension(List a comprehensionGenerator(a Enum b) comprehensionGuard(c))))"),
        Shape(
            .ulex, "let regexp d = ['0'-'9' \"x\" 65]+ | [^ 'a'] (b | c)* eof\nlet f = lexer d d? -> 1 | _ -> 2",
            "regexpItem(d regexpAlternative(regexpRepetition(regexpSet(regexpRange('0' '9') \"x\" 65)) regexpSequence(regexpSet('a') regexpRepetition(parenthesised(regexpAlternative(b c))) eof))) letItem(letBinding(f lexerDefinition(lexer matchCase(regexpSequence(d regexpRepetition(d)) 1) matchCase(_ 2))))"
        ),
        Shape(
            .monad, "let f = perform with module M in x <-- a b; let y = c in (z, _) <-- d; e; return x",
            "letItem(letBinding(f monadExpression(perform monadWith(M) monadBind(x application(a b)) monadLet(letBinding(y c)) monadBind(parenthesised(tuple(z _)) d) e application(return x))))"
        ),
        Shape(
            .monad, "let f = perform with bind and fail in rec x <-- a and y <-- b; \\ c; d",
            "letItem(letBinding(f monadExpression(perform monadWith(bind fail) monadRec(monadBind(x a) monadBind(y b)) c d)))"
        ),
        Shape(
            .grammarExtensions, "let () = EXTEND Gram e: [ [ \"a\" -> 1 ] ]; END",
            "letItem(letBinding(() grammarExtension(EXTEND END)))"),
        Shape(
            .openIn, "let f = open List, Array in map g; h\nlet k = struct let a = 1 end in a\nopen A, B",
            "letItem(letBinding(f localOpenIn(List Array sequence(application(map g) h)))) letItem(letBinding(k localOpenIn(structureBody(letItem(letBinding(a 1))) a))) openItem(A B)"
        ),
        Shape(
            .where, "let f x = a x where b = c and d = e where rec g = h",
            "letItem(letBinding(f x whereExpression(application(a x) letBinding(b c) letBinding(d whereExpression(e letBinding(g h))))))"
        ),
        Shape(
            .estring, "let x = f u\"a\" \"b\"\nlet y = function u\"z\" -> 1",
            "letItem(letBinding(x application(f taggedString(u \"a\") \"b\"))) letItem(letBinding(y function(matchCase(taggedString(u \"z\") 1))))"
        ),
        Shape(
            .pgocaml, "let x = PGSQL(db) \"execute\" \"select 1\"; y",
            "letItem(letBinding(x sequence(pgsqlExpression(PGSQL db \"execute\" \"select 1\") y)))"),
        Shape(
            .xstrp4, "let x = print_string interpolate \"$a\" b",
            "letItem(letBinding(x application(print_string interpolation(interpolate \"$a\") b)))"),
        Shape(
            .mikmatch,
            "RE num = digit+\nlet f s = match s with RE (num as n : int) \"-\" [\"a\"-\"z\" ^ \"b\"]{2-3} -> n | / \"x\" / -> 1 | %Even -> 2 | _ -> 3",
            "regexpItem(RE num regexpRepetition(digit)) letItem(letBinding(f s match(s matchCase(regexpPattern(RE regexpSequence(parenthesised(regexpBinding(num n int)) \"-\" regexpRepetition(regexpSet(regexpRange(\"a\" \"z\") \"b\")))) n) matchCase(regexpPattern(\"x\") 1) matchCase(viewPattern(Even) 2) matchCase(_ 3))))"
        ),
        Shape(
            .mikmatch, "let g = REPLACE \"a\" -> \"b\"\nlet h = let try x = a in b with E -> c",
            "letItem(letBinding(g regexpExpression(REPLACE \"a\" \"b\"))) letItem(letBinding(h letTry(letBinding(x a) b matchCase(E c))))"
        ),
        Shape(
            .duppy, "let f = duppy x = a and y = b in duppy_try duppy_return x with E -> c",
            "letItem(letBinding(f duppyExpression(duppy letBinding(x a) letBinding(y b) duppyExpression(duppy_try duppyExpression(duppy_return x) matchCase(E c)))))"
        ),
        Shape(
            .froc, "let f = lft x = a and y = b in c",
            "letItem(letBinding(f frocLet(lft letBinding(x a) letBinding(y b) c)))"),
        Shape(
            .bolt, "let f = LOG \"a %d\" x NAME \"n\" LEVEL DEBUG; y",
            "letItem(letBinding(f sequence(logExpression(LOG \"a %d\" x NAME \"n\" LEVEL DEBUG) y)))"),
        Shape(
            .have, "HAVE A OR B external f : int = \"f\" END",
            "haveItem(HAVE macroCondition(A B) structureBody(externalItem(f int)) END)"),
        Shape(
            .ospec, "let f () = describe \"x\" do it \"y\" do a; b done done",
            "letItem(letBinding(f () specExpression(describe \"x\" specExpression(it \"y\" sequence(a b)))))"),
        Shape(
            .jsonStatic, "type json t = { ?a : int = 1; b \"c\" : t; }",
            "typeItem(typeDeclaration(json recordType(fieldDeclaration(int 1) fieldDeclaration(\"c\" t))))"),
        Shape(
            .macaque, "let f r = g r#!id + r#?name",
            "letItem(letBinding(f r infixOperation(application(g macaqueAccess(r id)) macaqueAccess(r name))))"),
        Shape(
            .camlp4, "let f () = a, b := c, d; x.y <- b, c",
            "letItem(letBinding(f () sequence(tuple(a infixOperation(b tuple(c d))) assignment(fieldAccess(x) tuple(b c)))))"
        ),
        Shape(
            .revised, "value rec f x = [ a; b ];\nmodule M = struct value x = 1; type t = int; end;\nf x;",
            "letItem(value f) moduleItem(structureBody(letItem(value x) type t = int)) f x"),
        Shape(
            .camlp4, "let x = <:expr< a >>\nlet f = function <:patt< b >> -> <:c<>>",
            "letItem(letBinding(x <:expr< a >>)) letItem(letBinding(f function(matchCase(<:patt< b >> <:c<>>))))"),
    ]
}
