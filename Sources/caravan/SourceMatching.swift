import Catalogue
import Findings
import OpamFormat
import Survey
import Universe
import Workspace

/// Finds the sources of package versions among the checkouts of a folder and surveys them.
struct SourceMatching: Sendable {
    let universe: Universe
    private let releases: SourceReleases
    /// For each name the checkouts that hold it, the best match first.
    private let checkouts: [Int: [SourceReleases.Checkout]]
    private let unpacked: [String: SourceReleases.Checkout]

    init(_ folder: String, _ universe: Universe) async throws(FileError) {
        self.universe = universe
        releases = try await SourceReleases(root: folder)
        var unpacked: [String: SourceReleases.Checkout] = [:]
        for checkout in releases.checkouts {
            guard let folder = checkout.names.first else { continue }
            if RepositoryLayout.identity(folder: folder) != nil { unpacked[folder] = checkout }
            // Archives unpack as NAME-VERSION.
            for dash in folder.indices where folder[dash] == "-" {
                let identifier = folder[..<dash] + "." + folder[folder.index(after: dash)...]
                if unpacked[String(identifier)] == nil { unpacked[String(identifier)] = checkout }
            }
        }
        self.unpacked = unpacked
        var checkouts: [Int: [SourceReleases.Checkout]] = [:]
        for name in universe.names.indices {
            let known = Self.addresses(of: name, universe)
            let scored = releases.checkouts.compactMap { checkout in
                Self.score(checkout, universe.names[name], known).map { (score: $0, checkout: checkout) }
            }
            guard !scored.isEmpty else { continue }
            checkouts[name] = scored.enumerated().sorted {
                ($1.element.score, $0.offset) < ($0.element.score, $1.offset)
            }.map(\.element.checkout)
        }
        self.checkouts = checkouts
    }

    /// The names of repositories that the metadata of any version gives.
    private static func addresses(of name: Int, _ universe: Universe) -> Set<String> {
        var result: Set<String> = []
        for position in universe.versions[name] {
            let file = universe.packages[position].file
            for address in [file.devRepository, file.homepage].compactMap({ $0 }) {
                if let repository = SourceReleases.repositoryName(address) { result.insert(repository) }
            }
        }
        return result
    }

    /// How well a checkout fits a package; nil where not at all.
    private static func score(
        _ checkout: SourceReleases.Checkout, _ name: String, _ addresses: Set<String>
    ) -> Int? {
        if checkout.opamFiles.contains(where: { opamFile($0, isOf: name) }) { return 3 }
        var folders = Set(
            checkout.names.filter { $0 != "repo" }.flatMap { folder in
                [folder.lowercased()] + folder.lowercased().split(separator: "+").suffix(1).map(String.init)
            })
        if let origin = checkout.origin.flatMap(SourceReleases.repositoryName) { folders.insert(origin) }
        if !folders.isDisjoint(with: addresses) { return 2 }
        let own = name.lowercased()
        return folders.isDisjoint(with: [own, "ocaml-" + own, own + ".git"]) ? nil : 1
    }

    private static func opamFile(_ path: String, isOf name: String) -> Bool {
        path == "\(name).opam" || path.hasSuffix("/\(name).opam") || path.hasSuffix("\(name).opam/opam")
            || path.hasPrefix("opam/\(name).")
    }

    /// Where the sources of a version are.
    struct Place: Sendable {
        let checkout: SourceReleases.Checkout
        /// Of a repository, as git spells it; nil for a plain folder.
        let revision: String?
        /// For people: a tag, a commit, a folder.
        let origin: String
    }

    /// The positions of the names that a checkout or an unpacked release belongs to, ascending.
    var matchedNames: [Int] {
        universe.names.indices.filter { name in
            checkouts[name] != nil
                || universe.versions[name].last.map { unpacked[universe.identifier($0)] != nil } ?? false
        }
    }

    /// The sources of exactly this version; nil where they are not there.
    func release(of position: Int) -> Place? {
        if let checkout = unpacked[universe.identifier(position)] { return Self.folder(checkout) }
        let package = universe.packages[position]
        for checkout in checkouts[package.name] ?? [] where checkout.isRepository {
            let tag = SourceReleases.tag(
                of: package.version.text, package: universe.names[package.name], among: checkout.tags)
            if let tag { return Place(checkout: checkout, revision: "refs/tags/\(tag)", origin: "tag \(tag)") }
        }
        return nil
    }

    /// The newest sources of a package, whatever their version.
    ///
    /// - Parameter date: the day (YYYY-MM-DD) at whose end a repository is looked at; its newest state where nil.
    func newest(of name: Int, on date: String?) async -> Place? {
        guard let checkout = checkouts[name]?.first else { return nil }
        guard checkout.isRepository else { return Self.folder(checkout) }
        guard let date else { return Place(checkout: checkout, revision: "HEAD", origin: "HEAD") }
        guard let commit = await SourceReleases.commit(of: checkout, on: date) else { return nil }
        return Place(checkout: checkout, revision: commit, origin: "commit \(commit.prefix(12))")
    }

    private static func folder(_ checkout: SourceReleases.Checkout) -> Place {
        Place(checkout: checkout, revision: nil, origin: checkout.names.first ?? checkout.path)
    }

    /// Surveys the sources of a package at a place. Where a repository holds several packages, each in a folder with an
    /// opam file of its own, only that folder counts.
    ///
    /// - Parameter cache: what was surveyed before is taken from there, and what was not is put there.
    func survey(_ name: Int, at place: Place, _ cache: SurveyCache?) async throws(FileError) -> SourceSurvey {
        let package = universe.names[name]
        var key = SurveyCache.Key(package)
        let read: [File]
        if let revision = place.revision {
            let blobs = try await SourceReleases.listing(of: place.checkout, revision: revision, wanted: Self.isWanted)
            for blob in blobs { key.add(path: blob.path, content: Array(blob.object.utf8)) }
            if let known = await cache?.survey(for: key) { return known }
            read = try await SourceReleases.read(blobs, of: place.checkout)
        } else {
            read = try SourceReleases.files(of: place.checkout, wanted: Self.isWanted)
            for file in read { key.add(path: file.path, content: file.bytes) }
            if let known = await cache?.survey(for: key) { return known }
        }
        let files = Self.files(of: package, among: read)
        let survey = SourceSurvey(
            files.map { SourceSurvey.File(path: $0.path, bytes: $0.bytes) }, Catalogue.index)
        await cache?.keep(survey, for: key)
        return survey
    }

    /// The sources and build files of a package at a place, as `survey` sees them.
    func files(of name: Int, at place: Place) async throws(FileError) -> [File] {
        let package = universe.names[name]
        guard let revision = place.revision else {
            return Self.files(
                of: package, among: try SourceReleases.files(of: place.checkout, wanted: Self.isWanted))
        }
        let blobs = try await SourceReleases.listing(of: place.checkout, revision: revision, wanted: Self.isWanted)
        return Self.files(of: package, among: try await SourceReleases.read(blobs, of: place.checkout))
    }

    /// A file of a checkout, its path relative to the root.
    typealias File = (path: String, bytes: [UInt8])

    private static let isWanted: @Sendable (String) -> Bool = { path in SourceSurvey.isWanted(path: path) }

    private static func files(of package: String, among files: [File]) -> [File] {
        guard let folder = folder(of: package, in: files) else { return files }
        return files.filter { $0.path.hasPrefix(folder + "/") }
    }

    /// The same; where it fails, that is told on standard error.
    func attempt(_ name: Int, at place: Place, _ cache: SurveyCache?) async -> SourceSurvey? {
        do throws(FileError) {
            return try await survey(name, at: place, cache)
        } catch {
            StandardStream.error.writeLine("caravan: warning: \(error)")
            return nil
        }
    }

    /// The folder of a package among several: the one whose opam file names it, or whose name ends the package's.
    private static func folder(of name: String, in files: [File]) -> String? {
        let folders = files.compactMap { file -> (folder: String, declared: String?)? in
            guard file.path.hasSuffix("/opam") else { return nil }
            let folder = String(file.path.dropLast("/opam".count))
            guard !folder.hasSuffix(".opam"), folder != "opam" else { return nil }
            return (folder, OpamSyntaxTree(parsing: file.bytes).declaredName)
        }
        guard folders.count > 1 else { return folderByName(of: name, in: files) }
        if let exact = folders.first(where: { $0.declared == name }) { return exact.folder }
        return folders.first { entry in
            let last = entry.folder.split(separator: "/").last.map(String.init) ?? entry.folder
            return last == name || name.hasSuffix("-" + last)
        }?.folder
    }
}

extension SourceMatching {
    /// Where the root of a repository has no build description of its own, and a folder below it is called like the end of
    /// the package's name: mirage-xen lies in `xen`.
    private static func folderByName(of name: String, in files: [File]) -> String? {
        let describing = ["opam", "_oasis", "_tags", "META", "setup.ml", "dune-project", "\(name).opam"]
        guard !files.contains(where: { describing.contains($0.path) }),
            let part = name.split(separator: "-").last.map(String.init), part != name,
            files.contains(where: { $0.path.hasPrefix(part + "/") })
        else { return nil }
        return part
    }
}

extension OpamSyntaxTree {
    /// What the field `name` says.
    fileprivate var declaredName: String? {
        for case .field("name", _, let value) in items { return text(of: value) }
        return nil
    }
}
