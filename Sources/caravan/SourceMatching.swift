import Catalogue
import Findings
import OpamFormat
import Survey
import Universe
import Workspace

/// Finds the sources of package versions among the checkouts of a folder and surveys them.
struct SourceMatching: Sendable {
    private let universe: Universe
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
        let tag: String?
        var origin: String { tag.map { "tag \($0)" } ?? checkout.names.first ?? checkout.path }
    }

    /// The sources of exactly this version; nil where they are not there.
    func release(of position: Int) -> Place? {
        if let checkout = unpacked[universe.identifier(position)] { return Place(checkout: checkout, tag: nil) }
        let package = universe.packages[position]
        for checkout in checkouts[package.name] ?? [] where checkout.isRepository {
            let tag = SourceReleases.tag(
                of: package.version.text, package: universe.names[package.name], among: checkout.tags)
            if let tag { return Place(checkout: checkout, tag: tag) }
        }
        return nil
    }

    /// The newest sources of a package, whatever their version.
    func newest(of name: Int) -> Place? {
        checkouts[name]?.first.map { Place(checkout: $0, tag: nil) }
    }

    /// Surveys the sources of a package at a place. Where a repository holds several packages, each in a folder with an
    /// opam file of its own, only that folder counts.
    func survey(_ name: Int, at place: Place) async throws(FileError) -> SourceSurvey {
        let isWanted: @Sendable (String) -> Bool = { path in SourceSurvey.isWanted(path: path) }
        var files = try await SourceReleases.files(of: place.checkout, tag: place.tag, wanted: isWanted)
        if let folder = Self.folder(of: universe.names[name], in: files) {
            files = files.filter { $0.path.hasPrefix(folder + "/") }
        }
        return SourceSurvey(
            files.map { SourceSurvey.File(path: $0.path, bytes: $0.bytes) }, Catalogue.index)
    }

    /// The folder of a package among several: the one whose opam file names it, or whose name ends the package's.
    private static func folder(of name: String, in files: [(path: String, bytes: [UInt8])]) -> String? {
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
    private static func folderByName(of name: String, in files: [(path: String, bytes: [UInt8])]) -> String? {
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
