import ArgumentParser
import BuildFiles
import Findings
import Gate
import Reporting
import Text
import Workspace

/// `caravan baseline`: the file of known uses that the gate goes by.
struct BaselineVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline",
        abstract: "Keep the gate's file of known uses: it is made once, and then shrinks.",
        subcommands: [Create.self, Prune.self, Accept.self, CompareUses.self])

    /// The uses that there are, and where the baseline is.
    struct Loaded {
        let settings: GateOptions.Settings
        let run: GateRun
        let path: String

        init(_ options: GateOptions, _ path: String) async throws {
            settings = try await options.settings(for: path, isWhole: true)
            guard let file = settings.baselinePath else {
                throw FileError(
                    path: "--baseline",
                    reason: "which file? Name it here or as `baseline:` in \(Configuration.fileName)")
            }
            self.path = file
            run = try await GateRun(settings.request)
        }

        func judge(_ baseline: Baseline) async -> (judgement: Judgement, oldPaths: [String: String]) {
            let oldPaths = await BaselineFile.movedFiles(baseline, path, run, settings.place, since: nil)
            let judgement = Judgement(
                run.findings, known: .init(baseline: baseline, oldPaths: oldPaths), selection: settings.selection,
                isLookedAt: { settings.place.holds($0) })
            return (judgement, oldPaths)
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write every use that there is into a new file.",
            discussion: "A file that is there already is left alone: prune and accept change it.")

        @Argument(help: "A directory of the checkout (default: the current directory).")
        var path = "."
        @OptionGroup var options: GateOptions

        func run() async throws {
            let loaded = try await Loaded(options, path)
            if (try? FileKind.of(loaded.path)) != nil {
                throw FileError(
                    path: loaded.path,
                    reason: "is there already; drop lines of it with `caravan baseline prune`, add named ones with "
                        + "`caravan baseline accept`, or delete it first")
            }
            let counting = loaded.run.findings.filter { loaded.settings.selection.severity(of: $0.rule) != nil }
            let baseline = Baseline(counting.map(FindingIdentity.init))
            try BaselineFile.write(baseline, to: loaded.path)
            StandardStream.error.writeLine(
                "\(loaded.path): \(baseline.count) known uses; next: commit it, and run caravan gate --baseline \(loaded.path)"
            )
            let name = fileName(of: loaded.path)
            StandardStream.error.writeLine(
                "so that merges of branches keep the lines of both: echo '\(name) merge=union' >>.gitattributes")
        }
    }

    struct Prune: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Drop the lines of uses that are gone. Adds nothing.",
            discussion: "Lines of files that moved get the new path.")

        @Argument(help: "A directory of the checkout (default: the current directory).")
        var path = "."
        @OptionGroup var options: GateOptions

        func run() async throws {
            let loaded = try await Loaded(options, path)
            let baseline = try BaselineFile.read(loaded.path)
            let (judgement, oldPaths) = await loaded.judge(baseline)
            var newPaths: [String: String] = [:]
            for (new, old) in oldPaths { newPaths[old] = new }
            let pruned = baseline.removing(judgement.stale).renamed(newPaths)
            if pruned != baseline { try BaselineFile.write(pruned, to: loaded.path) }
            StandardStream.error.writeLine(
                "\(loaded.path): \(judgement.stale.count) lines dropped, \(pruned.count) left")
        }
    }

    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take new uses in, by the ids that the gate prints, with a reason.")

        @Argument(help: ArgumentHelp("Ids of new uses, as `caravan gate` prints them.", valueName: "id"))
        var ids: [String]

        @Option(help: ArgumentHelp("Why they may stay.", valueName: "text"))
        var reason: String

        @Option(
            name: .customLong("path"),
            help: ArgumentHelp("A directory of the checkout (default: the current directory).", valueName: "dir"))
        var path = "."
        @OptionGroup var options: GateOptions

        func validate() throws {
            if ids.isEmpty { throw ValidationError("name at least one id") }
            if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason wants words") }
        }

        func run() async throws {
            // The contract's [PATH] may stand before or behind the ids.
            var path = path
            let ids = ids.filter { id in
                guard !Self.isID(id), (try? FileKind.of(id)) == .directory else { return true }
                path = id
                return false
            }
            let loaded = try await Loaded(options, path)
            var baseline = try BaselineFile.read(loaded.path)
            let (judgement, _) = await loaded.judge(baseline)
            for id in ids {
                guard let use = judgement.new.first(where: { $0.finding.fingerprint == id }) else {
                    let isKnown = loaded.run.findings.contains { $0.fingerprint == id }
                    throw FileError(
                        path: id,
                        reason: isKnown
                            ? "is in the baseline already"
                            : "there is no new use of this id; see caravan gate --baseline \(loaded.path)")
                }
                baseline.accept(FindingIdentity(use.finding), reason: reason)
            }
            try BaselineFile.write(baseline, to: loaded.path)
            StandardStream.error.writeLine("\(loaded.path): \(ids.count) taken in, \(baseline.count) known uses")
        }

        private static func isID(_ text: String) -> Bool {
            let parts = text.split(separator: "-")
            return parts.count == 2 && parts[0].count == 16 && parts[0].allSatisfy(\.isHexDigit)
        }
    }

    struct CompareUses: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "compare",
            abstract: "Say what is new and what is gone, beside the baseline. Fails on nothing.")

        @Argument(help: "A directory of the checkout (default: the current directory).")
        var path = "."
        @OptionGroup var options: GateOptions

        @Option(help: "text or json.")
        var format = AnswerFormat.text

        func run() async throws {
            let loaded = try await Loaded(options, path)
            let (judgement, _) = await loaded.judge(try BaselineFile.read(loaded.path))
            let report = GateReport(
                reference: .init(baseline: loaded.settings.shownBaseline), new: judgement.new,
                known: judgement.knownCount, allowed: loaded.run.allowed.count, stale: judgement.stale, isFrozen: false,
                passes: true, filesRead: loaded.run.filesRead, skipped: loaded.run.skipped)
            switch format {
            case .json: try StandardStream.output.write(GateFormat.named("json")?.write(report).bytes ?? [])
            case .text:
                var text = ""
                for use in judgement.new {
                    let place = "\(use.finding.path):\(use.finding.start.line):\(use.finding.start.column)"
                    text += "new   \(place): \(use.finding.rule) \(use.finding.fingerprint)\n"
                }
                for identity in judgement.stale { text += "gone  \(identity.path): \(identity.rule)\n" }
                text += "\(judgement.new.count) new, \(judgement.knownCount) known, \(judgement.stale.count) gone\n"
                try StandardStream.output.write(Array(text.utf8))
            }
        }
    }
}
