import Findings
import OpamFormat
import Planning
import Survey
import Text
import Universe

/// The data of the web page: what `plan.json` says, with positions in place of names and nothing that is empty, so that a
/// universe of five thousand packages is read at once.
struct WebData {
    let plan: Plan
    private let provenance: Provenance
    private let universe: Universe
    /// What is known of extensions; nil where their pages need not tell.
    let catalogue: ExtensionIndex?
    private var maintainers = Numbering()
    private var tags = Numbering()
    private var constraints = Numbering()
    /// For each package those that the solver has shown to have to move before it: before any move (an empty form), or
    /// before it drops a form of an extension.
    private let earlier: [String: [(form: String, names: [String])]]
    private let extensions: [String]
    private let extensionPositions: [String: Int]
    private let statusPositions = Dictionary(uniqueKeysWithValues: Status.allCases.enumerated().map { ($1, $0) })
    private let kinds: [EdgeKind] = [.depends, .build, .test, .doc, .post, .depopt, .conflict]

    init(_ plan: Plan, _ provenance: Provenance, _ catalogue: ExtensionIndex?) {
        self.catalogue = catalogue
        self.plan = plan
        self.provenance = provenance
        universe = plan.graph.universe
        earlier = Dictionary(grouping: plan.precedences, by: \.second).mapValues { pairs in
            Dictionary(grouping: pairs) { $0.drops ?? "" }.sorted { $0.key < $1.key }
                .map { ($0.key, Set($0.value.map(\.first)).sorted()) }
        }
        extensions = Set(plan.packages.flatMap(\.extensions) + SyntaxPackage.all.map(\.extension)).sorted()
        extensionPositions = Dictionary(uniqueKeysWithValues: extensions.enumerated().map { ($1, $0) })
        // Position 0 of the constraints says that there is none.
        _ = constraints.number(of: "")
    }

    /// Whether some package names a maintainer.
    var hasMaintainers: Bool {
        plan.packages.contains { $0.maintainers.contains { MaintainerName.display($0) != nil } }
    }

    /// Compact JSON.
    mutating func json() -> [UInt8] {
        for entry in plan.packages { collect(entry) }
        maintainers.sort()
        tags.sort()
        var json = JSONWriter(compact: true)
        json.object { json in
            json.field("removed", plan.removed)
            json.field("date", plan.date)
            integers("first", plan.first.compactMap { universe.position(of: $0) }, &json)
            json.field("kinds", kinds.map(\.rawValue))
            write(statuses: &json)
            write(extensions: extensions, &json)
            json.field("maintainers", maintainers.texts)
            json.field("tags", tags.texts)
            json.array("packages") { json in
                for (position, entry) in plan.packages.enumerated() { write(entry, position, &json) }
            }
            // Behind the packages, whose edges fill it.
            json.field("constraints", constraints.texts)
            json.array("waves") { json in
                for wave in plan.waves {
                    json.object { json in
                        json.field("number", wave.number)
                        json.field("frees", wave.frees)
                        integers("packages", positions(wave.packages), &json)
                    }
                }
            }
            json.array("days") { json in
                for day in plan.flagDays {
                    json.object { json in
                        json.field("id", day.id)
                        json.field("reason", day.reason)
                        integers("packages", positions(day.packages), &json)
                    }
                }
            }
        }
        return json.bytes
    }

    private mutating func collect(_ entry: PlanEntry) {
        for maintainer in entry.maintainers {
            if let name = MaintainerName.display(maintainer) { _ = maintainers.number(of: name) }
        }
        for tag in organisations(entry) { _ = tags.number(of: tag) }
    }

    /// Tags of organisations (`org:mirage`), without the prefix.
    private func organisations(_ entry: PlanEntry) -> [String] {
        guard let position = universe.position(of: entry.name), let latest = universe.versions[position].last else {
            return []
        }
        return universe.packages[latest].file.tags.filter { $0.hasPrefix("org:") }
    }

    private func positions(_ names: [String]) -> [Int] { names.compactMap { universe.position(of: $0) } }

    private func write(statuses json: inout JSONWriter) {
        json.array("statuses") { json in
            for total in plan.totals {
                json.object { json in
                    json.field("id", total.status.rawValue)
                    json.field("glyph", total.status.glyph)
                    json.field("definition", total.status.definition)
                    json.field("instruction", total.status.instruction)
                    json.field("count", total.count)
                }
            }
        }
    }

    private mutating func write(_ entry: PlanEntry, _ position: Int, _ json: inout JSONWriter) {
        let edges = plan.graph.edges[position].flatMap { edge in
            [edge.to, kinds.firstIndex(of: edge.kind) ?? 0, constraints.number(of: edge.constraint)]
        }
        let people = entry.maintainers.compactMap(MaintainerName.display).map { maintainers.number(of: $0) }
        let tagged = organisations(entry).map { tags.number(of: $0) }
        json.object { json in
            json.field("n", entry.name)
            json.field("v", entry.version)
            json.field("s", statusPositions[entry.status] ?? 0)
            some("w", entry.wave, &json)
            some("r", entry.rank, &json)
            some("f", entry.frees, &json)
            some("dd", entry.directDependents, &json)
            json.field("t", entry.transitiveDependents)
            some("o", entry.optionalDependents, &json)
            if entry.needsCamlp4 { json.field("k", 1) }
            if !entry.available { json.field("u", 1) }
            integers("x", entry.extensions.compactMap { extensionPositions[$0] }, &json)
            integers("b", positions(entry.blockedBy), &json)
            integers("p", positions(entry.path.map(\.name)), &json)
            if let path = entry.pathText { json.field("pt", path) }
            write(beyond: entry, &json)
            if let day = entry.flagDay { json.field("day", day) }
            if !entry.roles.isEmpty { json.field("ro", entry.roles.map(\.rawValue)) }
            if !entry.actions.isEmpty { json.field("a", entry.actions) }
            integers("m", people, &json)
            integers("g", tagged, &json)
            if let homepage = WebAddress.display(entry.homepage) { json.field("h", homepage) }
            if let repository = WebAddress.display(entry.devRepository) { json.field("repo", repository) }
            if let issue = IssueText.render(entry, plan, provenance) { json.field("i", issue) }
            integers("d", edges, &json)
        }
    }

    /// What sources use, with the first places as they stand and as they would stand.
    private func write(_ sources: SourceKnowledge.State, _ json: inout JSONWriter) {
        let uses = sources.uses.filter { $0.value.constructs > 0 }.sorted { $0.key < $1.key }
        guard !uses.isEmpty else { return }
        json.field("so", sources.origin)
        json.array("us") { json in
            for (name, use) in uses {
                json.object { json in
                    json.field("x", name)
                    json.field("count", use.constructs)
                    json.array("samples") { json in
                        for sample in use.samples { sample.write(&json) }
                    }
                }
            }
        }
    }

    /// Effort, evidence, and what the package's move is tied to.
    private func write(beyond entry: PlanEntry, _ json: inout JSONWriter) {
        if entry.evidence != .metadata { json.field("ev", entry.evidence.rawValue) }
        some("st", entry.startsIn, &json)
        if entry.effort.constructs > 0 {
            let about = entry.effort.isEstimated ? "about " : ""
            let uses = entry.effort.constructs == 1 ? "use" : "uses"
            let lines = entry.effort.lines == 1 ? "line" : "lines"
            json.field("e", entry.effort.constructs)
            json.field("et", "\(about)\(entry.effort.constructs) \(uses) in \(entry.effort.lines) \(lines)")
        }
        if let sources = entry.sources { write(sources, &json) }
        if !entry.windows.isEmpty {
            json.array("win") { json in
                for window in entry.windows {
                    json.object { json in
                        json.field("dependency", window.dependency)
                        json.field("extension", window.extension)
                        json.field("camlp4", window.camlp4)
                        json.field("ppx", window.ppx)
                        json.field("both", window.both)
                        json.field("proved", window.isProvedClosed)
                    }
                }
            }
        }
        if let earlier = earlier[entry.name], !earlier.isEmpty {
            json.array("be") { json in
                for (form, names) in earlier {
                    json.object { json in
                        json.field("drops", form)
                        integers("packages", positions(names), &json)
                    }
                }
            }
        }
        let told = plan.conflicts.filter { $0.name == entry.name }
        if !told.isEmpty {
            json.field("co", told.map { "\($0.extension) is \($0.kind.rawValue): \($0.text) (\($0.origin))" })
        }
    }

    private func some(_ key: String, _ value: Int?, _ json: inout JSONWriter) {
        if let value, value != 0 { json.field(key, value) }
    }

    private func integers(_ key: String, _ values: [Int], _ json: inout JSONWriter) {
        guard !values.isEmpty || key == "first" || key == "packages" else { return }
        json.array(key) { json in
            for value in values { json.value(value) }
        }
    }
}

/// Numbers texts in the order in which they come, each once.
private struct Numbering {
    private(set) var texts: [String] = []
    private var numbers: [String: Int] = [:]

    mutating func number(of text: String) -> Int {
        if let number = numbers[text] { return number }
        numbers[text] = texts.count
        texts.append(text)
        return texts.count - 1
    }

    /// Numbers all anew, in the order of the texts.
    mutating func sort() {
        texts.sort()
        for (number, text) in texts.enumerated() { numbers[text] = number }
    }
}
