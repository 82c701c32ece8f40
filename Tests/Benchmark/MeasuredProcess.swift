import Glibc
import Workspace

/// A program run to its end: what it cost, and what it wrote to files.
struct MeasuredProcess {
    let status: Int32
    /// CPU seconds, user and system, of the program and of the processes that it waited for.
    let seconds: Double
    /// The most memory that it held, in bytes.
    let peakMemory: Int

    /// - Parameters:
    ///   - program: a name looked up in `PATH`, or a path.
    ///   - output: the file that its standard output goes to; standard error goes to the file of that name with `.err`.
    init(_ program: String, _ arguments: [String], in directory: String, output: String) throws {
        // The shell puts the program in its own place, so its cost is the program's.
        let script = "cd \"$1\" && output=$2 && shift 2 && exec \"$@\" >\"$output\" 2>\"$output.err\" </dev/null"
        let words = ["sh", "-c", script, "sh", directory, output, program] + arguments
        var pointers = unsafe words.map { unsafe strdup($0) } + [nil]
        defer { unsafe pointers.forEach { unsafe free($0) } }
        var process: pid_t = 0
        guard unsafe posix_spawn(&process, "/bin/sh", nil, nil, &pointers, environ) == 0 else {
            throw ProcessError(command: program, reason: "cannot be run")
        }
        var status: Int32 = 0
        var usage = rusage()
        guard unsafe wait4(process, &status, 0, &usage) == process else {
            throw ProcessError(command: program, reason: "its end could not be seen")
        }
        self.status = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
        seconds = Stopwatch.seconds(usage.ru_utime) + Stopwatch.seconds(usage.ru_stime)
        peakMemory = usage.ru_maxrss * 1024
    }
}
