import Findings
import OCamlSyntax
import Text

/// core.syntax: a name for all of Jane Street's extensions.
extension Catalogue {
    static let core = SyntaxExtension(
        id: "core", title: "core.syntax: all of Jane Street's extensions at once", findlib: ["core.syntax"],
        implies: [
            "sexplib", "bin_prot", "fieldslib", "variantslib", "comparelib", "typerep", "enumerate", "pa_ounit",
            "pa_bench",
            "pa_test", "herelib", "pipebang", "custom_printf", "pa_structural_sexp",
        ],
        turnedOn: "package(core.syntax) with syntax(camlp4o)",
        replacement: Replacement(
            "ppx_jane",
            [
                .from(TargetDate(2016, 1, 13), .ppx("ppx_jane", from: "113.24.00"))
            ]), caveats: ["From 113.24 on core.syntax fails with a hint at ppx_jane."])
}
