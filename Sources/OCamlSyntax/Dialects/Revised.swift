/// camlp4's revised syntax, as far as items: each from its head to its `;`, bodies of `struct` and `sig` gone into, the
/// insides of expressions, patterns and types left as own tokens of their items.
///
/// Items have the kinds that they have in the original syntax: `letItem` (`value`), `typeItem`, `moduleItem`,
/// `moduleTypeItem`, `openItem`, `includeItem`, `externalItem`, `valueItem` (`value` in signatures), `exceptionItem`,
/// `classItem`, `classTypeItem`, `directive`, `macroItem` (`IFDEF`, whose branches are bodies), `expressionItem`. A
/// `valuePath` is the name that `value` binds, where it is a plain name. `grammarExtension` is `EXTEND … END`,
/// `quotation` each quotation. An item's range ends before its `;`.
extension Parser {
    mutating func revisedFile(inSignature: Bool) {
        while current != .endOfFile {
            let before = position
            revisedItems(inSignature: inSignature)
            if current != .endOfFile || position == before { unexpected("an item was expected") }
        }
    }

    /// Items up to the end of the file or body.
    mutating func revisedItems(inSignature: Bool) {
        while current != .endOfFile, current != .end, !endsRevisedBranch {
            let before = position
            nested { $0.revisedItem(inSignature: inSignature) }
            if current == .semicolon {
                advance()
            } else if position == before || current != .endOfFile && current != .end && !endsRevisedBranch {
                unexpected("; was expected")
            } else {
                missing("; was expected")
            }
        }
    }

    private mutating func revisedBody(_ kind: NodeKind, inSignature: Bool) {
        let mark = mark()
        advance()
        nested { $0.revisedItems(inSignature: inSignature) }
        closeBracket(.end, "end was expected")
        close(kind, mark)
    }

    private var endsRevisedBranch: Bool {
        current == .uppercaseIdentifier && (reads("END") || reads("ENDIF") || reads("ELSE"))
    }

    private mutating func revisedItem(inSignature: Bool) {
        let item = mark()
        let kind: NodeKind
        /// What has to stand in the item, outside of all brackets.
        var needs: TokenKind?
        switch current {
        case .lowercaseIdentifier where reads("value"):
            kind = inSignature ? .valueItem : .letItem
            needs = inSignature ? .colon : .equal
            keyword()
            _ = take(.rec)
            if current == .lowercaseIdentifier { leaf(.valuePath) }
        case .uppercaseIdentifier where reads("IFDEF") || reads("IFNDEF"):
            return revisedConditional(item, inSignature: inSignature)
        case .uppercaseIdentifier where reads("DEFINE") || reads("UNDEF") || reads("INCLUDE"):
            kind = .macroItem
            advance()
        case .type:
            kind = .typeItem
            advance()
            guard current == .lowercaseIdentifier || current == .uppercaseIdentifier else {
                missing("a type's name was expected")
                break
            }
        case .external: (kind, needs) = (.externalItem, .colon)
        case .exception:
            kind = .exceptionItem
            advance()
            if current != .uppercaseIdentifier { missing("a constructor was expected") }
        case .open, .include:
            kind = current == .open ? .openItem : .includeItem
            advance()
            if current == .semicolon { missing("a module was expected") }
        case .module: kind = peek(1) == .type ? .moduleTypeItem : .moduleItem
        case .class: kind = peek(1) == .type ? .classTypeItem : .classItem
        case .hash: kind = .directive
        case .let:
            kind = .expressionItem
            needs = .in
        default:
            guard !inSignature, KindSet.expressionStarts.contains(current) || current == .leftDelimiter else {
                if inSignature, current == .quotation { return leaf(.quotation) }
                return
            }
            kind = .expressionItem
        }
        revisedRest(needs: needs)
        close(kind, item)
    }

    private mutating func revisedConditional(_ item: Mark, inSignature: Bool) {
        func isWord(_ word: StaticString, _ parser: borrowing Parser) -> Bool {
            parser.current == .uppercaseIdentifier && parser.reads(word)
        }
        keyword()
        while current != .endOfFile, !isWord("THEN", self) { advance() }
        repeat {
            if current != .endOfFile { keyword() }
            let body = mark()
            revisedItems(inSignature: inSignature)
            close(inSignature ? .signatureBody : .structureBody, body)
        } while isWord("ELSE", self)
        if endsRevisedBranch { keyword() } else { missing("END was expected") }
        close(.macroItem, item)
    }

    /// Everything up to the `;` that ends an item, or what cannot belong to it.
    private mutating func revisedRest(needs: TokenKind?) {
        var needs = needs
        while true {
            if current == needs { needs = nil }
            switch current {
            case .semicolon, .endOfFile, .end: break
            case .struct:
                revisedBody(.structureBody, inSignature: false)
                continue
            case .sig:
                revisedBody(.signatureBody, inSignature: true)
                continue
            case .quotation:
                leaf(.quotation)
                continue
            case .leftParen, .leftBracket, .leftBracketBar, .leftBrace, .leftBraceLess, .leftDelimiter,
                .leftBracketLess,
                .leftBracketGreater, .leftBracketColon, .object, .begin:
                nested { $0.revisedBrackets() }
                continue
            case .uppercaseIdentifier where reads("EXTEND") || reads("DELETE_RULE") || reads("GEXTEND"):
                revisedExtend()
                continue
            case .rightParen, .rightBracket, .barRightBracket, .rightBrace, .greaterRightBrace, .rightDelimiter,
                .greaterRightBracket, .colonRightBracket, .semicolonSemicolon, .done:
                break
            default:
                if endsRevisedBranch { break }
                advance()
                continue
            }
            break
        }
        if needs != nil { missing("the definition was expected") }
    }

    private mutating func revisedExtend() {
        let mark = mark()
        repeat { advance() } while current != .endOfFile && !(current == .uppercaseIdentifier && reads("END"))
        if current == .endOfFile { missing("END was expected") } else { advance() }
        close(.grammarExtension, mark)
    }

    /// From an opening bracket, `object` or `begin`, behind the one that closes it.
    private mutating func revisedBrackets() {
        let isObject = current == .object || current == .begin
        advance()
        while true {
            switch current {
            case .rightParen, .rightBracket, .barRightBracket, .rightBrace, .greaterRightBrace, .rightDelimiter,
                .greaterRightBracket, .colonRightBracket:
                return isObject ? unexpected("end was expected") : advance()
            case .end where isObject: return advance()
            case .endOfFile, .end, .semicolonSemicolon: return missing("a closing bracket was expected")
            case .struct: revisedBody(.structureBody, inSignature: false)
            case .sig: revisedBody(.signatureBody, inSignature: true)
            case .quotation: leaf(.quotation)
            case .leftParen, .leftBracket, .leftBracketBar, .leftBrace, .leftBraceLess, .leftDelimiter,
                .leftBracketLess,
                .leftBracketGreater, .leftBracketColon, .object, .begin:
                nested { $0.revisedBrackets() }
            case .uppercaseIdentifier where reads("EXTEND") || reads("DELETE_RULE") || reads("GEXTEND"): revisedExtend()
            default: advance()
            }
        }
    }
}
