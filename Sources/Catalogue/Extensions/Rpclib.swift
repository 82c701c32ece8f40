import Findings
import OCamlSyntax
import Text

/// rpclib: remote calls from types.
extension Catalogue {
    static let rpclib = SyntaxExtension(
        id: "rpclib", title: "rpclib: remote calls from types", findlib: ["rpclib.syntax", "rpclib.idl", "rpc.syntax"],
        archives: ["pa_rpc", "pa_module"], dialects: .rpclib,
        keywords: ["with_gen"], generators: ["rpc", "rpc_of"], implies: ["type_conv"],
        turnedOn:
            "package(rpclib.syntax) with syntax(camlp4o) in _tags, -package rpclib.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_deriving_rpc",
            [
                .from(
                    TargetDate(2017, 5, 17), .ppx("ppx_deriving_rpc", of: "rpc", from: "1.9.51", below: "5.9.0"),
                    .library("rpclib", of: "rpc", from: "1.9.51")),
                .from(
                    TargetDate(2018, 8, 6), .ppx("ppx_deriving_rpc", from: "5.9.0"),
                    .library("rpclib.core", of: "rpclib", from: "5.9.0")),
            ]),
        caveats: [
            "rpclib.idl changes every `external` of a file.", "with rpc(\"a\" -> \"b\") renames fields: [@key \"b\"].",
        ],
        rules: [
            Rule(
                "rpclib/with-gen", "generators behind a module type", at: [.withGenerators], words: ["with_gen"],
                examples: [.reported("module type S = sig val f : int -> string end «with_gen rpc»")]
            ) { node in
                Draft(
                    node, .certain,
                    .manual("describe the calls with rpclib's Idl module, their types with [@@deriving rpcty]"))
            },
            Rule(
                "rpclib/idl", "a remote call that rpclib.idl declares", at: [.externalItem],
                examples: [
                    .reported("«external add : int -> int -> int = \"\"»"),
                    .silent("external add : int -> int = \"caml_add\""), .ordinary("external add : int -> int = \"\""),
                ]
            ) { node in
                guard node.lastToken.reads("\"\"") else { return nil }
                let name = node.child(.valuePath)?.text ?? node.firstToken.next.text
                return Draft(
                    node, .possible,
                    .manual(
                        "write `let \(name) = declare \"\(name)\" [] (… @-> returning …)` with rpclib's Idl module, types with "
                            + "[@@deriving rpcty]"))
            },
        ])
}
