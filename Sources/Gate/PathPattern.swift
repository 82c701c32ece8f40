import Glibc

/// A folder, a file, or a pattern with `*`, `?` and `[…]` (a star goes over slashes too) that paths are told by.
package struct PathPattern: Sendable, Hashable {
    package let text: String
    private let pattern: String

    /// - Parameter text: relative to the root of the repository; `./` before and `/` behind mean nothing.
    package init(_ text: String) {
        self.text = text
        var pattern = text[...]
        while pattern.hasPrefix("./") { pattern = pattern.dropFirst(2) }
        while pattern.hasSuffix("/") { pattern = pattern.dropLast() }
        self.pattern = String(pattern)
    }

    /// Whether a path is the file, lies below the folder, or fits the pattern with all of it or a folder above.
    package func covers(_ path: String) -> Bool {
        if pattern.isEmpty || pattern == "." || path == pattern || path.hasPrefix(pattern + "/") { return true }
        guard pattern.utf8.contains(where: { "*?[".utf8.contains($0) }) else { return false }
        if unsafe fnmatch(pattern, path, 0) == 0 { return true }
        return unsafe fnmatch(pattern + "/*", path, 0) == 0
    }
}
