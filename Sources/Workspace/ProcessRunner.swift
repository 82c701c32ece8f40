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
    ///   - input: written to its standard input while output is read, so neither side waits for the other.
    ///   - environment: variables set on top of ours.
    package static func run(
        _ executable: String, _ arguments: [String], in directory: String? = nil, input: [UInt8] = [],
        environment: [(name: String, value: String)] = []
    ) async throws(ProcessError) -> ProcessOutput {
        _ = survivesPipes
        var overrides: [Environment.Key: String] = [:]
        for (name, value) in environment {
            guard let key = Environment.Key(rawValue: name) else { continue }
            overrides[key] = value
        }
        let program: Executable = executable.contains("/") ? .path(FilePath(executable)) : .name(executable)
        let variables = Environment.inherit.updating(overrides.mapValues { $0 })
        let place = directory.map { FilePath($0) }
        do {
            if input.isEmpty {
                let result = try await Subprocess.run(
                    program, arguments: Arguments(arguments), environment: variables, workingDirectory: place,
                    output: .bytes(limit: .max), error: .bytes(limit: .max))
                return ProcessOutput(
                    status: status(result.terminationStatus), output: result.standardOutput,
                    error: result.standardError)
            }
            // Written by ourselves, as Subprocess stops the whole process where its own writing meets a closed pipe.
            let result = try await Subprocess.run(
                program, arguments: Arguments(arguments), environment: variables, workingDirectory: place,
                input: .inputWriter, output: .bytes(limit: .max), error: .bytes(limit: .max)
            ) { execution in
                _ = try? await execution.standardInputWriter.write(input)
                try? await execution.standardInputWriter.finish()
            }
            return ProcessOutput(
                status: status(result.terminationStatus), output: result.standardOutput, error: result.standardError)
        } catch {
            throw ProcessError(command: executable, reason: "cannot be run: \(error)")
        }
    }

    /// A program that ends without reading all of its input must not end us.
    private static let survivesPipes: Void = StandardStream.survivePipes()

    private static func status(_ termination: TerminationStatus) -> Int {
        switch termination {
        case .exited(let code): Int(code)
        case .signaled(let signal): 128 + Int(signal)
        }
    }
}
