/// What differs between the place where a branch left another and the work tree, or a commit: changed, new, moved and
/// deleted files.
package struct ChangeSet: Sendable {
    /// One file that differs.
    package struct Change: Sendable, Hashable {
        /// Nil for a new file.
        package let oldPath: String?
        /// The blob of the old version.
        package let oldObject: String?
        /// Nil for one that is gone.
        package let newPath: String?
        /// The blob of the new version; nil where git has none yet.
        package let newObject: String?
    }

    /// The commit that is compared with.
    package let base: String
    /// In git's order.
    package let changes: [Change]

    /// - Parameters:
    ///   - root: of the work tree; with a commit a bare repository will do.
    ///   - revision: the other branch; its merge base with the state that is looked at counts.
    ///   - commit: what is looked at; nil for the work tree.
    package init(gitRoot root: String, since revision: String, at commit: String? = nil) async throws(FileError) {
        let git = Git(directory: root)
        let base = try await Self.mergeBase(git, revision, commit)
        self.base = base
        changes = try await Self.changes(git, since: base, commit, root)
    }

    /// The changes since one commit, without a merge base.
    package init(gitRoot root: String, sinceCommit base: String) async throws(FileError) {
        self.base = base
        changes = try await Self.changes(Git(directory: root), since: base, nil, root)
    }

    /// Old paths by new ones, of the files that moved.
    package var oldPaths: [String: String] {
        var paths: [String: String] = [:]
        for change in changes {
            if let old = change.oldPath, let new = change.newPath, old != new { paths[new] = old }
        }
        return paths
    }

    // MARK: The base

    /// What to say where git has not a blob that the base names: a partial clone.
    package static let missingBlob = "git has not its version of the base; fetch it first: git fetch --refetch origin"

    private static func mergeBase(
        _ git: Git, _ revision: String, _ commit: String?
    ) async throws(FileError) -> String {
        let answer = try await ask(git, ["merge-base", commit ?? "HEAD", revision])
        if answer.succeeded, let base = answer.outputText.split(separator: "\n").first { return String(base) }
        throw FileError(path: "--since \(revision)", reason: try await reason(git, revision))
    }

    /// Why there is no merge base, and what to type.
    private static func reason(_ git: Git, _ revision: String) async throws(FileError) -> String {
        let isKnown = try await ask(
            git, ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"]
        ).succeeded
        let remotes = try await ask(git, ["remote"]).outputText.split(separator: "\n").map(String.init)
        let isShallow = try await ask(git, ["rev-parse", "--is-shallow-repository"]).outputText.hasPrefix("true")
        let remote = remotes.first { revision.hasPrefix($0 + "/") } ?? remotes.first ?? "origin"
        let branch = revision.hasPrefix(remote + "/") ? String(revision.dropFirst(remote.count + 1)) : revision
        let unshallow = isShallow ? "--unshallow " : ""
        let fetch = "git fetch \(unshallow)\(remote) +refs/heads/\(branch):refs/remotes/\(remote)/\(branch)"
        if !isKnown {
            let hasHead = try await ask(git, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).succeeded
            if !hasHead { return "this repository has no commit yet, so nothing to compare with" }
            let looksLikeHash = revision.count >= 7 && revision.allSatisfy(\.isHexDigit)
            let command = looksLikeHash ? "git fetch \(unshallow)\(remote) \(revision)" : fetch
            return "there is no such revision here; fetch it first: \(command)"
        }
        if isShallow {
            return "this clone is shallow and does not reach back to where the two parted; fetch the rest first: "
                + "git fetch --unshallow \(remote)  (in GitHub's checkout action: `fetch-depth: 0`)"
        }
        return "it has no commit in common with HEAD, so there is nothing to compare with; if it was cut off: \(fetch)"
    }

    // MARK: Changes

    private static func changes(
        _ git: Git, since base: String, _ commit: String?, _ root: String
    ) async throws(FileError) -> [Change] {
        async let others = commit == nil ? untracked(git) : .success([])
        let answer = try await ask(
            git,
            ["diff", "--raw", "-z", "-M", "-l20000", "--no-abbrev", "--no-ext-diff", "--ignore-submodules", base]
                + (commit.map { [$0] } ?? []) + ["--"])
        guard answer.succeeded else {
            throw FileError(path: root, reason: "git cannot compare with \(base): \(answer.errorText)")
        }
        var changes = read(answer.output)
        for path in try await others.get().split(separator: 0) where path.last != UInt8(ascii: "/") {
            changes.append(Change(oldPath: nil, oldObject: nil, newPath: shownPath(Array(path)), newObject: nil))
        }
        return changes
    }

    /// Reads `git diff --raw -z`: `:MODE MODE HASH HASH STATUS`, then a path, of a moved file two.
    private static func read(_ answer: [UInt8]) -> [Change] {
        var changes: [Change] = []
        var fields = answer.split(separator: 0)[...]
        while let header = fields.popFirst() {
            let words = header.split(separator: UInt8(ascii: " "))
            guard words.count == 5, let status = words[4].first, let first = fields.popFirst() else { break }
            let isMoved = status == UInt8(ascii: "R") || status == UInt8(ascii: "C")
            let second = isMoved ? fields.popFirst() : first
            func path(_ bytes: ArraySlice<UInt8>?, _ mode: ArraySlice<UInt8>) -> String? {
                // Files alone: neither links nor submodules.
                mode.starts(with: "100".utf8) ? bytes.map { shownPath(Array($0)) } : nil
            }
            let old = path(first, words[0].dropFirst())
            let new = path(second, words[1])
            // A copy leaves the original where it is.
            let isCopy = status == UInt8(ascii: "C")
            if old == nil && new == nil { continue }
            let isUnknown = words[3].allSatisfy { $0 == UInt8(ascii: "0") }
            changes.append(
                Change(
                    oldPath: isCopy ? nil : old,
                    oldObject: old == nil || isCopy ? nil : String(decoding: words[2], as: UTF8.self),
                    newPath: new,
                    newObject: new == nil || isUnknown ? nil : String(decoding: words[3], as: UTF8.self)))
        }
        return changes
    }

    private static func untracked(_ git: Git) async -> Result<[UInt8], FileError> {
        do throws(FileError) {
            return .success(try await ask(git, ["ls-files", "-z", "--others", "--exclude-standard"]).output)
        } catch {
            return .failure(error)
        }
    }

    private static func ask(_ git: Git, _ arguments: [String]) async throws(FileError) -> ProcessOutput {
        do {
            return try await git.run(arguments)
        } catch {
            throw FileError(path: git.directory, reason: "git cannot be asked: \(error.reason)")
        }
    }
}
