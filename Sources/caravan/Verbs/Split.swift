import ArgumentParser
import OpamFormat
import Planning
import Reporting
import Universe
import Workspace

/// `caravan split`: a library that ships a camlp4 extension, in parts that its users can name.
struct Split: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Write the packages to split a library into that ships a camlp4 extension, and say who must name which.",
        discussion: """
            The core is the library's own opam file without what only its syntax needs. Two virtual packages, without \
            sources, stand for the parts that its build makes where camlp4 or the ppx tools are installed: dependents \
            that relied on that by the way name them instead. Each file is checked by solving the repository with all \
            of them in it. --output writes them as a repository's folders.
            """
    )

    @Argument(help: ArgumentHelp("The library: NAME or NAME.VERSION.", valueName: "package"))
    var package: String

    @OptionGroup var source: RepositoryOptions
    @OptionGroup(title: "The world") var place: WorldOptions
    @OptionGroup(title: "The sources of dependents") var sources: SourceOptions

    @Option(help: ArgumentHelp("The packages that are to go, joined by commas.", valueName: "packages"))
    var roots = "camlp4"

    @Option(help: "text or json.")
    var format = AnswerFormat.text

    @Option(help: ArgumentHelp("Write the opam files below this directory.", valueName: "dir"))
    var output: String?

    func run() async throws {
        let loaded = try await source.load(keeping: { _ in true })
        let universe = loaded.universe
        guard let position = try loaded.select(package).last else { return }
        let version = universe.packages[position].version
        let names = roots.split(separator: ",").map(String.init)
        for name in names { _ = try loaded.select(name) }
        // Whoever admits this version may rely on what it builds by the way.
        var users = UpperBounds(
            universe: universe, name: universe.name(position), version: version,
            suggestive: names + (names.contains("camlp4") ? ["type_conv"] : []), includingOptional: false)
        if let folder = sources.folder {
            users.refine(try await sources.evidence(in: folder, users, jobs: source.jobs ?? defaultJobs()))
        }
        let world = try place.world(for: loaded)
        let split: PackageSplit
        do throws(PackageSplit.Failure) {
            split = try PackageSplit(
                of: position, loaded.files[universe.packages[position].path] ?? [], in: universe, world: world,
                roots: names, dependents: users.dependents)
        } catch {
            throw FileError(path: universe.identifier(position), reason: error.text)
        }
        if let output {
            for file in split.files {
                let path = "\(output)/\(file.path)"
                try DirectoryMaker.make(String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)))
                try AtomicFileWriter.write(file.bytes, to: path)
            }
        }
        let report = SplitReport(split, universe, world: world, removed: names, loaded.provenance)
        try StandardStream.output.write(format == .json ? report.json() : report.text())
    }
}

extension PackageSplit.Failure {
    fileprivate var text: String {
        switch self {
        case .shipsNothing: "is not known to ship a camlp4 extension in this version, so there is nothing to split"
        case .cannotBeEdited: "has an opam file from which its dependencies cannot be taken"
        }
    }
}
