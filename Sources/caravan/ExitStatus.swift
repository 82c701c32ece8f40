import ArgumentParser

/// How the program ends, by the convention of the OCaml tools (cmdliner).
enum ExitStatus {
    /// The command's own "no".
    static let no = ExitCode(1)
    /// An error that was reported on standard error.
    static let reportedError = ExitCode(123)
    static let commandLineError = ExitCode(124)
    static let internalError = ExitCode(125)
}
