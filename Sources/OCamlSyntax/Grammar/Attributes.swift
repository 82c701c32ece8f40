/// Attributes and extension nodes (manual, sections 12.12 and 12.13).
extension Parser {
    /// `%ext` and `[@…]` behind a keyword; answers whether an extension was named.
    @discardableResult
    mutating func extensionAndAttributes() -> Bool {
        var isNamed = false
        if current == .percent, !dialects.contains(.eliom) || isGlued(ahead: -1) {
            isNamed = true
            advance()
            attributeName()
        }
        attributes()
        return isNamed
    }

    /// Any number of `[@…]`.
    mutating func attributes() {
        while current == .leftBracketAt { attribute() }
    }

    /// Any number of `[@@…]`.
    mutating func itemAttributes() {
        while current == .leftBracketAtAt {
            nested { $0.extensionNode(.leftBracketAtAt, .itemAttribute) }
        }
    }

    mutating func attribute() {
        nested { $0.extensionNode(.leftBracketAt, .attribute) }
    }

    /// `a.b.c`, where keywords are names too.
    mutating func attributeName() {
        repeat {
            switch current {
            case .lowercaseIdentifier, .uppercaseIdentifier, .rawIdentifier, .extensionKeyword: advance()
            default:
                guard current.isKeyword else {
                    return missing("a name was expected")
                }
                advance()
            }
        } while take(.dot)
    }

    /// `[% …]`, `[%% …]`, `[@ …]`, `[@@ …]`, `[@@@ …]` from its opening bracket.
    mutating func extensionNode(_ opening: TokenKind, _ kind: NodeKind) {
        let mark = mark()
        expect(opening, "an opening bracket was expected")
        attributeName()
        payload()
        closeBracket(.rightBracket, "] was expected")
        close(kind, mark)
    }

    private mutating func payload() {
        let mark = mark()
        let pendingBefore = pending.count
        switch current {
        case .colon:
            advance()
            if startsSpecification || current == .rightBracket {
                signatureBody(until: [.rightBracket])
            } else {
                typexpr()
            }
        case .question:
            advance()
            pattern()
            if take(.when) { seqExpr() }
        default:
            structureBody(until: [.rightBracket])
        }
        assert(pending.count == pendingBefore)
        close(.payload, mark)
    }
}
