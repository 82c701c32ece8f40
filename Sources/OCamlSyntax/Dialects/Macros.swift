/// camlp4's macros (pa_macro): `IFDEF`, `DEFINE`, `UNDEF`, `INCLUDE`; and optcomp's lines, which are kept out of the
/// grammar's sight.
extension Parser {
    /// `IFDEF X THEN … ELSE … END`, each branch read by `branch`.
    mutating func macroConditional(_ mark: Mark, _ branch: (inout Parser) -> Void) {
        advance()
        // camlp5 takes AND, OR, NOT and parentheses here, camlp4 one name.
        while current != .endOfFile, word != .then, !KindSet.itemStarts.contains(current) { advance() }
        if word == .then { advance() } else { missing("THEN was expected") }
        branch(&self)
        if word == .elseMacro {
            advance()
            branch(&self)
        }
        if word == .endMacro || word == .endif { advance() } else { missing("END was expected") }
        close(.macroExpression, mark)
    }

    /// `DEFINE N`, `DEFINE N = e`, `DEFINE F(x, y) = e`.
    mutating func macroDefinition() {
        advance()
        if !take(.uppercaseIdentifier) { lowercaseName("a macro's name was expected") }
        if current == .leftParen { skipBrackets() }
        if take(.equal) { expr() }
    }

    /// `DEFINE N` in signatures, `UNDEF N`, `INCLUDE "file"`.
    mutating func macroDirective(_ item: Mark) {
        let isDefinition = word == .define
        advance()
        if !take(.string), !take(.uppercaseIdentifier) { missing("a name was expected") }
        if isDefinition, take(.equal) { typexpr() }
        close(.macroItem, item)
    }
}

/// optcomp's directives: whole lines that begin with `#` and one of its words.
enum OptcompLines {
    private static let words: Set<[UInt8]> = Set(
        [
            "if", "ifdef", "ifndef", "elif", "elifdef", "elifndef", "else", "endif", "let", "let_default", "define",
            "undef",
            "include", "error", "warning", "directory", "default", "import",
        ].map { Array($0.utf8) })

    /// Marks the tokens of directives, all branches around them being left as they are.
    static func tokens(in tokens: TokenList) -> [Bool] {
        var marked = [Bool](repeating: false, count: tokens.count)
        var index = 0
        while index < tokens.count {
            guard tokens.kind(index) == .hash, isAtLineStart(tokens, index), isDirective(tokens, after: index) else {
                index += 1
                continue
            }
            while index < tokens.count, !(tokens.kind(index) == .blank && tokens.text(index).contains(0x0A)) {
                marked[index] = true
                index += 1
            }
        }
        return marked
    }

    private static func isAtLineStart(_ tokens: TokenList, _ index: Int) -> Bool {
        let start = tokens.start(index)
        return start == 0 || tokens.bytes[start - 1] == 0x0A
    }

    private static func isDirective(_ tokens: TokenList, after hash: Int) -> Bool {
        var next = hash + 1
        if tokens.kind(next) == .blank { next += 1 }
        return words.contains(Array(tokens.text(next)))
    }
}
