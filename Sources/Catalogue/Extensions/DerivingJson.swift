import Findings
import OCamlSyntax
import Text

/// js_of_ocaml's class Json for deriving.
extension Catalogue {
    static let derivingJson = SyntaxExtension(
        id: "js_of_ocaml.deriving", title: "js_of_ocaml's Json for deriving", findlib: ["js_of_ocaml.deriving.syntax"],
        archives: ["pa_deriving_Json"], implies: ["deriving"],
        turnedOn: "package(js_of_ocaml.deriving.syntax) beside deriving.syntax; eliom.syntax.predef brings it too",
        replacement: Replacement(
            "js_of_ocaml-ppx_deriving_json (in js_of_ocaml 2: js_of_ocaml.deriving.ppx)",
            [
                .from(
                    TargetDate(2016, 1, 31),
                    .ppx("js_of_ocaml.deriving.ppx", of: "js_of_ocaml", from: "2.7", below: "3.0"),
                    .library("js_of_ocaml.deriving", of: "js_of_ocaml", from: "2.7")),
                .from(
                    TargetDate(2018, 2, 15), .ppx("js_of_ocaml-ppx_deriving_json", from: "3.1.0"),
                    .library("js_of_ocaml.deriving", of: "js_of_ocaml", from: "3.1.0")),
            ]),
        caveats: [
            "Its constructs are those of deriving: `deriving (Json)` and `Json.to_string<t>`, found by the rules of `deriving`.",
            "Json.to_string<t> e becomes [%to_json: t] e, Json.from_string<t> e becomes [%of_json: t] e.",
        ])
}
