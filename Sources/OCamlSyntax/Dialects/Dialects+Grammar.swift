/// Where dialects enter the grammar: the productions ask here, and the keyword at hand says which dialect answers.
extension Parser {
    // MARK: Leaves

    /// The word of a dialect at hand, as a node of its own.
    mutating func keyword() {
        leaf(.keyword)
    }

    /// A name that an extension's construct gives or uses.
    mutating func name(uppercase: Bool = false, _ reason: StaticString) {
        if current == (uppercase ? .uppercaseIdentifier : .lowercaseIdentifier) || current == .rawIdentifier {
            leaf(.name)
        } else {
            missing(reason)
        }
    }

    mutating func constant(_ kind: TokenKind, _ reason: StaticString) {
        if current == kind { leaf(.constant) } else { missing(reason) }
    }

    // MARK: Expressions

    /// Whether the keyword at hand begins an expression.
    var startsExtensionExpression: Bool {
        switch word {
        case .lwt, .tryLwt, .matchLwt, .forLwt, .whileLwt, .raiseLwt, .assertLwt, .jsnew, .jsobject, .ifdef, .ifndef,
            .define, .parser, .extend, .gextend, .deleteRule, .bitmatch, .bitstring, .perform, .lexer, .regexpMacro,
            .pgsql, .duppy, .duppyHead, .duppyTry, .duppyDo, .froc, .describe, .log, .interpolate, .re:
            true
        default: false
        }
    }

    /// Whether the keyword at hand begins an expression that may be an argument.
    var startsExtensionSimple: Bool { word == .jsnew || word == .jsobject || word == .interpolate }

    /// Whether what is at hand ends the items of a section or branch.
    var endsExtensionBody: Bool {
        switch current {
        case .extensionKeyword: endsMacroBranch
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
            keyword()
            pending.append(PendingOperator(node: node, mark: mark, precedence: Precedence.element))
        case .define:
            macroDefinitionHead(inSignature: false)
            if word == .inMacro { keyword() } else { missing("IN was expected") }
            pending.append(PendingOperator(node: .macroLet, mark: mark, precedence: Precedence.body))
        default: return smallPrefix(mark)
        }
        return true
    }

    /// Phrases with an end of their own; nil where what is at hand is none of them.
    mutating func extensionOperand(_ mark: Mark) -> Operand? {
        switch word {
        case .tryLwt, .matchLwt, .forLwt, .whileLwt: nested { $0.lwtPhrase(mark) }
        case .ifdef, .ifndef: nested { $0.macroConditional(mark, .macroExpression) { $0.seqExpr() } }
        case .parser: nested { $0.streamParser(mark) }
        case .extend, .gextend, .deleteRule: grammarExtension(mark)
        case .bitmatch, .bitstring: nested { $0.bitstringPhrase(mark) }
        case .lexer: nested { $0.lexerDefinition(mark) }
        case .perform: nested { $0.monadExpression(mark) }
        case .regexpMacro, .re: nested { $0.regexpExpression(mark) }
        case .pgsql: nested { $0.pgsqlExpression(mark) }
        case .duppyTry, .duppyDo: nested { $0.duppyPhrase(mark) }
        case .describe: nested { $0.specExpression(mark) }
        case .log: nested { $0.logExpression(mark) }
        default: return nil
        }
        return Operand(mark: mark)
    }

    mutating func extensionSimple(_ mark: Mark) -> SimpleClass {
        switch word {
        case .jsnew: nested { $0.jsNew(mark) }
        case .jsobject: nested { $0.jsObject(mark) }
        case .interpolate: interpolation(mark)
        default: missing("an expression was expected")
        }
        return .other
    }

    // MARK: Patterns, types and modules

    /// Whether the keyword at hand begins a pattern.
    var startsExtensionPattern: Bool { word == .ifdef || word == .ifndef || word == .re }

    mutating func extensionPattern(_ mark: Mark) -> Bool {
        switch word {
        case .ifdef, .ifndef: nested { $0.macroConditional(mark, .macroPattern) { $0.pattern() } }
        case .re: nested { $0.regexpPattern(mark) }
        default: return false
        }
        return true
    }

    mutating func extensionType(_ mark: Mark) -> Bool {
        guard startsMacroConditional else { return false }
        nested { $0.macroConditional(mark, .macroType) { $0.typexpr() } }
        return true
    }

    mutating func extensionModuleExpr(_ mark: Mark) -> Bool {
        guard startsMacroConditional else { return false }
        nested { $0.macroConditional(mark, .macroModule) { $0.moduleExpr() } }
        return true
    }

    // MARK: Items

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
                parser.macroConditional(item, .macroItem) { parser in
                    if inSignature { parser.signatureBody(until: []) } else { parser.structureBody(until: []) }
                }
            }
        case .define: macroDefinitionItem(item, inSignature: inSignature)
        case .undef, .includeMacro: macroDirective(item)
        case .typeConvPath: typeConvPath(item)
        case .re where peek(1) == .lowercaseIdentifier && peek(2) == .equal: regexpNameItem(item)
        case .have: nested { $0.haveItem(item) }
        default: return false
        }
        return true
    }

    // MARK: Clauses

    /// What may stand behind the definitions of types and exceptions.
    mutating func typeClauses() {
        if dialects.contains(.typeConv), current == .with { typeConvClause() }
        if word == .deriving { derivingClause() }
    }

    /// What may stand behind the field of a record type.
    mutating func fieldClauses() {
        if dialects.contains(.typeConv), current == .with { typeConvClause(ofField: true) }
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
