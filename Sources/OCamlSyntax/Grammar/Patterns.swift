/// Patterns (manual, section 11.6).
extension Parser {
    private enum Level {
        static let alias: UInt8 = 1
        static let alternative: UInt8 = 2
        static let tuple: UInt8 = 3
        static let attribute: UInt8 = 4
        static let cons: UInt8 = 5
    }

    mutating func pattern() {
        nested { parser in
            let mark = parser.mark()
            parser.patternTerm()
            parser.patternRest(mark)
        }
    }

    /// Goes on behind a first pattern that began at `mark`.
    mutating func patternRest(_ first: Mark) {
        patternOperators(first, above: 0)
    }

    /// Reads operators that bind tighter than `level`.
    private mutating func patternOperators(_ mark: Mark, above level: UInt8) {
        while true {
            switch current {
            case .as where Level.alias > level:
                advance()
                valueNameOrMissing()
                close(.aliasPattern, mark)
            case .bar where Level.alternative > level:
                // One node for the whole row of alternatives.
                while take(.bar) {
                    let right = self.mark()
                    patternTerm()
                    patternOperators(right, above: Level.alternative)
                }
                close(.orPattern, mark)
            case .comma where Level.tuple > level:
                while take(.comma) {
                    let right = self.mark()
                    if current == .dotDot, !isRelaxed {
                        // The rest of a tuple with labels, since 5.4.
                        leaf(.labelledElement)
                        break
                    }
                    patternTerm()
                    patternOperators(right, above: Level.tuple)
                }
                close(.tuple, mark)
            case .leftBracketAt where Level.attribute > level:
                attribute()
                close(.attributed, mark)
            case .colonColon where Level.cons > level:
                nested { parser in
                    parser.advance()
                    let right = parser.mark()
                    parser.patternTerm()
                    parser.patternOperators(right, above: Level.cons - 1)
                }
                close(.consOperation, mark)
            default:
                return
            }
        }
    }

    private mutating func valueNameOrMissing() {
        if valueNameLength != nil { valueName() } else { missing("a name was expected") }
    }

    /// Whether `kind` can go on a pattern of which a first simple one was read.
    func startsPatternRest(_ kind: TokenKind) -> Bool {
        switch kind {
        case .as, .bar, .comma, .colonColon, .leftBracketAt: true
        default: false
        }
    }

    /// A constructor with its argument, `lazy p`, `exception p`, or a simple pattern.
    private mutating func patternTerm() {
        let mark = mark()
        switch current {
        case .lazy:
            advance()
            extensionAndAttributes()
            simplePattern()
            close(.lazyPattern, mark)
        case .exception:
            advance()
            extensionAndAttributes()
            nested { $0.patternTerm() }
            close(.exceptionPattern, mark)
        case .lowercaseIdentifier where startsEffect:
            advance()
            nested { parser in
                parser.patternTerm()
                parser.patternOperators(mark, above: Level.tuple)
                parser.expect(.comma, ", was expected")
                parser.simplePattern()
            }
            close(.effectPattern, mark)
        case .label, .tilde: labelledPattern()
        default:
            if simplePattern() { constructorArgument(mark) }
        }
    }

    /// Whether `effect` is at hand, which is a word of its own where a pattern follows: OCaml 5.3's.
    private var startsEffect: Bool {
        !isRelaxed && KindSet.simplePatternStarts.contains(peek(1)) && reads("effect")
    }

    /// `~x:p`, `~x`, `~(x : t)` as an element of a tuple: OCaml 5.4's.
    private mutating func labelledPattern() {
        let mark = mark()
        if isRelaxed { fail("a pattern was expected") }
        if take(.label) {
            simplePattern()
        } else {
            advance()
            if take(.leftParen) {
                lowercaseName("a name was expected")
                expect(.colon, ": was expected")
                typexpr()
                expect(.rightParen, ") was expected")
            } else {
                lowercaseName("a name was expected")
            }
        }
        close(.labelledElement, mark)
        let isElement = current == .comma || mark.token > 0 && kinds[mark.token - 1] == .comma
        if !isElement { missing(", was expected") }
    }

    /// The argument of a constructor that begins at `mark`, if one follows.
    mutating func constructorArgument(_ mark: Mark) {
        if current == .leftParen, peek(1) == .type {
            advance()
            advance()
            while take(.lowercaseIdentifier) {}
            expect(.rightParen, ") was expected")
            simplePattern()
            close(.constructorPattern, mark)
        } else if KindSet.patternStarts.contains(current) || startsExtensionPattern {
            nested { $0.patternTerm() }
            close(.constructorPattern, mark)
        }
    }

    /// A pattern that needs no parentheses as a parameter; answers whether it is a constructor that may take an argument.
    @discardableResult
    mutating func simplePattern() -> Bool {
        let mark = mark()
        switch current {
        case .lowercaseIdentifier where startsTaggedString: taggedString(mark)
        case .lowercaseIdentifier, .rawIdentifier: leaf(.valuePath)
        case .underscore: leaf(.wildcardPattern)
        case .uppercaseIdentifier: return constructorOrOpenedPattern(mark)
        case .true, .false:
            leaf(.constructorPath)
            return true
        case .backquote:
            advance()
            variantName()
            close(.variantTag, mark)
            return true
        case .hash:
            advance()
            typePath()
            close(.typePattern, mark)
        case .minus, .plus:
            advance()
            if current == .integer || current == .float { advance() } else { missing("a number was expected") }
            close(.constantPattern, mark)
            patternRange(mark)
        case .leftParen: return parenthesisedPattern(mark)
        case .leftBracket:
            if peek(1) == .rightBracket {
                advance()
                advance()
                close(.constructorPath, mark)
                return true
            }
            nested { $0.patternList(.rightBracket, .list, mark) }
        case .leftBracketBar: nested { $0.patternList(.barRightBracket, .array, mark) }
        case .leftBrace: nested { $0.recordPattern(mark) }
        case .leftBracketPercent: nested { $0.extensionNode(.leftBracketPercent, .extensionNode) }
        case .quotedExtension: leaf(.extensionNode)
        case .quotation, .unterminatedQuotation:
            if !isRelaxed { fail("a quotation") }
            leaf(.quotation)
        case .leftBracketLess where dialects.contains(.streams): nested { $0.streamPattern(mark) }
        case .extensionKeyword where isRelaxed && extensionPattern(mark): return false
        case .infixOperator3 where isSlash: nested { $0.regexpPattern(mark) }
        case .percent where dialects.contains(.mikmatch): viewPattern(mark)
        default:
            guard KindSet.literals.contains(current) else {
                missing("a pattern was expected")
                return false
            }
            leaf(.constantPattern)
            patternRange(mark)
        }
        return false
    }

    /// `.. constant` behind a constant.
    private mutating func patternRange(_ mark: Mark) {
        guard take(.dotDot) else { return }
        if current == .minus || current == .plus { advance() }
        if KindSet.literals.contains(current) { advance() } else { missing("a constant was expected") }
        close(.rangePattern, mark)
    }

    private mutating func constructorOrOpenedPattern(_ mark: Mark) -> Bool {
        advance()
        while current == .dot {
            switch peek(1) {
            case .uppercaseIdentifier:
                advance()
                advance()
            case .leftParen:
                advance()
                if peek(1) == .colonColon, peek(2) == .rightParen {
                    for _ in 0..<3 { advance() }
                    close(.constructorPath, mark)
                    return true
                }
                if peek(1) == .rightParen {
                    advance()
                    advance()
                } else {
                    nested { parser in
                        parser.advance()
                        parser.pattern()
                        parser.expect(.rightParen, ") was expected")
                    }
                }
                close(.openedPattern, mark)
                return false
            case .leftBracket, .leftBracketBar, .leftBrace:
                advance()
                simplePattern()
                close(.openedPattern, mark)
                return false
            default:
                close(.constructorPath, mark)
                return true
            }
        }
        close(.constructorPath, mark)
        return true
    }

    private mutating func parenthesisedPattern(_ mark: Mark) -> Bool {
        if peek(1) == .rightParen {
            advance()
            advance()
            close(.constructorPath, mark)
            return true
        }
        if peek(1) == .colonColon, peek(2) == .rightParen {
            for _ in 0..<3 { advance() }
            close(.constructorPath, mark)
            return true
        }
        if let length = operatorNameLength {
            for _ in 0..<length { advance() }
            close(.valuePath, mark)
            return false
        }
        nested { $0.parenthesisedPatternBody(mark) }
        return false
    }

    private mutating func parenthesisedPatternBody(_ mark: Mark) {
        advance()
        if take(.module) {
            extensionAndAttributes()
            moduleName()
            if take(.colon) { packageType() }
            closeBracket(.rightParen, ") was expected")
            return close(.modulePattern, mark)
        }
        pattern()
        let isConstrained = take(.colon)
        if isConstrained { typexpr() }
        closeBracket(.rightParen, ") was expected")
        close(isConstrained ? .constrained : .parenthesised, mark)
    }

    private mutating func patternList(_ closing: TokenKind, _ kind: NodeKind, _ mark: Mark) {
        advance()
        while current != closing {
            guard KindSet.patternStarts.contains(current) || current == .extensionKeyword else {
                missing("a pattern was expected")
                break
            }
            pattern()
            if !take(.semicolon) { break }
        }
        closeBracket(closing, "a closing bracket was expected")
        close(kind, mark)
    }

    private mutating func recordPattern(_ mark: Mark) {
        advance()
        if current == .rightBrace { missing("a field was expected") }
        while current != .rightBrace {
            if take(.underscore) {
                _ = take(.semicolon)
                break
            }
            let field = self.mark()
            fieldPath()
            if take(.colon) { typexpr() }
            if take(.equal) { pattern() }
            close(.recordField, field)
            if !take(.semicolon) { break }
        }
        closeBracket(.rightBrace, "} was expected")
        close(.recordPattern, mark)
    }

    // MARK: Parameters

    /// Whether a parameter of a function begins here.
    var startsParameter: Bool { KindSet.parameterStarts.contains(current) }

    /// A parameter of a function: a simple pattern, labelled or not, or `(type a b)`.
    mutating func parameter() {
        let mark = mark()
        switch current {
        case .leftParen where peek(1) == .type:
            advance()
            advance()
            if current != .lowercaseIdentifier { missing("a type's name was expected") }
            while take(.lowercaseIdentifier) {}
            expect(.rightParen, ") was expected")
        case .label, .keywordLabel:
            advance()
            simplePattern()
        case .optionalLabel, .keywordOptionalLabel:
            advance()
            if current == .leftParen, peek(1) != .rightParen {
                defaultedPattern()
            } else if !take(.underscore) {
                lowercaseName("a name was expected")
            }
        case .tilde, .question:
            advance()
            if current == .leftParen { defaultedPattern(nameOnly: true) } else { lowercaseName("a name was expected") }
        default:
            simplePattern()
            return
        }
        close(.parameter, mark)
    }

    /// `(pattern [: type] [= default])`.
    private mutating func defaultedPattern(nameOnly: Bool = false) {
        nested { parser in
            parser.advance()
            if nameOnly { parser.lowercaseName("a name was expected") } else { parser.pattern() }
            if parser.take(.colon) { parser.typexpr() }
            if parser.take(.equal) { parser.seqExpr() }
            parser.closeBracket(.rightParen, ") was expected")
        }
    }
}
