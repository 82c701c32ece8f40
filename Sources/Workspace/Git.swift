/// Git, asked about one repository (a work tree or a bare one).
///
/// Reads only: no locks are taken for refreshing the index, no prompts and no pager appear.
package struct Git: Sendable {
    /// Where git is started: anywhere in a work tree, or a bare repository.
    package let directory: String

    package init(directory: String) {
        self.directory = directory
    }

    /// Runs `git` with these arguments; whatever its status, the answer is returned.
    package func run(_ arguments: [String], input: [UInt8] = []) async throws(ProcessError) -> ProcessOutput {
        try await ProcessRunner.run(
            "git", ["--no-pager"] + arguments, in: directory, input: input,
            environment: [("GIT_OPTIONAL_LOCKS", "0"), ("GIT_TERMINAL_PROMPT", "0"), ("LC_ALL", "C")])
    }

    /// What `git` writes to standard output; a status other than 0 is thrown with git's own words.
    package func output(_ arguments: [String], input: [UInt8] = []) async throws(ProcessError) -> [UInt8] {
        let answer = try await run(arguments, input: input)
        guard answer.succeeded else {
            let words = answer.errorText.split(separator: "\n").first.map(String.init) ?? "status \(answer.status)"
            throw ProcessError(command: (["git"] + arguments.prefix(2)).joined(separator: " "), reason: words)
        }
        return answer.output
    }

    /// The root of the work tree that holds `directory`; nil where it is in none, or git is not installed.
    package func workTreeRoot() async -> String? {
        guard let answer = try? await run(["rev-parse", "--show-toplevel"]), answer.succeeded else { return nil }
        let root = answer.outputText.trimmingLineEnd()
        return root.isEmpty ? nil : root
    }

    /// Whether `directory` is a bare repository, or lies in one.
    package func isBare() async -> Bool {
        guard let answer = try? await run(["rev-parse", "--is-bare-repository"]) else { return false }
        return answer.succeeded && answer.outputText.hasPrefix("true")
    }
}

extension String {
    fileprivate func trimmingLineEnd() -> String {
        var text = self[...]
        while let last = text.unicodeScalars.last, last == "\n" || last == "\r" { text.unicodeScalars.removeLast() }
        return String(text)
    }
}
