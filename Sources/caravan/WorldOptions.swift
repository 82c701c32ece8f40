import ArgumentParser
import OpamFormat
import Universe
import Workspace

/// Where packages are to be installed: options that all verbs share that ask what is installable.
struct WorldOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The OCaml compiler, or `any` (default: the newest release at the snapshot's date).", valueName: "version"))
    var ocaml: String?

    @Option(help: ArgumentHelp("The system, as opam names it.", valueName: "name"))
    var os = "linux"

    @Option(help: ArgumentHelp("The architecture, as opam names it.", valueName: "name"))
    var arch = "x86_64"

    @Flag(help: "Do not evaluate `available`.")
    var anyPlatform = false

    @Option(
        help: ArgumentHelp(
            "Which dependencies count beside those at run time: build, test, doc, post, or `none`, joined by commas.",
            valueName: "kinds"))
    var kinds = "build"

    func validate() throws {
        _ = try dependencyKinds()
        if let ocaml, ocaml != "any", !Version.isValid(ocaml) {
            throw ValidationError("--ocaml takes a version such as 4.02.3, or `any`")
        }
    }

    /// The world for a universe. A compiler that the repository does not have is an error.
    ///
    /// - Parameter date: the day whose newest release counts where no compiler is named; the snapshot's where nil.
    func world(for loaded: LoadedUniverse, on date: String? = nil) throws -> World {
        World(
            ocaml: try compiler(for: loaded, on: date ?? loaded.date), os: os, arch: arch, anyPlatform: anyPlatform,
            kinds: try dependencyKinds())
    }

    private func compiler(for loaded: LoadedUniverse, on date: String?) throws(FileError) -> Version? {
        if ocaml == "any" { return nil }
        let known = loaded.universe.versions(of: "ocaml").map { loaded.universe.packages[$0].version }
        let isKnown: (Version) -> Bool = { version in
            known.isEmpty || known.contains { $0.isSame(as: version) }
        }
        if let ocaml {
            guard isKnown(Version(ocaml)) else {
                throw FileError(
                    path: "--ocaml \(ocaml)",
                    reason: "the repository has no such compiler; it has \(known.map(\.text).joined(separator: ", "))")
            }
            return Version(ocaml)
        }
        // The compiler packages of a repository run ahead of the releases, so the date decides, then the repository.
        return OCamlReleases.newest(on: date, where: isKnown) ?? OCamlReleases.newest(on: date)
    }

    private func dependencyKinds() throws -> DependencyKinds {
        var result: DependencyKinds = []
        for kind in kinds.split(separator: ",") {
            switch kind {
            case "build": result.insert(.build)
            case "test": result.insert(.test)
            case "doc": result.insert(.doc)
            case "post": result.insert(.post)
            case "none": continue
            default: throw ValidationError("--kinds takes build, test, doc, post or none, joined by commas")
            }
        }
        return result
    }
}
