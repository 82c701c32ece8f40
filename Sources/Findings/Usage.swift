import BuildFiles

/// One row of declared against used: an extension in a component.
package struct Usage: Sendable, Hashable {
    package enum Status: String, Sendable, CaseIterable {
        case used
        /// Turned on, and no source of the component uses it: the line can go.
        case declaredUnused = "declared-unused"
        case usedUndeclared = "used-undeclared"
        /// Turned on, and no source is seen to use it, but some may: see `unclear`.
        case unknown
        /// The component provides the extension itself.
        case implemented
    }

    package let component: String
    package let `extension`: String
    package let status: Status
    /// `PATH:LINE`, sorted.
    package let declaredIn: [String]
    /// Paths of sources, sorted.
    package let usedIn: [String]
    /// The sources that leave it open, sorted, where the status is unknown: they could not be read, or not to their end, or a
    /// tool makes them, or they name the library that comes with the syntax.
    package var unclear: [String] = []
    /// What else is to be known of the row, in this order.
    package var distinctions: [Distinction] = []

    package enum Distinction: String, Sendable, CaseIterable {
        /// Only tests use or declare it.
        case testOnly = "test-only"
        /// The component is built only where a flag or an optional dependency asks for it.
        case optional = "optional-component"
        /// Only documents and comments show it.
        case onlyInDocuments = "only-in-documents"
        /// The ppx that replaces it is declared beside it.
        case alreadyPpx = "already-ppx"
    }

    /// The whole matrix, sorted by component and extension.
    ///
    /// Sources outside of any component that a build file names go by directory: `directory lib`.
    ///
    /// - Parameter unread: the sources that could not be read.
    package static func matrix(
        _ knowledge: BuildKnowledge, _ files: [ScannedFile], _ index: ExtensionIndex, unread: [String] = []
    ) -> [Usage] {
        var rows: [Usage] = []
        // The lines of which some source makes use, with the extension.
        var elsewhere: Set<String> = []
        for file in files where !file.extensions.isEmpty {
            for declaration in knowledge.reaching(file.path)
            where uses(file, declaration.extension, index) {
                elsewhere.insert("\(declaration.place) \(declaration.extension)")
            }
        }
        var inComponent: Set<String> = []
        let scopes = ScopeIndex(knowledge.components.map(\.scope))
        var members = [[ScannedFile]](repeating: [], count: knowledge.components.count)
        for file in files {
            let components = scopes.indices(containing: knowledge.links.paths(of: file.path))
            for component in components { members[component].append(file) }
            if !components.isEmpty { inComponent.insert(file.path) }
        }
        for (component, members) in zip(knowledge.components, members) {
            // OASIS writes what a component inherits from others into `_tags`; its own lines are in `_oasis`.
            let scopes = knowledge.inheritance.heirs(of: component.name)
            let heirs =
                scopes.isEmpty
                ? [] : files.filter { file in scopes.contains { knowledge.links.isInside(file.path, $0) } }
            rows += self.rows(
                component.name, members, knowledge, index, elsewhere, oasis: component.isOASIS ? component : nil,
                heirs: heirs)
        }
        var directories: [String: [ScannedFile]] = [:]
        for file in files where !inComponent.contains(file.path) && file.dialect == .buildFiles {
            directories[directoryName(of: file.path), default: []].append(file)
        }
        for directory in directories.keys.sorted() {
            let name = "directory \(directory.isEmpty ? "." : directory)"
            rows += self.rows(name, directories[directory] ?? [], knowledge, index, elsewhere)
        }
        let missing = knowledge.components.compactMap(\.main).filter { main in
            !files.contains {
                directoryName(of: $0.path) == directoryName(of: main) && moduleName(of: $0.path) == moduleName(of: main)
            }
        }
        rows = doubting(rows, knowledge, unread + files.filter { $0.partial != nil }.map(\.path) + missing)
        rows += implemented(knowledge)
        let optional = Set(knowledge.components.filter(\.isOptional).map(\.name))
        rows = rows.map { row in
            var row = row
            if isTest(row) { row.distinctions.append(.testOnly) }
            if optional.contains(row.component) { row.distinctions.append(.optional) }
            let names = index.named(row.extension)?.replacement.steps.flatMap(\.packages).filter { $0.role == .ppx }
            if (names ?? []).contains(where: { knowledge.names($0.findlib ?? $0.opam, in: row.component) }) {
                row.distinctions.append(.alreadyPpx)
            }
            return row
        }
        return rows.enumerated().sorted { left, right in
            let (a, b) = (left.element, right.element)
            if a.component != b.component { return a.component < b.component }
            return a.extension != b.extension ? a.extension < b.extension : left.offset < right.offset
        }.map(\.element)
    }

    /// The rows, with what is declared and unused marked where documents show it.
    package static func noting(_ documents: [DocumentScanner.Result], in rows: [Usage]) -> [Usage] {
        let shown = Set(documents.flatMap(\.findings).map(\.extension))
        return rows.map { row in
            guard row.status == .declaredUnused, shown.contains(row.extension) else { return row }
            var row = row
            let place = row.distinctions.firstIndex(of: .alreadyPpx) ?? row.distinctions.count
            row.distinctions.insert(.onlyInDocuments, at: place)
            return row
        }
    }

    private static func isTest(_ row: Usage) -> Bool {
        if row.component.hasPrefix("test ") { return true }
        let places = row.usedIn.isEmpty ? row.declaredIn : row.usedIn
        return !places.isEmpty
            && places.allSatisfy { path in
                path.split(separator: "/").dropLast().contains { $0.lowercased().contains("test") }
            }
    }

    private static func rows(
        _ component: String, _ members: [ScannedFile], _ knowledge: BuildKnowledge, _ index: ExtensionIndex,
        _ elsewhere: Set<String>, oasis: Component? = nil, heirs: [ScannedFile] = []
    ) -> [Usage] {
        var declared: [String: [String]] = [:]
        // What is in force for a member, and what the component itself lists, were it without sources.
        // Two projects of one checkout may have libraries of the same name.
        let own = knowledge.declarations.filter {
            $0.turnsOn && !$0.needsSyntax && $0.component == component && (oasis.map(\.scope) ?? $0.scope) == $0.scope
        }
        for declaration in own + members.flatMap({ knowledge.active(for: $0.path) })
        where declaration.extension != "camlp4" && (declaration.component ?? component) == component {
            declared[declaration.extension, default: []].append(declaration.place)
        }
        // With what it inherits, whose lines are others'.
        let inherited = members.flatMap { knowledge.active(for: $0.path) }.map(\.extension)
        let on = Set(index.closure(of: Array(declared.keys) + inherited))
        var rows: [Usage] = []
        let implements = knowledge.declarations.contains { $0.provides && $0.component == component }
        for (id, listed) in declared {
            var users = members.filter { uses($0, id, index) }.map(\.path)
            // A library may list for its users what it does not use itself.
            if users.isEmpty, own.contains(where: { $0.extension == id }) {
                users = heirs.filter { uses($0, id, index) }.map(\.path)
            }
            // A line that others of its scope use cannot go, whatever this part of the scope does; and what a program has on by
            // itself (camlp4of its macros) no line declares.
            let places = users.isEmpty ? listed.filter { !elsewhere.contains("\($0) \(id)") } : listed
            if places.isEmpty || users.isEmpty && knowledge.isBrought(id, by: places) { continue }
            // What a component inherits, or needs to implement an extension, is no line that could go.
            if users.isEmpty, implements || oasis != nil && !own.contains(where: { $0.extension == id }) { continue }
            rows.append(
                Usage(
                    component: component, extension: id, status: users.isEmpty ? .declaredUnused : .used,
                    declaredIn: unique(places), usedIn: users.sorted()))
        }
        let used = Set(members.flatMap(\.extensions))
        for id in used where !on.contains(id) && !id.hasPrefix("camlp4") {
            let users = members.filter { $0.extensions.contains(id) }.map(\.path)
            rows.append(
                Usage(
                    component: component, extension: id, status: .usedUndeclared, declaredIn: [], usedIn: users.sorted()
                ))
        }
        return rows
    }

    /// What is declared and seems unused becomes unknown where its line speaks of a source of which not all is known.
    private static func doubting(_ rows: [Usage], _ knowledge: BuildKnowledge, _ unclear: [String]) -> [Usage] {
        guard !unclear.isEmpty else { return rows }
        var byPlace: [String: Set<String>] = [:]
        for path in unclear {
            for declaration in knowledge.active(for: path) { byPlace[declaration.place, default: []].insert(path) }
        }
        return rows.map { row in
            guard row.status == .declaredUnused else { return row }
            let open = row.declaredIn.reduce(into: Set<String>()) { $0.formUnion(byPlace[$1] ?? []) }
            return open.isEmpty ? row : row.unknown(open.sorted())
        }
    }

    /// The row, should these sources leave it open.
    package func unknown(_ unclear: [String]) -> Usage {
        var row = Usage(
            component: component, extension: `extension`, status: .unknown, declaredIn: declaredIn, usedIn: [])
        row.unclear = unclear
        row.distinctions = distinctions
        return row
    }

    /// What an extension stands on is used with it: findlib may bring it along, an archive of the project's own does not. A
    /// package that only gathers others (core.syntax) is used where any of them is.
    private static func uses(_ file: ScannedFile, _ id: String, _ index: ExtensionIndex) -> Bool {
        if file.extensions.contains(id) || index.closure(of: file.extensions).contains(id) { return true }
        guard let entry = index.named(id), entry.rules.isEmpty, entry.generators.isEmpty, entry.quotations.isEmpty
        else {
            return false
        }
        return index.closure(of: entry.implies).contains { file.extensions.contains($0) }
    }

    private static func implemented(_ knowledge: BuildKnowledge) -> [Usage] {
        var places: [String: [String: [String]]] = [:]
        for declaration in knowledge.declarations where declaration.provides {
            let component = declaration.component ?? "package"
            places[component, default: [:]][declaration.extension, default: []].append(declaration.place)
        }
        var rows: [Usage] = []
        for component in places.keys.sorted() {
            for (id, declaredIn) in (places[component] ?? [:]).sorted(by: { $0.key < $1.key }) {
                rows.append(
                    Usage(
                        component: component, extension: id, status: .implemented, declaredIn: unique(declaredIn),
                        usedIn: []))
            }
        }
        return rows
    }

    private static func unique(_ places: [String]) -> [String] { Array(Set(places)).sorted() }
}
