/// Reads the opam files of a repository: from a directory, or from git at a revision or a date, without a checkout.
package struct OpamRepositoryReader: Sendable {
    /// One opam file, its path relative to the repository's root.
    package struct File: Sendable {
        package let path: String
        package let bytes: [UInt8]
    }

    /// What was read, and from where.
    package struct Contents: Sendable {
        package var files: [File]
        package var skipped: [FileWalker.Skipped]
        /// The commit, where git was asked.
        package var revision: String?
        /// The day of the commit (UTC, YYYY-MM-DD), where git was asked.
        package var date: String?
    }

    package let directory: String
    private let git: Git

    package init(directory: String) {
        self.directory = directory
        git = Git(directory: directory)
    }

    /// Reads the whole repository.
    ///
    /// - Parameter revision: a revision or tag of that name, else a date (YYYY-MM-DD): the last commit of that day or
    ///   before, UTC. Nil reads the directory itself, or `HEAD` where it is a bare git repository.
    package func read(at revision: String?, jobs: Int) async throws(FileError) -> Contents {
        if case .directory = try FileKind.of(directory) {
        } else {
            throw FileError(
                path: directory, reason: "is not a directory; give the root of an opam repository or a git repository")
        }
        if let revision { return try await read(commit: try await resolve(revision)) }
        if let kind = try? FileKind.of(directory + "/packages"), case .directory = kind {
            return try await readTree(jobs: jobs)
        }
        if await git.isBare() {
            return try await read(commit: try await resolve("HEAD"))
        }
        throw FileError(
            path: directory,
            reason: "is not an opam repository: it has no `packages` directory and is no bare git repository")
    }

    private func readTree(jobs: Int) async throws(FileError) -> Contents {
        let walker = try FileWalker(root: directory + "/packages") { $0 == "opam" }
        let results = await parallelMap(walker.files, jobs: jobs) { file -> Result<File, FileError> in
            do throws(FileError) {
                return .success(File(path: "packages/" + file.path, bytes: try FileReader.read(file.location)))
            } catch {
                return .failure(FileError(path: "packages/" + file.path, reason: error.reason))
            }
        }
        var skipped = walker.skipped.map { FileWalker.Skipped(path: "packages/" + $0.path, reason: $0.reason) }
        var files: [File] = []
        files.reserveCapacity(results.count)
        for result in results {
            switch result {
            case .success(let file): files.append(file)
            case .failure(let error): skipped.append(FileWalker.Skipped(path: error.path, reason: error.reason))
            }
        }
        return Contents(files: files, skipped: skipped, revision: nil, date: nil)
    }

    // MARK: Git

    /// The commit that a revision or a date names.
    package func resolve(_ revision: String) async throws(FileError) -> String {
        let commit = try await ask(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"])
        if commit.succeeded { return Self.line(commit) }
        let isRepository = try await ask(["rev-parse", "--git-dir"])
        guard isRepository.succeeded else {
            throw FileError(path: directory, reason: "is not a git repository, so there is no revision `\(revision)`")
        }
        guard let day = CalendarDay(revision) else {
            throw FileError(
                path: directory, reason: "has no revision `\(revision)`, and it is no date (YYYY-MM-DD) either")
        }
        // As a number of seconds: git's own reading of dates is wrong before 1970 and after 2099.
        let before = "--min-age=\(max(0, day.lastSecond))"
        var found = try await ask(["rev-list", "-1", "--first-parent", before, "HEAD"])
        if !found.succeeded { found = try await ask(["rev-list", "-1", before, "--all"]) }
        guard found.succeeded, !Self.line(found).isEmpty else {
            throw FileError(path: directory, reason: "has no commit of \(revision) or before")
        }
        return Self.line(found)
    }

    private func read(commit: String) async throws(FileError) -> Contents {
        let date = try await ask(["show", "-s", "--date=format-local:%Y-%m-%d", "--format=%cd", commit])
        let listing = try await ask(["ls-tree", "-r", "-z", commit, "--", "packages"])
        guard listing.succeeded, date.succeeded else {
            throw FileError(path: directory, reason: "git cannot list \(commit): \(listing.errorText)")
        }
        let blobs = Self.opamBlobs(listing.output)
        guard !listing.output.isEmpty else {
            throw FileError(path: directory, reason: "is not an opam repository: \(commit) has no `packages` directory")
        }
        var contents = Contents(files: [], skipped: [], revision: commit, date: Self.line(date))
        contents.files.reserveCapacity(blobs.count)
        // In portions: the answer of one `cat-file` is held whole.
        for start in stride(from: 0, to: blobs.count, by: 4096) {
            let portion = blobs[start..<min(start + 4096, blobs.count)]
            let bytes = try await read(blobs: portion.map(\.object))
            for (blob, bytes) in zip(portion, bytes) {
                if let bytes {
                    contents.files.append(File(path: blob.path, bytes: bytes))
                } else {
                    contents.skipped.append(
                        FileWalker.Skipped(path: blob.path, reason: "git has no object \(blob.object)"))
                }
            }
        }
        return contents
    }

    /// The contents of git objects, in their order; nil for one that is missing.
    package func read(blobs objects: [String]) async throws(FileError) -> [[UInt8]?] {
        let input = Array(objects.map { $0 + "\n" }.joined().utf8)
        let answer = try await ask(["cat-file", "--batch", "--buffer"], input: input)
        guard answer.succeeded else {
            throw FileError(path: directory, reason: "git cat-file failed: \(answer.errorText)")
        }
        var results: [[UInt8]?] = []
        results.reserveCapacity(objects.count)
        let output = answer.output
        var offset = 0
        while offset < output.count, let end = output[offset...].firstIndex(of: 0x0A) {
            let header = String(decoding: output[offset..<end], as: UTF8.self).split(separator: " ")
            guard header.count == 3, let size = Int(header[2]), end + 1 + size <= output.count else {
                results.append(nil)
                offset = end + 1
                continue
            }
            results.append(Array(output[(end + 1)..<(end + 1 + size)]))
            offset = end + 1 + size + 1
        }
        guard results.count == objects.count else {
            throw FileError(
                path: directory, reason: "git answered for \(results.count) of \(objects.count) objects")
        }
        return results
    }

    private func ask(_ arguments: [String], input: [UInt8] = []) async throws(FileError) -> ProcessOutput {
        do {
            return try await git.run(arguments, input: input)
        } catch {
            throw FileError(path: directory, reason: "git cannot be asked: \(error.reason)")
        }
    }

    private static func line(_ answer: ProcessOutput) -> String {
        answer.outputText.split(separator: "\n").first.map(String.init) ?? ""
    }

    /// The files named `opam` in the answer of `git ls-tree -r -z`.
    private static func opamBlobs(_ listing: [UInt8]) -> [(object: String, path: String)] {
        blobs(listing) { $0.hasSuffix("/opam") }
    }

    /// The files in the answer of `git ls-tree -r -z` whose paths are wanted.
    package static func blobs(
        _ listing: [UInt8], where isWanted: (String) -> Bool
    ) -> [(object: String, path: String)] {
        listing.split(separator: 0).compactMap { entry in
            guard let tab = entry.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
            let path = String(decoding: entry[(tab + 1)...], as: UTF8.self)
            guard isWanted(path) else { return nil }
            let fields = entry[..<tab].split(separator: UInt8(ascii: " "))
            guard fields.count == 3, fields[1].elementsEqual("blob".utf8) else { return nil }
            return (String(decoding: fields[2], as: UTF8.self), path)
        }
    }
}

/// A day of the Gregorian calendar, in UTC.
package struct CalendarDay: Hashable, Sendable {
    private let daysSince1970: Int

    /// From `YYYY-MM-DD`; nil where that is no day.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
        else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day >= 1, day <= lengths[month - 1] else { return nil }
        let before = year - 1
        let years = 365 * before + before / 4 - before / 100 + before / 400
        let epoch = 365 * 1969 + 1969 / 4 - 1969 / 100 + 1969 / 400
        daysSince1970 = years + lengths.prefix(month - 1).reduce(0, +) + day - 1 - epoch
    }

    /// Seconds since the start of 1970 at the day's last second; negative before.
    package var lastSecond: Int { daysSince1970 * 86_400 + 86_399 }
}
