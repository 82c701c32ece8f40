/// Expressions that need no parentheses as arguments: names, constants, brackets, and what is glued on by `.` and `#`.
extension Parser {
    enum SimpleClass {
        case other
        /// A constructor without argument: it may take one.
        case constructor
        /// `<-` may follow.
        case assignable
    }

    /// A simple expression with its accesses; answers what it is.
    @discardableResult
    mutating func simpleExpr(accessesOnly: Bool = false) -> SimpleClass {
        let mark = mark()
        return accesses(mark, primary(), accessesOnly: accessesOnly)
    }

    /// What `.` and `#` glue to a simple expression that began at `mark`; answers what it is then.
    mutating func accesses(_ mark: Mark, _ first: SimpleClass, accessesOnly: Bool = false) -> SimpleClass {
        var kind = first
        while true {
            switch current {
            case .dot:
                guard let next = dotAccess(mark) else { return kind }
                kind = next
            case .dotOperator:
                advance()
                indexBrackets(mark)
                kind = .assignable
            case .hash:
                if accessesOnly { return kind }
                if dialects.contains(.jsOfOCaml), peek(1) == .hash, isGlued() {
                    jsAccess(mark)
                } else if startsMacaqueAccess {
                    macaqueAccess(mark)
                } else {
                    guard peek(1) == .lowercaseIdentifier || peek(1) == .rawIdentifier || peek(1) == .extensionKeyword
                    else { return kind }
                    advance()
                    advance()
                    close(.methodCall, mark)
                }
                kind = .other
            case .hashOperator:
                if accessesOnly { return kind }
                advance()
                simpleExpr(accessesOnly: true)
                close(.hashOperation, mark)
                kind = .other
            case .less where dialects.contains(.deriving):
                guard derivedMethod(mark) else { return kind }
                kind = .other
            default:
                return kind
            }
        }
    }

    /// `.label`, `.M.label`, `.( … )`, `.[ … ]`, `.{ … }`, `.M.%( … )`; nil where the dot belongs to something else.
    private mutating func dotAccess(_ mark: Mark) -> SimpleClass? {
        switch peek(1) {
        case .lowercaseIdentifier, .rawIdentifier, .extensionKeyword:
            advance()
            advance()
            close(.fieldAccess, mark)
        case .uppercaseIdentifier:
            advance()
            while current == .uppercaseIdentifier, peek(1) == .dot {
                advance()
                advance()
            }
            if current == .uppercaseIdentifier, peek(1) == .dotOperator {
                advance()
                advance()
                indexBrackets(mark)
                return .assignable
            }
            if !take(.rawIdentifier) { expect(.lowercaseIdentifier, "a field name was expected") }
            close(.fieldAccess, mark)
        case .leftParen, .leftBracket, .leftBrace, .leftDelimiter:
            advance()
            indexBrackets(mark)
        default:
            return nil
        }
        return .assignable
    }

    /// The brackets of an index, and the node of the whole access.
    private mutating func indexBrackets(_ mark: Mark) {
        let closing: TokenKind
        switch current {
        case .leftParen: closing = .rightParen
        case .leftBracket: closing = .rightBracket
        case .leftBrace: closing = .rightBrace
        default:
            missing("an index was expected")
            return close(.indexAccess, mark)
        }
        nested { parser in
            parser.advance()
            parser.seqExpr()
            parser.expect(closing, "a closing bracket was expected")
        }
        close(.indexAccess, mark)
    }

    private mutating func primary() -> SimpleClass {
        let mark = mark()
        switch current {
        case .lowercaseIdentifier where startsTaggedString, .uppercaseIdentifier where startsTaggedString:
            taggedString(mark)
        case .lowercaseIdentifier, .rawIdentifier:
            advance()
            close(.valuePath, mark)
            return .assignable
        case .uppercaseIdentifier: return path(mark)
        case .true, .false:
            leaf(.constructorPath)
            return .constructor
        case .bang, .prefixOperator:
            var count = 0
            var marks: [Mark] = []
            while current == .bang || current == .prefixOperator {
                marks.append(self.mark())
                advance()
                count += 1
            }
            if startsSimpleExpr { _ = primary() } else { missing("an expression was expected") }
            for mark in marks.reversed() { close(.prefixOperation, mark) }
            return .other
        case .leftParen:
            var kind = SimpleClass.other
            nested { kind = $0.parenthesised(mark) }
            return kind
        case .leftBracket:
            if peek(1) == .rightBracket {
                advance()
                advance()
                close(.constructorPath, mark)
                return .constructor
            }
            if startsBracketedComprehension {
                nested { $0.bracketedComprehension(mark) }
            } else {
                nested { $0.list(mark) }
            }
        case .leftBracketBar: nested { $0.array(mark) }
        case .leftBrace:
            if let length = eliomValueOpening {
                nested { $0.eliomBraces(mark, opening: length) }
            } else {
                nested { $0.record(mark) }
            }
        case .leftBraceLess: nested { $0.objectCopy(mark) }
        case .begin: nested { $0.block(mark) }
        case .new:
            advance()
            extensionAndAttributes()
            classPath()
            close(.new, mark)
        case .backquote:
            advance()
            variantName()
            close(.variantTag, mark)
            return .constructor
        case .leftBracketPercent where dialects.contains(.eliom) && !startsExtensionOfPPX: nested { $0.eliomList(mark) }
        case .leftBracketPercent: nested { $0.extensionNode(.leftBracketPercent, .extensionNode) }
        case .quotedExtension: leaf(.extensionNode)
        case .quotation, .unterminatedQuotation:
            if !isRelaxed { fail("a quotation") }
            leaf(.quotation)
        case .leftBracketLess, .leftBracketColon: nested { $0.streamExpression(mark) }
        case .extensionKeyword: return extensionSimple(mark)
        default:
            if dialects.contains(.eliom), eliomSimple(mark) { return .other }
            if KindSet.literals.contains(current) {
                leaf(.constant)
            } else {
                missing("an expression was expected")
            }
        }
        return .other
    }

    /// `M.N.x`, `M.N`, `M.( … )`, `M.[ … ]` and so on.
    private mutating func path(_ mark: Mark) -> SimpleClass {
        advance()
        while current == .dot {
            switch peek(1) {
            case .uppercaseIdentifier:
                advance()
                advance()
            case .lowercaseIdentifier, .rawIdentifier:
                advance()
                advance()
                close(.valuePath, mark)
                return .other
            case .leftParen:
                if peek(2) == .colonColon, peek(3) == .rightParen {
                    for _ in 0..<4 { advance() }
                    close(.constructorPath, mark)
                    return .constructor
                }
                advance()
                if let length = operatorNameLength {
                    for _ in 0..<length { advance() }
                    close(.valuePath, mark)
                    return .other
                }
                nested { parser in
                    let inner = parser.mark()
                    _ = parser.parenthesised(inner, afterDot: true)
                }
                close(.localOpen, mark)
                return .other
            case .leftBracket, .leftBracketBar, .leftBrace, .leftBraceLess:
                advance()
                _ = primary()
                close(.localOpen, mark)
                return .other
            default:
                close(.constructorPath, mark)
                return .constructor
            }
        }
        close(.constructorPath, mark)
        return .constructor
    }

    /// `( … )`, from its parenthesis.
    /// - Parameter afterDot: in `M.( … )`, where the reference grammar has no `e : t`, and no module without its type.
    mutating func parenthesised(_ mark: Mark, afterDot: Bool = false) -> SimpleClass {
        if peek(1) == .rightParen {
            advance()
            advance()
            close(.constructorPath, mark)
            return .constructor
        }
        if peek(1) == .colonColon, peek(2) == .rightParen {
            for _ in 0..<3 { advance() }
            close(.constructorPath, mark)
            return .constructor
        }
        if let length = operatorNameLength {
            for _ in 0..<length { advance() }
            close(.valuePath, mark)
            return .other
        }
        advance()
        if current == .module {
            advance()
            extensionAndAttributes()
            moduleExpr()
            if current != .colon, afterDot, !isRelaxed { fail(": was expected") }
            if take(.colon) { packageType() }
            expect(.rightParen, ") was expected")
            close(.packedModule, mark)
            return .other
        }
        seqExpr()
        let isConstrained = current == .colon || current == .colonGreater
        if isConstrained, afterDot, !isRelaxed { fail(") was expected") }
        if isConstrained { typeConstraint() }
        closeBracket(.rightParen, ") was expected")
        close(isConstrained ? .constrained : .parenthesised, mark)
        return .other
    }

    /// Takes a closing bracket; where something else stands, wraps what cannot belong anywhere else first.
    mutating func closeBracket(_ kind: TokenKind, _ reason: StaticString) {
        if take(kind) { return }
        if kinds[position + 1] == kind, !KindSet.itemStarts.contains(current), current != .endOfFile {
            unexpected(reason)
            advance()
            return
        }
        missing(reason)
    }

    /// `begin … end`.
    private mutating func block(_ mark: Mark) {
        advance()
        extensionAndAttributes()
        if current != .end { seqExpr() }
        closeBracket(.end, "end was expected")
        close(.parenthesised, mark)
    }

    private mutating func list(_ mark: Mark) {
        advance()
        expr()
        if current == .bar, dialects.contains(.comprehensions) {
            comprehensionRest()
            return close(.comprehension, mark)
        }
        elementsRest(.rightBracket)
        closeBracket(.rightBracket, "] was expected")
        close(.list, mark)
    }

    private mutating func array(_ mark: Mark) {
        advance()
        if current != .barRightBracket {
            expr()
            elementsRest(.barRightBracket)
        }
        closeBracket(.barRightBracket, "|] was expected")
        close(.array, mark)
    }

    /// `; expr …` up to the closing bracket; a last `;` may stand before it.
    private mutating func elementsRest(_ closing: TokenKind) {
        while take(.semicolon), current != closing, startsExpression { expr() }
    }

    // MARK: Records

    private mutating func record(_ mark: Mark) {
        advance()
        if current == .rightBrace { missing("a field was expected") }
        if !startsField {
            if isRelaxed { expr() } else { simpleExpr() }
            expect(.with, "with was expected")
        }
        fields(.rightBrace)
        closeBracket(.rightBrace, "} was expected")
        close(.record, mark)
    }

    private mutating func fields(_ closing: TokenKind) {
        guard current != closing else { return missing("a field was expected") }
        repeat {
            if current == closing { return }
            recordField()
        } while take(.semicolon)
    }

    private mutating func recordField() {
        let mark = mark()
        fieldPath()
        if current == .colon || current == .colonGreater { typeConstraint() }
        if take(.equal) { expr() }
        close(.recordField, mark)
    }

    /// `M.N.label`.
    mutating func fieldPath() {
        while current == .uppercaseIdentifier, peek(1) == .dot {
            advance()
            advance()
        }
        if !take(.rawIdentifier) { expect(.lowercaseIdentifier, "a field name was expected") }
    }

    /// Whether a field begins here, and not the record that fields are taken from.
    private var startsField: Bool {
        var place = position
        while kinds[place] == .uppercaseIdentifier, kinds[place + 1] == .dot { place += 2 }
        guard kinds[place] == .lowercaseIdentifier || kinds[place] == .rawIdentifier else { return false }
        switch kinds[place + 1] {
        case .equal, .colon, .colonGreater, .semicolon, .rightBrace, .endOfFile: return true
        default: return false
        }
    }

    private mutating func objectCopy(_ mark: Mark) {
        advance()
        while current != .greaterRightBrace {
            let field = self.mark()
            guard take(.lowercaseIdentifier) || take(.rawIdentifier) else {
                missing("a field was expected")
                break
            }
            if take(.equal) { expr() }
            close(.recordField, field)
            if !take(.semicolon) { break }
        }
        closeBracket(.greaterRightBrace, ">} was expected")
        close(.objectCopy, mark)
    }
}
