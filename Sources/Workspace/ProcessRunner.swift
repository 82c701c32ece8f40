import Glibc
import Subprocess
import SystemPackage

/// What a process that ended left behind.
package struct ProcessOutput: Hashable, Sendable {
    /// The exit status; 128 and the signal's number where a signal ended it, as shells say.
    package let status: Int
    package let output: [UInt8]
    package let error: [UInt8]

    package init(status: Int, output: [UInt8], error: [UInt8]) {
        self.status = status
        self.output = output
        self.error = error
    }

    package var succeeded: Bool { status == 0 }
    package var outputText: String { String(decoding: output, as: UTF8.self) }
    package var errorText: String { String(decoding: error, as: UTF8.self) }
}

/// A process that could not be started, or that said no where yes was needed.
package struct ProcessError: Error, Hashable, Sendable, CustomStringConvertible {
    package let command: String
    package let reason: String

    package init(command: String, reason: String) {
        self.command = command
        self.reason = reason
    }

    package var description: String { "\(command): \(reason)" }
}

/// Runs other programs to their end. Nothing else in the project starts processes.
package enum ProcessRunner {
    /// Runs `executable` (a name looked up in `PATH`, or a path with `/`) and collects what it writes.
    ///
    /// A status other than 0 is an answer, not an error; an error is only that it could not be started.
    /// - Parameters:
    ///   - input: its standard input. Handed over as a file without a name, so that a program that does not read all of it
    ///     leaves no broken pipe behind.
    ///   - environment: variables set on top of ours.
    package static func run(
        _ executable: String, _ arguments: [String], in directory: String? = nil, input: [UInt8] = [],
        environment: [(name: String, value: String)] = []
    ) async throws(ProcessError) -> ProcessOutput {
        var overrides: [Environment.Key: String] = [:]
        for (name, value) in environment {
            guard let key = Environment.Key(rawValue: name) else { continue }
            overrides[key] = value
        }
        do {
            let result = try await Subprocess.run(
                place(of: executable, path: overrides["PATH"] ?? environmentVariable("PATH")),
                arguments: Arguments(arguments),
                environment: .inherit.updating(overrides.mapValues { $0 }),
                workingDirectory: directory.map { FilePath($0) },
                input: .fileDescriptor(try namelessFile(holding: input), closeAfterSpawningProcess: true),
                output: .bytes(limit: .max),
                error: .bytes(limit: .max)
            )
            return ProcessOutput(
                status: status(result.terminationStatus), output: result.standardOutput, error: result.standardError)
        } catch {
            throw ProcessError(command: executable, reason: "cannot be run: \(error)")
        }
    }

    /// The file that a name stands for. Looked up here: `Subprocess` starts a process for each folder of `PATH` that it tries.
    private static func place(of executable: String, path: String?) -> Executable {
        if executable.contains("/") { return .path(FilePath(executable)) }
        for folder in (path ?? "").split(separator: ":") {
            let file = "\(folder)/\(executable)"
            var information = stat()
            guard unsafe stat(file, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { continue }
            if unsafe access(file, X_OK) == 0 { return .path(FilePath(file)) }
        }
        return .name(executable)
    }

    /// An open file without a name, read from its start.
    private static func namelessFile(holding bytes: [UInt8]) throws -> FileDescriptor {
        guard !bytes.isEmpty else { return try unsafe FileDescriptor.open("/dev/null", .readOnly) }
        let folder = environmentVariable("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        var template = (folder + "/caravan-XXXXXX").utf8.map(CChar.init(bitPattern:)) + [0]
        let descriptor = unsafe mkstemp(&template)
        guard descriptor >= 0 else { throw Errno(rawValue: errno) }
        unsafe unlink(template)
        let file = FileDescriptor(rawValue: descriptor)
        do {
            try file.writeAll(bytes)
            try file.seek(offset: 0, from: FileDescriptor.SeekOrigin.start)
            return file
        } catch {
            try file.close()
            throw error
        }
    }

    private static func status(_ termination: TerminationStatus) -> Int {
        switch termination {
        case .exited(let code): Int(code)
        case .signaled(let signal): 128 + Int(signal)
        }
    }
}
