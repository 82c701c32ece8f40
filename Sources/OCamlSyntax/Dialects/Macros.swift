/// camlp4's macros (pa_macro), camlp5's wider conditionals included: `IFDEF`, `DEFINE`, `UNDEF`, `INCLUDE`.
///
/// - A conditional: keyword `IFDEF` or `IFNDEF`, `macroCondition`, keyword `THEN`, a branch, then perhaps `ELSIFDEF`,
///   condition, `THEN` and a branch, perhaps `ELSE` and a branch, and keyword `END` or `ENDIF`. Its kind says what the
///   branches are: `macroItem` (a `structureBody` or `signatureBody`), `macroExpression`, `macroPattern`, `macroType`,
///   `macroModule` (one node each); `macroCase` (match cases), `macroConstructor` (constructors) and `macroField`
///   (record fields) have all the cases, constructors or fields of a branch as children between its keywords.
/// - `macroCondition`: own tokens; one name in camlp4, with `AND`, `OR`, `NOT` and parentheses in camlp5.
/// - `macroDefinition`: keyword `DEFINE`, `name`, `macroParameters` (`name`s) where there are some, the value where one
///   is given (a type in signatures). `macroLet` (`DEFINE k = e IN b`): keyword, `name`, value, keyword `IN`, body.
/// - `macroUndefinition`: keyword, `name`. `macroInclude`: keyword, `constant`.
extension Parser {
    /// `IFDEF X THEN … ELSE … END`, each branch read by `branch`.
    mutating func macroConditional(_ mark: Mark, _ kind: NodeKind, _ branch: (inout Parser) -> Void) {
        macroBranch(branch)
        while word == .elsifdef { macroBranch(branch) }
        if word == .elseMacro {
            keyword()
            branch(&self)
        }
        if word == .endMacro || word == .endif { keyword() } else { missing("END was expected") }
        close(kind, mark)
    }

    /// From `IFDEF` to the end of the branch behind `THEN`.
    private mutating func macroBranch(_ branch: (inout Parser) -> Void) {
        keyword()
        let condition = mark()
        // camlp5 takes AND, OR, NOT and parentheses here, camlp4 one name.
        while current != .endOfFile, word != .then, !KindSet.itemStarts.contains(current) { advance() }
        close(.macroCondition, condition)
        if word == .then { keyword() } else { missing("THEN was expected") }
        branch(&self)
    }

    var startsMacroConditional: Bool { word == .ifdef || word == .ifndef }

    /// Whether a branch of a conditional ends here.
    var endsMacroBranch: Bool {
        switch word {
        case .elseMacro, .elsifdef, .endMacro, .endif: true
        default: false
        }
    }

    /// `DEFINE N`, `DEFINE N = e`, `DEFINE F(x, y) = e`, `DEFINE k = e IN b`: an item.
    mutating func macroDefinitionItem(_ item: Mark, inSignature: Bool) {
        macroDefinitionHead(inSignature: inSignature)
        guard !inSignature, word == .inMacro else { return close(.macroDefinition, item) }
        keyword()
        let base = pending.count
        pending.append(PendingOperator(node: .macroLet, mark: item, precedence: Precedence.body))
        continueExpression(base: base)
        close(.expressionItem, item)
    }

    mutating func macroDefinitionHead(inSignature: Bool) {
        keyword()
        if current == .uppercaseIdentifier {
            leaf(.name)
        } else {
            name("a macro's name was expected")
        }
        if current == .leftParen {
            let parameters = mark()
            advance()
            repeat {
                if current == .uppercaseIdentifier { leaf(.name) } else { name("a parameter was expected") }
            } while take(.comma)
            closeBracket(.rightParen, ") was expected")
            close(.macroParameters, parameters)
        }
        if take(.equal) {
            if inSignature { typexpr() } else { expr() }
        }
    }

    /// `UNDEF N`, `INCLUDE "file"`.
    mutating func macroDirective(_ item: Mark) {
        let kind: NodeKind = word == .undef ? .macroUndefinition : .macroInclude
        keyword()
        if kind == .macroUndefinition {
            name(uppercase: true, "a macro's name was expected")
        } else {
            constant(.string, "a file's name was expected")
        }
        close(kind, item)
    }

    /// Whether a conditional begins here whose branches are cases, not patterns: they have an arrow.
    var startsMacroCases: Bool {
        guard startsMacroConditional else { return false }
        var open = 0
        for offset in 1..<1000 where position + offset < kinds.count {
            switch kinds[position + offset] {
            case .leftParen, .leftBracket, .leftBracketBar, .leftBrace: open += 1
            case .rightParen, .barRightBracket, .rightBrace, .rightBracket: open -= 1
            case .arrow where open == 0: return true
            case .extensionKeyword:
                switch words[position + offset] {
                case .elseMacro, .elsifdef, .endMacro, .endif: return false
                default: break
                }
            case .endOfFile: return false
            default: break
            }
        }
        return false
    }

    /// The branches of a conditional among match cases: cases, with `|` between and perhaps before.
    mutating func macroCases(_ mark: Mark) {
        macroConditional(mark, .macroCase) { parser in
            _ = parser.take(.bar)
            repeat { parser.matchCase() } while parser.take(.bar) && !parser.endsMacroBranch
        }
    }
}
