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
