package import BuildFiles

/// Which parts of a project inherit what a library of its `_oasis` depends on: those that depend on the library, directly or
/// through others. OASIS writes the dependencies of a library into `_tags` for all of them, its syntax extensions included.
package struct OasisInheritance: Sendable {
    /// The scopes of the heirs, by component; each without the component's own.
    private let scopes: [String: [SourceScope]]

    package init(_ files: [BuildFile]) {
        var scopes: [String: [SourceScope]] = [:]
        // Some keep one `_oasis` in parts.
        let described = Dictionary(grouping: files.filter { $0.format.name == "oasis" }, by: Self.project)
        for project in described.keys.sorted() {
            let files = described[project] ?? []
            let graph = Self.dependents(in: files)
            let components = files.flatMap(\.components)
            let byName = Dictionary(components.map { ($0.name, $0.scope) }) { first, _ in first }
            for component in components {
                let heirs = Self.reachable(from: component.name, graph)
                if !heirs.isEmpty { scopes[component.name, default: []] += heirs.compactMap { byName[$0] } }
            }
        }
        self.scopes = scopes
    }

    /// The sources of those that inherit from a component; empty where none does.
    package func heirs(of component: String) -> [SourceScope] { scopes[component] ?? [] }

    /// The directory of the project that a file or part describes.
    private static func project(of file: BuildFile) -> String {
        fileName(of: file.directory) == "oasis" ? directoryName(of: file.directory) : file.directory
    }

    /// Who names whom in `BuildDepends`, by the section's name or by findlib's.
    private static func dependents(in files: [BuildFile]) -> [String: Set<String>] {
        var byLibrary: [String: String] = [:]
        for component in files.flatMap(\.components) {
            guard let findlib = component.findlib else { continue }
            byLibrary[findlib] = component.name
            byLibrary[String(component.name.drop { $0 != " " }.dropFirst())] = component.name
        }
        var dependents: [String: Set<String>] = [:]
        for mention in files.flatMap(\.mentions) {
            guard case .findlib(let name) = mention.subject, mention.scope != nil, let user = mention.component,
                let library = byLibrary[name], library != user
            else { continue }
            dependents[library, default: []].insert(user)
        }
        return dependents
    }

    private static func reachable(from start: String, _ graph: [String: Set<String>]) -> [String] {
        var seen: Set<String> = [start]
        var pending = [start]
        while let component = pending.popLast() {
            for next in graph[component] ?? [] where seen.insert(next).inserted { pending.append(next) }
        }
        return seen.subtracting([start]).sorted()
    }
}
