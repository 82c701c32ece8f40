import Glibc

/// Reads whole files into bytes with `read(2)`, which beats mapping for the small files that sources are.
///
/// Paths are bytes as the system has them: file names in old checkouts are not always UTF-8.
package enum FileReader {
    /// Files beyond this many bytes are refused: no OCaml source is that long, and a device never ends.
    package static let sizeLimit = 1 << 30

    /// The bytes of the file at `path`, read to its end as it is at that moment.
    package static func read(_ path: String) throws(FileError) -> [UInt8] {
        try read(Array(path.utf8))
    }

    /// The bytes of the file whose path is these bytes (without a final zero).
    ///
    /// A file that grows while it is read gives what was there when its end was met.
    package static func read(_ path: [UInt8]) throws(FileError) -> [UInt8] {
        let shown = String(decoding: path, as: UTF8.self)
        let descriptor = openForReading(path)
        guard descriptor >= 0 else { throw FileError(path: shown, reason: systemMessage(errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw FileError(path: shown, reason: systemMessage(errno))
        }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw FileError(path: shown, reason: "is a directory")
        default: throw FileError(path: shown, reason: "is not a regular file")
        }
        return try readToEnd(descriptor, expecting: Int(status.st_size), shown)
    }

    private static func readToEnd(
        _ descriptor: CInt, expecting size: Int, _ shown: String
    ) throws(FileError) -> [UInt8] {
        guard size <= sizeLimit else { throw tooLarge(shown) }
        var bytes: [UInt8] = []
        // One byte more than the size, so that the end is seen without growing the buffer.
        var room = size > 0 ? size + 1 : 4096
        while true {
            let (chunk, failure) = readChunk(descriptor, atMost: room)
            if let failure {
                if failure == EINTR { continue }
                throw FileError(path: shown, reason: systemMessage(failure))
            }
            if chunk.isEmpty { return bytes }
            if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
            // A read that gives less than it may has met the end: no second one, with a buffer of its own, per file.
            if size > 0, chunk.count < room { return bytes }
            guard bytes.count <= sizeLimit else { throw tooLarge(shown) }
            room = max(room - chunk.count, 65_536)
        }
    }

    private static func readChunk(_ descriptor: CInt, atMost room: Int) -> ([UInt8], CInt?) {
        var failure: CInt?
        let chunk = unsafe [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            let got = unsafe Glibc.read(descriptor, buffer.baseAddress, room)
            if got < 0 { failure = errno }
            count = max(got, 0)
        }
        return (chunk, failure)
    }

    private static func tooLarge(_ shown: String) -> FileError {
        FileError(path: shown, reason: "larger than \(sizeLimit >> 20) MiB")
    }

    private static func openForReading(_ path: [UInt8]) -> CInt {
        var terminated = path.map(CChar.init(bitPattern:))
        terminated.append(0)
        // Without waiting: a pipe that nobody writes to would hold us for ever, before we know that it is one.
        return unsafe open(terminated, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    }
}

/// A file or directory that the system refuses: which one and in the system's own words why.
package struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
    package let path: String
    package let reason: String

    package init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    package var description: String { "\(path): \(reason)" }
}

/// The system's words for an error number, beginning small as they follow a colon.
func systemMessage(_ number: CInt) -> String {
    guard let text = unsafe strerror(number) else { return "error \(number)" }
    let words = unsafe String(cString: text)
    return words.prefix(1).lowercased() + words.dropFirst()
}
