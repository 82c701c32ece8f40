import Glibc
import TestSupport
import Testing
import Workspace

@Suite struct FileTests {
    @Test func readsEveryByte() throws {
        let directory = try TemporaryDirectory()
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try directory.write(bytes, to: "a.ml")
        #expect(try FileReader.read("\(directory.path)/a.ml") == bytes)
        try directory.write([], to: "empty.ml")
        #expect(try FileReader.read("\(directory.path)/empty.ml") == [])
    }

    @Test func saysWhyItCannotRead() throws {
        let directory = try TemporaryDirectory()
        try directory.write("", to: "d/x.ml")
        #expect(throws: FileError(path: "\(directory.path)/d", reason: "is a directory")) {
            try FileReader.read("\(directory.path)/d")
        }
        #expect(throws: FileError(path: "\(directory.path)/no.ml", reason: "no such file or directory")) {
            try FileReader.read("\(directory.path)/no.ml")
        }
    }

    @Test func replacesAFileKeepingItsModeAndLinks() throws {
        let directory = try TemporaryDirectory()
        try directory.write("old", to: "a.sh")
        _ = unsafe chmod("\(directory.path)/a.sh", 0o750)
        directory.link("b.sh", to: "a.sh")
        try AtomicFileWriter.write(Array("new".utf8), to: "\(directory.path)/b.sh")
        #expect(try FileReader.read("\(directory.path)/a.sh") == Array("new".utf8))
        var status = stat()
        #expect(unsafe lstat("\(directory.path)/b.sh", &status) == 0)
        #expect(status.st_mode & S_IFMT == S_IFLNK)
        #expect(unsafe stat("\(directory.path)/a.sh", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o750)
        let left = try FileWalker(root: directory.path) { _ in true }
        #expect(left.files.map(\.path) == ["a.sh"])
    }

    @Test func cannotWriteIntoWhatIsNotThere() throws {
        let directory = try TemporaryDirectory()
        #expect(throws: FileError.self) {
            try AtomicFileWriter.write([], to: "\(directory.path)/no/a")
        }
    }
}

@Suite struct FileWalkerTests {
    /// A pipe that nobody writes to would be waited for without end.
    @Test(.timeLimit(.minutes(1))) func aPipeIsNoFile() async throws {
        try await TemporaryDirectory.with { directory in
            let made = try await ProcessRunner.run("mkfifo", ["\(directory.path)/f.ml"])
            try #require(made.succeeded)
            #expect(throws: FileError(path: "\(directory.path)/f.ml", reason: "is not a regular file")) {
                try FileReader.read("\(directory.path)/f.ml")
            }
        }
    }

    /// Names that are not UTF-8 stay apart.
    @Test func namesOfAnyBytes() async throws {
        try await TemporaryDirectory.with { directory in
            let made = try await ProcessRunner.run(
                "sh", ["-c", "touch \"$(printf '\\377').ml\" \"$(printf '\\376').ml\" é.ml"], in: directory.path)
            try #require(made.succeeded, "\(made.errorText)")
            let walk = try FileWalker(root: directory.path) { _ in true }
            #expect(walk.files.map(\.path) == ["\\xfe.ml", "\\xff.ml", "é.ml"])
        }
    }

    @Test func listsSortedAndSaysWhatItLeftOut() throws {
        let directory = try TemporaryDirectory()
        for name in ["b/z.ml", "a.ml", "b.ml", "b/a.txt", "_build/c.ml", ".git/d.ml", "dir.ml/e.ml", "b/_opam/f.ml"] {
            try directory.write("", to: name)
        }
        directory.link("dangling.ml", to: "nowhere")
        directory.link("linked.ml", to: "a.ml")
        directory.link("linked", to: "b")
        directory.link("out", to: "/")
        _ = unsafe mkfifo("\(directory.path)/pipe.ml", 0o600)
        let walk = try FileWalker(root: directory.path + "//") { $0.hasSuffix(".ml") }
        #expect(walk.files.map(\.path) == ["a.ml", "b.ml", "b/z.ml", "dir.ml/e.ml"])
        #expect(
            walk.skipped == [
                .init(path: "_build/", reason: "build output, not scanned"),
                .init(path: "b/_opam/", reason: "build output, not scanned"),
                .init(path: "dangling.ml", reason: "dangling symbolic link"),
                .init(path: "dir.ml", reason: "is a directory"),
                .init(path: "linked", reason: "symbolic link to a directory, not followed"),
                .init(path: "linked.ml", reason: "symbolic link to a file, not followed"),
                .init(path: "out", reason: "symbolic link to a directory, not followed"),
                .init(path: "pipe.ml", reason: "not a regular file"),
            ])
        #expect(walk.links.map { "\($0.path) \($0.target)" } == ["linked b", "linked.ml a.ml"])
        #expect(walk.leadingOut == ["dangling.ml", "out"])
        for file in walk.files { #expect(try FileReader.read(file.location) == []) }
    }

    @Test func aRootThatCannotBeReadIsAnError() throws {
        let directory = try TemporaryDirectory()
        #expect(throws: FileError(path: "\(directory.path)/no", reason: "no such file or directory")) {
            try FileWalker(root: "\(directory.path)/no") { _ in true }
        }
    }

    @Test func deepTreesNeedNoStack() throws {
        let directory = try TemporaryDirectory()
        let deep = String(repeating: "d/", count: 500)
        try directory.write("", to: deep + "x.ml")
        let walk = try FileWalker(root: directory.path) { $0.hasSuffix(".ml") }
        #expect(walk.files.map(\.path) == [deep + "x.ml"])
    }
}
