import ArgumentParser
import Catalogue
import Findings
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

    var selection: Selection {
        var selection = Selection()
        selection.only = Set(only)
        selection.except = Set(except)
        selection.isSafeOnly = safeOnly
        return selection
    }
}
