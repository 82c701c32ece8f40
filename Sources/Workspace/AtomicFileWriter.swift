import Glibc

/// Writes a file so that readers see the old bytes or the new, never a part: a neighbour is written, then renamed.
///
/// The mode of a file that is replaced is kept, and a link is written through. What is no regular file (`/dev/stdout`,
/// a pipe) is written straight.
package enum AtomicFileWriter {
    package static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        let target = RealPath.of(path)
        var status = stat()
        let exists = unsafe stat(target, &status) == 0
        if exists, FileKind(mode: status.st_mode) == .directory {
            throw FileError(path: path, reason: "is a directory")
        }
        if exists, FileKind(mode: status.st_mode) == .other {
            return try writeStraight(bytes, to: target)
        }
        try replace(target, with: bytes, mode: exists ? status.st_mode & 0o7777 : nil)
    }

    private static func replace(_ target: String, with bytes: [UInt8], mode: mode_t?) throws(FileError) {
        let temporary = "\(target).caravan-\(getpid())"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw FileError(path: target, reason: systemMessage(errno)) }
        var failure = writeAll(bytes, to: descriptor)
        if failure == nil, let mode, fchmod(descriptor, mode) != 0 { failure = errno }
        if close(descriptor) != 0, failure == nil { failure = errno }
        if failure == nil, unsafe rename(temporary, target) != 0 { failure = errno }
        if let failure {
            unsafe unlink(temporary)
            throw FileError(path: target, reason: systemMessage(failure))
        }
    }

    private static func writeStraight(_ bytes: [UInt8], to target: String) throws(FileError) {
        let descriptor = unsafe open(target, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(path: target, reason: systemMessage(errno)) }
        defer { close(descriptor) }
        if let failure = writeAll(bytes, to: descriptor) {
            throw FileError(path: target, reason: systemMessage(failure))
        }
    }
}

/// Writes all bytes, whatever portions the system takes; gives the error number where it stops.
func writeAll(_ bytes: [UInt8], to descriptor: CInt) -> CInt? {
    unsafe bytes.withUnsafeBytes { buffer in
        var done = 0
        while done < buffer.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
            let count = unsafe write(descriptor, rest.baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            done += count
        }
        return nil
    }
}
