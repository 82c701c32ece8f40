import ArgumentParser
import Catalogue
import Findings
import OpamFormat
import Planning
import Reporting
import Survey
import Text
import Universe
import Workspace

/// `caravan bounds`: which package versions must get an upper bound when a version comes without camlp4.
struct Bounds: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the package versions that must get an upper bound when a version comes without camlp4.",
        discussion: """
            Every version whose dependency admits VERSION (which need not exist yet) is given, ranked by evidence: its \
            sources use what PACKAGE's syntax extension provides; its metadata suggests it; it cannot be told; its \
            sources do not use it. With --sources, a folder of git checkouts with release tags or of unpacked releases \
            (as `opam source` makes them), the sources decide. The patch is for the root of the repository: `git apply` \
            takes it. It leaves out versions whose sources were read and do not use the syntax, and those that take no OCaml \
            that VERSION takes (--oldest-ocaml): no installation holds the two.
            """
    )

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, list, patch, json
    }

    enum Class: String, CaseIterable {
        case uses, suggests, unknown, unused, apart
    }

    @Argument(help: ArgumentHelp("The package that changes.", valueName: "package"))
    var package: String

    @Argument(help: ArgumentHelp("Its version that comes without camlp4.", valueName: "version"))
    var version: String

    @OptionGroup var source: RepositoryOptions

    @OptionGroup(title: "The sources of dependents") var sources: SourceOptions

    @Flag(help: "Optional dependencies count too.")
    var depopts = false

    @Option(
        help: ArgumentHelp(
            "Names whose presence in metadata suggests use, joined by commas.", valueName: "packages"))
    var suggestive = "camlp4,type_conv"

    @Option(
        help: ArgumentHelp(
            "Only these classes, joined by commas: uses, suggests, unknown, unused, apart (default: all; for the patch all "
                + "but unused and apart).",
            valueName: "classes"))
    var evidence: String?

    @Option(
        help: ArgumentHelp(
            "The first OCaml that VERSION is for (default: what its own file says, where the repository has it; else "
                + "4.02.0, the first with ppx).",
            valueName: "version"))
    var oldestOcaml: String?

    @Option(help: "text, list (NAME.VERSION a line, in opam's order), patch or json.")
    var format = Format.text

    @Option(help: ArgumentHelp("Write the answer here instead of to standard output.", valueName: "file"))
    var output: String?

    func validate() throws {
        guard Version.isValid(version) else { throw ValidationError("\(version) is not a version") }
        for name in evidence?.split(separator: ",") ?? [] where Class(rawValue: String(name)) == nil {
            throw ValidationError("--evidence takes uses, suggests, unknown, unused, apart, joined by commas")
        }
        if let oldestOcaml, !Version.isValid(oldestOcaml) {
            throw ValidationError("--oldest-ocaml takes a version")
        }
    }

    func run() async throws {
        let loaded = try await source.load(keeping: { _ in true })
        let universe = loaded.universe
        guard let position = try loaded.select(package).last else { return }
        let name = universe.name(position)
        var bounds = UpperBounds(
            universe: universe, name: name, version: Version(version),
            suggestive: suggestive.split(separator: ",").map(String.init), includingOptional: depopts,
            oldestOCaml: oldestOcaml.map { Version($0) }
                ?? UpperBounds.oldestOCaml(of: Version(version), as: name, in: universe) ?? Version("4.02.0"))
        if let folder = sources.folder {
            bounds.refine(try await sources.evidence(in: folder, bounds, jobs: source.jobs ?? defaultJobs()))
        }
        let report = BoundsReport(bounds, chosen: chosen, files: loaded.files, loaded.provenance)
        for problem in report.problems { StandardStream.error.writeLine("caravan: warning: \(problem)") }
        let bytes =
            switch format {
            case .text: report.text()
            case .list: report.list()
            case .patch: report.patch()
            case .json: report.json()
            }
        if let output {
            try AtomicFileWriter.write(bytes, to: output)
        } else {
            try StandardStream.output.write(bytes)
        }
    }

    private var chosen: Set<UpperBounds.Evidence> {
        guard let evidence else {
            return Set(UpperBounds.Evidence.allCases.filter { format != .patch || ![.unused, .apart].contains($0) })
        }
        return Set(evidence.split(separator: ",").compactMap { UpperBounds.Evidence(rawValue: String($0)) })
    }
}
