import Findings
import OCamlSyntax
import Text

/// orakuda: Perl-like literals.
extension Catalogue {
    static let orakuda = SyntaxExtension(
        id: "orakuda", title: "orakuda: Perl-like regular expressions and formats",
        findlib: ["orakuda", "orakuda.syntax"],
        archives: ["pa_orakuda"], implies: ["camlp4"], turnedOn: "package(orakuda.syntax), until orakuda 1.x",
        replacement: Replacement(
            "ppx_orakuda, gone today; ppx_regexp comes near",
            [
                .from(TargetDate(2015, 7, 18), .ppx("ppx_orakuda", from: "2.0.1"), until: TargetDate(2025, 3, 31)),
                .from(TargetDate(2017, 6, 4), .ppx("ppx_regexp", from: "0.2.0"), .library("re")),
            ]),
        caveats: ["The forms of camlp4's time ($/…/, $\"…\", $s/…/…/) are not recognised: their grammar was not found."]
    )
}
