import Findings
import OCamlSyntax
import Text

/// estring: strings with a specifier.
extension Catalogue {
    static let estring = SyntaxExtension(
        id: "estring", title: "estring: strings with a specifier", findlib: ["estring"], opam: ["estring"],
        archives: ["pa_estring", "pa_strings"], dialects: .estring, implies: ["camlp4"],
        turnedOn: "package(estring) with syntax_camlp4o, and the module that registers the specifiers",
        replacement: Replacement(
            "what each specifier's literals stand for",
            [
                .plain(note: "u\"…\" is a call of the function that the specifier's module registered")
            ]),
        caveats: [
            "A name is special only where it touches the string, no dot stands before it, and a loaded module registered it.",
            "Known ones: u, r, ur, p, rw, ro, wo of Batteries; sql, sqlc, sqlinit, sql_check of sqlexpr.",
            "In a pattern the literal became a variable and a `when`: in an or-pattern that changes what is tried.",
        ],
        rules: [
            Rule(
                "estring/literal", "a string literal with a specifier", at: [.taggedString],
                examples: [
                    .reported("let a = «u\"abc\"»"), .reported("let d x = match x with «u\"foo\"» -> 1 | _ -> 2"),
                    .silent("let b f u = f u \"abc\""), .ordinary("let a f = f u \"abc\""),
                ]
            ) { node in
                guard let name = node.child(.name)?.text, let text = node.child(.constant)?.text,
                    sqlSpecifiers[name] == nil
                else { return nil }
                let isPattern = node.parent.map { $0.kind == .matchCase && $0.firstChild?.index == node.index } ?? false
                let function = stringFunctions[name] ?? "the function that `\(name)` was registered with"
                return Draft(
                    node, .certain,
                    .manual(
                        isPattern
                            ? "write a variable x and `when x = e`, e what \(name)\(text) stands for: \(function) \(text)"
                            : "write the call that it stands for: \(function) \(text)"))
            }
        ])

    /// What Batteries' specifiers stand for.
    private static let stringFunctions = [
        "u": "BatUTF8.of_string (checked)", "r": "BatRope.of_ustring", "ur": "BatRope.of_ustring",
        "p": "BatPrintf's format", "ro": "BatString.Cap.of_string, read only", "rw": "BatString.Cap.of_string",
        "wo": "BatString.Cap.of_string, write only",
    ]

    /// sqlexpr's specifiers and the names of their extension nodes.
    static let sqlSpecifiers = ["sql": "sql", "sqlc": "sqlc", "sqlinit": "sqlinit", "sql_check": "sqlcheck"]
}
