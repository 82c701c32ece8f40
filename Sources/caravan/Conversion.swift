import BuildFiles
import Catalogue
import Findings
import Rewriting
import Text
import Workspace

/// A file of a checkout, converted, and where it lies.
struct ConvertedInput: Sendable {
    let file: RewrittenFile
    let location: String
}

/// Converts the sources of a checkout, and then its build files, as far as no source still needs them.
struct Conversion {
    struct Result: Sendable {
        /// Those that changed or have leftovers, sorted by path.
        var files: [ConvertedInput] = []
        /// How many need nothing.
        var unchanged = 0
        var errors: [FileError] = []
    }

    private let loaded: ScanInputs.Loaded
    private let aim: Aim
    private let selection: Selection
    private let jobs: Int
    /// Who is asked about each edit; nil where all are made.
    var chooser: Chooser?

    init(_ loaded: ScanInputs.Loaded, _ aim: Aim, _ selection: Selection, jobs: Int) {
        self.loaded = loaded
        self.aim = aim
        self.selection = selection
        self.jobs = jobs
    }

    mutating func run() async -> Result {
        var result = Result()
        result.errors = loaded.errors
        let scanner = loaded.scanners(aim: aim, identifies: false)
        let sources = await convert(loaded.sources) { input in
            input.read().map { ($0, AnyJudge(SourceJudge(scanner(input), path: input.path))) }
        }
        var unchanged: Set<String> = []
        take(sources.map { $0.map { $0?.heedingScripts() } }, loaded.sources, &result, &unchanged)
        let states = sources.compactMap { try? $0.get() }.map { CheckoutSource($0) }
        take(convertBuildFiles(states), loaded.builds.map(\.input), &result, &unchanged)
        result.files = Self.united(result.files)
        result.unchanged = unchanged.subtracting(result.files.map(\.file.path)).count
        result.files.sort { $0.file.path.utf8.lexicographicallyPrecedes($1.file.path.utf8) }
        return result
    }

    /// A file that is source and build file both (`setup.ml`) has two outcomes; where both change it the source's counts.
    private static func united(_ files: [ConvertedInput]) -> [ConvertedInput] {
        var order: [String] = []
        var byPath: [String: ConvertedInput] = [:]
        for file in files {
            guard let first = byPath[file.file.path] else {
                order.append(file.file.path)
                byPath[file.file.path] = file
                continue
            }
            let kept = first.file.isChanged ? first.file : file.file
            let other = first.file.isChanged ? file.file : first.file
            let leftovers = (kept.leftovers + other.leftovers).sorted { $0.place.offset < $1.place.offset }
            byPath[file.file.path] = ConvertedInput(
                file: RewrittenFile(
                    path: kept.path, before: kept.before, after: kept.after, converted: kept.converted,
                    leftovers: leftovers, isAccepted: first.file.isAccepted, extensions: kept.extensions,
                    reviews: kept.reviews),
                location: file.location)
        }
        return order.compactMap { byPath[$0] }
    }

    /// Build files are decided together: a line may go where no source needs it any more.
    private mutating func convertBuildFiles(
        _ sources: [CheckoutSource]
    ) -> [Swift.Result<RewrittenFile?, FileError>] {
        let builds = loaded.builds.map { CheckoutBuild(file: $0.file, bytes: $0.bytes, result: $0.result) }
        let selection = selection
        func migration(_ chosen: Set<Selection.Place>?, in path: String?) -> MetadataMigration {
            MetadataMigration(
                builds, sources: sources, loaded.project.index, aim: aim, links: loaded.knowledge.links
            ) { finding in
                var selection = selection
                if finding.path == path { selection.chosen = chosen }
                return selection.objection(to: finding)
            }
        }
        let whole = migration(nil, in: nil)
        let rewriter = MetadataRewriter(loaded.project.index)
        return builds.map { build in
            guard var outcome = whole.outcome(of: build.file.path) else { return .success(nil) }
            if var chooser {
                let chosen = chooser.choose(
                    among: outcome.converted.filter { !$0.fix.edits.isEmpty }, in: build.bytes, path: build.file.path)
                outcome = migration(chosen, in: build.file.path).outcome(of: build.file.path) ?? outcome
                self.chooser = chooser
            }
            return .success(rewriter.rewrite(build, outcome))
        }
    }

    /// One after the other where somebody is asked, else several at a time.
    private mutating func convert(
        _ inputs: [ScanInputs.Input],
        _ open: @escaping @Sendable (ScanInputs.Input) -> Swift.Result<([UInt8], AnyJudge?), FileError>
    ) async -> [Swift.Result<RewrittenFile?, FileError>] {
        let selection = selection
        guard var chooser else {
            return await parallelMap(inputs, jobs: jobs) { input in
                open(input).map { bytes, judge in
                    judge.flatMap { Rewriter(selection).rewrite(bytes, path: input.path, $0) }
                }
            }
        }
        var results: [Swift.Result<RewrittenFile?, FileError>] = []
        for input in inputs {
            results.append(
                open(input).map { bytes, judge in
                    guard let judge else { return nil }
                    let candidates = Rewriter(selection).candidates(bytes, path: input.path, judge)
                    var own = selection
                    own.chosen = chooser.choose(among: candidates, in: bytes, path: input.path)
                    return Rewriter(own).rewrite(bytes, path: input.path, judge)
                })
        }
        self.chooser = chooser
        return results
    }

    private func take(
        _ outcomes: [Swift.Result<RewrittenFile?, FileError>], _ inputs: [ScanInputs.Input], _ result: inout Result,
        _ unchanged: inout Set<String>
    ) {
        for (input, outcome) in zip(inputs, outcomes) {
            switch outcome {
            case .success(let file?) where file.isChanged || !file.leftovers.isEmpty:
                result.files.append(
                    ConvertedInput(file: file, location: String(decoding: input.location, as: UTF8.self)))
            case .success(nil):
                StandardStream.error.writeLine("\(input.path): skipped: no text that OCaml reads")
            case .success: unchanged.insert(input.path)
            case .failure(let error):
                if input.named {
                    result.errors.append(error)
                } else {
                    StandardStream.error.writeLine("\(error.path): skipped: \(error.reason)")
                }
            }
        }
    }
}

/// A judge of sources or of build files.
struct AnyJudge: Judge {
    private let answer: @Sendable ([UInt8]) -> Judgement?

    init(_ judge: some Judge) {
        answer = { judge.judge($0) }
    }

    func judge(_ bytes: [UInt8]) -> Judgement? { answer(bytes) }
}

/// Converts one file, by its content or as the build files of a checkout say.
struct LoneConversion {
    let path: String
    let checkout: String?
    let project: Project
    let aim: Aim
    let selection: Selection

    func run(jobs: Int) async throws -> RewrittenFile {
        let bytes = try FileReader.read(path)
        let known = await place(jobs: jobs)
        let scanner = SourceScanner(project.index, known?.knowledge, aim: aim, identifies: false)
        let judge = SourceJudge(scanner, path: known?.path ?? path)
        guard let file = Rewriter(selection).rewrite(bytes, path: path, judge) else {
            throw FileError(path: path, reason: "no text that OCaml reads")
        }
        return file
    }

    /// What the checkout's build files say, and the file's path in it.
    private func place(jobs: Int) async -> (knowledge: BuildKnowledge, path: String)? {
        guard let checkout else { return nil }
        var inputs = ScanInputs(project)
        inputs.add(checkout, alone: true)
        let loaded = await inputs.load(jobs: jobs)
        let location = RealPath.of(path)
        let found = loaded.sources.first { RealPath.of(String(decoding: $0.location, as: UTF8.self)) == location }
        return found.map { (loaded.knowledge, $0.path) }
    }
}
