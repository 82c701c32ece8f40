import ArgumentParser
import Installability
import Universe
import Workspace

/// `caravan list`: packages that depend on others, one a line, in opam's order.
struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the packages that depend on another, as `opam admin list` does, or by Caravan's definitions.",
        discussion: """
            --depends-on has opam's semantics and spelling. The other questions are about --roots (camlp4 unless told \
            otherwise): --direct names it in a dependency that some version satisfies (build dependencies count; test, \
            doc and optional ones do not); --reaches comes to it through any alternative of any version; --needs can be \
            installed in the world that --ocaml, --os, --arch, --any-platform and --kinds describe, and could not \
            without it; --optional has it as an optional dependency and not as a direct one. Without --versions and \
            --latest, --needs prints names of which no version can do without.

            --uninstallable is what cannot be installed in that world at all, as `opam admin check` tells with its own \
            settings (--ocaml any --any-platform --kinds build,test,doc,post); --without takes packages out of the \
            repository first.
            """
    )

    @OptionGroup var source: RepositoryOptions
    @OptionGroup(title: "The world of --needs") var place: WorldOptions

    @Option(
        help: ArgumentHelp(
            "Packages that depend on one of these (NAME, NAME.VERSION or NAME>=VERSION, joined by commas).",
            valueName: "packages"))
    var dependsOn: String?

    @Flag(help: "With --depends-on: everything that depends on them through others too, and themselves.")
    var recursive = false

    @Flag(help: "Optional dependencies count.")
    var depopts = false

    @Flag(name: [.customLong("with-test"), .customLong("test"), .customShort("t")], help: "Test dependencies count.")
    var withTest = false

    @Flag(name: [.customLong("with-doc"), .customLong("doc")], help: "Documentation dependencies count.")
    var withDoc = false

    @Flag(help: "Build dependencies do not count.")
    var nobuild = false

    @Flag(help: "Dependencies marked `post` count.")
    var post = false

    @Flag(help: "Dependencies marked `dev` count.")
    var dev = false

    @Flag(help: "The direct dependents of the roots (definition D1).")
    var direct = false

    @Flag(help: "What may reach the roots through any alternative (definition D2).")
    var reaches = false

    @Flag(help: "What cannot be installed without the roots, and can with them (definition D3).")
    var needs = false

    @Flag(help: "What has the roots as an optional dependency only (definition D4).")
    var optional = false

    @Flag(help: "What cannot be installed.")
    var uninstallable = false

    @Option(help: ArgumentHelp("With --uninstallable: as if these were not there.", valueName: "packages"))
    var without: String?

    @Option(help: ArgumentHelp("What --direct, --reaches, --needs and --optional ask about.", valueName: "packages"))
    var roots = "camlp4"

    @Flag(help: "Print NAME.VERSION for every version that matches.")
    var versions = false

    @Flag(help: "Print NAME.VERSION for packages whose latest version matches.")
    var latest = false

    func validate() throws {
        let questions = [dependsOn != nil, direct, reaches, needs, optional, uninstallable].filter { $0 }.count
        guard questions == 1 else {
            throw ValidationError(
                "say one of --depends-on PACKAGES, --direct, --reaches, --needs, --optional, --uninstallable")
        }
        if without != nil, !uninstallable { throw ValidationError("--without goes with --uninstallable") }
        if versions && latest { throw ValidationError("say one of --versions and --latest") }
        let options = [recursive, depopts, withTest, withDoc, nobuild, post, dev]
        if dependsOn == nil, options.contains(true) {
            throw ValidationError(
                "--recursive, --depopts, --with-test, --with-doc, --nobuild, --post and --dev go with --depends-on")
        }
    }

    func run() async throws {
        let loaded = try await source.load()
        let universe = loaded.universe
        let text =
            needs && !versions && !latest
            ? try namesInNeed(in: loaded) : lines(try matches(in: loaded), in: universe)
        try StandardStream.output.write(Array(text.utf8))
    }

    /// Names that are left without a version where the roots are taken away.
    private func namesInNeed(in loaded: LoadedUniverse) throws -> String {
        let universe = loaded.universe
        let analysis = try analysis(of: loaded)
        return universe.names.indices.filter { name in
            universe.versions[name].contains { analysis.needsRoots[$0] }
                && universe.versions[name].allSatisfy { analysis.needsRoots[$0] || !analysis.installable[$0] }
        }
        .map { universe.names[$0] + "\n" }.joined()
    }

    private func analysis(of loaded: LoadedUniverse) throws -> NeedAnalysis {
        NeedAnalysis(
            universe: loaded.universe, world: try place.world(for: loaded), roots: try targets(roots, in: loaded))
    }

    /// What cannot be installed; of the packages taken away nothing is said.
    private func broken(in loaded: LoadedUniverse) throws -> [Int] {
        let taken = try without.map { try targets($0, in: loaded) } ?? []
        let analysis = NeedAnalysis(
            universe: loaded.universe, world: try place.world(for: loaded), roots: taken)
        let isTaken = Set(taken)
        return loaded.universe.packages.indices.filter { position in
            !isTaken.contains(position) && (!analysis.installable[position] || analysis.needsRoots[position])
        }
    }

    private func matches(in loaded: LoadedUniverse) throws -> [Int] {
        let universe = loaded.universe
        if let dependsOn {
            let targets = try targets(dependsOn, in: loaded)
            let query = DependencyQuery(kinds: kinds, depopts: depopts)
            return recursive ? query.recursive(on: targets, in: universe) : query.direct(on: targets, in: universe)
        }
        if needs { return try analysis(of: loaded).needing }
        if uninstallable { return try broken(in: loaded) }
        let targets = try targets(roots, in: loaded)
        let definitions = RootDefinitions(universe: universe, roots: targets)
        if direct { return definitions.direct() }
        return reaches ? definitions.reaching() : definitions.optionalOnly()
    }

    private var kinds: DependencyKinds {
        var kinds: DependencyKinds = []
        if !nobuild { kinds.insert(.build) }
        if withTest { kinds.insert(.test) }
        if withDoc { kinds.insert(.doc) }
        if post { kinds.insert(.post) }
        if dev { kinds.insert(.dev) }
        return kinds
    }

    private func targets(_ list: String, in loaded: LoadedUniverse) throws -> [Int] {
        var targets: Set<Int> = []
        for selection in list.split(separator: ",") { targets.formUnion(try loaded.select(String(selection))) }
        return targets.sorted()
    }

    private func lines(_ matches: [Int], in universe: Universe) -> String {
        if versions { return matches.map { universe.identifier($0) + "\n" }.joined() }
        if latest { return matches.filter(universe.isLatest).map { universe.identifier($0) + "\n" }.joined() }
        let names = Set(matches.map { universe.packages[$0].name }).sorted()
        return names.map { universe.names[$0] + "\n" }.joined()
    }
}
