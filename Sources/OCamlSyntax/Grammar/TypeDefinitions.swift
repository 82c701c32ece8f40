/// Type, exception and extension-constructor definitions (manual, section 11.8).
extension Parser {
    /// `type …`: definitions, substitutions or an extension; one item.
    mutating func typeDefinition(_ item: Mark, inSignature: Bool) {
        advance()
        extensionAndAttributes()
        _ = take(.nonrec)
        if dialects.contains(.jsonStatic), peek(1) == .lowercaseIdentifier, reads("json") { leaf(.name) }
        let declaration = mark()
        typeParameters()
        let isQualified = current == .uppercaseIdentifier
        if isQualified { pathPrefix() }
        lowercaseName("a type's name was expected")
        if current == .plusEqual {
            advance()
            typeExtensionRest()
            return close(.typeExtensionItem, item)
        }
        if isQualified { fail("a type is defined by a simple name") }
        _ = declaration
        typeDeclarationRest(item, inSignature: inSignature)
        while current == .and {
            let next = mark()
            advance()
            attributes()
            // pa_include's substitutions say `and type`.
            if isRelaxed, inSignature { _ = take(.type) }
            typeParameters()
            lowercaseName("a type's name was expected")
            typeDeclarationRest(next, inSignature: inSignature)
        }
        typeClauses()
        close(.typeItem, item)
    }

    private mutating func typeDeclarationRest(_ mark: Mark, inSignature: Bool) {
        if take(.equal) {
            typeRepresentation()
        } else if inSignature, take(.colonEqual) {
            typexpr()
        }
        while current == .constraint { typeConstraintClause() }
        itemAttributes()
        close(.typeDeclaration, mark)
    }

    private mutating func typeConstraintClause() {
        let mark = mark()
        advance()
        typexpr()
        expect(.equal, "= was expected")
        typexpr()
        close(.typeConstraint, mark)
    }

    /// What stands behind `=` in a type definition.
    private mutating func typeRepresentation() {
        _ = take(.private)
        if definitionBody() { return }
        typexpr()
        guard take(.equal) else { return }
        _ = take(.private)
        if definitionBody() { return }
        // camlp4 takes `t = u = v`.
        if isRelaxed { typexpr() } else { missing("a definition was expected") }
    }

    /// Constructors, a record or `..`; false where none of them begins here.
    private mutating func definitionBody() -> Bool {
        switch current {
        case .dotDot: advance()
        case .leftBrace: nested { $0.recordType() }
        case .bar where peek(1) != .uppercaseIdentifier && !startsConstructor(ahead: 1): advance()
        case .bar: constructorDeclarations()
        default:
            guard startsConstructor(ahead: 0) else { return false }
            constructorDeclarations()
        }
        return true
    }

    private func startsConstructor(ahead offset: Int) -> Bool {
        switch peek(offset) {
        case .uppercaseIdentifier: peek(offset + 1) != .dot && peek(offset + 1) != .leftParen
        case .true, .false: true
        case .leftParen: peek(offset + 1) == .colonColon || peek(offset + 1) == .rightParen
        case .leftBracket: peek(offset + 1) == .rightBracket
        default: false
        }
    }

    private mutating func constructorDeclarations() {
        _ = take(.bar)
        repeat {
            if startsMacroConditional {
                let mark = mark()
                macroConditional(mark, .macroConstructor) { parser in
                    _ = parser.take(.bar)
                    repeat { parser.constructorDeclaration() } while parser.take(.bar) && !parser.endsMacroBranch
                }
            } else {
                constructorDeclaration()
            }
        } while take(.bar)
    }

    private mutating func constructorDeclaration() {
        let mark = mark()
        constructorName()
        if dialects.contains(.jsonStatic), current == .string { leaf(.constant) }
        constructorArguments()
        attributes()
        close(.constructorDeclaration, mark)
    }

    /// `of …`, `: … -> t`, or nothing.
    mutating func constructorArguments() {
        if take(.of) {
            constructorArgumentTypes()
        } else if take(.colon) {
            while current == .quote, isPolymorphic(ahead: 0) {
                // Since 4.14; the parser of 4.13 stops here.
                while take(.quote) { typeVariableName() }
                expect(.dot, ". was expected")
            }
            constructorArgumentTypes()
            if take(.arrow) { atomicType() }
        }
    }

    private mutating func constructorArgumentTypes() {
        if current == .leftBrace {
            nested { $0.recordType() }
        } else {
            tupleType()
        }
    }

    /// `{ mutable label : t; … }`.
    mutating func recordType() {
        let mark = mark()
        advance()
        if current == .rightBrace { missing("a field was expected") }
        while current != .rightBrace {
            if startsMacroConditional {
                let conditional = self.mark()
                macroConditional(conditional, .macroField) { parser in
                    while !parser.endsMacroBranch, parser.fieldDeclaration() {}
                }
                _ = take(.semicolon)
            } else if !fieldDeclaration(), !startsMacroConditional {
                break
            }
        }
        closeBracket(.rightBrace, "} was expected")
        close(.recordType, mark)
    }

    /// One field and the `;` behind it; false where none follows it.
    private mutating func fieldDeclaration() -> Bool {
        let field = mark()
        _ = take(.mutable)
        if isRelaxed, current == .mutable { advance() }
        let isJSON = dialects.contains(.jsonStatic)
        // json-static: `?name : t`, `name "json name" : t`, `name : t = default`.
        if isJSON { _ = take(.question) }
        guard current == .lowercaseIdentifier || current == .rawIdentifier else {
            missing("a field was expected")
            return false
        }
        advance()
        if isJSON, current == .string { leaf(.constant) }
        expect(.colon, ": was expected")
        polyTypexpr(withAttributes: false)
        attributes()
        fieldClauses()
        if isJSON, take(.equal) { expr() }
        close(.fieldDeclaration, field)
        guard take(.semicolon) else { return false }
        attributes()
        return true
    }

    /// `'a`, `(+'a, 'b)` before a type's name.
    mutating func typeParameters() {
        let mark = mark()
        if current == .leftParen {
            advance()
            repeat { typeParameter() } while take(.comma)
            closeBracket(.rightParen, ") was expected")
        } else if startsTypeParameter {
            typeParameter()
        } else {
            return
        }
        close(.typeParameters, mark)
    }

    private var startsTypeParameter: Bool {
        switch current {
        case .quote, .underscore, .plus, .minus, .bang, .prefixOperator, .infixOperator2: true
        default: false
        }
    }

    mutating func typeParameter() {
        let mark = mark()
        variance()
        if !take(.underscore) {
            expect(.quote, "a type variable was expected")
            typeVariableName()
        }
        close(.typeVariable, mark)
    }

    /// `+`, `-`, `!`, or a sign and `!` in either order, glued or not.
    private mutating func variance() {
        switch current {
        case .prefixOperator where reads("!+") || reads("!-"): advance()
        case .infixOperator2 where reads("+!") || reads("-!"): advance()
        case .plus, .minus:
            advance()
            _ = take(.bang)
        case .bang:
            advance()
            if !take(.plus) { _ = take(.minus) }
        default: break
        }
    }

    // MARK: Extensible types and exceptions

    /// What stands behind `+=`.
    private mutating func typeExtensionRest() {
        _ = take(.private)
        _ = take(.bar)
        repeat { extensionConstructor() } while take(.bar)
        typeClauses()
        itemAttributes()
    }

    private mutating func extensionConstructor() {
        let mark = mark()
        constructorName()
        if take(.equal) { constructorPath() } else { constructorArguments() }
        attributes()
        close(.constructorDeclaration, mark)
    }

    private mutating func constructorPath() {
        let mark = mark()
        while current == .uppercaseIdentifier, peek(1) == .dot {
            advance()
            advance()
        }
        constructorName()
        close(.constructorPath, mark)
    }

    /// `exception C of t`, `exception C = M.D`.
    mutating func exceptionDefinition(_ item: Mark) {
        advance()
        extensionAndAttributes()
        extensionConstructor()
        typeClauses()
        itemAttributes()
        close(.exceptionItem, item)
    }
}
