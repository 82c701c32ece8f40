import Glibc

/// Standard output and standard error: bytes out, and whether people watch.
///
/// A closed pipe is no error: the reader has seen enough, so the rest is dropped.
package struct StandardStream: Sendable {
    package static let output = StandardStream(descriptor: STDOUT_FILENO)
    package static let error = StandardStream(descriptor: STDERR_FILENO)

    private let descriptor: CInt

    /// Lets writes to a closed pipe fail instead of ending the process. To be called once at the start.
    ///
    /// A handler that does nothing, not `SIG_IGN`: handlers are reset in the processes that we start.
    package static func survivePipes() {
        signal(SIGPIPE) { _ in }
    }

    /// Writes all of `bytes`; an error other than a closed pipe (a full disk) is thrown.
    package func write(_ bytes: [UInt8]) throws(FileError) {
        guard let failure = writeAll(bytes, to: descriptor), failure != EPIPE else { return }
        throw FileError(
            path: descriptor == STDOUT_FILENO ? "standard output" : "standard error", reason: systemMessage(failure))
    }

    /// Writes one line; what cannot be written here can be told nowhere else.
    package func writeLine(_ line: String) {
        _ = writeAll(Array((line + "\n").utf8), to: descriptor)
    }

    /// Puts a line in place of the last one, which is not ended: for terminals. The text is cut to the window.
    package func overwrite(_ line: String) {
        _ = writeAll(Array("\r\u{1B}[K\(line.prefix(max(0, width - 1)))".utf8), to: descriptor)
    }

    package var isTerminal: Bool { isatty(descriptor) == 1 }

    /// The window's width in columns: `COLUMNS` where it is set, else the terminal's own, else 100.
    package var width: Int {
        if let text = environmentVariable("COLUMNS"), let columns = Int(text), columns > 0 { return columns }
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
        return Int(size.ws_col)
    }

    /// Whether to colour: only on a terminal, and never against `NO_COLOR`, `OPAMCOLOR=never` or `TERM=dumb`.
    package var takesColour: Bool {
        Self.colour(onTerminal: isTerminal) { environmentVariable($0) }
    }

    /// The rule of `takesColour` for a given environment. `OPAMCOLOR` is `always`, `never` or `auto`, as opam reads it.
    package static func colour(onTerminal: Bool, _ variable: (String) -> String?) -> Bool {
        if let noColour = variable("NO_COLOR"), !noColour.isEmpty { return false }
        if variable("TERM") == "dumb" { return false }
        switch variable("OPAMCOLOR") {
        case "never": return false
        default: return onTerminal
        }
    }
}

/// A variable of the process's environment.
package func environmentVariable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
}
