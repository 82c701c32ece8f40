import Findings
import OCamlSyntax
import Text

/// Lwt's syntax extension (pa_lwt).
extension Catalogue {
    static let lwt = SyntaxExtension(
        id: "lwt", title: "Lwt: threads with the keywords of direct code",
        findlib: ["lwt.syntax", "lwt.syntax.options", "lwt_camlp4"], opam: ["lwt_camlp4"],
        archives: ["pa_lwt", "lwt-syntax", "lwt-syntax-options", "lwt_syntax"], dialects: .lwt,
        keywords: [
            "lwt", "try_lwt", "finally", "match_lwt", "for_lwt", "while_lwt", "raise_lwt", "assert_lwt",
        ],
        operators: [">>"], implies: ["camlp4"],
        turnedOn:
            "package(lwt.syntax) with syntax(camlp4o) in _tags, -package lwt.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "lwt_ppx (until Lwt 3.2: lwt.ppx)",
            [
                .from(
                    TargetDate(2014, 10, 12), .ppx("lwt.ppx", of: "lwt", from: "2.4.6", below: "4.0.0"),
                    note: "lwt asks for ppx_tools by itself where OCaml takes a ppx"),
                .from(
                    TargetDate(2017, 12, 19), .ppx("lwt_ppx", from: "1.0.0"),
                    note: "let* of Lwt.Syntax needs lwt 5.3.0 (2020-04-22) and OCaml 4.08"),
            ]),
        caveats: [
            "`try_lwt e with h finally f` runs f before h; lwt_ppx's [%lwt.finally …] runs it after: Lwt.try_bind keeps the order.",
            "raise_lwt and assert_lwt take all that follows, operators and commas too: raise_lwt e >>= g is Lwt.fail (e >>= g).",
            "`>>` makes its right side only when the left one has ended, so no function can stand for it.",
            "`finally` and `lwt` are keywords, as labels too: a file with ~finally: was never compiled with this extension.",
            "At toplevel `lwt x = e` runs the main loop (Lwt_main.run); let%lwt does so there until Lwt 4.4 (2019-10-09), which deprecated it.",
            "lwt.ppx reads `>>` itself until Lwt 3.2 (2017-12-19), which deprecated that: before, it stays where the file needs the ppx anyway.",
        ],
        rules: [lwtLet, lwtTry, lwtMatch, lwtFor, lwtWhile, lwtRaise, lwtAssert, lwtFinally, lwtBind])

    private static let lwtLet = Rule(
        "lwt/let", "`lwt`, a binding that waits for a thread", at: [.lwtLet, .lwtItem], words: ["lwt"],
        examples: [
            .rewritten("let f a = «lwt x = a in g x»", to: "let f a = let%lwt x = a in g x"),
            .rewritten(
                "let f a b =\n  «lwt x = a\n  and y = b in\n  let z = x in\n  g z y»",
                to: "let f a b =\n  let%lwt x = a\n  and y = b in\n  let z = x in\n  g z y"),
            .rewritten(
                "let a = 1\n«lwt n = start ()»\nlet f x = let y = x in y",
                to: "let a = 1\nlet n = Lwt_main.run (start ())\nlet f x = let y = x in y"),
            .rewritten(
                "let a = 1\n«lwt () = g a in h a»\nlet b = 2",
                to: "let a = 1\nlet () = Lwt_main.run (let%lwt () = g a in h a)\nlet b = 2"),
            .rewritten(
                "let a = 1\n«lwt (b, c) = f a and _ = g a»\nlet d = c",
                to:
                    "let a = 1\nlet (b, c), _ = Lwt_main.run (let%lwt t0 = f a and t1 = g a in Lwt.return (t0, t1))\nlet d = c"
            ),
            .rewritten(
                "let f () = («lwt () = a in «lwt (x, _) = b in c»»)",
                to: "let f () = (let%lwt () = a in let%lwt (x, _) = b in c)"),
            .reported("let a = 1\nlet f () =\n  let b = a in\n  «lwt x = g b in\n  x»"),
            .reported("let f z = «lwt ~x = z in x»"),
            .ordinary("let lwt = 1\nlet f lwt = lwt + 1\nlet g = M.lwt, { lwt = 1 }.lwt, (fun ~lwt -> lwt)"),
        ]
    ) { node in
        let isItem = node.kind == .lwtItem
        let runs = isItem && node.token(.in) == nil
        return Draft(
            node, LwtRewrite.certainty(node), isItem ? LwtRewrite.item(node) : LwtRewrite.binding(node),
            message: runs ? "`lwt` at toplevel, a binding that runs the main loop" : nil)
    }

    private static let lwtTry = Rule(
        "lwt/try", "`try_lwt`, a handler for failed threads", at: [.lwtTry], words: ["try_lwt"],
        examples: [
            .rewritten(
                "let f g = «try_lwt g () with Not_found -> d»", to: "let f g = try%lwt g () with Not_found -> d"),
            .rewritten("let f g = «try_lwt g ()»", to: "let f g = Lwt.catch (fun () -> g ()) Lwt.fail"),
            .rewritten(
                "let f g h = ignore («try_lwt g (); h ()»)",
                to: "let f g h = ignore (Lwt.catch (fun () -> g (); h ()) Lwt.fail)"),
            .ordinary("let try_lwt = 1\nlet x = M.try_lwt"),
        ]
    ) { node in
        if node.word("finally") != nil { return nil }
        let certainty = node.token(.with) == nil ? LwtRewrite.certainty(node) : .certain
        return Draft(node, certainty, LwtRewrite.handler(node))
    }

    private static let lwtMatch = Rule(
        "lwt/match", "`match_lwt`, a match on what a thread gives", at: [.lwtMatch], words: ["match_lwt"],
        examples: [
            .rewritten(
                "let f a = «match_lwt a with true -> b | false -> c»",
                to: "let f a = match%lwt a with true -> b | false -> c"),
            .ordinary("let match_lwt = 1"),
        ]
    ) { node in
        guard node.isWhole else { return Draft(node, LwtRewrite.certainty(node), LwtRewrite.damaged) }
        return Draft(node, .certain, LwtRewrite.match(node))
    }

    private static let lwtFor = Rule(
        "lwt/for", "`for_lwt`, a loop of threads", at: [.lwtFor, .lwtForIn], words: ["for_lwt"],
        examples: [
            .rewritten("let f p = «for_lwt i = 0 to 9 do p i done»", to: "let f p = for%lwt i = 0 to 9 do p i done"),
            .rewritten("let f p = «for_lwt _ = 1 to 3 do p () done»", to: "let f p = for%lwt _i = 1 to 3 do p () done"),
            .rewritten(
                "let f p s = «for_lwt (k, v) in s do p k v done»",
                to: "let f p s = Lwt_stream.iter_s (fun (k, v) -> p k v) s"),
            .rewritten(
                "let f p s =\n  «for_lwt x in g s do\n    p x; (* all *)\n    p x\n  done»",
                to: "let f p s =\n  Lwt_stream.iter_s (fun x ->\n    p x; (* all *)\n    p x\n  ) (g s)"),
            .ordinary("let for_lwt = 1"),
        ]
    ) { node in
        guard node.isWhole else { return Draft(node, LwtRewrite.certainty(node), LwtRewrite.damaged) }
        return Draft(node, .certain, node.kind == .lwtFor ? LwtRewrite.count(node) : LwtRewrite.iteration(node))
    }

    private static let lwtWhile = Rule(
        "lwt/while", "`while_lwt`, a loop of threads", at: [.lwtWhile], words: ["while_lwt"],
        examples: [
            .rewritten("let f c p = «while_lwt c () do p () done»", to: "let f c p = while%lwt c () do p () done"),
            .ordinary("let while_lwt = 1"),
        ]
    ) { node in
        guard node.isWhole else { return Draft(node, LwtRewrite.certainty(node), LwtRewrite.damaged) }
        return Draft(node, .certain, LwtRewrite.loop(node))
    }

    private static let lwtRaise = Rule(
        "lwt/raise", "`raise_lwt`, a thread that fails", at: [.lwtRaise], words: ["raise_lwt"],
        examples: [
            .rewritten("let f m = «raise_lwt (Failure m)»", to: "let f m = Lwt.fail (Failure m)"),
            .rewritten("let f = («raise_lwt Not_found»); 1", to: "let f = (Lwt.fail Not_found); 1"),
            .rewritten("let f m = «raise_lwt Failure m»", to: "let f m = Lwt.fail (Failure m)"),
            .rewritten("let f m g = «raise_lwt (Failure m) >>= g»", to: "let f m g = Lwt.fail ((Failure m) >>= g)"),
            .ordinary("let raise_lwt e = Lwt.fail e"),
        ]
    ) { node in
        guard node.isWhole, let error = node.parts.first else {
            return Draft(node, LwtRewrite.certainty(node), LwtRewrite.damaged)
        }
        return Draft(
            node, LwtRewrite.certainty(node),
            .safe([node.replaceKeyword("Lwt.fail")] + error.parenthesise(as: .argument)))
    }

    private static let lwtAssert = Rule(
        "lwt/assert", "`assert_lwt`, an assertion as a thread", at: [.lwtAssert], words: ["assert_lwt"],
        examples: [
            .rewritten("let f x = «assert_lwt (x > 0)»", to: "let f x = assert%lwt (x > 0)"),
            .rewritten("let f = function _ -> «assert_lwt false»", to: "let f = function _ -> assert%lwt false"),
            .rewritten("let f x = «assert_lwt x > 0»", to: "let f x = assert%lwt (x > 0)"),
        ]
    ) { node in
        guard node.isWhole, let condition = node.parts.first else {
            return Draft(node, LwtRewrite.certainty(node), LwtRewrite.damaged)
        }
        return Draft(node, LwtRewrite.certainty(node), LwtRewrite.assertion(node, condition))
    }

    private static let lwtFinally = Rule(
        "lwt/finally", "`try_lwt … finally`, code that runs after a thread in any case", at: [.lwtTry],
        words: ["finally"],
        examples: [
            .rewritten(
                "let f g c = «try_lwt g () finally c ()»",
                to: "let f g c = Lwt.finalize (fun () -> g ()) (fun () -> c ())"),
            .rewritten(
                "let f g c =\n  «try_lwt\n    g (); (* first *)\n    g ()\n  finally\n    c ()»",
                to:
                    "let f g c =\n  Lwt.finalize (fun () ->\n    g (); (* first *)\n    g ()\n  ) (fun () ->\n    c ())"
            ),
            .rewritten(
                "let f g c h =\n  «try_lwt\n    g ()\n  with\n  | Not_found -> h ()\n  | E x -> x\n  finally\n    c ()»",
                to:
                    "let f g c h =\n  let cleanup () = c () in\n  Lwt.try_bind\n    (fun () -> g ())\n    (fun value -> Lwt.bind (cleanup ()) (fun () -> Lwt.return value))\n    (fun error -> Lwt.bind (cleanup ()) (fun () ->\n      match error with\n  | Not_found -> h ()\n  | E x -> x\n      | error -> Lwt.fail error))"
            ),
            .rewritten(
                "let f g c = «try_lwt g () with _ -> c () finally c ()»",
                to:
                    "let f g c = let cleanup () = c () in\n  Lwt.try_bind\n    (fun () -> g ())\n    (fun value -> Lwt.bind (cleanup ()) (fun () -> Lwt.return value))\n    (fun error -> Lwt.bind (cleanup ()) (fun () ->\n      match error with _ -> c ()))"
            ),
            .silent("let f g c = protect ~finally:(fun () -> c) g"),
            .ordinary("let f finally = finally ()\nlet g = protect ~finally"),
        ]
    ) { node in
        guard let finally = node.word("finally") else { return nil }
        return Draft(node, .likely, LwtRewrite.finalisation(node, finally))
    }

    private static let lwtBind = Rule(
        "lwt/bind", "`>>`, one thread after another", at: [.infixOperation],
        examples: [
            .rewritten(
                "let f a b c = a «>>» b «>>» c", to: "let f a b c = let%lwt _ = a in let%lwt _ = b in c"),
            .rewritten(
                "let f a b =\n  g a «>>»\n  b a", to: "let f a b =\n  let%lwt _ = g a in\n  b a"),
            .rewritten(
                "let f a b c = if c then a «>>» b else b", to: "let f a b c = if c then Lwt.bind a (fun _ -> b) else b"),
            .rewritten("let f a b g = a «>>» b >>= g", to: "let f a b g = Lwt.bind a (fun _ -> b) >>= g"),
            .silent("let ( >> ) f g x = g (f x)\nlet h = ( >> )"), .ordinary("let f a b = a >> b"),
        ]
    ) { node in
        guard let sign = node.infixOperator, sign.reads(">>"), !LwtRewrite.mayStaySequence(node) else { return nil }
        return Draft(sign.range, .possible, LwtRewrite.sequence(node, sign), construct: node.range)
    }
}
