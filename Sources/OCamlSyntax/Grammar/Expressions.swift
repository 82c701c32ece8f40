/// Expressions (manual, section 11.7): operators, and the phrases that reach to the right.
extension Parser {
    /// An expression, `;` included.
    mutating func seqExpr() {
        expr(Precedence.sequence)
    }

    /// An expression of operators no looser than `limit`.
    mutating func expr(_ limit: UInt8 = Precedence.element) {
        guard hasStack else { return skipNested() }
        let base = pending.count
        operators(base: base, limit: limit, operand: operand(base: base))
    }

    /// Goes on behind a head that was put on the stack at `base`, and completes it.
    mutating func continueExpression(base: Int) {
        operators(base: base, limit: Precedence.sequence, operand: operand(base: base))
    }

    /// What was read last, for deciding what may follow.
    struct Operand {
        var mark: Mark
        /// Whether `<-` may follow.
        var isAssignable = false
    }

    // MARK: Operators

    /// Goes on behind a first operand until no operator follows that is no looser than `limit`.
    mutating func operators(base: Int, limit: UInt8, operand first: Operand) {
        var left = first
        while true {
            let kind = current
            if let (precedence, isRight) = Precedence.infix(kind) {
                // To camlp4 `a, b := c` is `a, (b := c)`; what stands to the right of `:=` takes commas all the same.
                let bindsLeft = isRelaxed && kind == .colonEqual ? Precedence.tuple : precedence
                reduce(&left, base: base, above: bindsLeft, orEqual: !isRight)
                if precedence < limit, pending.count == base { break }
                pending.append(
                    PendingOperator(
                        node: kind == .colonColon ? .consOperation : .infixOperation, mark: left.mark,
                        precedence: precedence))
                advance()
                left = operand(base: base)
                continue
            }
            switch kind {
            case .semicolon:
                guard semicolon(&left, base: base, limit: limit) else { return finish(&left, base: base) }
            case .comma:
                reduce(&left, base: base, above: Precedence.tuple, orEqual: false)
                if pending.count == base, Precedence.tuple < limit { return }
                chain(.tuple, Precedence.tuple, left.mark, base: base)
                advance()
                left = operand(base: base)
            case .else:
                guard let place = openConditional(base: base) else { return finish(&left, base: base) }
                while pending.count > place + 1 { reduceOnce(&left) }
                pending[place].role = .else
                advance()
                left = operand(base: base)
            case .leftBracketAt:
                reduce(&left, base: base, above: Precedence.attribute, orEqual: false)
                attribute()
                close(.attributed, left.mark)
                left.isAssignable = false
            case .leftArrow:
                if !left.isAssignable {
                    if isClosing(base: base) { return finish(&left, base: base) }
                    fail("nothing that can be assigned to stands to the left of <-")
                }
                if !left.isAssignable {
                    reduce(&left, base: base, above: Precedence.leftArrow, orEqual: false)
                }
                pending.append(
                    PendingOperator(node: .assignment, mark: left.mark, precedence: Precedence.leftArrow))
                advance()
                left = operand(base: base)
            case .lowercaseIdentifier where startsWhere:
                reduce(&left, base: base, above: Precedence.sequence, orEqual: false)
                if pending.count == base, Precedence.element < limit { return }
                whereBindings(left.mark)
                left.isAssignable = false
            default:
                return finish(&left, base: base)
            }
        }
        finish(&left, base: base)
    }

    /// Whether no operator waits: what follows may belong to the phrase around.
    private func isClosing(base: Int) -> Bool { pending.count == base && depth > 0 }

    /// Completes everything that waits.
    private mutating func finish(_ left: inout Operand, base: Int) {
        while pending.count > base { reduceOnce(&left) }
    }

    @inline(__always)
    private mutating func reduce(_ left: inout Operand, base: Int, above precedence: UInt8, orEqual: Bool) {
        while pending.count > base {
            let top = pending[pending.count - 1].precedence
            guard top > precedence || orEqual && top == precedence else { return }
            reduceOnce(&left)
        }
    }

    private mutating func reduceOnce(_ left: inout Operand) {
        guard let top = pending.popLast() else { return }
        close(top.node, top.mark)
        left = Operand(mark: top.mark)
    }

    /// Lets an element join the tuple or sequence that waits, or start one.
    private mutating func chain(_ node: NodeKind, _ precedence: UInt8, _ mark: Mark, base: Int) {
        if pending.count > base, let top = pending.last, top.node == node, top.precedence == precedence { return }
        pending.append(PendingOperator(node: node, mark: mark, precedence: precedence))
    }

    private func openConditional(base: Int) -> Int? {
        var place = pending.count - 1
        while place >= base {
            if pending[place].role == .then { return place }
            place -= 1
        }
        return nil
    }

    /// `;`: false where it belongs to the phrase around.
    private mutating func semicolon(_ left: inout Operand, base: Int, limit: UInt8) -> Bool {
        reduce(&left, base: base, above: Precedence.sequence, orEqual: false)
        if pending.count == base, Precedence.sequence < limit { return false }
        let isFirst = !(pending.count > base && pending.last?.node == .sequence)
        if peek(1) == .percent {
            // `e1 ;%id e2` is an extension that holds all from `e1` on: a sequence within the sequence.
            pending.append(PendingOperator(node: .sequence, mark: left.mark, precedence: Precedence.sequence))
        } else {
            chain(.sequence, Precedence.sequence, left.mark, base: base)
        }
        advance()
        if current == .percent, !dialects.contains(.eliom) {
            advance()
            attributeName()
            if !startsExpression { missing("an expression was expected") }
        }
        if startsExpression {
            left = operand(base: base)
            return true
        }
        // A last `;` ends the sequence, and with it the phrase whose body it is; an operator may follow that.
        if isFirst {
            pending.removeLast()
        } else {
            repeat { reduceOnce(&left) } while pending.count > base && pending.last?.node == .sequence
        }
        if pending.count == base {
            if isFirst { loneSemicolonEnd = position }
            return false
        }
        reduceOnce(&left)
        return true
    }

    // MARK: Operands

    var startsExpression: Bool {
        KindSet.expressionStarts.contains(current) || current == .label || current == .tilde
            || current == .extensionKeyword && startsExtensionExpression
            || current == .leftBracketLess && dialects.contains(.streams) || current == .leftBracketColon
            || dialects.contains(.eliom) && startsEliomSimple || startsOpenIn
    }

    var startsSimpleExpr: Bool {
        KindSet.simpleStarts.contains(current) && !(current == .leftBrace && startsEliomSection)
            && !(current == .prefixOperator && startsStreamMessage)
            || current == .leftBracketLess && dialects.contains(.streams)
            || current == .leftBracketColon || current == .extensionKeyword && startsExtensionSimple
            || dialects.contains(.eliom) && startsEliomSimple
    }

    /// Reads prefixes, putting them on the stack, and then what they apply to.
    private mutating func operand(base: Int) -> Operand {
        while true {
            let mark = mark()
            switch current {
            case .minus, .minusDot, .plus, .plusDot:
                pending.append(PendingOperator(node: .signOperation, mark: mark, precedence: Precedence.sign))
                advance()
            case .open where startsOpenIn, .struct where startsOpenIn: openInPrefix(mark)
            case .let where startsLetTry:
                nested { $0.letTry(mark) }
                return Operand(mark: mark)
            case .let:
                let kind = letHead()
                if current != .in, KindSet.itemStarts.contains(current) || current == .let || current == .end {
                    missing("in was expected")
                    close(kind, mark)
                    return Operand(mark: mark)
                }
                expect(.in, "in was expected")
                pending.append(PendingOperator(node: kind, mark: mark, precedence: Precedence.body))
            case .letOperator:
                bindingOperators()
                expect(.in, "in was expected")
                pending.append(PendingOperator(node: .bindingOperator, mark: mark, precedence: Precedence.body))
            case .fun:
                advance()
                extensionAndAttributes()
                funParameters()
                expect(.arrow, "-> was expected")
                pending.append(PendingOperator(node: .fun, mark: mark, precedence: Precedence.body))
            case .if:
                advance()
                extensionAndAttributes()
                nested { $0.seqExpr() }
                expect(.then, "then was expected")
                pending.append(
                    PendingOperator(node: .if, mark: mark, precedence: Precedence.conditional, role: .then))
            case .extensionKeyword:
                if extensionPrefix(mark) { continue }
                return extensionOperand(mark) ?? application()
            case .function, .match, .try, .while, .for, .assert, .lazy, .object:
                nested { $0.phrase(mark) }
                return Operand(mark: mark)
            case .label, .tilde:
                labelledElement(base: base)
                return Operand(mark: mark)
            default:
                return application()
            }
        }
    }

    /// `~x:e`, `~x`, `~(x : t)` as an element of a tuple: OCaml 5.4's.
    private mutating func labelledElement(base: Int) {
        let mark = mark()
        let isFirst = pending.count == base || (pending.last?.precedence ?? 0) < Precedence.tuple
        let isFurther = pending.count > base && pending.last?.node == .tuple
        if !isFirst, !isFurther || isRelaxed { fail("an expression was expected") }
        argument()
        builder.renameLast(.labelledElement)
        if isFirst && !isFurther && current != .comma { missing(", was expected") }
        _ = mark
    }

    /// Phrases with an end of their own.
    private mutating func phrase(_ mark: Mark) {
        switch current {
        case .function:
            advance()
            extensionAndAttributes()
            matchCases()
            close(.function, mark)
        case .match, .try:
            let kind: NodeKind = current == .match ? .match : .try
            advance()
            extensionAndAttributes()
            seqExpr()
            expect(.with, "with was expected")
            matchCases()
            close(kind, mark)
        case .while:
            advance()
            extensionAndAttributes()
            seqExpr()
            doBlock()
            close(.while, mark)
        case .for:
            advance()
            extensionAndAttributes()
            pattern()
            expect(.equal, "= was expected")
            forRange()
            doBlock()
            close(.for, mark)
        case .object:
            advance()
            extensionAndAttributes()
            classBodyRest()
            close(.object, mark)
        default:
            let kind: NodeKind = current == .assert ? .assert : .lazy
            advance()
            extensionAndAttributes()
            simpleExpr()
            close(kind, mark)
        }
    }

    mutating func forRange() {
        seqExpr()
        if !take(.to) { expect(.downto, "to or downto was expected") }
        seqExpr()
    }

    mutating func doBlock() {
        expect(.do, "do was expected")
        seqExpr()
        expect(.done, "done was expected")
    }

    /// A simple expression and the arguments behind it.
    private mutating func application() -> Operand {
        let mark = mark()
        guard startsSimpleExpr else {
            missing("an expression was expected")
            return Operand(mark: mark)
        }
        return applied(mark, simpleExpr())
    }

    /// The arguments behind a first simple expression that began at `mark`.
    mutating func applied(_ mark: Mark, _ head: SimpleClass) -> Operand {
        if head == .constructor, startsSimpleExpr {
            simpleExpr()
            close(.constructorApplication, mark)
            guard isRelaxed, startsArgument else { return Operand(mark: mark) }
            // camlp4 goes on reading arguments and then refuses them.
            fail("a constructor takes one argument")
            repeat { argument() } while startsArgument
            close(.application, mark)
            return Operand(mark: mark)
        }
        guard startsArgument else { return Operand(mark: mark, isAssignable: head == .assignable) }
        repeat { argument() } while startsArgument
        close(.application, mark)
        return Operand(mark: mark)
    }

    var startsArgument: Bool {
        startsSimpleExpr && !startsWhere
            || KindSet.labelStarts.contains(current) && !(current == .question && peek(1) == .rightBracket)
    }

    mutating func argument() {
        let mark = mark()
        switch current {
        case .label, .optionalLabel, .keywordLabel, .keywordOptionalLabel:
            advance()
            if isRelaxed, !startsSimpleExpr { expr(Precedence.element) } else { simpleExpr() }
        case .tilde:
            advance()
            if take(.leftParen) {
                expect(.lowercaseIdentifier, "a label was expected")
                if current == .colon || current == .colonGreater {
                    typeConstraint()
                } else {
                    missing(": was expected")
                }
                expect(.rightParen, ") was expected")
            } else {
                labelName()
            }
        case .question:
            advance()
            labelName()
        default:
            simpleExpr()
            return
        }
        close(.labelledArgument, mark)
    }

    private mutating func labelName() {
        if !take(.rawIdentifier) { expect(.lowercaseIdentifier, "a label was expected") }
    }

    /// `-> body` of `fun` up to, without, the arrow.
    mutating func funParameters() {
        if !startsParameter { missing("a parameter was expected") }
        while startsParameter { parameter() }
        if take(.colon) { atomicType() }
        if isRelaxed, take(.when) { expr(Precedence.element) }
    }

    // MARK: Cases

    /// `[|] pattern [when expr] -> expr | …`.
    mutating func matchCases() {
        if word == .parser { return streamCases() }
        _ = take(.bar)
        repeat {
            if startsMacroCases {
                let mark = mark()
                nested { $0.macroCases(mark) }
            } else {
                matchCase()
            }
        } while take(.bar)
    }

    mutating func matchCase() {
        let mark = mark()
        pattern()
        if take(.when) { seqExpr() }
        expect(.arrow, "-> was expected")
        if current == .dot {
            leaf(.unreachable)
        } else {
            seqExpr()
        }
        // A last `;` behind one expression is no part of the case.
        builder.close(.matchCase, from: mark, to: loneSemicolonEnd == position ? position - 1 : position)
        loneSemicolonEnd = -1
    }

    // MARK: Let

    /// From `let` up to, without, `in`; answers what it is.
    mutating func letHead() -> NodeKind {
        let mark = mark()
        advance()
        let hasExtension = extensionAndAttributes()
        switch current {
        case .module:
            advance()
            extensionAndAttributes()
            moduleName()
            moduleBindingBody()
            return .letModule
        case .open:
            advance()
            _ = take(.bang)
            extensionAndAttributes()
            moduleExpr()
            return .letOpen
        case .exception:
            advance()
            extensionAndAttributes()
            let declaration = self.mark()
            constructorName()
            constructorArguments()
            attributes()
            close(.constructorDeclaration, declaration)
            return .letException
        default:
            letBindings(mark, mayPun: hasExtension)
            return .letExpression
        }
    }

    /// The bindings behind `let`, which stands at `mark`.
    mutating func letBindings(_ mark: Mark, mayPun: Bool) {
        _ = take(.rec)
        letBinding(mayPun: mayPun)
        close(.letBinding, mark)
        while current == .and {
            let next = self.mark()
            advance()
            attributes()
            letBinding(mayPun: mayPun)
            close(.letBinding, next)
        }
    }

    private mutating func letBinding(mayPun: Bool) {
        letBindingBody(mayPun: mayPun)
        itemAttributes()
    }

    /// `let* … and* …` up to, without, `in`.
    private mutating func bindingOperators() {
        repeat {
            let mark = mark()
            advance()
            letBindingBody(mayPun: true)
            close(.letBinding, mark)
        } while current == .andOperator
    }

    /// What is bound, and to what.
    mutating func letBindingBody(mayPun: Bool) {
        if let length = valueNameLength, isFunctionBinding(after: length) {
            valueName()
            functionBinding()
            return
        }
        if mayPun, let length = valueNameLength, !startsPatternRest(peek(length)), peek(length) != .equal {
            valueName()
            return
        }
        let mark = mark()
        if KindSet.simplePatternStarts.contains(current) {
            // A simple pattern may have a type behind it, and to camlp4 parameters.
            let isConstructor = simplePattern()
            if take(.colon) {
                typexpr()
                return bindingDefinition()
            }
            if isConstructor {
                constructorArgument(mark)
            } else if isRelaxed, startsParameter {
                return functionBinding()
            }
            patternRest(mark)
        } else {
            pattern()
        }
        if isRelaxed, take(.colon) { typexpr() }
        bindingDefinition()
    }

    private mutating func bindingDefinition() {
        expect(.equal, "= was expected")
        seqExpr()
    }

    /// Whether the name of `length` tokens is that of a function or typed value, not the start of a pattern.
    private func isFunctionBinding(after length: Int) -> Bool {
        switch peek(length) {
        case .equal, .colon, .colonGreater: true
        case .backquote, .hash, .minus, .plus:
            peek(length) == .backquote || peek(length) == .hash
                || KindSet.literals.contains(peek(length + 1))
        default: KindSet.parameterStarts.contains(peek(length))
        }
    }

    /// Parameters and type behind a bound name, and its definition.
    mutating func functionBinding() {
        let hasParameters = startsParameter
        while startsParameter { parameter() }
        if current == .colon || current == .colonGreater {
            let mark = mark()
            if current == .colon, !hasParameters, peek(1) == .type || isPolymorphic(ahead: 1) {
                advance()
                polyTypexpr(ofBinding: true)
            } else {
                typeConstraint()
            }
            close(.returnType, mark)
        }
        bindingDefinition()
    }
}
