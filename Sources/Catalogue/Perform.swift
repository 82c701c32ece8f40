import Findings
import OCamlSyntax
import Text

/// pa_monad's `perform` with binding operators where OCaml has them (4.08) and every pattern matches, else with calls of bind.
struct Perform {
    private let node: SyntaxNode
    private let statements: [SyntaxNode]
    /// The function behind `with`, or the module's.
    private let bind: Template
    private let isBindNamed: Bool
    /// The keyword up to the first statement's `in`, where there is a `with`.
    private let head: ByteRange

    /// Nil where a part is missing, or `rec` binds what it uses.
    init?(_ node: SyntaxNode) {
        let statements = node.parts.filter { $0.kind != .monadWith }
        guard node.isWhole, let last = statements.last, last.kind != .monadBind, last.kind != .monadLet,
            !statements.contains(where: { $0.kind == .monadRec }),
            statements.allSatisfy({ $0.kind != .monadBind || $0.children.count == 2 })
        else { return nil }
        self.node = node
        self.statements = statements
        guard let with = node.child(.monadWith) else {
            bind = "bind"
            isBindNamed = true
            head = node.firstToken.range
            return
        }
        guard let word = node.token(.in), let first = with.firstChild else { return nil }
        head = ByteRange(node.range.start, word.range.end)
        if first.kind == .modulePath || with.token(.module) != nil {
            bind = "\(first).bind"
            isBindNamed = true
        } else {
            bind = "\(first, as: .argument)"
            isBindNamed = first.kind == .valuePath
        }
    }

    var fix: Fix {
        let isRefutable = statements.contains { $0.kind == .monadBind && !($0.firstChild?.isIrrefutable ?? false) }
        let mayBindLet = node.context.target >= TargetDate(2019, 6, 14)
        return mayBindLet && isBindNamed && !isRefutable ? withOperators : withCalls
    }

    /// `let* x = a in`: only words change, so layout and comments stay.
    private var withOperators: Fix {
        var edits = [node.context.replace(head, "let ( let* ) = \(bind) in")]
        for statement in statements.dropLast() {
            switch statement.kind {
            case .monadLet: continue
            case .monadBind:
                edits.append(statement.insertBefore("let* "))
                if let arrow = statement.ownTokens.first(where: { $0.reads("<--") }) {
                    edits.append(arrow.replace("="))
                }
                edits.append(statement.nextToken.replace(" in"))
            default:
                if let backslash = backslash(before: statement) {
                    edits += plain(statement, backslash)
                } else {
                    edits.append(statement.insertBefore("let* _ = "))
                    edits.append(statement.nextToken.replace(" in"))
                }
            }
        }
        return .safe(edits + end)
    }

    /// `bind a (fun x -> …)`.
    private var withCalls: Fix {
        var edits: [Edit] = [Edit(ByteRange(head.start, statements.first?.range.start ?? head.end), "")]
        var closing: [String] = []
        for statement in statements.dropLast() {
            let range = ByteRange(statement.range.start, statement.nextToken.range.end)
            switch statement.kind {
            case .monadLet: continue
            case .monadBind:
                guard let pattern = statement.firstChild, let value = statement.lastChild else { continue }
                let isSafe = pattern.isIrrefutable
                let text: Template =
                    isSafe
                    ? "\(bind) \(value, as: .argument) (fun \(parameter: pattern) ->"
                    : "\(bind) \(value, as: .argument) (function \(pattern) -> ("
                edits.append(node.context.replace(range, text))
                closing.append(isSafe ? ")" : ") | _ -> \(failureName) \"pattern match\")")
                if let more = gap(behind: range, isSafe: isSafe) { edits.append(more) }
            default:
                if let backslash = backslash(before: statement) {
                    edits += plain(statement, backslash)
                } else {
                    edits.append(node.context.replace(range, "\(bind) \(statement, as: .argument) (fun _ ->"))
                    closing.append(")")
                }
            }
        }
        if let backslash = statements.first.flatMap({ backslash(before: $0) }),
            backslash.range.start < (statements.first?.range.start ?? 0)
        {
            return .manual("write bind a (fun x -> …) for each x <-- a")
        }
        // The innermost closes first.
        return .safe(edits + [node.insertBehind(closing.reversed().joined())] + end)
    }

    private var failureName: String {
        guard let with = node.child(.monadWith) else { return "failwith" }
        if with.token(.module) != nil { return "\(with.firstChild?.text ?? "").failwith" }
        return with.children.count > 1 ? "(\(with.children[1].text))" : "failwith"
    }

    /// The blank behind a `(` that was a `;`'s.
    private func gap(behind range: ByteRange, isSafe: Bool) -> Edit? {
        guard !isSafe, node.context.bytes(ByteRange(range.end, range.end + 1)).first == 0x20 else { return nil }
        return Edit(ByteRange(range.end, range.end + 1), "")
    }

    private func backslash(before statement: SyntaxNode) -> SyntaxToken? {
        let token = statement.previousToken
        return token.reads("\\") ? token : nil
    }

    /// `\\ e;`, an ordinary sequence.
    private func plain(_ statement: SyntaxNode, _ backslash: SyntaxToken) -> [Edit] {
        let edit = Edit(ByteRange(backslash.range.start, node.context.blanksBehind(backslash.range.end)), "")
        return [edit] + (statement.isOpenToTheRight ? statement.wrap("(", ")") : [])
    }

    /// A `;` behind the last statement.
    private var end: [Edit] {
        node.lastToken.kind == .semicolon ? [node.lastToken.delete()] : []
    }
}
