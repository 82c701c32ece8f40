import Findings
import OCamlSyntax
import Text

/// Lwt's syntax extension (pa_lwt).
extension Catalogue {
    static let lwt = SyntaxExtension(
        id: "lwt", title: "Lwt: threads with the keywords of direct code",
        findlib: ["lwt.syntax", "lwt.syntax.options", "lwt_camlp4"], opam: ["lwt_camlp4"],
        archives: ["pa_lwt", "lwt-syntax", "lwt-syntax-options", "lwt_syntax"],
        keywords: [
            "lwt", "try_lwt", "finally", "match_lwt", "for_lwt", "while_lwt", "raise_lwt", "assert_lwt",
        ],
        implies: ["camlp4"], replacement: "lwt_ppx (until Lwt 3.2: lwt.ppx)",
        rules: [lwtLet, lwtTry, lwtMatch, lwtFor, lwtWhile, lwtRaise, lwtAssert, lwtFinally, lwtBind])

    static let lwtLog = SyntaxExtension(
        id: "lwt.syntax.log", title: "Lwt_log calls that cost nothing while their level is off",
        findlib: ["lwt.syntax.log"], archives: ["lwt-syntax-log"], implies: ["camlp4"], replacement: "lwt_ppx with -log"
    )

    private static let lwtLet = Rule(
        "lwt/let", "`lwt`, a binding that waits for a thread", at: [.word("lwt")],
        examples: [
            .rewritten("let f a = ‸lwt‸ x = a in g x", to: "let f a = let%lwt x = a in g x"),
            .rewritten(
                "let f a b =\n  ‸lwt‸ x = a\n  and y = b in\n  let z = x in\n  g z y",
                to: "let f a b =\n  let%lwt x = a\n  and y = b in\n  let z = x in\n  g z y"),
            .reported("‸lwt‸ n = start ()\nlet f x = let y = x in y"),
            .reported("let f () = (‸lwt‸ () = a in ‸lwt‸ (x, _) = b in c)"),
            .reported("let a = 1\nlet f () =\n  let b = a in\n  ‸lwt‸ x = g b in\n  x"),
            .ordinary("let lwt = 1\nlet f lwt = lwt + 1\nlet g = M.lwt, { lwt = 1 }.lwt, (fun ~lwt -> lwt)"),
        ]
    ) { context, index in
        let tokens = context.tokens
        if tokens.isValueName(index) { return nil }
        let range = tokens.range(index)
        let binds = context.beginsPattern(index + 1) && context.beginsExpressionOrItem(index)
        var certainty: Certainty = binds && bindsBefore(context, index) ? .likely : .possible
        if context.structure.provenLets.contains(index) { certainty = .certain }
        guard context.structure.partner[index] != nil else {
            return Draft(
                range, certainty,
                .manual("at toplevel `lwt p = e` runs the main loop: write let p = Lwt_main.run (e)"),
                message: "`lwt` at toplevel, a binding that runs the main loop")
        }
        if tokens.isFirstOnLine(index), startsLine(context, index) {
            return Draft(
                range, certainty,
                .manual("at toplevel `lwt p = e in b` is an item: write let () = Lwt_main.run (let%lwt p = e in b)"))
        }
        return Draft(range, certainty, .safe([Edit(range, "let%lwt")]))
    }

    /// Whether the word stands at the very start of its line: there it is an item, not part of an expression.
    private static func startsLine(_ context: SourceContext, _ index: Int) -> Bool {
        let start = context.tokens.range(index).start
        guard start == 0 || context.tokens.list.bytes[start - 1] == 0x0A else { return false }
        switch context.tokens.kind(index - 1) {
        case .in, .semicolon, .arrow, .equal, .then, .else, .do, .begin, .leftParen: return false
        default: return true
        }
    }

    /// Whether an `=` follows within the next tokens, before anything that no pattern holds.
    private static func bindsBefore(_ context: SourceContext, _ index: Int) -> Bool {
        var next = index + 1
        while next < index + 60 {
            switch context.tokens.kind(next) {
            case .equal: return true
            case .leftParen, .leftBrace, .leftBracket, .leftBracketBar:
                guard let close = context.structure.partner[next] else { return false }
                next = close + 1
            case .in, .let, .semicolon, .arrow, .with, .endOfFile, .then, .else, .do, .rightParen, .rightBracket,
                .rightBrace, .end,
                .bar, .colonEqual, .leftArrow, .semicolonSemicolon:
                return false
            default: next += 1
            }
        }
        return false
    }

    private static let lwtTry = Rule(
        "lwt/try", "`try_lwt`, a handler for failed threads", at: [.word("try_lwt")],
        examples: [
            .rewritten(
                "let f g = ‸try_lwt‸ g () with Not_found -> d", to: "let f g = try%lwt g () with Not_found -> d"),
            .reported("let f g = ‸try_lwt‸ g ()"),
            .ordinary("let try_lwt = 1\nlet x = M.try_lwt"),
        ]
    ) { context, index in
        if context.tokens.isValueName(index) { return nil }
        let range = context.tokens.range(index)
        let certainty: Certainty = context.structure.loneWith.contains(index) ? .certain : .likely
        if context.structure.finallyOf[index] != nil {
            return Draft(
                range, certainty,
                .manual(
                    "the code of `finally` runs before the handlers here and after them in lwt_ppx: write Lwt.try_bind")
            )
        }
        guard context.structure.partner[index] != nil else {
            return Draft(range, certainty, .manual("write Lwt.catch (fun () -> …) Lwt.fail"))
        }
        return Draft(range, certainty, .safe([Edit(range, "try%lwt")]))
    }

    private static let lwtMatch = Rule(
        "lwt/match", "`match_lwt`, a match on what a thread gives", at: [.word("match_lwt")],
        examples: [
            .rewritten(
                "let f a = ‸match_lwt‸ a with true -> b | false -> c",
                to: "let f a = match%lwt a with true -> b | false -> c"),
            .ordinary("let match_lwt = 1"),
        ]
    ) { context, index in
        if context.tokens.isValueName(index) { return nil }
        let range = context.tokens.range(index)
        let certainty: Certainty = context.structure.loneWith.contains(index) ? .certain : .likely
        return Draft(range, certainty, .safe([Edit(range, "match%lwt")]))
    }

    private static let lwtFor = Rule(
        "lwt/for", "`for_lwt`, a loop of threads", at: [.word("for_lwt")],
        examples: [
            .rewritten("let f p = ‸for_lwt‸ i = 0 to 9 do p i done", to: "let f p = for%lwt i = 0 to 9 do p i done"),
            .reported("let f p s = ‸for_lwt‸ (k, v) in s do p k v done"),
            .ordinary("let for_lwt = 1"),
        ]
    ) { context, index in
        if context.tokens.isValueName(index) { return nil }
        let range = context.tokens.range(index)
        guard context.tokens.kind(index + 1) == .lowercaseIdentifier, context.tokens.kind(index + 2) == .equal else {
            let advice = "write Lwt_stream.iter_s (fun p -> body) stream"
            return Draft(range, context.structure.partner[index] == nil ? .possible : .certain, .manual(advice))
        }
        return Draft(range, .certain, .safe([Edit(range, "for%lwt")]))
    }

    private static let lwtWhile = Rule(
        "lwt/while", "`while_lwt`, a loop of threads", at: [.word("while_lwt")],
        examples: [
            .rewritten("let f c p = ‸while_lwt‸ c () do p () done", to: "let f c p = while%lwt c () do p () done"),
            .ordinary("let while_lwt = 1"),
        ]
    ) { context, index in
        let tokens = context.tokens
        if tokens.isValueName(index) { return nil }
        // No other word lets an expression run into `do`.
        let hasBody = (index..<min(index + 200, tokens.count)).contains { tokens.kind($0) == .do }
        return Draft(tokens.range(index), hasBody ? .certain : .likely, .safe([Edit(tokens.range(index), "while%lwt")]))
    }

    private static let lwtRaise = Rule(
        "lwt/raise", "`raise_lwt`, a thread that fails", at: [.word("raise_lwt")],
        examples: [
            .rewritten("let f m = ‸raise_lwt‸ (Failure m)", to: "let f m = Lwt.fail (Failure m)"),
            .rewritten("let f = (‸raise_lwt‸ Not_found); 1", to: "let f = (Lwt.fail Not_found); 1"),
            .reported("let f m = ‸raise_lwt‸ (Failure m) >>= g"),
            .ordinary("let raise_lwt e = Lwt.fail e"),
        ]
    ) { context, index in
        if context.tokens.isValueName(index) { return nil }
        let range = context.tokens.range(index)
        guard let end = context.endOfAtom(index + 1), context.tokens.endsExpression(end + 1) else {
            return Draft(
                range, .likely,
                .manual("raise_lwt takes all of the expression after it: write Lwt.fail with that in parentheses"))
        }
        return Draft(range, .likely, .safe([Edit(range, "Lwt.fail")]))
    }

    private static let lwtAssert = Rule(
        "lwt/assert", "`assert_lwt`, an assertion as a thread", at: [.word("assert_lwt")],
        examples: [
            .rewritten("let f x = ‸assert_lwt‸ (x > 0)", to: "let f x = assert%lwt (x > 0)"),
            .rewritten("let f = function _ -> ‸assert_lwt‸ false", to: "let f = function _ -> assert%lwt false"),
            .reported("let f x = ‸assert_lwt‸ x > 0"),
        ]
    ) { context, index in
        if context.tokens.isValueName(index) { return nil }
        let range = context.tokens.range(index)
        guard let end = context.endOfAtom(index + 1), context.tokens.endsExpression(end + 1) else {
            return Draft(
                range, .likely, .manual("assert_lwt takes all of the expression after it: write assert%lwt (…)"))
        }
        return Draft(range, .likely, .safe([Edit(range, "assert%lwt")]))
    }

    private static let lwtFinally = Rule(
        "lwt/finally", "`finally`, code that runs after a thread in any case", at: [.word("finally")],
        examples: [
            .reported("let f g c = ‸try_lwt‸ g () ‸finally‸ c ()"),
            .reported("let f g c = ‸try_lwt‸ g () with E -> h () ‸finally‸ c ()"),
            .silent("let f g c = protect ~finally:(fun () -> c) g"),
            .ordinary("let f finally = finally ()\nlet g = protect ~finally"),
        ]
    ) { context, index in
        if context.tokens.isValueName(index) { return nil }
        let belongs = context.structure.finallies.contains(index)
        return Draft(
            context.tokens.range(index), belongs ? .likely : .possible,
            .manual("write (body) [%lwt.finally code]; with handlers write Lwt.try_bind, which keeps the order"))
    }

    private static let lwtBind = Rule(
        "lwt/bind", "`>>`, one thread after another", at: [.kind(.infixOperator0)],
        examples: [
            .reported("let f a b c = a ‸>>‸ b ‸>>‸ c"), .silent("let ( >> ) f g x = g (f x)\nlet h = ( >> )"),
            .ordinary("let f a b = a >> b"),
        ]
    ) { context, index in
        let tokens = context.tokens
        guard tokens.text(index) == ">>", tokens.kind(index - 1) != .leftParen, tokens.kind(index + 1) != .rightParen
        else {
            return nil
        }
        return Draft(
            tokens.range(index), .possible,
            .manual("`a >> b` makes b only when a has ended: write Lwt.bind (a) (fun _ -> b)"))
    }
}
