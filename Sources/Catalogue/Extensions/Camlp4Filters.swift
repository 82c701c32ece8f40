import Findings
import OCamlSyntax
import Text

/// camlp4's filters that change a program without a trace in it.
extension Catalogue {
    static let filters = SyntaxExtension(
        id: "camlp4-filters-other",
        title: "camlp4's other filters: exception tracer, profiler, location stripper, trash remover",
        findlib: ["camlp4.exceptiontracer", "camlp4.profiler", "camlp4.locationstripper", "camlp4.tracer"],
        archives: [
            "Camlp4ExceptionTracer", "Camlp4Profiler", "Camlp4LocationStripper", "Camlp4TrashRemover",
            "Camlp4AstLifter",
        ],
        keywords: ["Camlp4Trash"], implies: ["camlp4"],
        turnedOn: "-filter exn, prof, striploc, trash or lift, or package(camlp4.profiler)",
        replacement: Replacement("nothing: they are dropped; bisect_ppx and landmarks measure", [.plain()]),
        caveats: [
            "No token shows them but a module Camlp4Trash, whose types only fed the generators.",
            "ExceptionTracer wrapped each function in a handler, Profiler counted calls: what they printed is gone.",
        ],
        rules: [
            Rule(
                "camlp4-filters-other/trash", "a module that the trash remover takes away", at: [.moduleItem],
                examples: [
                    .rewritten("«module Camlp4Trash = struct let x = 1 end»\nlet y = 2", to: "\nlet y = 2"),
                    .ordinary("module Trash = struct let x = 1 end"),
                ]
            ) { node in
                guard node.firstToken.next.reads("Camlp4Trash") else { return nil }
                return Draft(
                    node, .likely,
                    .review([node.delete()], ["its types fed camlp4's generators: see that nothing else uses them"]))
            }
        ])
}
