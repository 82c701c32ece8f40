import Findings
import OCamlSyntax
import Text

/// rpclib: remote calls from types.
extension Catalogue {
    static let rpclib = SyntaxExtension(
        id: "rpclib", title: "rpclib: remote calls from types", findlib: ["rpclib.syntax", "rpclib.idl"],
        archives: ["pa_rpc", "pa_module"], dialects: .rpclib,
        keywords: ["with_gen"], generators: ["rpc", "rpc_of"], implies: ["type_conv"],
        replacement: Replacement(
            "ppx_deriving_rpc",
            [
                .from(
                    TargetDate(2017, 5, 17), .ppx("rpclib.ppx", of: "rpc", from: "1.9.51", below: "5.9.0"),
                    .library("rpclib", of: "rpc", from: "1.9.51")),
                .from(
                    TargetDate(2018, 8, 6), .ppx("ppx_deriving_rpc", from: "5.9.0"),
                    .library("rpclib.core", of: "rpclib", from: "5.9.0")),
            ]))
}
