/// A set of source files, told by path relative to the scanned root.
package enum SourceScope: Sendable, Hashable {
    /// Files that stand in one of these directories themselves; the root is the empty string.
    case directories([String])
    /// Every file below this directory, at any depth.
    case tree(String)
    /// Files below the directory `base` whose path from there fits the pattern.
    case pattern(TagsPattern, base: String)
    /// Files of a directory whose module name (capital first letter) is one of these.
    case modules([String], directory: String)

    /// Whether the source is one of them, under its own path or one to which a build copies it (`buildPaths`).
    package func contains(_ path: String) -> Bool {
        if holds(path) { return true }
        return buildPaths(of: path).dropFirst().contains { holds($0) }
    }

    /// Whether the path itself is one of them.
    package func holds(_ path: String) -> Bool {
        switch self {
        case .directories(let directories): return directories.contains(directoryName(of: path))
        case .tree(let root): return relative(path, to: root) != nil
        case .pattern(let pattern, let base):
            guard let inside = relative(path, to: base) else { return false }
            return pattern.matches(inside)
        case .modules(let names, let directory):
            return directoryName(of: path) == directory && names.contains(moduleName(of: path))
        }
    }
}

/// The paths under which a build may compile a source, its own first: Eliom's rules copy `x.eliom` and `x.shared.ml` to
/// `client/x.ml` and `server/x.ml`, and `x.client.ml` and `x.server.ml` to one of them.
///
/// Source of the rules: `ocamlbuild_eliom.ml`, which comes with Eliom, and its program `eliomc`.
package func buildPaths(of path: String) -> [String] {
    // Asked of every source for every line that speaks of some: most have one dot and no side.
    let name = path.utf8.reversed().prefix { $0 != UInt8(ascii: "/") }
    guard
        name.count(where: { $0 == UInt8(ascii: ".") }) > 1 || name.starts(with: "moile.".utf8)
            || name.starts(with: "imoile.".utf8)
    else { return [path] }
    let parts = fileName(of: path).split(separator: ".", omittingEmptySubsequences: false)
    guard let last = parts.last, parts.count > 1 else { return [path] }
    let sides: [String]
    switch (last, parts[parts.count - 2]) {
    case ("eliom", _), ("eliomi", _): sides = ["client", "server"]
    case ("ml", "shared"), ("mli", "shared"): sides = ["client", "server"]
    case ("ml", "client"), ("mli", "client"): sides = ["client"]
    case ("ml", "server"), ("mli", "server"): sides = ["server"]
    default: return [path]
    }
    let made = parts[0] + (last.hasSuffix("i") ? ".mli" : ".ml")
    return [path] + sides.map { joined(directoryName(of: path), "\($0)/\(made)") }
}

/// What stands before the last `/`; empty where there is none.
package func directoryName(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(path[..<slash])
}

/// What stands after the last `/`.
package func fileName(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
}

/// The OCaml module that a source file makes: its name up to the first dot, with a capital.
package func moduleName(of path: String) -> String {
    let base = fileName(of: path).prefix { $0 != "." }
    return base.prefix(1).uppercased() + base.dropFirst()
}

/// Puts a path written inside a build file of `directory` under the scanned root; `.` and empty parts vanish.
///
/// Parts `..` climb; beyond the root they are dropped, as nothing out there is scanned.
func joined(_ directory: String, _ path: String) -> String {
    var parts: [Substring] = []
    for part in (directory + "/" + path).split(separator: "/") {
        switch part {
        case ".": continue
        case "..": _ = parts.popLast()
        default: parts.append(part)
        }
    }
    return parts.joined(separator: "/")
}

private func relative(_ path: String, to base: String) -> String? {
    if base.isEmpty { return path }
    guard path.utf8.count > base.utf8.count, path.hasPrefix(base + "/") else { return nil }
    return String(path.dropFirst(base.count + 1))
}
