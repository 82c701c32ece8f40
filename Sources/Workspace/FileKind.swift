import Glibc

/// What the system says a path is, without reading it.
package enum FileKind: Hashable, Sendable {
    case file
    case directory
    /// Device, socket or pipe: can be read when named, never taken up in a walk.
    case other

    /// What `path` leads to, links followed; the error says why nothing can be said.
    package static func of(_ path: String) throws(FileError) -> FileKind {
        try of(Array(path.utf8))
    }

    package static func of(_ path: [UInt8]) throws(FileError) -> FileKind {
        var status = stat()
        var terminated = path.map(CChar.init(bitPattern:))
        terminated.append(0)
        guard unsafe stat(terminated, &status) == 0 else {
            throw FileError(path: String(decoding: path, as: UTF8.self), reason: systemMessage(errno))
        }
        return FileKind(mode: status.st_mode)
    }

    /// Lets everybody who may read a file run it.
    package static func makeExecutable(_ path: String) throws(FileError) {
        guard unsafe chmod(path, 0o755) == 0 else { throw FileError(path: path, reason: systemMessage(errno)) }
    }

    init(mode: mode_t) {
        switch mode & S_IFMT {
        case S_IFREG: self = .file
        case S_IFDIR: self = .directory
        default: self = .other
        }
    }
}

/// Where a path leads once all links in it are followed.
package enum RealPath {
    /// The path itself where it leads nowhere.
    package static func of(_ path: String) -> String {
        guard let real = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }
}
