import ArgumentParser
import Installability
import Planning
import Reporting
import Universe
import Workspace

/// `caravan what-if`: what becomes free of camlp4 if some packages migrate.
struct AskWhatIf: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "what-if",
        abstract: "Say what becomes free of camlp4 if some packages migrate, or which packages free most.",
        discussion: """
            The latest version of each package loses its dependencies on --drop, and nothing else changes. With --best \
            the packages are chosen one after another, each time the one that frees most latest versions.
            """
    )

    @Argument(help: ArgumentHelp("The packages that migrate.", valueName: "package"))
    var packages: [String] = []

    @OptionGroup var source: RepositoryOptions
    @OptionGroup(title: "The world") var place: WorldOptions
    @OptionGroup(title: "The migration") var migration: MigrationOptions

    @Option(help: ArgumentHelp("Choose so many packages that free most together.", valueName: "number"))
    var best: Int?

    @Option(help: "text or json.")
    var format = AnswerFormat.text

    func validate() throws {
        if packages.isEmpty == (best == nil) { throw ValidationError("name packages, or say --best NUMBER") }
        if let best, best < 1 { throw ValidationError("--best takes a number from 1") }
    }

    func run() async throws {
        let loaded = try await source.load()
        let universe = loaded.universe
        var names: [Int] = []
        for package in packages {
            guard let position = try loaded.select(package).last else { continue }
            let name = universe.packages[position].name
            if !names.contains(name) { names.append(name) }
        }
        let analysis = try migration.analysis(of: loaded, try place.world(for: loaded))
        let choice = best.map { BestMigrations($0, in: analysis) }
        let migrations = choice?.steps.flatMap(\.migrations) ?? names.compactMap(analysis.migration)
        let waves = WaveChange(
            universe: universe, world: analysis.needs.world, roots: migration.rootNames,
            date: loaded.date ?? MakePlan.newestDate,
            migrated: Set(migrations.map { universe.name(analysis.candidates[$0]) }),
            dropping: Set(migration.droppedNames))
        let report = WhatIfReport(
            WhatIf(migrations, in: analysis), best: choice, analysis, waves: waves,
            idle: names.filter { analysis.migration(of: $0) == nil }.map { universe.names[$0] },
            removed: migration.rootNames, dropped: migration.droppedNames, loaded.provenance)
        try StandardStream.output.write(format == .json ? report.json() : report.text())
    }
}
