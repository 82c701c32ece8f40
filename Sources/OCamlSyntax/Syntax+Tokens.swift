/// Ways in for those who have tokens already.
extension Syntax {
    /// The dialects that the content of a file shows, from its tokens.
    package static func dialectsShown(in tokens: TokenList) -> Dialects {
        DialectGuess.dialects(of: tokens)
    }
}

extension Dialects {
    /// What camlp4's own syntax brings in every file, whatever its words are.
    package static let ofEveryFile: Dialects = [.camlp4, .typeConv, .comprehensions]
}
