import TestSupport
import Testing
import Workspace

/// An opam repository as a bare git repository with one commit of 2016-03-02, made by `git fast-import`: thousands of
/// packages at once, and paths that no file system holds.
struct GitUniverse {
    let path: String

    /// - Parameter files: path and content.
    init(_ files: [(path: String, content: String)], in directory: String) async throws {
        path = "\(directory)/universe.git"
        let made = try await ProcessRunner.run("git", ["init", "-q", "--bare", path])
        try #require(made.succeeded, "\(made.errorText)")
        var stream = "commit refs/heads/main\ncommitter Test <test@example.org> 1456920000 +0000\ndata 8\nuniverse\n"
        for file in files {
            stream += "M 644 inline \(Self.quoted(file.path))\ndata \(file.content.utf8.count)\n\(file.content)\n"
        }
        let imported = try await ProcessRunner.run(
            "git", ["fast-import", "--quiet"], in: path, input: Array(stream.utf8))
        try #require(imported.succeeded, "\(imported.errorText)")
        let head = try await ProcessRunner.run("git", ["symbolic-ref", "HEAD", "refs/heads/main"], in: path)
        try #require(head.succeeded)
    }

    private static func quoted(_ path: String) -> String {
        var text = "\""
        for byte in path.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { text += "\\" }
            if byte < 0x20 {
                text += "\\" + (byte < 8 ? "00" : "0") + String(byte, radix: 8)
            } else if byte < 0x7F {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "\\" + String(byte, radix: 8)
            }
        }
        return text + "\""
    }

    /// A package's opam file in the layout of 2016.
    static func package(_ name: String, _ version: String, _ fields: String) -> (path: String, content: String) {
        ("packages/\(name)/\(name).\(version)/opam", "opam-version: \"1.2\"\n\(fields)\n")
    }

    /// `count` packages, each with up to three dependencies on earlier ones; one in ten uses camlp4 or type_conv itself.
    static func large(_ count: Int) -> [(path: String, content: String)] {
        var random = SmallRandom(seed: 7)
        var files = [
            package("camlp4", "4.02.3", "maintainer: \"a@example.org\""),
            package("type_conv", "113.00.02", "maintainer: \"a@example.org\"\ndepends: [\"camlp4\"]"),
            package(
                "cstruct", "1.9.0",
                "maintainer: \"a@example.org\"\ndepends: [\"type_conv\" {build}]\ndepopts: [\"camlp4\"]"),
        ]
        for number in 0..<count {
            var depends: [String] = []
            if number % 10 == 0 {
                depends.append(number % 20 == 0 ? "\"camlp4\"" : "\"type_conv\" {build & >= \"100\"}")
            }
            for _ in 0..<random.next(below: 4) where number > 0 {
                depends.append("\"pack-\(random.next(below: number))\"")
            }
            if number % 50 == 3 { depends.append("\"cstruct\"") }
            files.append(
                package(
                    "pack-\(number)", "1.\(number % 7)",
                    "maintainer: \"Person \(number % 300) <p\(number % 300)@example.org>\"\n"
                        + "tags: [\"org:group\(number % 9)\"]\nhomepage: \"https://example.org/\(number)\"\n"
                        + "depends: [\(depends.joined(separator: " "))]"))
        }
        return files
    }
}

/// A small generator (xorshift), so that a universe is the same on every run.
struct SmallRandom {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next(below bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return bound > 0 ? Int(state >> 33) % bound : 0
    }
}
