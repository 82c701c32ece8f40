import ArgumentParser
import Installability
import Reporting
import Universe
import Workspace

/// `caravan why`: what ties a package to camlp4, and what would free it.
struct Why: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what ties a package to camlp4, and the smallest sets of packages whose migration frees it.",
        discussion: """
            The answer is exact: the package needs camlp4 if it can be installed, and could not without camlp4. NAME \
            asks about the latest version, NAME.VERSION about that one.
            """
    )

    @Argument(help: ArgumentHelp("The package: NAME or NAME.VERSION.", valueName: "package"))
    var package: String

    @OptionGroup var source: RepositoryOptions
    @OptionGroup(title: "The world") var place: WorldOptions
    @OptionGroup(title: "The migration") var migration: MigrationOptions

    @Option(help: ArgumentHelp("How many sets of packages to look for.", valueName: "number"))
    var limit = 10

    @Option(help: "text or json.")
    var format = AnswerFormat.text

    @Flag(help: "End with status 1 if the package needs camlp4.")
    var failIfBlocked = false

    func validate() throws {
        if limit < 1 { throw ValidationError("--limit takes a number from 1") }
    }

    func run() async throws {
        let loaded = try await source.load()
        guard let position = try loaded.select(package).last else { return }
        let analysis = try migration.analysis(of: loaded, try place.world(for: loaded))
        let explanation = NeedExplanation(of: position, in: analysis, limit: limit)
        let report = WhyReport(
            explanation, analysis, removed: migration.rootNames, dropped: migration.droppedNames, loaded.provenance)
        try StandardStream.output.write(format == .json ? report.json() : report.text())
        if failIfBlocked, explanation.answer == .needs { throw ExitStatus.no }
    }
}
