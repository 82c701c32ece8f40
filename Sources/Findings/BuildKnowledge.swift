package import BuildFiles
import Text

/// What the build files of a checkout say about its sources, put into the catalogue's words.
package struct BuildKnowledge: Sendable {
    /// One mention of an extension in a build file.
    package struct Declaration: Sendable {
        /// The extension's id, those it implies not counted.
        package let `extension`: String
        package let scope: SourceScope?
        package let component: String?
        /// `PATH:LINE`.
        package let place: String
        /// Whether the package itself provides this extension.
        package let provides: Bool
        /// Whether it is on only where camlp4 itself is turned on too: findlib leaves a syntax package out without
        /// `-syntax`, but OASIS and its `_tags` turn camlp4 on for names that end in `syntax`.
        package let needsSyntax: Bool
        /// Whether a package of this extension is named; else a program brings it with others.
        package let isNamed: Bool
        /// Declared by a dependency of an opam package or a META file, which speaks of no sources.
        package var turnsOn: Bool { scope != nil && !provides }

        fileprivate func reaching(_ scope: SourceScope) -> Declaration {
            Declaration(
                extension: `extension`, scope: scope, component: component, place: place, provides: provides,
                needsSyntax: needsSyntax, isNamed: isNamed)
        }
    }

    package let declarations: [Declaration]
    package let components: [Component]
    let inheritance: OasisInheritance
    package let links: SourceLinks
    /// The findlib packages that each component names.
    private let named: [String: Set<String>]
    /// The declarations, and those of libraries of an `_oasis` again for each part that inherits them.
    private let reaching: [Declaration]
    private let declarationScopes: ScopeIndex
    private let governed: ScopeIndex

    package init(_ files: [BuildFile], declarations: [Declaration], links: SourceLinks = SourceLinks()) {
        self.links = links
        self.declarations = declarations
        components = files.flatMap(\.components)
        inheritance = OasisInheritance(files)
        var named: [String: Set<String>] = [:]
        for mention in files.flatMap(\.mentions) {
            if let component = mention.component, case .findlib(let name) = mention.subject {
                named[component, default: []].insert(name)
            }
        }
        self.named = named
        reaching = declarations + Self.inherited(declarations, inheritance, files)
        declarationScopes = ScopeIndex(reaching.map { $0.turnsOn ? $0.scope : nil })
        governed = ScopeIndex(files.flatMap(\.governs))
    }

    private static func inherited(
        _ declarations: [Declaration], _ inheritance: OasisInheritance, _ files: [BuildFile]
    ) -> [Declaration] {
        let described = Set(files.filter { $0.format.name == "oasis" }.map(\.path))
        return declarations.flatMap { declaration -> [Declaration] in
            let path = declaration.place[..<(declaration.place.lastIndex(of: ":") ?? declaration.place.endIndex)]
            guard declaration.turnsOn, let component = declaration.component, described.contains(String(path)) else {
                return []
            }
            return inheritance.heirs(of: component).map { declaration.reaching($0) }
        }
    }

    /// The extensions that build files turn on for a source, what they imply included; nil where none speaks of it.
    package func extensions(for path: String, _ index: ExtensionIndex) -> [String]? {
        let ids = Set(active(for: path).map(\.extension))
        if ids.isEmpty, governed.indices(containing: links.paths(of: path)).isEmpty { return nil }
        return index.closure(of: ids)
    }

    /// Whether an extension is on in these lines only because a program (camlp4of) has it on by itself.
    func isBrought(_ id: String, by places: [String]) -> Bool {
        !declarations.contains { $0.extension == id && $0.isNamed && places.contains($0.place) }
    }

    /// Whether a component names a findlib package, or a dune field names it as a rewriter.
    func names(_ package: String, in component: String) -> Bool { named[component]?.contains(package) ?? false }

    /// The declarations that are in force for a source.
    package func active(for path: String) -> [Declaration] {
        let found = reaching(path)
        return found.contains { !$0.needsSyntax } ? found : []
    }

    /// Those that speak of a source, in force or not: a compiler of the project's own (`eliomc`) may turn camlp4 on unasked.
    func reaching(_ path: String) -> [Declaration] {
        declarationScopes.indices(containing: links.paths(of: path)).map { reaching[$0] }
    }
}
