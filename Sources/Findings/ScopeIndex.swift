import BuildFiles

/// Scopes by the directory at which they begin, so that those that hold a path are found without asking all of them.
struct ScopeIndex: Sendable {
    private let scopes: [SourceScope?]
    private let byDirectory: [String: [Int]]

    /// - Parameter scopes: nil holds no path.
    init(_ scopes: [SourceScope?]) {
        self.scopes = scopes
        var byDirectory: [String: [Int]] = [:]
        for (index, scope) in scopes.enumerated() {
            for directory in Set(scope.map(Self.directories) ?? []) {
                byDirectory[directory, default: []].append(index)
            }
        }
        self.byDirectory = byDirectory
    }

    private static func directories(of scope: SourceScope) -> [String] {
        switch scope {
        case .directories(let directories): directories
        case .tree(let root): [root]
        case .pattern(_, let base): [base]
        case .modules(_, let directory): [directory]
        }
    }

    /// The scopes that hold one of the paths, ascending. One look-up for each directory above a path.
    ///
    /// - Parameter paths: those under which builds know one file (`SourceLinks.paths`).
    func indices(containing paths: [String]) -> [Int] {
        var found: [Int] = []
        for path in paths {
            var candidates = byDirectory[""] ?? []
            for slash in path.utf8.indices where path.utf8[slash] == UInt8(ascii: "/") {
                if let more = byDirectory[String(path[..<slash])] { candidates += more }
            }
            found += candidates.filter { scopes[$0]?.contains(path) ?? false }
        }
        return paths.count == 1 ? found.sorted() : Set(found).sorted()
    }
}
