import ArgumentParser
import Findings
import Reporting
import Rewriting
import Text
import Workspace

/// `caravan rewrite`: the conversion of sources and build files, as a diff, in place, or of one file.
struct Rewrite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Convert a checkout from camlp4 to ppx: a diff, or in place.",
        discussion: """
            By default a unified diff goes to standard output, which `git apply` takes at the root of the repository. \
            What was not converted goes to standard error, a line each: FILE:LINE:COLUMN: rule: why. Every edit is \
            checked; one that does harm is not made. Which words are keywords depends on the build files, as for \
            `caravan scan`. Status 1: --check would change something, or --print gave what stock OCaml does not take.
            """
    )

    @Argument(help: "Directories and files (default: the current directory).")
    var paths: [String] = []

    @Option(
        help: ArgumentHelp(
            "Write this file, converted, to standard output; a PATH beside it names its checkout.", valueName: "file"))
    var print: String?

    @Flag(help: "Write the files; refuses where git could not bring them back.")
    var inplace = false

    @Flag(help: "Write nothing; status 1 says that something would change.")
    var check = false

    @Flag(help: "Ask about each edit, as `git add -p` does.")
    var interactive = false

    @Flag(help: "Also ask the OCaml, ppx and camlp4 that are installed.")
    var verify = false

    @Option(
        name: .customLong("oasis-setup"),
        help: ArgumentHelp(
            """
            With --inplace: whether `oasis setup` renews what OASIS generates: where the oasis installed is of the version \
            that made it (auto), always, or never.
            """, valueName: "when"))
    var oasisSetup = OasisSetup.Choice.auto

    @OptionGroup var selecting: SelectionOptions

    @Flag(help: "With --inplace: even where files differ from the last commit.")
    var allowDirty = false

    @Flag(name: .customLong("allow-no-vcs"), help: "With --inplace: even what git does not know.")
    var allowNoVCS = false

    @OptionGroup var aiming: AimOptions

    @OptionGroup var project: ProjectOptions

    @Flag(help: "Convert files that .gitignore names too.")
    var noIgnore = false

    @Option(help: "How many files to convert at a time (default: one a processor).")
    var jobs: Int?

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
        if [print != nil, inplace, check].count(where: { $0 }) > 1 {
            throw ValidationError("--print, --inplace and --check exclude each other")
        }
        if interactive, print != nil || check { throw ValidationError("--interactive goes with a diff or --inplace") }
        if print != nil, paths.count > 1 { throw ValidationError("--print takes one PATH at most, the checkout") }
    }

    func run() async throws {
        if let print { return try await printConverted(print) }
        let roots = paths.isEmpty ? ["."] : paths
        let project = try project.project(of: roots)
        var inputs = ScanInputs(project)
        for path in roots {
            let ignored = noIgnore ? [] : await IgnoredPaths.below(path)
            inputs.add(path, alone: roots.count == 1, ignored: ignored)
        }
        let loaded = await inputs.load(jobs: jobs ?? defaultJobs())
        let aim = aiming.aim(for: project)
        var conversion = Conversion(loaded, aim, selecting.selection(in: project), jobs: jobs ?? defaultJobs())
        if interactive { conversion.chooser = Chooser() }
        var result = await conversion.run()
        if verify { result.files = await verified(result.files, target: aim.target) }
        if inplace {
            let renewal = await OasisSetup(oasisSetup).renew(result.files)
            result.files = renewal.files
            for note in renewal.notes { StandardStream.error.writeLine(note) }
        } else if !check {
            for note in OasisSetup.notes(onDiffOf: result.files) { StandardStream.error.writeLine(note) }
        }
        let changed = result.files.filter(\.file.isChanged)
        if inplace {
            try await write(changed)
        } else if !check {
            try await StandardStream.output.write(ConversionDiff.render(changed, jobs: jobs ?? defaultJobs()))
        }
        // Of generated parts OasisSetup told all at once.
        let shown = result.files.map { entry in
            check ? entry.file : entry.file.withoutReviews(saying: MetadataMigration.generatedNote)
        }
        for line in RewriteSummary.lines(shown, unchanged: result.unchanged) {
            StandardStream.error.writeLine(line)
        }
        for error in result.errors { StandardStream.error.writeLine("caravan: \(error)") }
        if !result.errors.isEmpty { throw ExitStatus.reportedError }
        if check, !changed.isEmpty { throw ExitStatus.no }
    }

    private func verified(_ files: [ConvertedInput], target: TargetDate) async -> [ConvertedInput] {
        let (checked, counts) = await Verification.check(files.map(\.file), target: target)
        StandardStream.error.writeLine(counts.line)
        return zip(files, checked).map { ConvertedInput(file: $1, location: $0.location) }
    }

    private func write(_ files: [ConvertedInput]) async throws {
        let objections = try await WorkTreeGuard(allowDirty: allowDirty, allowNoVCS: allowNoVCS).objections(to: files)
        guard objections.isEmpty else {
            for objection in objections { StandardStream.error.writeLine("caravan: \(objection)") }
            throw ExitStatus.reportedError
        }
        for entry in files { try AtomicFileWriter.write(entry.file.after, to: entry.location) }
    }

    private func printConverted(_ path: String) async throws {
        let project = try project.project(of: [paths.first ?? path])
        let aim = aiming.aim(for: project)
        var converted = try await LoneConversion(
            path: path, checkout: paths.first, project: project, aim: aim, selection: selecting.selection(in: project)
        ).run(jobs: jobs ?? defaultJobs())
        if verify {
            let (files, counts) = await Verification.check([converted], target: aim.target)
            if let file = files.first { converted = file }
            StandardStream.error.writeLine(counts.line)
        }
        try StandardStream.output.write(converted.after)
        for leftover in converted.leftovers { StandardStream.error.writeLine(leftover.description) }
        if !converted.isAccepted { throw ExitStatus.no }
    }
}
