/// Reads the opam files of a git repository at many points of its history, each distinct blob once.
///
/// Git is asked for the differences between the points alone, so the cost is that of what changed.
package struct OpamHistoryReader: Sendable {
    /// A commit of the first-parent history.
    package struct Commit: Sendable, Hashable {
        package let hash: String
        /// Seconds since 1970, of the committer.
        package let time: Int
        /// YYYY-MM-DD, UTC.
        package let date: String
    }

    /// The state at one commit: which opam files there are.
    package struct Point: Sendable {
        package let commit: Commit
        /// Blobs by path that were added or changed since the point before.
        package let changed: [(path: String, object: String)]
        /// Paths that are gone since the point before.
        package let removed: [String]
    }

    private let directory: String
    private let git: Git
    private let reader: OpamRepositoryReader

    package init(directory: String) {
        self.directory = directory
        git = Git(directory: directory)
        reader = OpamRepositoryReader(directory: directory)
    }

    /// The commits of the first-parent history of a revision, the oldest first.
    package func commits(of revision: String) async throws(FileError) -> [Commit] {
        let end = try await reader.resolve(revision)
        let answer = try await ask([
            "log", "--first-parent", "--reverse", "--date=format-local:%Y-%m-%d", "--format=%H %ct %cd", end,
        ])
        return answer.split(separator: 0x0A).compactMap { line in
            let fields = String(decoding: line, as: UTF8.self).split(separator: " ")
            guard fields.count == 3, let time = Int(fields[1]) else { return nil }
            return Commit(hash: String(fields[0]), time: time, date: String(fields[2]))
        }
    }

    /// The hash of the tree without entries, the same in every repository.
    private static let emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"

    /// What changed from point to point.
    package func points(at commits: [Commit]) async throws(FileError) -> [Point] {
        guard !commits.isEmpty else { return [] }
        let names = commits.map { $0.hash + "^{tree}" }
        let listing = try await ask(["rev-parse"] + names)
        let trees = String(decoding: listing, as: UTF8.self).split(separator: "\n").map(String.init)
        guard trees.count == commits.count else {
            throw FileError(path: directory, reason: "git names \(trees.count) trees of \(commits.count) commits")
        }
        var input = ""
        for (before, after) in zip([Self.emptyTree] + trees, trees) { input += "\(before) \(after)\n" }
        let answer = try await ask(
            ["diff-tree", "--stdin", "-r", "-z", "--no-renames", "--raw", "--", "packages"], Array(input.utf8))
        let changes = Self.changes(answer, zip([Self.emptyTree] + trees, trees).map { "\($0) \($1)" })
        return zip(commits, changes).map { Point(commit: $0, changed: $1.changed, removed: $1.removed) }
    }

    /// The contents of blobs, in their order; nil for one that is missing.
    package func read(blobs: [String]) async throws(FileError) -> [[UInt8]?] {
        try await reader.read(blobs: blobs)
    }

    private typealias Changes = (changed: [(path: String, object: String)], removed: [String])

    /// Sorts the answer of `git diff-tree --stdin -z --raw` by the pairs of trees; equal trees have no part in it.
    private static func changes(_ answer: [UInt8], _ pairs: [String]) -> [Changes] {
        var result = [Changes](repeating: ([], []), count: pairs.count)
        var current = -1
        var status: (object: String, isRemoval: Bool)?
        for field in answer.split(separator: 0) {
            var field = field
            // A header ends with a line end and not with a zero, so it stands before the first entry of its pair.
            while let end = field.firstIndex(of: 0x0A), field.first != UInt8(ascii: ":"), status == nil {
                let header = String(decoding: field[..<end], as: UTF8.self)
                if let next = pairs[(current + 1)...].firstIndex(of: header) { current = next }
                field = field[(end + 1)...]
            }
            if let known = status {
                status = nil
                let path = String(decoding: field, as: UTF8.self)
                guard result.indices.contains(current), path.hasSuffix("/opam") else { continue }
                if known.isRemoval {
                    result[current].removed.append(path)
                } else {
                    result[current].changed.append((path, known.object))
                }
                continue
            }
            let words = field.split(separator: UInt8(ascii: " "))
            guard words.count == 5, words[4].first.map({ "ADMT".utf8.contains($0) }) ?? false else { continue }
            // A link or a submodule of that name is no file.
            let isFile = words[1].starts(with: "100".utf8)
            status = (String(decoding: words[3], as: UTF8.self), !isFile)
        }
        return result
    }

    private func ask(_ arguments: [String], _ input: [UInt8] = []) async throws(FileError) -> [UInt8] {
        do {
            return try await git.output(arguments, input: input)
        } catch {
            throw FileError(path: directory, reason: "git cannot be asked: \(error.reason)")
        }
    }
}
