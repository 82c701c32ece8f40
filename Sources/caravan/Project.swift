import Catalogue
import Findings
import Gate
import Reporting
import Workspace

/// A project's configuration, made ready to be used.
struct Project: Sendable {
    let configuration: Configuration
    /// The catalogue with the project's own extensions.
    let index: ExtensionIndex
    let patterns: PrivatePatterns
    /// What paths of the configuration are relative to: absolute, without links.
    private let root: String?

    /// What holds where nobody says anything.
    static let unconfigured = Project(Configuration())

    init(_ configuration: Configuration, root: String? = nil) {
        self.configuration = configuration
        self.root = root
        index =
            configuration.extensions.isEmpty
            ? Catalogue.index : ExtensionIndex(Catalogue.all + configuration.extensions.map(\.syntaxExtension))
        patterns = PrivatePatterns(configuration.extensions)
    }

    /// Whether the configuration lets a file be looked at, told by its path below a directory.
    func looks(below directory: String) -> (String) -> Bool {
        guard let root else { return { _ in true } }
        let place = RealPath.of(directory)
        guard place != root else { return { configuration.looks(at: $0) } }
        guard place.hasPrefix(root + "/") else { return { _ in true } }
        let prefix = place.dropFirst(root.count + 1) + "/"
        return { configuration.looks(at: prefix + $0) }
    }

    /// Names that no rule has are mistakes: they would be silent.
    func check(_ selection: RuleSelection) throws(FileError) {
        var known = Set(index.all.map(\.id)).union(index.all.flatMap { $0.rules.map(\.id) })
        for rule in GateRule.all { known.formUnion([rule.id, RuleSelection.extensionOf(rule.id)]) }
        for name in selection.only + selection.except + selection.severities.keys.sorted() where !known.contains(name) {
            // Rules for build lines are made of an extension's name.
            if name.contains("/"), known.contains(RuleSelection.extensionOf(name)) { continue }
            let hint = NearestWord.find(name, among: known.sorted()).map { "; did you mean \($0)?" } ?? ""
            throw FileError(path: name, reason: "there is no rule or extension of this name\(hint)")
        }
    }

    /// Whether a rule's findings count.
    func counts(_ rule: String) -> Bool { configuration.selection.severity(of: rule) != nil }

    /// The root of the repository that holds a path, told by git's mark; where there is none, the directory itself.
    static func root(of path: String) -> String {
        let real = RealPath.of(path)
        let isDirectory = (try? FileKind.of(real)) == .directory
        let directory = isDirectory ? real : String(real.prefix(upTo: real.lastIndex(of: "/") ?? real.startIndex))
        return IgnoredPaths.workTreeRoot(above: directory) ?? directory
    }
}
