import ArgumentParser

/// The program: one verb a file in `Verbs/`.
@main
struct Caravan: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "caravan",
        abstract: "Moves OCaml code from camlp4 to ppx: one checkout, or a whole opam universe, together.",
        version: "0.1.0",
        subcommands: []
    )
}
