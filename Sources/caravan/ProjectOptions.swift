import ArgumentParser
import Catalogue
import Findings
import Gate
import Reporting
import Workspace

/// Where a project's configuration is: options of all verbs that look at a checkout.
struct ProjectOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The configuration (default: \(Configuration.fileName) in the repository's root).", valueName: "file"))
    var config: String?

    @Flag(help: "Heed no configuration.")
    var noConfig = false

    func validate() throws {
        if noConfig, config != nil { throw ValidationError("--config and --no-config exclude each other") }
    }

    /// - Parameter root: of the repository.
    func configuration(in root: String) throws(FileError) -> Configuration {
        noConfig ? Configuration() : try ConfigurationFile.read(named: config, in: root)
    }

    /// The project that all of these belong to.
    ///
    /// Of paths in several repositories one may have a configuration at most: which rules there are is one question.
    func project(of paths: [String]) throws(FileError) -> Project {
        if noConfig { return .unconfigured }
        let roots = paths.map(Project.root)
        if config != nil {
            return try checked(Project(try configuration(in: roots.first ?? "."), root: roots.first))
        }
        var configured: [String] = []
        for root in roots where !configured.contains(root) && ConfigurationFile.isThere(in: root) {
            configured.append(root)
        }
        guard let root = configured.first else { return .unconfigured }
        if let other = configured.dropFirst().first {
            throw FileError(
                path: "\(other)/\(Configuration.fileName)",
                reason: "a second configuration besides that of \(root): take one repository at a time, or --no-config")
        }
        return try checked(Project(try configuration(in: root), root: root))
    }

    private func checked(_ project: Project) throws(FileError) -> Project {
        try project.check(project.configuration.selection)
        return project
    }
}

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

/// The configuration as a file.
enum ConfigurationFile {
    static func isThere(in root: String) -> Bool { (try? FileKind.of(root + "/" + Configuration.fileName)) != nil }

    static func read(named name: String?, in root: String) throws(FileError) -> Configuration {
        let path = name ?? root + "/" + Configuration.fileName
        if name == nil, !isThere(in: root) { return Configuration() }
        let text = String(decoding: try FileReader.read(path), as: UTF8.self)
        do throws(Configuration.Failure) {
            return try Configuration(reading: text)
        } catch {
            throw FileError(path: error.line > 0 ? "\(path):\(error.line)" : path, reason: error.reason)
        }
    }
}
