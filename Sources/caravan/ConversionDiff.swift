import Rewriting
import Text
import Workspace

/// The diff of a conversion. Paths are relative to the root of the work tree where all files lie in one, since that is
/// where `git apply` looks for them; else as they are shown.
enum ConversionDiff {
    static func render(_ files: [ConvertedInput], jobs: Int) async -> [UInt8] {
        let places = await WorkTreePlaces.of(files.map(\.location))
        let trees = Set(places.map { $0?.tree })
        let isOneTree = trees.count == 1 && trees.first != .some(nil)
        let named = zip(files, places).map { entry, place in
            (path: isOneTree ? place?.path ?? entry.file.path : entry.file.path, file: entry.file)
        }
        let parts = await parallelMap(named, jobs: jobs) {
            UnifiedDiff.render(path: $0.path, from: $0.file.before, to: $0.file.after)
        }
        return Array(parts.joined())
    }
}

/// Where files lie in work trees. Git is asked about the directory that holds them all; below it a directory is in the same tree
/// as the one above, unless a `.git` or a symbolic link stands there, and then git is asked again.
enum WorkTreePlaces {
    struct Place: Sendable {
        let tree: WorkTree
        /// Relative to its root.
        let path: String
    }

    /// In the order of the locations; nil for what lies in no work tree.
    static func of(_ locations: [String]) async -> [Place?] {
        let directories = locations.map(directory)
        let top = directories.reduce(directories.first ?? "") { directory(String($0.commonPrefix(with: $1))) }
        var known = [top: await WorkTree.place(of: top)]
        var places: [Place?] = []
        for (location, directory) in zip(locations, directories) {
            let place = await place(of: directory, &known)
            let name = String(location.dropFirst(directory.count))
            places.append(place.map { Place(tree: $0.tree, path: $0.prefix + name) })
        }
        return places
    }

    private static func place(of directory: String, _ known: inout [String: WorkTree.Place?]) async -> WorkTree.Place? {
        if let answer = known[directory] { return answer }
        let above = Self.directory(String(directory.dropLast()))
        let name = directory.dropFirst(above.count)
        let answer: WorkTree.Place?
        if name.count > 1, name != "./", name != "../", WorkTree.isOrdinaryDirectory(directory) {
            answer = await place(of: above, &known).map { WorkTree.Place(tree: $0.tree, prefix: $0.prefix + name) }
        } else {
            answer = await WorkTree.place(of: directory)
        }
        known[directory] = .some(answer)
        return answer
    }

    /// All up to the last `/`, it included; empty where there is none.
    private static func directory(_ path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
    }
}

extension String {
    fileprivate func commonPrefix(with other: String) -> Substring {
        var (left, right) = (startIndex, other.startIndex)
        while left < endIndex, right < other.endIndex, self[left] == other[right] {
            (left, right) = (index(after: left), other.index(after: right))
        }
        return self[..<left]
    }
}

/// Says which files git could not bring back, so that they are not written over.
struct WorkTreeGuard {
    let allowDirty: Bool
    let allowNoVCS: Bool

    /// Lines that say what stands against writing these files; empty where nothing does.
    func objections(to files: [ConvertedInput]) async throws -> [String] {
        let places = await WorkTreePlaces.of(files.map(\.location))
        var unversioned: [String] = []
        var inTree: [WorkTree: [(path: String, shown: String)]] = [:]
        for (entry, place) in zip(files, places) {
            if let place {
                inTree[place.tree, default: []].append((place.path, entry.file.path))
            } else {
                unversioned.append(entry.file.path)
            }
        }
        var dirty: [String] = []
        for (tree, entries) in inTree.sorted(by: { $0.key.root < $1.key.root }) {
            let untracked = Set(try await tree.untracked(among: entries.map(\.path)))
            unversioned += entries.filter { untracked.contains($0.path) }.map(\.shown)
            dirty += try await tree.changedFiles()
        }
        var objections: [String] = []
        if !unversioned.isEmpty, !allowNoVCS {
            objections.append("git does not know these files (--allow-no-vcs writes them all the same):")
            objections += unversioned.sorted().map { "  \($0)" }
        }
        if !dirty.isEmpty, !allowDirty {
            objections.append("these files differ from the last commit (--allow-dirty writes all the same):")
            objections += dirty.map { "  \($0)" }
        }
        return objections
    }
}
