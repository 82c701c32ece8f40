/// Module expressions and module types (manual, sections 11.9 and 11.10), structures, signatures and whole files
/// (section 11.11).
extension Parser {
    // MARK: Files

    mutating func implementationFile() {
        if dialects.contains(.revised) { return revisedFile(inSignature: false) }
        structureItems(until: [])
        // What would end a branch or section ends nothing here: the rest of the file is read all the same.
        while current != .endOfFile {
            unexpected("an item was expected")
            structureItems(until: [])
        }
    }

    mutating func interfaceFile() {
        if dialects.contains(.revised) { return revisedFile(inSignature: true) }
        signatureItems(until: [])
        while current != .endOfFile {
            unexpected("an item was expected")
            signatureItems(until: [])
        }
    }

    mutating func structureBody(until ends: KindSet) {
        let mark = mark()
        structureItems(until: ends)
        close(.structureBody, mark)
    }

    mutating func signatureBody(until ends: KindSet) {
        let mark = mark()
        signatureItems(until: ends)
        close(.signatureBody, mark)
    }

    // MARK: Structures

    private mutating func structureItems(until ends: KindSet) {
        // One expression may stand at the start and behind each `;;`.
        var mayBeExpression = true
        while current != .endOfFile, !ends.contains(current), !endsExtensionBody {
            if take(.semicolonSemicolon) {
                mayBeExpression = true
                continue
            }
            let before = position
            nested { $0.structureItem(mayBeExpression: mayBeExpression) }
            mayBeExpression = false
            if position == before { skipToItem(until: ends) }
        }
    }

    /// Wraps tokens that begin no item, up to the next that does.
    private mutating func skipToItem(until ends: KindSet) {
        fail("an item was expected")
        let mark = mark()
        repeat {
            advance()
        } while current != .endOfFile && !ends.contains(current)
            && !KindSet.itemStarts.contains(current) && current != .let && !endsExtensionBody
            && current != .leftBracketAtAtAt && current != .leftBracketPercentPercent
        close(.unexpected, mark)
    }

    private mutating func structureItem(mayBeExpression: Bool) {
        let item = mark()
        switch current {
        case .let:
            if startsRegexpDefinition { return regexpDefinition(item) }
            if word(ahead: 1) == .bitmatch { return bitmatchDefinition(item) }
            letItem(item, mayBeExpression: mayBeExpression)
        case .type: typeDefinition(item, inSignature: false)
        case .exception: exceptionDefinition(item)
        case .external: externalDefinition(item)
        case .val: valueSpecification(item)
        case .module: moduleDefinition(item)
        case .open:
            advance()
            if word == .bitmatch { return bitmatchOpening(item) }
            _ = take(.bang)
            extensionAndAttributes()
            moduleExpr()
            if openItemRest(item) { return }
            itemAttributes()
            close(.openItem, item)
        case .include:
            advance()
            extensionAndAttributes()
            if isRelaxed, current == .string { leaf(.constant) } else { moduleExpr() }
            itemAttributes()
            close(.includeItem, item)
        case .class: classItem(item, inSignature: false)
        case .leftBracketAtAtAt: nested { $0.extensionNode(.leftBracketAtAtAt, .floatingAttribute) }
        case .leftBracketPercentPercent: extensionItem(item)
        case .quotedExtensionItem:
            leaf(.extensionNode)
            itemAttributes()
            close(.extensionItem, item)
        case .hash where isRelaxed || mayBeDirective: directive(item)
        default:
            if extensionItem(item, inSignature: false) { return }
            guard startsExpression else { return }
            expressionItem(item, mayBeExpression: mayBeExpression)
        }
    }

    private var mayBeDirective: Bool { false }

    /// `let …`, which is an expression if `in` follows.
    private mutating func letItem(_ item: Mark, mayBeExpression: Bool) {
        switch kinds[behindExtensionName] {
        case .module, .open, .exception: break
        default:
            advance()
            let hasExtension = extensionAndAttributes()
            letBindings(item, mayPun: hasExtension)
            guard current == .in else { return close(.letItem, item) }
            if !mayBeExpression, !isRelaxed { fail("let … in may stand here only behind ;;") }
            advance()
            let base = pending.count
            pending.append(PendingOperator(node: .letExpression, mark: item, precedence: Precedence.body))
            continueExpression(base: base)
            itemAttributes()
            return close(.expressionItem, item)
        }
        expressionItem(item, mayBeExpression: mayBeExpression)
    }

    /// The place of the first token behind a keyword and the extension that it may name: `let%ext.name`.
    private var behindExtensionName: Int {
        var place = position + 1
        guard kinds[place] == .percent else { return place }
        repeat { place += 2 } while place + 1 < kinds.count && kinds[place] == .dot
        return min(place, kinds.count - 1)
    }

    private mutating func expressionItem(_ item: Mark, mayBeExpression: Bool) {
        if !mayBeExpression, !isRelaxed { fail("an expression may stand here only behind ;;") }
        seqExpr()
        if loneSemicolonEnd == position { return builder.close(.expressionItem, from: item, to: position - 1) }
        itemAttributes()
        close(.expressionItem, item)
    }

    private mutating func extensionItem(_ item: Mark) {
        nested { $0.extensionNode(.leftBracketPercentPercent, .extensionNode) }
        itemAttributes()
        close(.extensionItem, item)
    }

    /// `#use "file";;`, which camlp4 runs and stock refuses.
    private mutating func directive(_ item: Mark) {
        advance()
        if current == .lowercaseIdentifier || current == .uppercaseIdentifier { advance() }
        if startsSimpleExpr { simpleExpr() }
        close(.directive, item)
    }

    private mutating func externalDefinition(_ item: Mark) {
        advance()
        extensionAndAttributes()
        if valueNameLength != nil { valueName() } else { missing("a name was expected") }
        expect(.colon, ": was expected")
        typexpr()
        expect(.equal, "= was expected")
        if current != .string, current != .quotedString { missing("a string was expected") }
        while take(.string) || take(.quotedString) {}
        itemAttributes()
        close(.externalItem, item)
    }

    private mutating func valueSpecification(_ item: Mark) {
        advance()
        extensionAndAttributes()
        if valueNameLength != nil { valueName() } else { missing("a name was expected") }
        expect(.colon, ": was expected")
        if isRelaxed { polyTypexpr() } else { typexpr() }
        // camlp4 takes what `external` may have.
        if isRelaxed, take(.equal) { while take(.string) {} }
        itemAttributes()
        close(.valueItem, item)
    }

    // MARK: Signatures

    var startsSpecification: Bool {
        switch current {
        case .val, .external, .type, .exception, .module, .open, .include, .class, .leftBracketAtAtAt,
            .leftBracketPercentPercent, .quotedExtensionItem, .semicolonSemicolon:
            true
        default: false
        }
    }

    private mutating func signatureItems(until ends: KindSet) {
        while current != .endOfFile, !ends.contains(current), !endsExtensionBody {
            if take(.semicolonSemicolon) { continue }
            let before = position
            nested { $0.signatureItem() }
            if position == before { skipToItem(until: ends) }
        }
    }

    private mutating func signatureItem() {
        let item = mark()
        switch current {
        case .type: typeDefinition(item, inSignature: true)
        case .exception: exceptionDefinition(item)
        case .external: externalDefinition(item)
        case .val: valueSpecification(item)
        case .module: moduleSpecification(item)
        case .open:
            advance()
            _ = take(.bang)
            extensionAndAttributes()
            modulePath(applied: true)
            itemAttributes()
            close(.openItem, item)
        case .include:
            advance()
            extensionAndAttributes()
            if isRelaxed, current == .string { leaf(.constant) } else { moduleType() }
            itemAttributes()
            close(.includeItem, item)
        case .class: classItem(item, inSignature: true)
        case .leftBracketAtAtAt: nested { $0.extensionNode(.leftBracketAtAtAt, .floatingAttribute) }
        case .leftBracketPercentPercent: extensionItem(item)
        case .quotedExtensionItem:
            leaf(.extensionNode)
            itemAttributes()
            close(.extensionItem, item)
        case .hash where isRelaxed: directive(item)
        default: _ = extensionItem(item, inSignature: true)
        }
    }

    // MARK: Definitions of modules

    private mutating func moduleDefinition(_ item: Mark) {
        if peek(1) == .type { return moduleTypeDefinition(item, inSignature: false) }
        advance()
        extensionAndAttributes()
        if current == .type { return moduleTypeDefinitionRest(item, inSignature: false) }
        let isRecursive = take(.rec)
        moduleName()
        moduleBindingBody()
        itemAttributes()
        close(.moduleBinding, item)
        while isRecursive, current == .and {
            let next = mark()
            advance()
            attributes()
            moduleName()
            moduleBindingBody()
            itemAttributes()
            close(.moduleBinding, next)
        }
        close(.moduleItem, item)
    }

    /// Parameters, type and definition of a module.
    mutating func moduleBindingBody() {
        while current == .leftParen { functorParameter() }
        if take(.colon) { moduleType() }
        expect(.equal, "= was expected")
        moduleExpr()
    }

    private mutating func moduleTypeDefinition(_ item: Mark, inSignature: Bool) {
        advance()
        moduleTypeDefinitionRest(item, inSignature: inSignature)
    }

    /// From `type` of `module type`.
    private mutating func moduleTypeDefinitionRest(_ item: Mark, inSignature: Bool) {
        advance()
        extensionAndAttributes()
        if !take(.uppercaseIdentifier) { lowercaseName("a module type's name was expected") }
        if take(.equal) || inSignature && take(.colonEqual) { moduleType() }
        withGenerators()
        itemAttributes()
        close(.moduleTypeItem, item)
    }

    private mutating func moduleSpecification(_ item: Mark) {
        if peek(1) == .type { return moduleTypeDefinition(item, inSignature: true) }
        advance()
        extensionAndAttributes()
        if current == .type { return moduleTypeDefinitionRest(item, inSignature: true) }
        if take(.rec) {
            moduleName()
            expect(.colon, ": was expected")
            moduleType()
            itemAttributes()
            while take(.and) {
                attributes()
                moduleName()
                expect(.colon, ": was expected")
                moduleType()
                itemAttributes()
            }
            return close(.moduleItem, item)
        }
        moduleName()
        if take(.equal) {
            modulePath()
        } else if take(.colonEqual) {
            modulePath(applied: true)
        } else {
            while current == .leftParen { functorParameter() }
            expect(.colon, ": was expected")
            moduleType()
        }
        itemAttributes()
        close(.moduleItem, item)
    }

    /// `(X : S)` or `()`.
    private mutating func functorParameter() {
        let mark = mark()
        nested { parser in
            parser.advance()
            if parser.take(.rightParen) { return }
            parser.moduleName()
            parser.expect(.colon, ": was expected")
            parser.moduleType()
            parser.closeBracket(.rightParen, ") was expected")
        }
        close(.functorParameter, mark)
    }

    // MARK: Module expressions

    mutating func moduleExpr() {
        let mark = mark()
        switch current {
        case .uppercaseIdentifier: modulePath()
        case .struct: nested { $0.structExpr(mark) }
        case .functor:
            advance()
            attributes()
            functorParameters()
            expect(.arrow, "-> was expected")
            nested { $0.moduleExpr() }
            return close(.functor, mark)
        case .leftParen: nested { $0.parenthesisedModule(mark) }
        case .leftBracketPercent: nested { $0.extensionNode(.leftBracketPercent, .extensionNode) }
        case .quotedExtension: leaf(.extensionNode)
        case .quotation where isRelaxed: leaf(.quotation)
        // camlp4 extensions that include files take their names here.
        case .string where isRelaxed: leaf(.constant)
        case .extensionKeyword where extensionModuleExpr(mark): break
        default: return missing("a module was expected")
        }
        moduleExprRest(mark)
    }

    /// Applications and attributes.
    private mutating func moduleExprRest(_ mark: Mark) {
        while true {
            switch current {
            case .leftParen:
                let argument = self.mark()
                if peek(1) == .rightParen {
                    advance()
                    advance()
                } else {
                    nested { $0.parenthesisedModule(argument) }
                }
                close(.functorApplication, mark)
            case .leftBracketAt:
                attribute()
                close(.attributed, mark)
            default: return
            }
        }
    }

    private mutating func functorParameters() {
        if current != .leftParen { missing("a parameter was expected") }
        while current == .leftParen { functorParameter() }
    }

    private mutating func structExpr(_ mark: Mark) {
        advance()
        attributes()
        structureItems(until: [.end])
        closeBracket(.end, "end was expected")
        close(.structureBody, mark)
    }

    private mutating func parenthesisedModule(_ mark: Mark) {
        advance()
        if take(.val) {
            attributes()
            if isRelaxed { seqExpr() } else { expr(Precedence.element) }
            if take(.colon) {
                packageType()
                if take(.colonGreater) { packageType() }
            } else if take(.colonGreater) {
                packageType()
            }
            closeBracket(.rightParen, ") was expected")
            return close(.unpackedModule, mark)
        }
        moduleExpr()
        let isConstrained = take(.colon)
        if isConstrained { moduleType() }
        closeBracket(.rightParen, ") was expected")
        close(isConstrained ? .constrained : .parenthesised, mark)
    }

    // MARK: Module types

    mutating func moduleType() {
        let mark = mark()
        moduleTypeTerm(mark)
        while true {
            switch current {
            case .with:
                advance()
                repeat { withConstraint() } while take(.and)
                close(.withType, mark)
            case .arrow:
                advance()
                nested { $0.moduleType() }
                close(.functorType, mark)
            case .leftBracketAt:
                attribute()
                close(.attributed, mark)
            default: return
            }
        }
    }

    private mutating func moduleTypeTerm(_ mark: Mark) {
        switch current {
        case .uppercaseIdentifier, .lowercaseIdentifier, .rawIdentifier: moduleTypePath()
        case .sig:
            nested { parser in
                parser.advance()
                parser.attributes()
                parser.signatureItems(until: [.end])
                parser.closeBracket(.end, "end was expected")
                parser.close(.signatureBody, mark)
            }
        case .functor:
            advance()
            attributes()
            functorParameters()
            expect(.arrow, "-> was expected")
            nested { $0.moduleType() }
            close(.functorType, mark)
        case .module:
            advance()
            expect(.type, "type was expected")
            expect(.of, "of was expected")
            attributes()
            moduleExpr()
            close(.moduleTypeOf, mark)
        case .leftParen where startsShortFunctor:
            // `(X : S) -> T` without `functor`, since OCaml 5.1.
            functorParameters()
            expect(.arrow, "-> was expected")
            nested { $0.moduleType() }
            close(.shortFunctorType, mark)
        case .leftParen:
            nested { parser in
                parser.advance()
                parser.moduleType()
                parser.closeBracket(.rightParen, ") was expected")
                parser.close(.parenthesised, mark)
            }
        case .leftBracketPercent: nested { $0.extensionNode(.leftBracketPercent, .extensionNode) }
        case .quotedExtension: leaf(.extensionNode)
        case .quotation where isRelaxed: leaf(.quotation)
        case .string where isRelaxed: leaf(.constant)
        default: missing("a module type was expected")
        }
    }

    /// Whether a functor's parameter begins here, and no module type in parentheses.
    private var startsShortFunctor: Bool {
        guard !isRelaxed else { return false }
        if peek(1) == .rightParen { return true }
        return (peek(1) == .uppercaseIdentifier || peek(1) == .underscore) && peek(2) == .colon
    }

    /// `M.F(X).S`, whose last name may be lowercase too.
    private mutating func moduleTypePath() {
        let mark = mark()
        while current == .uppercaseIdentifier {
            if peek(1) == .dot {
                advance()
                advance()
                continue
            }
            if peek(1) == .leftParen, peek(2) == .uppercaseIdentifier {
                advance()
                while current == .leftParen {
                    nested { parser in
                        parser.advance()
                        parser.modulePath(applied: true)
                        parser.expect(.rightParen, ") was expected")
                    }
                }
                expect(.dot, ". was expected")
                continue
            }
            break
        }
        if !take(.uppercaseIdentifier) { lowercaseName("a module type's name was expected") }
        close(.modulePathType, mark)
    }

    private mutating func withConstraint() {
        let mark = mark()
        let isPackage = isInPackageType
        isInPackageType = false
        defer { isInPackageType = isPackage }
        if isPackage, current != .type || peek(1) != .lowercaseIdentifier && peek(1) != .uppercaseIdentifier {
            fail("only types without parameters may be fixed in the type of a packed module")
        }
        if take(.type) {
            typeParameters()
            typePath()
            if !isPackage, take(.colonEqual) {
                typexprWithoutAttributes()
            } else {
                expect(.equal, "= was expected")
                if !isPackage { _ = take(.private) }
                typexprWithoutAttributes()
                while current == .constraint {
                    advance()
                    typexpr()
                    expect(.equal, "= was expected")
                    typexpr()
                }
            }
        } else if take(.module) {
            if take(.type) {
                moduleTypePath()
                if !take(.colonEqual) { expect(.equal, "= was expected") }
                moduleType()
            } else {
                modulePath()
                if !take(.colonEqual) { expect(.equal, "= was expected") }
                modulePath(applied: true)
            }
        } else {
            missing("type or module was expected")
        }
        close(.withConstraint, mark)
    }
}
