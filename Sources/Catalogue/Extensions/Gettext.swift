import Findings
import OCamlSyntax
import Text

/// ocaml-gettext's extractor.
extension Catalogue {
    static let gettext = SyntaxExtension(
        id: "gettext", title: "gettext: strings to translate, extracted by camlp4",
        archives: ["pr_gettext", "pa_gettext"],
        implies: ["camlp4"],
        turnedOn: "ocaml-xgettext runs camlp4 with a printer of its own; programs are compiled without camlp4",
        replacement: Replacement(
            "gettext 0.4, whose extractor reads OCaml's own tree",
            [.from(TargetDate(2019, 10, 31), .library("gettext", from: "0.4.1"))]),
        caveats: ["Sources stay as they are: s_ \"…\" and f_ \"…\" are ordinary calls."])
}
