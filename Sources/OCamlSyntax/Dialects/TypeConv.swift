/// type_conv's clauses: `with sexp, bin_io, sexp - of_sexp, rpc("a" -> "b")` behind types, exceptions and fields; and
/// `TYPE_CONV_PATH "Path"`. rpclib's `with_gen` behind module types is of the same make.
///
/// - `typeConvClause`: `generator`s.
/// - `generator`: `name`; then one `name` for each generator subtracted by `-`; or a `generatorArgument`, which is the
///   parentheses and all in them. In the clause of a field (`default(e)`, `sexp_drop_if(e)`) it holds the expression as
///   its child, elsewhere nothing.
/// - `typeConvPath`: keyword, `constant`.
/// - `withGenerators`: keyword `with_gen`, `generator`s; the last child of its `moduleTypeItem`.
extension Parser {
    /// From `with` to the end of the last generator.
    mutating func typeConvClause(ofField: Bool = false) {
        let mark = mark()
        advance()
        repeat { generator(ofField: ofField) } while take(.comma)
        close(.typeConvClause, mark)
    }

    private mutating func generator(ofField: Bool) {
        let mark = mark()
        name("a generator was expected")
        while current == .minus, peek(1) == .lowercaseIdentifier {
            advance()
            name("a generator was expected")
        }
        if current == .leftParen {
            let argument = self.mark()
            if ofField {
                nested { parser in
                    parser.advance()
                    parser.seqExpr()
                    parser.closeBracket(.rightParen, ") was expected")
                }
            } else {
                skipBrackets()
            }
            close(.generatorArgument, argument)
        }
        close(.generator, mark)
    }

    mutating func typeConvPath(_ item: Mark) {
        keyword()
        constant(.string, "a path was expected")
        close(.typeConvPath, item)
    }

    /// `with_gen rpc` behind a module type.
    mutating func withGenerators() {
        guard word == .withGen else { return }
        let mark = mark()
        keyword()
        repeat { generator(ofField: false) } while take(.comma)
        close(.withGenerators, mark)
    }
}
