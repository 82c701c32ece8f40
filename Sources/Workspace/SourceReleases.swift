/// The releases of packages under one folder: git repositories, whose tags are releases, and unpacked releases as
/// `opam source` makes them (`NAME.VERSION`, or `NAME-VERSION` as archives unpack).
///
/// Repositories are read without a checkout, bare ones too, and nothing is written.
package struct SourceReleases: Sendable {
    /// One folder with sources.
    package struct Checkout: Sendable, Hashable {
        package let path: String
        /// What names it: the parts of its path below the root, the last first (`ocaml-dns`, then `mirage`).
        package let names: [String]
        package let isRepository: Bool
        /// The tags of a repository.
        package let tags: [String]
        /// The address that it was cloned from, where git knows one.
        package let origin: String?
        /// The paths named `opam` or ending in `.opam` of its newest state.
        package let opamFiles: [String]
    }

    package let checkouts: [Checkout]

    /// - Parameter root: looked at to a depth of three folders.
    package init(root: String) async throws(FileError) {
        var checkouts: [Checkout] = []
        var pending = [(path: root, names: [String]())]
        while let next = pending.popLast() {
            if let checkout = await Self.repository(next.path, next.names) {
                checkouts.append(checkout)
                continue
            }
            let entries: [DirectoryListing.Entry]
            do {
                entries = try DirectoryListing.entries(of: next.path)
            } catch {
                if next.names.isEmpty { throw error }
                continue
            }
            let holdsFiles = entries.contains { !$0.isDirectory && SourceFileNames.looksLikeProject($0.name) }
            if holdsFiles, !next.names.isEmpty {
                checkouts.append(Self.plain(next.path, next.names))
            } else if next.names.count < 3 {
                for entry in entries where entry.isDirectory && !FileWalker.skippedDirectories.contains(entry.name) {
                    pending.append(("\(next.path)/\(entry.name)", [entry.name] + next.names))
                }
            }
        }
        self.checkouts = checkouts.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private static func plain(_ path: String, _ names: [String]) -> Checkout {
        let walker = try? FileWalker(root: path) { $0 == "opam" || $0.hasSuffix(".opam") }
        return Checkout(
            path: path, names: names, isRepository: false, tags: [], origin: nil,
            opamFiles: walker?.files.map(\.path) ?? [])
    }

    private static func repository(_ path: String, _ names: [String]) async -> Checkout? {
        let isWorkTree = (try? FileKind.of(path + "/.git")) != nil
        let isBare = (try? FileKind.of(path + "/HEAD")) != nil && (try? FileKind.of(path + "/objects")) != nil
        guard isWorkTree || isBare else { return nil }
        let git = Git(directory: path)
        guard let tags = try? await git.run(["tag", "--list"]), tags.succeeded else { return nil }
        let origin = try? await git.run(["config", "--get", "remote.origin.url"])
        let listing = try? await git.run(["ls-tree", "-r", "-z", "--name-only", "--full-tree", "HEAD"])
        let files = (listing?.output ?? []).split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return Checkout(
            path: path, names: names, isRepository: true,
            tags: tags.outputText.split(separator: "\n").map(String.init),
            origin: origin?.outputText.split(separator: "\n").first.map(String.init),
            opamFiles: files.filter { $0 == "opam" || $0.hasSuffix("/opam") || $0.hasSuffix(".opam") })
    }

    // MARK: Which checkout and tag

    /// The tag of a version: the version alone, behind a `v`, or behind the package's name or a word that says release.
    package static func tag(of version: String, package: String, among tags: [String]) -> String? {
        let prefixes =
            ["", "v", "V", "v.", "release-", "release/", "version-", "r"]
            + ["-", ".", "_", "-v", "/"].map { package + $0 }
        let spelled = [version, version.split(separator: ".").joined(separator: "_")]
        for prefix in prefixes {
            for spelling in spelled where tags.contains(prefix + spelling) { return prefix + spelling }
        }
        // Any one tag that ends in the version, behind a word of letters.
        let ending = tags.filter { tag in
            tag.hasSuffix("-" + version) && tag.dropLast(version.count + 1).allSatisfy { !$0.isNumber }
        }
        return ending.count == 1 ? ending[0] : nil
    }

    /// The last part of an address without `.git`, in small letters: `ocaml-dns`.
    package static func repositoryName(_ address: String) -> String? {
        var rest = address[...]
        if let mark = rest.firstIndex(of: "#") { rest = rest[..<mark] }
        while rest.hasSuffix("/") { rest = rest.dropLast() }
        if rest.hasSuffix(".git") { rest = rest.dropLast(4) }
        let name = rest.split { $0 == "/" || $0 == ":" }.last.map { $0.lowercased() }
        return name.flatMap { $0.isEmpty ? nil : $0 }
    }

    // MARK: Reading

    /// A file of a repository: its content is named by its object.
    package struct Blob: Sendable, Hashable {
        package let path: String
        package let object: String
    }

    /// The last commit on the way to the newest state by the end of a day (YYYY-MM-DD, UTC); nil where there is none.
    package static func commit(of checkout: Checkout, on date: String) async -> String? {
        let arguments = ["rev-list", "-1", "--before=\(date)T23:59:59Z", "HEAD"]
        guard let answer = try? await Git(directory: checkout.path).run(arguments), answer.succeeded else { return nil }
        return answer.outputText.split(separator: "\n").first.map(String.init)
    }

    /// The files of a state of a repository whose paths are wanted.
    ///
    /// - Parameter revision: as git spells it.
    package static func listing(
        of checkout: Checkout, revision: String, wanted: @Sendable (String) -> Bool
    ) async throws(FileError) -> [Blob] {
        let listing: ProcessOutput
        do {
            listing = try await Git(directory: checkout.path).run(["ls-tree", "-r", "-z", "--full-tree", revision])
        } catch {
            throw FileError(path: checkout.path, reason: "git cannot be asked: \(error.reason)")
        }
        guard listing.succeeded else {
            throw FileError(path: checkout.path, reason: "git cannot list \(revision): \(listing.errorText)")
        }
        return OpamRepositoryReader.blobs(listing.output, where: wanted).map { Blob(path: $0.path, object: $0.object) }
    }

    /// The contents of files of a repository; what is missing is left out.
    package static func read(
        _ blobs: [Blob], of checkout: Checkout
    ) async throws(FileError) -> [(path: String, bytes: [UInt8])] {
        let contents = try await OpamRepositoryReader(directory: checkout.path).read(blobs: blobs.map(\.object))
        return zip(blobs, contents).compactMap { blob, bytes in bytes.map { (blob.path, $0) } }
    }

    /// The files of a plain folder whose paths are wanted.
    package static func files(
        of checkout: Checkout, wanted: (String) -> Bool
    ) throws(FileError) -> [(path: String, bytes: [UInt8])] {
        let walker = try FileWalker(root: checkout.path) { _ in true }
        var files: [(path: String, bytes: [UInt8])] = []
        for file in walker.files where wanted(file.path) {
            guard let bytes = try? FileReader.read(file.location) else { continue }
            files.append((file.path, bytes))
        }
        return files
    }
}

/// File names that make a folder a project's root.
private enum SourceFileNames {
    static func looksLikeProject(_ name: String) -> Bool {
        ["opam", "_oasis", "_tags", "Makefile", "META", "dune-project", "configure", "OMakefile", "setup.ml"]
            .contains(name) || [".opam", ".ml", ".mli"].contains { name.hasSuffix($0) }
    }
}

/// What stands directly in a folder.
enum DirectoryListing {
    struct Entry {
        let name: String
        let isDirectory: Bool
    }

    /// Sorted by name; links are followed to learn what they lead to.
    static func entries(of directory: String) throws(FileError) -> [Entry] {
        try FileWalker.names(in: directory).sorted().map { name in
            Entry(name: name, isDirectory: (try? FileKind.of("\(directory)/\(name)")) == .directory)
        }
    }
}
