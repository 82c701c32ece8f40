import Gate
import Workspace

/// The configuration as a file.
enum ConfigurationFile {
    static func isThere(in root: String) -> Bool { (try? FileKind.of(root + "/" + Configuration.fileName)) != nil }

    static func read(named name: String?, in root: String) throws(FileError) -> Configuration {
        let path = name ?? root + "/" + Configuration.fileName
        if name == nil, !isThere(in: root) { return Configuration() }
        let text = String(decoding: try FileReader.read(path), as: UTF8.self)
        do throws(Configuration.Failure) {
            return try Configuration(reading: text)
        } catch {
            throw FileError(path: error.line > 0 ? "\(path):\(error.line)" : path, reason: error.reason)
        }
    }
}
