import Foundation
import Glibc
import Workspace

/// A fresh directory for one test, removed at its end.
package final class TemporaryDirectory: Sendable {
    package let path: String

    package init() throws {
        let parent = environmentVariable("TMPDIR") ?? "/tmp"
        var template = Array("\(parent)/caravan-test-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else { throw FileError(path: parent, reason: "no temporary directory") }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Runs `body` with a directory that is there to its end: the last use of a value may be before that.
    package static func with<Result>(_ body: (TemporaryDirectory) async throws -> Result) async throws -> Result {
        let directory = try TemporaryDirectory()
        defer { withExtendedLifetime(directory) {} }
        return try await body(directory)
    }

    deinit {
        _ = unsafe chmod(path, 0o700)
        try? FileManager.default.removeItem(atPath: path)
    }

    package func write(_ text: String, to name: String) throws {
        try write(Array(text.utf8), to: name)
    }

    package func write(_ bytes: [UInt8], to name: String) throws {
        let parts = name.split(separator: "/").dropLast()
        var directory = path
        for part in parts {
            directory += "/" + part
            unsafe mkdir(directory, 0o777)
        }
        try AtomicFileWriter.write(bytes, to: "\(path)/\(name)")
    }

    package func link(_ name: String, to target: String) {
        _ = unsafe symlink(target, "\(path)/\(name)")
    }
}
