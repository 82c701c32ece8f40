/// Extensions of one or two productions: duppy, froc, bolt, extunix's `HAVE`, ospec, macaque's access.
///
/// - `duppyExpression`: keyword; for `duppy p = e and … in b` bindings and body; for `duppy_try e with …` the body and
///   cases; for `duppy_do … done` the body; else an expression.
/// - `frocLet` (`lft`, `lbt`): keyword, bindings, body.
/// - `logExpression` (bolt's `LOG "…" a b NAME "n" LEVEL INFO`): keyword, then constants, arguments, `name`s in order.
/// - `haveItem` (`HAVE NAME items END`): keyword, `macroCondition`, `structureBody`, keyword `END`.
/// - `specExpression` (`describe "…" do e done`, `it "…" do e done`): keyword, `constant`, body where one follows.
/// - `macaqueAccess` (`r#!field`, `r#?field`): expression, `name`.
extension Parser {
    /// Heads whose body goes on the stack; false where the word at hand is none of them.
    mutating func smallPrefix(_ mark: Mark) -> Bool {
        let node: NodeKind
        switch word {
        case .duppy: node = .duppyExpression
        case .froc: node = .frocLet
        case .duppyHead:
            keyword()
            pending.append(PendingOperator(node: .duppyExpression, mark: mark, precedence: Precedence.element))
            return true
        default: return false
        }
        keyword()
        repeat {
            let binding = self.mark()
            pattern()
            expect(.equal, "= was expected")
            seqExpr()
            close(.letBinding, binding)
        } while take(.and)
        expect(.in, "in was expected")
        pending.append(PendingOperator(node: node, mark: mark, precedence: Precedence.body))
        return true
    }

    mutating func duppyPhrase(_ mark: Mark) {
        let isTry = word == .duppyTry
        keyword()
        seqExpr()
        if isTry {
            expect(.with, "with was expected")
            matchCases()
        } else if word == .duppyDone || current == .done {
            advance()
        } else {
            missing("done was expected")
        }
        close(.duppyExpression, mark)
    }

    mutating func logExpression(_ mark: Mark) {
        keyword()
        while startsArgument || current == .extensionKeyword {
            if word == .logPart || word == .logLevel {
                let isLevel = word == .logLevel
                keyword()
                if isLevel { name(uppercase: true, "a level was expected") } else { simpleExpr() }
                if isLevel { break }
            } else if startsArgument {
                argument()
            } else {
                break
            }
        }
        close(.logExpression, mark)
    }

    mutating func haveItem(_ item: Mark) {
        keyword()
        let condition = mark()
        name(uppercase: true, "a name was expected")
        while current == .uppercaseIdentifier, reads("OR") || reads("AND") {
            advance()
            name(uppercase: true, "a name was expected")
        }
        close(.macroCondition, condition)
        structureBody(until: [])
        if word == .endMacro { keyword() } else { missing("END was expected") }
        close(.haveItem, item)
    }

    mutating func specExpression(_ mark: Mark) {
        keyword()
        constant(.string, "a string was expected")
        if take(.do) {
            seqExpr()
            expect(.done, "done was expected")
        }
        close(.specExpression, mark)
    }

    /// Whether macaque's glued `#!` or `#?` is at hand.
    var startsMacaqueAccess: Bool {
        dialects.contains(.macaque) && current == .hash && (peek(1) == .bang || peek(1) == .question)
            && (peek(2) == .lowercaseIdentifier)
    }

    mutating func macaqueAccess(_ mark: Mark) {
        advance()
        advance()
        name("a field was expected")
        close(.macaqueAccess, mark)
    }
}
