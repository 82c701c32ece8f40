import Rewriting
import Text
import Workspace

/// The diff of a conversion. Paths are relative to the root of the work tree where all files lie in one, since that is
/// where `git apply` looks for them; else as they are shown.
enum ConversionDiff {
    static func render(_ files: [ConvertedInput]) async -> [UInt8] {
        let places = await WorkTreePlaces.of(files.map(\.location))
        let trees = Set(places.map { $0?.tree })
        let isOneTree = trees.count == 1 && trees.first != .some(nil)
        var output: [UInt8] = []
        for (entry, place) in zip(files, places) {
            let path = isOneTree ? place?.path ?? entry.file.path : entry.file.path
            output += UnifiedDiff.render(path: path, from: entry.file.before, to: entry.file.after)
        }
        return output
    }
}

/// Where files lie in work trees, each directory asked about once.
enum WorkTreePlaces {
    struct Place: Sendable {
        let tree: WorkTree
        /// Relative to its root.
        let path: String
    }

    /// In the order of the locations; nil for what lies in no work tree.
    static func of(_ locations: [String]) async -> [Place?] {
        var known: [String: WorkTree.Place?] = [:]
        var places: [Place?] = []
        for location in locations {
            let slash = location.utf8.lastIndex(of: UInt8(ascii: "/"))
            let directory = slash.map { String(location[...$0]) } ?? ""
            let name = slash.map { String(location[location.utf8.index(after: $0)...]) } ?? location
            let place: WorkTree.Place?
            if let answer = known[directory] { place = answer } else { place = await WorkTree.place(of: directory) }
            known[directory] = .some(place)
            places.append(place.map { Place(tree: $0.tree, path: $0.prefix + name) })
        }
        return places
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
