import ArgumentParser
import OpamFormat
import Universe

/// Where packages are to be installed: options that all verbs share which ask what can be installed.
struct WorldOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The compiler, or `any` (default: the newest release at the date of the snapshot).", valueName: "version"))
    var ocaml: String?

    @Option(help: "The operating system, as opam names it.")
    var os = "linux"

    @Option(help: "The processor architecture, as opam names it.")
    var arch = "x86_64"

    @Flag(help: "Do not evaluate `available`: a package counts if it exists for some platform.")
    var anyPlatform = false

    @Option(
        help: ArgumentHelp(
            "Which dependencies count besides run-time ones: build, test, doc, post, joined by commas.",
            valueName: "kinds"))
    var kinds = "build"

    func validate() throws {
        if let ocaml, !Version.isValid(ocaml) { throw ValidationError("--ocaml takes a version or `any`") }
        _ = try parsedKinds()
    }

    /// The world for a snapshot of a day (YYYY-MM-DD); without a day, today's newest compiler that the program knows.
    func world(at date: String?) throws -> World {
        let compiler: Version? =
            switch ocaml {
            case "any": nil
            case let version?: Version(version)
            case nil: OCamlReleases.newest(on: date)
            }
        return World(ocaml: compiler, os: os, arch: arch, anyPlatform: anyPlatform, kinds: try parsedKinds())
    }

    private func parsedKinds() throws -> DependencyKinds {
        var result: DependencyKinds = []
        for kind in kinds.split(separator: ",") {
            switch kind {
            case "build": result.insert(.build)
            case "test": result.insert(.test)
            case "doc": result.insert(.doc)
            case "post": result.insert(.post)
            default: throw ValidationError("--kinds knows build, test, doc and post, not `\(kind)`")
            }
        }
        return result
    }
}
