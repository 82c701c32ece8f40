import Findings
import OCamlSyntax
import Text

/// Packages that are taken for syntax extensions.
extension Catalogue {
    static let noSyntax = SyntaxExtension(
        id: "no-syntax-check", title: "packages that have no syntax extension of their own",
        turnedOn: "never: ezxmlm, re, mirage, ipaddr, uri, nocrypto and tls only use those of others",
        replacement: Replacement("nothing to replace; ppx_sexp_conv where they used `with sexp`", [.plain()]),
        caveats: [
            "ipaddr used ppx_sexp_conv by March 2016 (2.7.0), nocrypto from February 2016; most dropped S-expressions later.",
            "There is no mirage.syntax, and no quotation <:json<.",
        ])
}
