/// Classes (manual, section 11.9 of the older, 11.10 of the newer editions).
extension Parser {
    /// `class …` or `class type …`: one item.
    mutating func classItem(_ item: Mark, inSignature: Bool) {
        advance()
        let isType = take(.type)
        extensionAndAttributes()
        classDefinition(isType: isType, inSignature: inSignature)
        close(.classBinding, item)
        while current == .and {
            let next = mark()
            advance()
            attributes()
            classDefinition(isType: isType, inSignature: inSignature)
            close(.classBinding, next)
        }
        close(isType ? .classTypeItem : .classItem, item)
    }

    private mutating func classDefinition(isType: Bool, inSignature: Bool) {
        _ = take(.virtual)
        if current == .leftBracket {
            let mark = mark()
            advance()
            repeat { typeParameter() } while take(.comma)
            closeBracket(.rightBracket, "] was expected")
            close(.typeParameters, mark)
        }
        lowercaseName("a class's name was expected")
        if isType {
            expect(.equal, "= was expected")
            classSignature()
        } else if inSignature {
            expect(.colon, ": was expected")
            classType()
        } else {
            while startsParameter { parameter() }
            if take(.colon) { classType() }
            expect(.equal, "= was expected")
            classExpr()
        }
        itemAttributes()
    }

    // MARK: Class expressions

    mutating func classExpr() {
        let mark = mark()
        switch current {
        case .fun:
            advance()
            attributes()
            if !startsParameter { missing("a parameter was expected") }
            while startsParameter { parameter() }
            expect(.arrow, "-> was expected")
            nested { $0.classExpr() }
            close(.classFunction, mark)
        case .let:
            _ = letHead()
            expect(.in, "in was expected")
            nested { $0.classExpr() }
            close(.classLet, mark)
        default:
            simpleClassExpr()
            if startsArgument {
                repeat { argument() } while startsArgument
                close(.classApplication, mark)
            }
        }
        while current == .leftBracketAt {
            attribute()
            close(.attributed, mark)
        }
    }

    private mutating func simpleClassExpr() {
        let mark = mark()
        switch current {
        case .lowercaseIdentifier, .uppercaseIdentifier, .rawIdentifier: classPath()
        case .leftBracket:
            advance()
            repeat { typexpr() } while take(.comma)
            closeBracket(.rightBracket, "] was expected")
            classPath()
            close(.classPath, mark)
        case .object:
            nested { parser in
                parser.advance()
                parser.attributes()
                parser.classBodyRest()
                parser.close(.object, mark)
            }
        case .leftParen:
            nested { parser in
                parser.advance()
                parser.classExpr()
                let isConstrained = parser.take(.colon)
                if isConstrained { parser.classType() }
                parser.closeBracket(.rightParen, ") was expected")
                parser.close(isConstrained ? .classConstraint : .parenthesised, mark)
            }
        case .leftBracketPercent: nested { $0.extensionNode(.leftBracketPercent, .extensionNode) }
        case .quotedExtension: leaf(.extensionNode)
        default: missing("a class was expected")
        }
    }

    /// The fields of an object, from behind `object` to `end`.
    mutating func classBodyRest() {
        if current == .leftParen {
            let mark = mark()
            nested { parser in
                parser.advance()
                parser.pattern()
                if parser.take(.colon) { parser.typexpr() }
                parser.closeBracket(.rightParen, ") was expected")
            }
            close(.selfPattern, mark)
        }
        while current != .end, current != .endOfFile {
            let before = position
            classField()
            if position == before {
                if KindSet.itemStarts.contains(current) { break }
                unexpected("a field was expected")
            }
        }
        expect(.end, "end was expected")
    }

    private mutating func classField() {
        let mark = mark()
        switch current {
        case .inherit:
            advance()
            _ = take(.bang)
            attributes()
            classExpr()
            if take(.as) { lowercaseName("a name was expected") }
            itemAttributes()
            close(.inheritField, mark)
        case .val:
            advance()
            _ = take(.bang)
            attributes()
            instanceVariable()
            itemAttributes()
            close(.valueField, mark)
        case .method:
            advance()
            _ = take(.bang)
            attributes()
            method()
            itemAttributes()
            close(.methodField, mark)
        case .constraint:
            advance()
            attributes()
            typexpr()
            expect(.equal, "= was expected")
            typexpr()
            itemAttributes()
            close(.constraintField, mark)
        case .initializer:
            advance()
            attributes()
            seqExpr()
            itemAttributes()
            close(.initializerField, mark)
        case .leftBracketPercentPercent:
            nested { $0.extensionNode(.leftBracketPercentPercent, .extensionNode) }
            itemAttributes()
            close(.extensionItem, mark)
        case .leftBracketAtAtAt: nested { $0.extensionNode(.leftBracketAtAtAt, .floatingAttribute) }
        case .semicolon where isRelaxed: advance()
        default:
            if extensionItem(mark, inSignature: false) { return }
        }
    }

    /// Takes `virtual` and `other`, each at most once, in either order; answers whether `virtual` was among them.
    private mutating func isVirtual(and other: TokenKind) -> Bool {
        if take(other) { return take(.virtual) }
        guard take(.virtual) else { return false }
        _ = take(other)
        return true
    }

    private mutating func instanceVariable() {
        let isVirtual = isVirtual(and: .mutable)
        lowercaseName("a name was expected")
        if isVirtual {
            expect(.colon, ": was expected")
            typexpr()
            return
        }
        if current == .colon || current == .colonGreater { typeConstraint() }
        expect(.equal, "= was expected")
        seqExpr()
    }

    private mutating func method() {
        let isVirtual = isVirtual(and: .private)
        lowercaseName("a method's name was expected")
        if isVirtual {
            expect(.colon, ": was expected")
            return polyTypexpr()
        }
        functionBinding()
    }

    // MARK: Class types

    mutating func classType() {
        let mark = mark()
        var isArrow = false
        while true {
            if current == .object || (current == .leftBracket && !startsVariantType) {
                classSignature()
                break
            }
            let part = self.mark()
            if classArrowLabel() || startsArrowPart {
                tupleType()
                if current == .arrow {
                    advance()
                    isArrow = true
                    continue
                }
                // The last part is a class's type, not any type.
                let isPath = kinds[part.token..<max(part.token, position - 1)].allSatisfy {
                    $0 == .uppercaseIdentifier || $0 == .dot || $0 == .leftParen || $0 == .rightParen
                }
                if !isPath || position == part.token { fail("a class type was expected") }
                while current == .leftBracketAt {
                    attribute()
                    close(.attributed, part)
                }
                break
            }
            classSignature()
            break
        }
        if isArrow { close(.classArrow, mark) }
    }

    /// Whether the `[` at hand begins a polymorphic variant type, not the types that a class is applied to.
    private var startsVariantType: Bool {
        var open = 0
        for kind in kinds[min(position, kinds.count)...] {
            switch kind {
            case .leftBracket, .leftBracketLess, .leftBracketGreater, .leftParen: open += 1
            case .rightBracket, .rightParen:
                open -= 1
                if open <= 0 { return false }
            case .backquote, .bar: if open == 1 { return true }
            case .endOfFile, .object, .end: return false
            default: break
            }
        }
        return false
    }

    private mutating func classArrowLabel() -> Bool {
        switch current {
        case .optionalLabel:
            advance()
            return true
        case .question where peek(1) == .lowercaseIdentifier && peek(2) == .colon:
            for _ in 0..<3 { advance() }
            return true
        case .lowercaseIdentifier where peek(1) == .colon:
            advance()
            advance()
            return true
        default: return false
        }
    }

    private var startsArrowPart: Bool {
        current != .let && current != .leftBracketPercent && KindSet.typeStarts.contains(current)
    }

    private mutating func classSignature() {
        let mark = mark()
        switch current {
        case .leftBracket:
            advance()
            repeat { typexpr() } while take(.comma)
            closeBracket(.rightBracket, "] was expected")
            classTypePath()
            close(.classPath, mark)
        case .object:
            nested { parser in
                parser.advance()
                parser.attributes()
                parser.objectSignature()
                parser.close(.object, mark)
            }
        case .let:
            advance()
            expect(.open, "open was expected")
            _ = take(.bang)
            attributes()
            modulePath()
            expect(.in, "in was expected")
            nested { $0.classSignature() }
            close(.classLet, mark)
        case .leftBracketPercent: nested { $0.extensionNode(.leftBracketPercent, .extensionNode) }
        case .quotedExtension: leaf(.extensionNode)
        default: classTypePath()
        }
        while current == .leftBracketAt {
            attribute()
            close(.attributed, mark)
        }
    }

    private mutating func classTypePath() {
        let mark = mark()
        pathPrefix()
        lowercaseName("a class type's name was expected")
        close(.classPath, mark)
    }

    private mutating func objectSignature() {
        if current == .leftParen {
            nested { parser in
                parser.advance()
                parser.typexpr()
                parser.closeBracket(.rightParen, ") was expected")
            }
        }
        while current != .end, current != .endOfFile {
            let before = position
            classFieldSpecification()
            if position == before {
                if KindSet.itemStarts.contains(current) { break }
                unexpected("a field was expected")
            }
        }
        expect(.end, "end was expected")
    }

    private mutating func classFieldSpecification() {
        let mark = mark()
        switch current {
        case .inherit:
            advance()
            attributes()
            classSignature()
            itemAttributes()
            close(.inheritField, mark)
        case .val:
            advance()
            attributes()
            _ = isVirtual(and: .mutable)
            lowercaseName("a name was expected")
            expect(.colon, ": was expected")
            typexpr()
            itemAttributes()
            close(.valueField, mark)
        case .method:
            advance()
            attributes()
            _ = isVirtual(and: .private)
            lowercaseName("a method's name was expected")
            expect(.colon, ": was expected")
            polyTypexpr()
            itemAttributes()
            close(.methodField, mark)
        case .constraint:
            advance()
            attributes()
            typexpr()
            expect(.equal, "= was expected")
            typexpr()
            itemAttributes()
            close(.constraintField, mark)
        case .leftBracketPercentPercent:
            nested { $0.extensionNode(.leftBracketPercentPercent, .extensionNode) }
            itemAttributes()
            close(.extensionItem, mark)
        case .leftBracketAtAtAt: nested { $0.extensionNode(.leftBracketAtAtAt, .floatingAttribute) }
        default: break
        }
    }
}
