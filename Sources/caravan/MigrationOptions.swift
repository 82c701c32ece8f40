import ArgumentParser
import Installability
import OpamFormat
import Reporting
import Universe
import Workspace

/// What is to go and what migrating means: options of the verbs that ask about migrations.
struct MigrationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The packages that are to go, joined by commas.", valueName: "packages"))
    var roots = "camlp4"

    @Option(
        help: ArgumentHelp(
            "What the latest version of a migrated package drops (default: the roots; with camlp4 also type_conv).",
            valueName: "packages"))
    var drop: String?

    var rootNames: [String] { roots.split(separator: ",").map(String.init) }

    var droppedNames: [String] {
        if let drop { return drop.split(separator: ",").map(String.init) }
        return rootNames.contains("camlp4") ? rootNames + ["type_conv"] : rootNames
    }

    func analysis(of loaded: LoadedUniverse, _ world: World) throws -> MigrationAnalysis {
        var positions: Set<Int> = []
        for name in rootNames { positions.formUnion(try loaded.select(name)) }
        return MigrationAnalysis(
            universe: loaded.universe, world: world, roots: positions.sorted(), dropping: droppedNames)
    }
}

/// `--format` of the verbs that answer in words or for other programs.
enum AnswerFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

extension LoadedUniverse {
    var provenance: Provenance {
        Provenance(
            revision: revision, date: date, files: universe.packages.count,
            skipped: universe.skipped.map { ($0.path, $0.reason) })
    }
}
