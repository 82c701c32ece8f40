import Findings
import OCamlSyntax
import Text

/// camlp4's filters that generate code from the types above them.
extension Catalogue {
    static let filterGenerators = SyntaxExtension(
        id: "camlp4-filters-generators",
        title: "camlp4's map, fold and meta generators, filters over the types of a file",
        findlib: ["camlp4.mapgenerator", "camlp4.foldgenerator", "camlp4.metagenerator"],
        archives: ["Camlp4MapGenerator", "Camlp4FoldGenerator", "Camlp4MetaGenerator"],
        keywords: ["Camlp4MapGenerator", "Camlp4FoldGenerator", "Camlp4Filters"], implies: ["camlp4"],
        turnedOn: "camlp4.foldgenerator and its like in _tags, -filter map, -filter fold, -filter meta",
        replacement: Replacement(
            "ppx_deriving's map and fold, ppxlib.traverse, or a class by hand",
            [
                .from(TargetDate(2014, 7, 23), .ppx("ppx_deriving.std", of: "ppx_deriving", from: "0.1")),
                .from(TargetDate(2017, 3, 7), .ppx("ppx_traverse", from: "v0.9.0"), until: TargetDate(2018, 6, 30)),
                .from(TargetDate(2018, 3, 18), .ppx("ppxlib.traverse", of: "ppxlib", from: "0.1.0")),
            ]),
        caveats: [
            "No token shows them but a class or module bound to a path of their own.",
            "The class has a method for every type above it in the file; to write it out by hand is exact and short.",
        ],
        rules: [
            Rule(
                "camlp4-filters-generators/class", "a class that a filter writes", at: [.classPath],
                examples: [
                    .reported("type t = A of int * t | B\nclass map = «Camlp4MapGenerator.generated»"),
                    .ordinary("class map = Mapper.generated"),
                ]
            ) { node in
                let text = node.text
                guard text.hasPrefix("Camlp4MapGenerator.") || text.hasPrefix("Camlp4FoldGenerator.") else {
                    return nil
                }
                let name = node.enclosing(.classBinding)?.child(.name)?.text ?? ""
                return Draft(
                    node, .likely,
                    .manual(
                        "write the class out: a method for each type above, or let ppxlib.traverse derive it "
                            + "([@@deriving_inline traverse])\(name.isEmpty ? "" : " and inherit it in \(name)")"))
            },
            Rule(
                "camlp4-filters-generators/meta", "a functor that a filter fills", at: [.functorApplication],
                examples: [
                    .reported("module M = «Camlp4Filters.MetaGeneratorExpr (Loc)»"),
                    .ordinary("module M = Filters.MetaGeneratorExpr (Loc)"),
                ]
            ) { node in
                guard node.text.hasPrefix("Camlp4Filters.Meta") else { return nil }
                return Draft(
                    node, .likely, .manual("write the functions meta_<type> out, or use ppx_tools' ast_lifter"))
            },
        ])
}
