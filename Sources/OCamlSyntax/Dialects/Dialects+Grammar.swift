/// Where dialects enter the grammar: the productions ask here, and the keyword at hand says which dialect answers.
extension Parser {
    /// Whether the keyword at hand begins an expression.
    var startsExtensionExpression: Bool {
        switch word {
        case .lwt, .tryLwt, .matchLwt, .forLwt, .whileLwt, .raiseLwt, .assertLwt, .jsnew, .jsobject, .ifdef, .ifndef,
            .define, .parser, .extend, .gextend, .deleteRule, .bitmatch, .bitstring, .perform, .lexer:
            true
        default: false
        }
    }

    /// Whether the keyword at hand begins an expression that may be an argument.
    var startsExtensionSimple: Bool { word == .jsnew || word == .jsobject }

    /// Whether what is at hand ends the items of a section or branch.
    var endsExtensionBody: Bool {
        switch current {
        case .extensionKeyword: word == .elseMacro || word == .endMacro || word == .endif
        case .rightBrace: dialects.contains(.eliom) && peek(1) == .rightBrace && isGlued()
        default: false
        }
    }

    /// Heads that reach to the right: puts them on the stack. False where none is at hand.
    mutating func extensionPrefix(_ mark: Mark) -> Bool {
        switch word {
        case .lwt: return lwtPrefix(mark)
        case .raiseLwt, .assertLwt:
            let node: NodeKind = word == .raiseLwt ? .lwtRaise : .lwtAssert
            advance()
            pending.append(PendingOperator(node: node, mark: mark, precedence: Precedence.element))
        case .perform:
            advance()
            performHead()
            pending.append(PendingOperator(node: .monadExpression, mark: mark, precedence: Precedence.body))
        case .define:
            macroDefinition()
            if word == .inMacro { advance() } else { missing("IN was expected") }
            pending.append(PendingOperator(node: .macroExpression, mark: mark, precedence: Precedence.body))
        default: return false
        }
        return true
    }

    /// Phrases with an end of their own; nil where what is at hand is none of them.
    mutating func extensionOperand(_ mark: Mark) -> Operand? {
        switch word {
        case .tryLwt, .matchLwt, .forLwt, .whileLwt: nested { $0.lwtPhrase(mark) }
        case .ifdef, .ifndef: nested { $0.macroConditional(mark) { $0.seqExpr() } }
        case .parser: nested { $0.streamParser(mark) }
        case .extend, .gextend, .deleteRule: grammarExtension(mark)
        case .bitmatch, .bitstring: nested { $0.bitstringPhrase(mark) }
        case .lexer: nested { $0.lexerDefinition(mark) }
        default: return nil
        }
        return Operand(mark: mark)
    }

    mutating func extensionSimple(_ mark: Mark) -> SimpleClass {
        switch word {
        case .jsnew: nested { $0.jsNew(mark) }
        case .jsobject: nested { $0.jsObject(mark) }
        default: missing("an expression was expected")
        }
        return .other
    }

    mutating func extensionPattern(_ mark: Mark) -> Bool {
        guard word == .ifdef || word == .ifndef else { return false }
        nested { $0.macroConditional(mark) { $0.pattern() } }
        return true
    }

    mutating func extensionModuleExpr(_ mark: Mark) -> Bool { false }

    /// An item that some dialect brings; false where none is at hand.
    mutating func extensionItem(_ item: Mark, inSignature: Bool) -> Bool {
        if dialects.contains(.eliom), eliomSection(item, inSignature: inSignature) { return true }
        if inSignature, isRelaxed, current == .quotation {
            leaf(.quotation)
            return true
        }
        if isRelaxed, inSignature, peek(1) == .type, current == .lowercaseIdentifier, reads("subst") {
            // pa_include's `subst type t := u`.
            advance()
            typeDefinition(item, inSignature: true)
            return true
        }
        switch word {
        case .lwt where !inSignature: lwtItem(item)
        case .cstruct: cstructItem(item)
        case .cenum: cenumItem(item)
        case .test, .testUnit, .testModule, .bench, .benchFun, .benchIndexed, .benchModule: inlineTest(item)
        case .ifdef, .ifndef:
            nested { parser in
                parser.macroConditional(item) { parser in
                    if inSignature { parser.signatureBody(until: []) } else { parser.structureBody(until: []) }
                }
                parser.builder.renameLast(.macroItem)
            }
        case .define where !inSignature:
            macroDefinition()
            if word == .inMacro {
                advance()
                let base = pending.count
                pending.append(PendingOperator(node: .macroExpression, mark: item, precedence: Precedence.body))
                continueExpression(base: base)
                close(.expressionItem, item)
            } else {
                close(.macroItem, item)
            }
        case .define, .undef, .includeMacro: macroDirective(item)
        default: return false
        }
        return true
    }

    /// What may stand behind the definitions of types and exceptions.
    mutating func typeClauses() {
        if dialects.contains(.typeConv), current == .with { typeConvClause() }
        if word == .deriving { derivingClause() }
    }

    /// What may stand behind the field of a record type.
    mutating func fieldClauses() {
        if dialects.contains(.typeConv), current == .with { typeConvClause() }
    }

    /// Takes everything up to the bracket that closes the one at hand, as tokens of the node around.
    mutating func skipBrackets() {
        var open = 0
        repeat {
            switch current {
            case .leftParen, .leftBracket, .leftBracketBar, .leftBrace, .leftDelimiter, .leftBracketLess: open += 1
            case .rightParen, .rightBracket, .barRightBracket, .rightBrace, .rightDelimiter, .greaterRightBracket:
                open -= 1
            case .endOfFile: return fail("a closing bracket was expected")
            default: break
            }
            advance()
        } while open > 0
    }
}
