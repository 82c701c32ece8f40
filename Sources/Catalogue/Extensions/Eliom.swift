import Findings
import OCamlSyntax
import Text

/// Eliom: client and server code in one file.
extension Catalogue {
    static let eliom = SyntaxExtension(
        id: "eliom", title: "Eliom: client and server code in one file",
        findlib: [
            "eliom.syntax.common", "eliom.syntax.client", "eliom.syntax.server", "eliom.syntax.type",
            "eliom.syntax.predef",
        ],
        archives: ["pa_eliom_seed", "pa_eliom_client_client", "pa_eliom_client_server", "pa_eliom_type_filter"],
        dialects: .eliom, implies: ["js_of_ocaml", "lwt", "tyxml", "deriving"],
        turnedOn: "eliomc, js_of_eliom and eliomdep preprocess .eliom files with -package eliom.syntax.predef",
        replacement: Replacement(
            "eliom.ppx.server, .client and .type",
            [
                .from(
                    TargetDate(2016, 1, 28), .ppx("eliom.ppx.server", of: "eliom", from: "5.0.0"),
                    .ppx("eliom.ppx.client", of: "eliom", from: "5.0.0"),
                    .ppx("eliom.ppx.type", of: "eliom", from: "5.0.0"),
                    note: "eliomc and js_of_eliom take them with -ppx")
            ]),
        caveats: [
            "Items outside of sections are the server's: [%%server.start] at the head says so to the ppx.",
            "camlp4 and ppx cannot share a file.",
        ],
        rules: [
            Rule(
                "eliom/section", "a section of client, server or shared code", at: [.eliomSection],
                examples: [
                    .reported("«{client{ let x = 1 }}»\n«{shared{ type t = int }}»"),
                    .silent("let r = { client = { a = 1 } }"),
                ]
            ) { node in
                let side = node.firstToken.next.text
                return Draft(node, .certain, .manual("write [%%\(side).start], or %\(side) on each item"))
            },
            Rule(
                "eliom/client-value", "a client value in server code", at: [.eliomClientValue, .eliomSharedValue],
                examples: [
                    .reported("let f () = «{{ alert \"x\" }}»"), .reported("let f () = «{unit{ () }}»"),
                    .silent("let r = { a = { b = 1 } }"),
                ]
            ) { node in
                return Draft(node, .certain, .manual("write [%client (code : type)]"))
            },
        ])
}
