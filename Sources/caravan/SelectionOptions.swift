import ArgumentParser
import Catalogue
import Findings
import Gate
import Rewriting

/// Which constructs are converted.
struct SelectionOptions: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Convert only what these rules or extensions find.", valueName: "rule"))
    var only: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Leave out what these rules or extensions find.", valueName: "rule"))
    var except: [String] = []

    @Flag(help: "Leave out edits that a person should look at.")
    var safeOnly = false

    func validate() throws {
        for name in only + except where !Self.isKnown(name) {
            throw ValidationError("there is no rule and no extension \(name)")
        }
    }

    private static func isKnown(_ name: String) -> Bool {
        // Rules of build files belong to an extension too: `lwt/package`.
        Catalogue.index.named(String(name.prefix { $0 != "/" })) != nil
    }

    /// What the configuration says counts too; `--only` goes before its `only`.
    func selection(in project: Project) -> Selection {
        let configured = project.configuration.selection
        var selection = Selection()
        selection.only = Set(only.isEmpty ? configured.only : only)
        selection.except = Set(except + configured.except)
        selection.isCounted = { project.counts($0) }
        selection.isSafeOnly = safeOnly
        return selection
    }
}
