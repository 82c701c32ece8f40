import ArgumentParser
import Gate
import Workspace

/// `caravan rules`: the rules that a project brings itself.
struct RulesVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Check the rules for syntax extensions of a project's own, which its configuration describes.",
        subcommands: [Test.self])

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check that the examples in the configuration are reported, or not, as they say.",
            discussion: """
                An extension in \(Configuration.fileName) has `examples:` with `report:` and `silent:`, lists of pieces of \
                code. A piece is text, taken for a source, or `{file: NAME, text: TEXT}`, where the name says what it is: \
                Makefile, _tags, a.mli. In what is to be reported « and » may mark the exact place. Status 1 says that an \
                example is not as it says.

                extensions:
                  - name: house
                    keywords: [houseblock]
                    patterns: ['HOUSE_PP *= *(\\S+)']
                    replacement: write [%house …], see HACKING.md
                    examples:
                      report:
                        - let a = «houseblock» 1
                        - {file: Makefile, text: 'HOUSE_PP = «pa_house»'}
                      silent:
                        - let houseblock_size = 1
                """)

        @Argument(help: "A directory of the checkout (default: the current directory).")
        var path = "."

        @Option(
            help: ArgumentHelp(
                "The configuration (default: \(Configuration.fileName) in the repository's root).", valueName: "file"))
        var config: String?

        func run() async throws {
            let root = try await GatePlace(path).root
            let file = config ?? root + "/" + Configuration.fileName
            let project = Project(try ConfigurationFile.read(named: file, in: root))
            let extensions = project.configuration.extensions
            let check = ExampleCheck(extensions, project.index)
            var text = ""
            for failure in check.failures {
                text += "\(file):\(failure.line): \(failure.extension): \(failure.reason)\n"
            }
            for entry in extensions where entry.examples.isEmpty {
                text += "\(file): \(entry.name) has no examples, so nothing shows that it works\n"
            }
            text +=
                "\(extensions.count) extension\(extensions.count == 1 ? "" : "s"), "
                + "\(check.count) example\(check.count == 1 ? "" : "s"): "
                + (check.failures.isEmpty ? "all as they say\n" : "\(check.failures.count) not as they say\n")
            try StandardStream.output.write(Array(text.utf8))
            if !check.failures.isEmpty { throw ExitStatus.no }
        }
    }
}
