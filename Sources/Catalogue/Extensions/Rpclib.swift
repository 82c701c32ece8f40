import Findings
import OCamlSyntax
import Text

/// rpclib: remote calls from types.
extension Catalogue {
    static let rpclib = SyntaxExtension(
        id: "rpclib", title: "rpclib: remote calls from types", findlib: ["rpclib.syntax", "rpclib.idl"],
        archives: ["pa_rpc", "pa_module"], dialects: .rpclib,
        keywords: ["with_gen"], generators: ["rpc", "rpc_of"], implies: ["type_conv"],
        replacement: "ppx_deriving_rpc")
}
