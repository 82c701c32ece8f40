/// type_conv's clauses: `with sexp, bin_io, sexp - of_sexp, rpc("a" -> "b")` behind types, exceptions and fields.
extension Parser {
    /// From `with` to the end of the last generator.
    mutating func typeConvClause() {
        let mark = mark()
        advance()
        repeat { generator() } while take(.comma)
        close(.typeConvClause, mark)
    }

    private mutating func generator() {
        lowercaseName("a generator was expected")
        while current == .minus, peek(1) == .lowercaseIdentifier {
            advance()
            advance()
        }
        if current == .leftParen { skipBrackets() }
    }
}
