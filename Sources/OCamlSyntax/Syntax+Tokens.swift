/// Ways in for those who have tokens already.
extension Syntax {
    /// What the content of a file shows of dialects, from tokens cut by camlp4's rules.
    package struct Shown: Sendable {
        /// By words in shapes that ordinary code hardly has.
        package let strong: Dialects
        /// By words that might be ordinary names there.
        package let weak: Dialects
        /// Whether a quotation or a clause of type_conv stands somewhere.
        package let showsCamlp4: Bool
    }

    package static func shown(in tokens: TokenList) -> Shown {
        let guess = DialectGuess(tokens)
        return Shown(strong: guess.strong, weak: guess.weak, showsCamlp4: guess.showsCamlp4)
    }

    /// The trees of a file whose conditionals of optcomp cannot be read with all branches one behind the other: one tree for each
    /// branch, at most `limit`.
    package static func branches(
        of tokens: TokenList, interface: Bool, dialects: Dialects, limit: Int
    ) -> [SyntaxTree] {
        let count = dialects.contains(.optcomp) ? OptcompLines.branchCount(in: tokens) : 0
        return (0..<min(max(count, 1), limit)).map { branch in
            Parser.parse(tokens, interface: interface, dialects: dialects, branch: branch)
        }
    }
}

extension Dialects {
    /// What camlp4's own syntax brings in every file, whatever its words are.
    package static let ofEveryFile = DialectGuess.base

    /// What the revised syntax reads, where it is on.
    package static let ofRevisedFiles: Dialects = [.grammarExtensions, .macros, .streams]
}
