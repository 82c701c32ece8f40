import ArgumentParser
import Workspace

/// Where sources of packages lie, and what was read of them before.
struct SourceOptions: ParsableArguments {
    @Option(
        name: .customLong("sources"),
        help: ArgumentHelp(
            "A folder of git checkouts with release tags (bare ones too) or of unpacked releases, as `opam source` makes "
                + "them.",
            valueName: "dir"))
    var folder: String?

    @Option(
        name: .customLong("cache"),
        help: ArgumentHelp(
            "Where to keep what was read of sources (default: caravan/surveys.sqlite in the user's folder for caches).",
            valueName: "file"))
    var cachePath: String?

    @Flag(name: .customLong("no-cache"), help: "Read all sources anew, and keep nothing.")
    var isCacheOff = false

    /// A cache that cannot be used is told on standard error, and done without.
    func cache() -> SurveyCache? {
        guard !isCacheOff, let path = cachePath ?? SurveyCache.defaultPath else { return nil }
        do throws(FileError) {
            return try SurveyCache(path: path)
        } catch {
            StandardStream.error.writeLine("caravan: warning: \(error)")
            return nil
        }
    }
}
