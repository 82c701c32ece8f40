import Findings
import OCamlSyntax
import Text

/// bisect: coverage.
extension Catalogue {
    static let bisect = SyntaxExtension(
        id: "bisect", title: "bisect: coverage", findlib: ["bisect.syntax"], archives: ["bisect_pp"],
        implies: ["camlp4"],
        turnedOn: "bisect_pp.cmo behind camlp4o; syntax(bisect_pp)",
        replacement: Replacement(
            "bisect_ppx",
            [
                .from(
                    TargetDate(2015, 5, 6), .ppx("bisect_ppx", from: "0.1"),
                    note: "the comments (*BISECT-IGNORE*) still count"),
                .from(
                    TargetDate(2020, 3, 31), .ppx("bisect_ppx", from: "2.0.0"), note: "comments become [@coverage off]"),
            ]),
        caveats: [
            "No token shows it but comments such as (*BISECT-IGNORE*), which bisect_ppx 1 reads too and 2 does not."
        ])
}
