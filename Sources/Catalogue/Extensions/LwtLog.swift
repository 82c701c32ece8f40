import Findings
import OCamlSyntax
import Text

/// Lwt_log's extension: log statements that are not evaluated while their level is off.
extension Catalogue {
    static let lwtLog = SyntaxExtension(
        id: "lwt.syntax.log", title: "Lwt_log calls that cost nothing while their level is off",
        findlib: ["lwt.syntax.log"], archives: ["lwt-syntax-log"], implies: ["camlp4"], replacement: "lwt_ppx with -log"
    )
}
