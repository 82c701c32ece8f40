/// Symbolic links of a checkout: further paths under which its files are reached, and by which its builds speak of them.
package struct SourceLinks: Sendable {
    /// A link to a file or a directory of the same checkout; both paths relative to its root.
    package struct Link: Sendable, Hashable {
        package let path: String
        package let target: String

        package init(path: String, target: String) {
            self.path = path
            self.target = target
        }
    }

    private let byTarget: [String: [String]]
    /// Links may lead to where other links stand; further than this nobody goes.
    private static let rounds = 3

    package init(_ links: [Link] = []) {
        var byTarget: [String: [String]] = [:]
        for link in links where !link.target.isEmpty { byTarget[link.target, default: []].append(link.path) }
        self.byTarget = byTarget.mapValues { $0.sorted() }
    }

    /// The path itself, then all others under which builds know the file: through links, and where rules copy it.
    ///
    /// One look-up for each directory above the file.
    package func paths(of path: String) -> [String] {
        var paths = buildPaths(of: path)
        guard !byTarget.isEmpty else { return paths }
        var seen = Set(paths)
        var current = [path]
        for _ in 0..<Self.rounds {
            let next = current.flatMap(linked).flatMap(buildPaths).filter { seen.insert($0).inserted }
            if next.isEmpty { break }
            paths += next
            current = next
        }
        return paths
    }

    /// Whether one of a file's paths is in the scope.
    package func isInside(_ path: String, _ scope: SourceScope) -> Bool {
        if byTarget.isEmpty { return scope.contains(path) }
        return paths(of: path).contains { scope.contains($0) }
    }

    private func linked(_ path: String) -> [String] {
        var found: [String] = []
        var target = path[...]
        while !target.isEmpty {
            found += (byTarget[String(target)] ?? []).map { $0 + path.dropFirst(target.count) }
            guard let slash = target.lastIndex(of: "/") else { break }
            target = target[..<slash]
        }
        return found
    }
}
