import Findings
import OCamlSyntax
import Text

/// bin_prot: the generator `bin_io`.
extension Catalogue {
    static let binProt = SyntaxExtension(
        id: "bin_prot", title: "bin_prot: binary protocols", findlib: ["bin_prot.syntax", "pa_bin_prot"],
        opam: ["pa_bin_prot"], archives: ["pa_bin_prot"],
        generators: ["bin_io", "bin_read", "bin_write", "bin_type_class"], implies: ["type_conv"],
        turnedOn:
            "package(bin_prot.syntax) with syntax(camlp4o) in _tags, -package bin_prot.syntax -syntax camlp4o; OASIS turns camlp4 on by itself, since the name ends in syntax",
        replacement: Replacement(
            "ppx_bin_prot",
            [
                .from(
                    TargetDate(2015, 9, 25), .ppx("ppx_bin_prot", from: "113.09.00"),
                    .library("bin_prot", from: "113.09.00")),
                .from(
                    TargetDate(2016, 1, 13), .ppx("ppx_bin_prot", from: "113.24.00"),
                    .library("bin_prot", from: "113.09.00")),
            ]), caveats: ["In structures bin_io is one generator: subtraction has no effect there."])
}
