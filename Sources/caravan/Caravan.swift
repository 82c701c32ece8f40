import ArgumentParser
import Workspace

/// The program: one verb a file in `Verbs/`, the list of them here.
@main
struct Caravan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "caravan",
        abstract: "Moves OCaml code from camlp4 to ppx: one checkout, or a whole opam universe, together.",
        version: "0.1.0",
        subcommands: [
            Scan.self, GateVerb.self, RulesVerb.self, BaselineVerb.self, Rewrite.self, List.self, MakePlan.self,
            Why.self,
            AskWhatIf.self, Bounds.self, Split.self, Compare.self, Burndown.self, Tree.self, Explain.self,
            PrintSchema.self,
        ]
    )

    static func main() async {
        StandardStream.survivePipes()
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let status as ExitCode {
            exit(withError: status)
        } catch let error as FileError {
            StandardStream.error.writeLine("caravan: \(error)")
            exit(withError: ExitStatus.reportedError)
        } catch {
            // Help and version are "errors" with status 0.
            guard exitCode(for: error) == .success else {
                StandardStream.error.writeLine(fullMessage(for: error))
                exit(withError: ExitStatus.commandLineError)
            }
            exit(withError: error)
        }
    }
}
