/// Type expressions (manual, section 11.4).
extension Parser {
    mutating func typexpr() {
        let mark = mark()
        typexprWithoutAttributes()
        while current == .leftBracketAt {
            attribute()
            close(.attributed, mark)
        }
    }

    mutating func typexprWithoutAttributes() {
        let mark = mark()
        arrowType()
        while take(.as) {
            expect(.quote, "a type variable was expected")
            typeVariableName()
            close(.aliasType, mark)
        }
    }

    /// `t -> label:t -> t`, one node for the whole chain.
    private mutating func arrowType() {
        let mark = mark()
        let isLabelled = argumentLabel()
        labelledTupleType(mark, isLabelled: isLabelled)
        guard current == .arrow else { return }
        while take(.arrow) {
            let part = self.mark()
            let isLabelled = argumentLabel()
            labelledTupleType(part, isLabelled: isLabelled)
        }
        close(.arrowType, mark)
    }

    /// A part of an arrow. `x:t * y:u` with no arrow behind is OCaml 5.4's tuple with labels, the first of which was
    /// taken for that of an argument.
    private mutating func labelledTupleType(_ mark: Mark, isLabelled: Bool) {
        tupleType()
        guard isLabelled, current != .arrow else { return }
        guard builder.lastKind == .tupleType, !isRelaxed else { return missing("-> was expected") }
        close(.labelledElement, mark)
    }

    /// `label:`, `?label:`, `? label :`; answers whether one stood there.
    private mutating func argumentLabel() -> Bool {
        switch current {
        case .optionalLabel, .keywordOptionalLabel:
            advance()
            return true
        case .label where isRelaxed:
            advance()
            return true
        case .question where peek(1) == .lowercaseIdentifier && peek(2) == .colon:
            for _ in 0..<3 { advance() }
            return true
        case .lowercaseIdentifier, .rawIdentifier:
            guard peek(1) == .colon else { return false }
            advance()
            advance()
            return true
        default: return false
        }
    }

    mutating func tupleType() {
        let mark = mark()
        atomicType()
        guard current == .star else { return }
        while take(.star) {
            let element = self.mark()
            let isLabelled = !isRelaxed && current == .lowercaseIdentifier && peek(1) == .colon
            if isLabelled {
                advance()
                advance()
            }
            atomicType()
            if isLabelled { close(.labelledElement, element) }
        }
        close(.tupleType, mark)
    }

    mutating func typeVariableName() {
        if take(.lowercaseIdentifier) || take(.uppercaseIdentifier) || take(.rawIdentifier) { return }
        missing("a type variable's name was expected")
    }

    /// A type that needs no parentheses before a constructor's name, and the names behind it.
    mutating func atomicType() {
        let mark = mark()
        atomicTypeHead(mark)
        while true {
            switch current {
            case .lowercaseIdentifier, .rawIdentifier:
                typePath()
                close(.typePath, mark)
            case .uppercaseIdentifier:
                typePath()
                close(.typePath, mark)
            case .hash:
                advance()
                typePath()
                close(.classPathType, mark)
            default:
                return
            }
        }
    }

    private mutating func atomicTypeHead(_ mark: Mark) {
        switch current {
        case .quote:
            advance()
            typeVariableName()
            close(.typeVariable, mark)
        case .underscore: leaf(.typeVariable)
        case .uppercaseIdentifier where startsOpenedType: openedType(mark)
        case .lowercaseIdentifier, .rawIdentifier, .uppercaseIdentifier: typePath()
        case .leftParen: nested { $0.parenthesisedType(mark) }
        case .less: nested { $0.objectType(mark) }
        case .infixOperator0 where reads("<>"): leaf(.objectType)
        case .leftBracket, .leftBracketLess, .leftBracketGreater: nested { $0.variantType(mark) }
        case .leftBracketPercent: nested { $0.extensionNode(.leftBracketPercent, .extensionNode) }
        case .quotedExtension: leaf(.extensionNode)
        case .quotation:
            if !isRelaxed { fail("a quotation") }
            leaf(.quotation)
        case .hash:
            advance()
            typePath()
            close(.classPathType, mark)
        case .extensionKeyword where extensionType(mark): break
        default: missing("a type was expected")
        }
    }

    /// Whether `M.N.(` begins here: OCaml 5.2's types with a module opened.
    private var startsOpenedType: Bool {
        guard !isRelaxed else { return false }
        var place = position
        while kinds[place] == .uppercaseIdentifier, kinds[place + 1] == .dot {
            place += 2
            if kinds[place] == .leftParen { return true }
        }
        return false
    }

    private mutating func openedType(_ mark: Mark) {
        while current != .leftParen { advance() }
        let inner = self.mark()
        nested { $0.parenthesisedType(inner) }
        close(.openedType, mark)
    }

    /// `M.F(X).t`.
    mutating func typePath() {
        let mark = mark()
        pathPrefix()
        lowercaseName("a type's name was expected")
        close(.typePath, mark)
    }

    /// `M.F(X).` up to the name.
    mutating func pathPrefix() {
        while current == .uppercaseIdentifier {
            advance()
            while current == .leftParen {
                nested { parser in
                    parser.advance()
                    parser.modulePath(applied: true)
                    parser.expect(.rightParen, ") was expected")
                }
            }
            expect(.dot, ". was expected")
        }
    }

    private mutating func parenthesisedType(_ mark: Mark) {
        advance()
        if take(.module) {
            extensionAndAttributes()
            packageType()
            closeBracket(.rightParen, ") was expected")
            return close(.packageType, mark)
        }
        typexpr()
        if current == .comma {
            while take(.comma) { typexpr() }
            closeBracket(.rightParen, ") was expected")
            switch current {
            case .lowercaseIdentifier, .rawIdentifier, .uppercaseIdentifier, .hash: break
            default: missing("a type's name was expected")
            }
            return close(.typeParameters, mark)
        }
        closeBracket(.rightParen, ") was expected")
        close(.parenthesised, mark)
    }

    // MARK: Objects

    private mutating func objectType(_ mark: Mark) {
        advance()
        while current != .greater {
            if take(.dotDot) { break }
            let field = self.mark()
            if current == .lowercaseIdentifier || current == .rawIdentifier, peek(1) == .colon {
                advance()
                advance()
                polyTypexpr(withAttributes: false)
                attributes()
            } else {
                atomicType()
                attributes()
            }
            close(.objectTypeField, field)
            guard take(.semicolon) else { break }
        }
        closeBracket(.greater, "> was expected")
        close(.objectType, mark)
    }

    // MARK: Variants

    private mutating func variantType(_ mark: Mark) {
        let opening = current
        advance()
        var isOpened = opening != .leftBracket
        if opening == .leftBracket, isRelaxed, take(.greater) || take(.less) { isOpened = true }
        if opening == .leftBracketGreater, current == .rightBracket {
            advance()
            return close(.variantType, mark)
        }
        let hasBar = take(.bar)
        let isTag = current == .backquote
        variantField()
        if !isTag, !hasBar, !isOpened, current != .bar, !isRelaxed { missing("a tag was expected") }
        while take(.bar) { variantField() }
        if opening == .leftBracketLess || isRelaxed, take(.greater) {
            repeat {
                expect(.backquote, "a tag was expected")
                variantName()
            } while current == .backquote
        }
        closeBracket(.rightBracket, "] was expected")
        close(.variantType, mark)
    }

    private mutating func variantField() {
        let mark = mark()
        guard current == .backquote else {
            typexpr()
            return close(.variantField, mark)
        }
        advance()
        variantName()
        if take(.of) {
            _ = take(.ampersand)
            typexprWithoutAttributes()
            while take(.ampersand) { typexprWithoutAttributes() }
        }
        attributes()
        close(.variantField, mark)
    }

    // MARK: Polymorphism and constraints

    /// Whether `'a 'b.` begins `offset` tokens ahead.
    func isPolymorphic(ahead offset: Int) -> Bool {
        var place = position + offset
        guard place < kinds.count, kinds[place] == .quote else { return false }
        while place + 2 < kinds.count, kinds[place] == .quote { place += 2 }
        return kinds[place] == .dot
    }

    /// `'a 'b. t`, `type a b. t` where a binding allows it, or a plain type.
    mutating func polyTypexpr(withAttributes: Bool = true, ofBinding: Bool = false) {
        let mark = mark()
        var isPolymorphic = false
        if ofBinding, take(.type) {
            isPolymorphic = true
            if current != .lowercaseIdentifier { missing("a type's name was expected") }
            while take(.lowercaseIdentifier) {}
            expect(.dot, ". was expected")
        } else if self.isPolymorphic(ahead: 0) {
            isPolymorphic = true
            while take(.quote) { typeVariableName() }
            expect(.dot, ". was expected")
        }
        if withAttributes { typexpr() } else { typexprWithoutAttributes() }
        if isPolymorphic { close(.polymorphicType, mark) }
    }

    /// `: t`, `: t :> t`, `:> t`.
    mutating func typeConstraint() {
        if take(.colon) {
            typexpr()
            guard take(.colonGreater) else { return }
        } else {
            advance()
        }
        typexpr()
    }

    /// What stands behind `module` in a type, or behind a packed module: a path, with types fixed perhaps.
    mutating func packageType() {
        let mark = mark()
        var place = position
        while place < kinds.count, kinds[place] == .leftParen { place += 1 }
        if kinds[place] != .uppercaseIdentifier, kinds[place] != .lowercaseIdentifier, !isRelaxed {
            fail("only a path may name the type of a packed module")
        }
        isInPackageType = !isRelaxed
        moduleType()
        isInPackageType = false
        close(.packageType, mark)
    }
}
