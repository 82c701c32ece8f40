/// js_of_ocaml's syntax: `o##p`, `o##p <- v`, `o##m(a, b)`, `jsnew c (a, b)`, `jsobject … end`.
///
/// - `jsAccess`: object, `name`. `jsAssignment`: object, `name`, value (all up to `;`, as camlp4's level `top` says).
///   `jsMethodCall`: object, `name`, arguments. These bind as tightly as `.`, from left to right.
/// - `jsNew`: keyword, class, arguments.
/// - `jsObject`: keyword, then what an `object` has: `selfPattern` perhaps, fields.
///
/// Arguments are separated by `,` and make no tuple; none at all is `()`, which has no node.
extension Parser {
    /// `##label` behind an object that began at `mark`, with its arguments or the value assigned.
    mutating func jsAccess(_ mark: Mark) {
        advance()
        advance()
        if current == .leftParen || current == .dot {
            // The ppx's own `o##(m a)` and `o##.p`, in a file that is converted in part.
            _ = take(.dot)
            simpleExpr(accessesOnly: true)
            close(.hashOperation, mark)
            return
        }
        if current == .lowercaseIdentifier || current == .uppercaseIdentifier || current == .extensionKeyword {
            leaf(.name)
        } else {
            missing("a property's name was expected")
        }
        switch current {
        case .leftParen:
            nested { $0.jsArguments() }
            close(.jsMethodCall, mark)
        case .leftArrow:
            advance()
            expr(Precedence.element)
            close(.jsAssignment, mark)
        default: close(.jsAccess, mark)
        }
    }

    /// `(a, b)`, `()`.
    private mutating func jsArguments() {
        advance()
        if current != .rightParen {
            repeat { jsArgument() } while take(.comma)
        }
        closeBracket(.rightParen, ") was expected")
    }

    private mutating func jsArgument() {
        let mark = mark()
        expr(Precedence.disjunction)
        // What stands behind `:=` reaches over commas.
        guard take(.colonEqual) else { return }
        expr(Precedence.element)
        close(.infixOperation, mark)
    }

    mutating func jsNew(_ mark: Mark) {
        keyword()
        simpleExpr(accessesOnly: true)
        if current == .leftParen { nested { $0.jsArguments() } } else { missing("( was expected") }
        close(.jsNew, mark)
    }

    mutating func jsObject(_ mark: Mark) {
        keyword()
        classBodyRest()
        close(.jsObject, mark)
    }
}
