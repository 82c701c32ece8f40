import Foundation
package import Workspace

/// The program as it was built beside the tests, and the places that tests read.
package enum BuiltProgram {
    /// `caravan` in the directory of the running test bundle.
    package static var path: String {
        let runner =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: runner).deletingLastPathComponent().appendingPathComponent("caravan").path
    }

    /// Runs the program; colour and terminal variables of whoever runs the tests do not reach it.
    package static func run(_ arguments: [String], in directory: String? = nil) async throws -> ProcessOutput {
        try await ProcessRunner.run(
            path, arguments, in: directory,
            environment: [("NO_COLOR", ""), ("OPAMCOLOR", "auto"), ("TERM", "xterm")])
    }

    /// The root of the repository, from the place of this source file.
    package static let repository: String = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
}
