package import BuildFiles
package import Findings
import OpamFormat
package import Text

/// What becomes of the build files of a checkout once its sources are converted: which lines go, what stands there instead,
/// and why the others stay.
///
/// A line may go where no source that it speaks of needs it any more. Build descriptions are decided before the dependencies
/// of packages, since camlp4 must stay a dependency as long as a line calls it. A pure function of what was read.
package struct MetadataMigration: Sendable {
    /// Left out by whoever started the run, and why; nil for what is to be converted.
    package typealias Objection = @Sendable (Finding) -> String?

    /// What becomes of one build file.
    package struct Outcome: Sendable {
        /// The findings of the scan, each with its part of the edits; those that stay have none and say why.
        package fileprivate(set) var findings: [Finding] = []
        /// What changes beyond the lines that were found: packages added, bounds.
        package internal(set) var additions: [Edit] = []
        package internal(set) var notes: [String] = []
        package internal(set) var leftovers: [Leftover] = []
        /// Indices into `findings` of what is done.
        fileprivate var done: Set<Int> = []
    }

    /// Said of each edit in what a generator wrote.
    package static let generatedNote =
        "the generated part is edited as its generator would write it, but its digest is the old one: "
        + "run `oasis setup` to renew both"

    /// What is to be done about one mention.
    enum Decision: Sendable {
        case keep(Leftover.Kind, String)
        case drop(String)
        case replace([String], String)

        var isKept: Bool { if case .keep = self { true } else { false } }
    }

    let builds: [CheckoutBuild]
    let state: CheckoutState
    let index: ExtensionIndex
    let aim: Aim
    var outcomes: [String: Outcome] = [:]
    /// `PATH:LINE` of lines that stay and turn an extension on, with the ids.
    private var kept: [(place: String, directory: String, extensions: Set<String>)] = []
    /// The components that an `_oasis` names for findlib, and their sources.
    private let oasisLibraries: [Component]
    private let inheritance: OasisInheritance
    let hasDune: Bool
    /// The opam packages that the checkout itself holds, which need no dependency on themselves.
    private let ownPackages: Set<String>
    /// The extensions that lines which were replaced turned on, what they gather included, and what came instead.
    private var replaced: [(directory: String, extension: String, covers: Set<String>)] = []
    /// The sources that a line which was edited gives to cppo.
    var cppoRuns: Set<String> = []
    /// What is told of lines that are edited all the same, of the file that is decided.
    private var told: [Leftover] = []
    /// The directories of Makefiles whose calls of Eliom's compilers are given `-ppx`.
    var eliomMoved: [String] = []

    package init(
        _ builds: [CheckoutBuild], sources: [CheckoutSource], _ index: ExtensionIndex, aim: Aim,
        links: SourceLinks = SourceLinks(), objection: @escaping Objection = { _ in nil }
    ) {
        self.builds = builds
        self.index = index
        self.aim = aim
        state = CheckoutState(sources, index, links)
        hasDune = builds.contains { ["dune", "dune-project"].contains($0.file.format.name) }
        oasisLibraries = builds.flatMap(\.file.components).filter { $0.findlib != nil }
        inheritance = OasisInheritance(builds.map(\.file))
        ownPackages = Set(builds.filter { $0.file.format.name == "opam" }.compactMap(Self.packageName))
        // opam's dependencies and META come last: they follow from what builds still do.
        for build in builds where !Self.isPackageDescription(build) { decide(build, objection) }
        for build in builds where Self.isPackageDescription(build) { decide(build, objection) }
        noteCppo()
        noteProblems()
        noteHeadLines()
        addEliomPackages()
    }

    package func outcome(of path: String) -> Outcome? { outcomes[path] }

    private static func isPackageDescription(_ build: CheckoutBuild) -> Bool {
        ["opam", "dune-project", "ci"].contains(build.file.format.name)
    }

    /// What an opam file's package is called: the `name` field, or `NAME` of `NAME.opam` and `NAME.opam/opam`.
    private static func packageName(_ build: CheckoutBuild) -> String? {
        let tree = OpamSyntaxTree(parsing: build.bytes)
        for case .field("name", _, let value) in tree.items {
            if case .string = value.kind { return tree.text(of: value) }
        }
        for part in [fileName(of: build.file.path), fileName(of: build.file.directory)] where part.hasSuffix(".opam") {
            return String(part.dropLast(".opam".count))
        }
        return nil
    }

    /// A dependency, an editor's setting, a toplevel's start: they call nothing in a build.
    static func callsNothing(_ build: CheckoutBuild) -> Bool {
        isPackageDescription(build) || ["merlin", "ocamlinit"].contains(build.file.format.name)
    }

    // MARK: one file

    private mutating func decide(_ build: CheckoutBuild, _ objection: Objection) {
        var editing = ListEditing(build.file, build.bytes)
        var present = PresentPackages(build.file, build.bytes)
        var decisions: [Decision] = []
        var actionEdits: [Int: Edit] = [:]
        for (finding, origin) in zip(build.result.findings, build.result.origins) {
            var decision = self.decision(finding, origin, build, editing, &present, objection)
            let isAction = build.file.actions[origin.mention.range] != nil
            switch decision {
            case .keep: keep(finding, origin, build)
            case .drop where isAction, .replace where isAction:
                noteReplaced(finding, origin, build)
                actionEdits[decisions.count] = actionEdit(decision, origin.mention, build)
            case .drop:
                if let entry = editing.entry(around: origin.mention.range) { editing.set(entry.range, .drop) }
            case .replace(let texts, _):
                noteReplaced(finding, origin, build)
                if let entry = editing.entry(around: origin.mention.range) { editing.set(entry.range, .replace(texts)) }
            }
            if case .replace(let texts, let note) = decision, texts.isEmpty { decision = .drop(note) }
            decisions.append(decision)
        }
        keepUsedVariables(build, &decisions, &editing)
        let emptied = editing.forgetEmptiedCommands()
        for (position, finding) in build.result.findings.enumerated() {
            guard emptied.contains(where: { $0.contains(finding.range) }) else { continue }
            decisions[position] = .keep(.manual, "\(finding.message): the command installs nothing else: take it out")
        }
        let gone = Set(zip(build.result.findings, decisions).filter { !$0.1.isKept }.map(\.0.extension))
        companions(build, gone: gone, &editing, &present)
        var outcome = Outcome()
        var opam: OpamMigration.Result?
        switch build.file.format.name {
        case "opam" where !build.file.problems.isEmpty, "dune-project" where !build.file.problems.isEmpty:
            noteNeeds(build, &outcome)
        case "opam":
            opam = OpamMigration(build, self, opamCount: opamFiles(beside: build)).settle(&editing, decisions)
        case "dune-project": DuneProjectMigration(build, self).settle(&editing, decisions)
        default: break
        }
        assemble(build, decisions, editing.edits(), actionEdits, &outcome)
        if let opam {
            outcome.additions += opam.edits
            outcome.notes += opam.notes
        }
        if build.file.format.name == "oasis" {
            let added = decisions.flatMap { decision -> [String] in
                if case .replace(let texts, _) = decision { texts } else { [] }
            }
            outcome.additions += OasisBound.edits(build, added: added)
        }
        outcome.leftovers += told
        told = []
        outcomes[build.file.path] = outcome
    }

    private func opamFiles(beside build: CheckoutBuild) -> Int {
        builds.count { $0.file.format.name == "opam" && $0.file.directory == build.file.directory }
    }

    private mutating func keep(_ finding: Finding, _ origin: MetadataScanner.Origin, _ build: CheckoutBuild) {
        guard !Self.callsNothing(build) else { return }
        let ids = index.closure(of: origin.declares + [finding.extension, "camlp4"])
        kept.append(("\(finding.path):\(finding.start.line)", build.file.directory, Set(ids)))
    }

    /// A build line that stays and needs the extension, below the directory of a package description.
    func lineThatNeeds(_ id: String, below directory: String) -> String? {
        kept.first { entry in
            entry.extensions.contains(id)
                && (directory.isEmpty || entry.directory == directory || entry.directory.hasPrefix(directory + "/"))
        }?.place
    }

    // MARK: one mention

    private mutating func decision(
        _ finding: Finding, _ origin: MetadataScanner.Origin, _ build: CheckoutBuild, _ editing: ListEditing,
        _ present: inout PresentPackages, _ objection: Objection
    ) -> Decision {
        if let reason = objection(finding) { return .keep(.unselected, reason) }
        let advice = "\(finding.message): \(finding.fix.advice)"
        let mention = origin.mention
        if case .archive = mention.subject { return .keep(.manual, advice) }
        if finding.rule == "camlp4/unknown-package" { return .keep(.manual, advice) }
        if let obstacle = obstacle(to: mention.range, in: build) { return .keep(.manual, "\(obstacle): \(advice)") }
        let reached = sources(of: mention, in: build)
        for id in [finding.extension] + origin.declares {
            if let reason = state.reasonToKeep(id, for: reached) { return .keep(.needed, reason) }
        }
        if finding.rule == "eliom/preprocessor" {
            guard editing.entry(around: mention.range) != nil else { return .keep(.manual, advice) }
            eliomMoved.append(build.file.directory)
            return .replace(["\(build.bytes.text(mention.range)) -ppx"], "")
        }
        if implementing(mention, in: build) {
            return .keep(.manual, "it is part of a syntax extension that this package provides")
        }
        if isNamedPackage(mention), state.isFoundation(finding.extension),
            let user = reached.first(where: \.namesCamlp4)
        {
            return .keep(.needed, "\(user.path) uses camlp4's own modules")
        }
        if case .opam(let name) = mention.subject { return package(name, finding, editing, build) }
        let isEditable = build.file.actions[mention.range] != nil || editing.entry(around: mention.range) != nil
        let ids = Set([finding.extension] + origin.declares).filter { state.isUsed($0, by: reached) }.sorted()
        let packages = ids.flatMap { self.packages(for: $0) }
        let names = names(packages, for: mention, in: build)
        guard isEditable else {
            let instead = names.isEmpty ? "take it out" : "write \(names.joined(separator: ", ")) instead"
            return .keep(.manual, "\(finding.message): this line is a person's to edit: \(instead)")
        }
        let new = present.add(names, beside: mention)
        var texts = new.map { text(for: $0, mention, editing, build) }
        if case .preprocessor(let words) = mention.subject, words.first == "camlp4's",
            words.last?.contains(" -D") ?? false,
            reached.contains(where: needsCppo) || build.bytes.contains("cppo")
        {
            return .keep(.manual, "\(finding.message): cppo takes it as -D NAME in its own command")
        }
        let cppo = cppoCall(in: mention, for: reached, build, present)
        if build.file.actions[mention.range] != nil {
            if cppo != nil, !new.isEmpty {
                let paths = reached.filter(needsCppo).map(\.path)
                return .keep(.manual, CppoCall.advice(in: build, for: paths, beside: new))
            }
        } else if case .preprocessor = mention.subject, !texts.isEmpty {
            let flags = flags(new, finding, build)
            switch flags {
            case .replace(let words, _): texts = words
            case .keep(_, let reason) where ["makefile", "omakefile"].contains(build.file.format.name):
                // camlp4 reads no ppx, so its call goes all the same; where the rewriter is named is told.
                texts = []
                told.append(
                    Leftover(
                        kind: .manual, path: finding.path, place: finding.start, rule: finding.rule, reason: reason))
            default: return flags
            }
        }
        if let cppo {
            present.note(cppo.text, beside: mention)
            cppoRuns.formUnion(reached.map(\.path))
            texts.append(cppo.text)
        }
        let unused = ids.isEmpty && isNamedPackage(mention) ? "declared, and no source uses it" : ""
        if !unused.isEmpty, texts.isEmpty, let use = libraryUse(mention, by: reached) {
            let reason = "no source uses its syntax, but \(use.path) names \(use.module), which comes with it"
            guard use.isSure else { return .keep(.manual, "\(reason): name the library that has it instead") }
            let added = present.add([use.library], beside: mention)
            return .replace(added.map { text(for: $0, mention, editing, build) }, reason)
        }
        return texts.isEmpty ? .drop(unused) : .replace(texts, "")
    }

    private func isNamedPackage(_ mention: Mention) -> Bool {
        if case .findlib = mention.subject { true } else { false }
    }

    private func implementing(_ mention: Mention, in build: CheckoutBuild) -> Bool {
        guard let component = mention.component else { return false }
        return build.result.declarations.contains { $0.provides && $0.component == component }
    }

    /// A META that OASIS writes follows the libraries of `_oasis`.
    private func sources(of mention: Mention, in build: CheckoutBuild) -> [CheckoutSource] {
        if build.file.format.name == "meta", !build.file.generated.isEmpty {
            let part = mention.component.map { String($0.dropFirst("package ".count)) }
            let libraries = oasisLibraries.filter { library in
                let name = library.findlib ?? ""
                let below = name.firstIndex(of: ".").map { String(name[name.index(after: $0)...]) }
                return below == part
            }
            let scopes = libraries.map(\.scope) + libraries.flatMap { inheritance.heirs(of: $0.name) }
            let reached = state.sources.filter { source in scopes.contains { state.links.isInside(source.path, $0) } }
            if !reached.isEmpty { return reached }
        }
        if mention.scope == nil, let name = mention.component, build.file.format.name == "oasis",
            let own = build.file.components.first(where: { $0.name == name })
        {
            return state.sources.filter { own.scope.contains($0.path) }
        }
        let reached = state.sources(of: mention, in: build.file)
        guard let component = mention.component, mention.scope != nil else { return reached }
        let heirs = inheritance.heirs(of: component)
        guard !heirs.isEmpty else { return reached }
        let known = Set(reached.map(\.path))
        return reached
            + state.sources.filter { source in
                !known.contains(source.path) && heirs.contains { state.links.isInside(source.path, $0) }
            }
    }

    /// The best way on the day aimed at; before there is one the first, since the sources are written for that.
    private func step(for id: String) -> Replacement.Step? {
        guard let replacement = index.named(id)?.replacement else { return nil }
        return replacement.step(on: aim.target) ?? replacement.steps.first
    }

    /// The packages that replace an extension on the day aimed at.
    func packages(for id: String) -> [Replacement.Package] {
        // Lwt's operators and functions need no rewriter.
        if id == "lwt", aim.style.lwt != .ppx { return [] }
        return step(for: id)?.packages ?? []
    }

    /// What findlib calls them: the rewriters, and the library whose syntax it was where nothing else names it.
    private func names(_ packages: [Replacement.Package], for mention: Mention, in build: CheckoutBuild) -> [String] {
        var root = ""
        if case .findlib(let name) = mention.subject { root = String(name.prefix { $0 != "." }) }
        // What `_oasis` says of META alone is for the library's users, too.
        let isHandWrittenMeta =
            build.file.format.name == "meta" && build.file.generated.isEmpty
            || build.file.format.name == "oasis" && mention.scope == nil
        var names: [String] = []
        for package in packages {
            guard let name = package.findlib else { continue }
            // A part of a findlib package brings the package along.
            let isBrought = packages.contains { $0.role == .ppx && ($0.findlib ?? "").hasPrefix(name + ".") }
            let isWanted =
                package.role == .ppx
                ? !isHandWrittenMeta : package.role == .library && name == root && (isHandWrittenMeta || !isBrought)
            if isWanted, !names.contains(name) { names.insert(name, at: package.role == .library ? 0 : names.count) }
        }
        return names
    }

    /// The entry with another name in it.
    private func text(
        for name: String, _ mention: Mention, _ editing: ListEditing, _ build: CheckoutBuild
    ) -> String {
        guard let entry = editing.entry(around: mention.range), case .findlib = mention.subject else { return name }
        if entry.list.hasConstraints { return name }
        let before = build.bytes.text(ByteRange(entry.range.start, mention.name.start))
        let after = build.bytes.text(ByteRange(mention.name.end, entry.range.end))
        return before + name + after
    }

    /// `-package` for the rewriters where a command ran camlp4; only findlib's tools take it.
    private func flags(_ names: [String], _ finding: Finding, _ build: CheckoutBuild) -> Decision {
        let flags = names.map { "-package \($0)" }
        switch build.file.format.name {
        case "ocamlbuild-tags": return .replace(names.map { "package(\($0))" }, "")
        case "makefile", "omakefile":
            let line = String(decoding: finding.sourceLine, as: UTF8.self).lowercased()
            if line.contains("ocamlfind") { return .replace(flags, "") }
        default: break
        }
        return .keep(
            .manual,
            "\(finding.message): give the compiler \(flags.joined(separator: " ")) (with ocamlfind) instead")
    }

    private func package(
        _ name: String, _ finding: Finding, _ editing: ListEditing, _ build: CheckoutBuild
    ) -> Decision {
        if let place = lineThatNeeds(finding.extension, below: packageDirectory(build)) {
            return .keep(.needed, "\(place) still needs it")
        }
        // What stands in a group, among alternatives or in a condition is part of something larger.
        let entry = editing.entry(around: finding.range)?.range
        let bracket = build.file.format.name == "dune-project" ? 1 : 0
        guard let entry, finding.range.start - entry.start <= bracket else {
            return .keep(.manual, "\(finding.message): take it out by hand")
        }
        return .drop("")
    }

    func packageDirectory(_ build: CheckoutBuild) -> String {
        let directory = build.file.directory
        return fileName(of: directory) == "opam" || directory.hasSuffix(".opam")
            ? directoryName(of: directory) : directory
    }

    /// The library that an extension's package holds beside its syntax (`pa_ounit`) goes with it.
    ///
    /// - Parameter gone: the extensions of which a line of the file went.
    private func companions(
        _ build: CheckoutBuild, gone: Set<String>, _ editing: inout ListEditing, _ present: inout PresentPackages
    ) {
        for mention in build.file.mentions {
            guard case .findlib(let name) = mention.subject, index.findlib(name) == nil, name != "camlp4",
                let entry = index.opam(name), let place = editing.entry(around: mention.range)
            else { continue }
            if state.reasonToKeep(entry.id, for: state.sources) != nil { continue }
            // An extension that nothing uses takes its library along where its syntax goes from the same file.
            let isUsed = state.isUsed(entry.id, by: state.sources)
            guard build.file.format.name != "opam", isUsed || gone.contains(entry.id) else { continue }
            let names = isUsed ? names(packages(for: entry.id), for: mention, in: build) : []
            let texts = present.add(names, beside: mention).map { text(for: $0, mention, editing, build) }
            editing.set(place.range, texts.isEmpty ? .drop : .replace(texts))
        }
    }

    // MARK: what an opam file needs

    /// A package that a package description has to name.
    struct Need {
        let package: Replacement.Package
        /// The oldest OCaml that takes it, where that is later than 4.02.
        let ocaml: String?
        /// The opam packages that had the syntax.
        let providers: Set<String>
        /// Whether tests alone use it.
        let isForTests: Bool
    }

    private mutating func noteReplaced(
        _ finding: Finding, _ origin: MetadataScanner.Origin, _ build: CheckoutBuild
    ) {
        for id in Set([finding.extension] + origin.declares) {
            let gathers = index.named(id).map { $0.rules.isEmpty && $0.generators.isEmpty && $0.quotations.isEmpty }
            let covers = gathers == true ? Set(index.closure(of: [id])) : [id]
            replaced.append((build.file.directory, id, covers))
        }
    }

    /// What the sources of a package need from now on, each package once, sorted by name.
    ///
    /// - Parameters:
    ///   - isAlone: whether the checkout holds one package. Of several only those that depend on an extension's provider
    ///     get its replacement.
    ///   - declared: the packages that the description names.
    func packagesNeeded(around build: CheckoutBuild, isAlone: Bool, declared: Set<String>) -> [Need] {
        let sources = state.sources(around: build.file)
        var converted = Set(sources.flatMap(\.converted))
        if !converted.isEmpty {
            // What the ppx takes as it stands is no conversion, and needs the ppx all the same.
            converted.formUnion(sources.flatMap(\.uses).filter { index.named($0)?.isUsedSilently != nil })
        }
        let gathered = replaced.filter { $0.covers.count > 1 }
        let covered = gathered.reduce(into: Set<String>()) { $0.formUnion($1.covers.subtracting([$1.extension])) }
        var ids = converted.subtracting(covered)
        if !converted.isEmpty { ids.formUnion(gathered.map(\.extension)) }
        var needs: [String: Need] = [:]
        for id in ids.sorted() {
            let providers = providers(of: id)
            if !isAlone, declared.isDisjoint(with: providers), !declared.contains("camlp4") { continue }
            let users = sources.filter { $0.uses.contains(id) }
            let isForTests = !users.isEmpty && users.allSatisfy { Self.isTest($0.path) }
            let ocaml = step(for: id)?.ocaml
            for package in packages(for: id)
            where (declared.contains(package.opam) || !providers.contains(package.opam))
                && !ownPackages.contains(package.opam)
            {
                guard needs[package.opam].map({ $0.package.role == .library }) ?? true else { continue }
                needs[package.opam] = Need(
                    package: package, ocaml: ocaml, providers: providers, isForTests: isForTests)
            }
        }
        return needs.keys.sorted().compactMap { needs[$0] }
    }

    /// The opam packages whose findlib packages turn an extension on.
    private func providers(of id: String) -> Set<String> {
        guard let entry = index.named(id) else { return [] }
        return Set(entry.findlib.map { String($0.prefix { $0 != "." }) }).union(entry.opam)
    }

    private static func isTest(_ path: String) -> Bool {
        path.split(separator: "/").dropLast().contains { $0.lowercased().contains("test") }
    }

    // MARK: dune's actions

    private func actionEdit(_ decision: Decision, _ mention: Mention, _ build: CheckoutBuild) -> Edit? {
        guard let action = build.file.actions[mention.range] else { return nil }
        if case .replace(let names, _) = decision, let call = names.first(where: { $0.hasPrefix("(") }) {
            return Edit(action.action, call)
        }
        if case .replace(let names, _) = decision, !names.isEmpty {
            let list = names.joined(separator: " ")
            return Edit(action.action, action.isJbuild ? "(pps (\(list)))" : "(pps \(list))")
        }
        guard let field = action.field else { return Edit(action.action, "no_preprocessing") }
        // With the blanks before it, so that brackets close where they did.
        var start = field.start
        while start > 0, let byte = build.bytes.at(start - 1), byte.isSpace { start -= 1 }
        return Edit(ByteRange(start, field.end), "")
    }

    // MARK: putting together

    private func assemble(
        _ build: CheckoutBuild, _ decisions: [Decision], _ edits: [ListEditing.EntryEdit], _ actions: [Int: Edit],
        _ outcome: inout Outcome
    ) {
        let (ofFinding, free) = Self.distributed(edits, build, decisions)
        var findings: [Finding] = []
        for (position, finding) in build.result.findings.enumerated() where position < decisions.count {
            switch decisions[position] {
            case .keep(let kind, let reason):
                findings.append(finding.with(.manual([reason] + finding.fix.notes)))
                outcome.leftovers.append(
                    Leftover(kind: kind, path: finding.path, place: finding.start, rule: finding.rule, reason: reason))
            case .drop(let note), .replace(_, let note):
                var own: [Edit] = actions[position].map { [$0] } ?? []
                own += ofFinding[position] ?? []
                outcome.done.insert(position)
                findings.append(finding.with(fix(own, note, finding, build)))
            }
        }
        // Edits of companions, which no finding shows.
        outcome.additions += free
        outcome.findings = findings
    }

    /// Each edit given to the first finding in its entry that is done about; the others are nobody's. Findings are sorted by
    /// place, so this is a search for each edit.
    private static func distributed(
        _ edits: [ListEditing.EntryEdit], _ build: CheckoutBuild, _ decisions: [Decision]
    ) -> (ofFinding: [Int: [Edit]], free: [Edit]) {
        let findings = build.result.findings
        var ofFinding: [Int: [Edit]] = [:]
        var free: [Edit] = []
        for edit in edits {
            var low = 0
            var high = min(findings.count, decisions.count)
            let end = high
            while low < high {
                let middle = (low + high) / 2
                if findings[middle].range.start < edit.entry.start { low = middle + 1 } else { high = middle }
            }
            var owner: Int?
            while low < end, findings[low].range.start < edit.entry.end, owner == nil {
                if !decisions[low].isKept, edit.entry.contains(findings[low].range) { owner = low }
                low += 1
            }
            if let owner { ofFinding[owner, default: []].append(edit.edit) } else { free.append(edit.edit) }
        }
        return (ofFinding, free)
    }

    private func fix(_ edits: [Edit], _ note: String, _ finding: Finding, _ build: CheckoutBuild) -> Fix {
        guard !edits.isEmpty else { return .manual("goes with the entry around it") }
        var notes = note.isEmpty ? [] : [note]
        if build.file.generated.contains(where: { $0.contains(finding.range) }) {
            notes.append(Self.generatedNote)
        }
        switch build.file.format.name {
        case "ocamlbuild-tags", "oasis", "merlin", "dune", "omakefile", "makefile":
            return notes.count > (note.isEmpty ? 0 : 1) ? .review(edits, notes) : .safe(edits, notes)
        default:
            return .review(edits, notes.isEmpty ? ["see that the package builds without camlp4"] : notes)
        }
    }
}

extension MetadataMigration.Outcome {
    /// For those who show findings alone: what is added beyond them goes with the first that has edits.
    package var shown: [Finding] {
        guard !additions.isEmpty, let first = findings.firstIndex(where: { !$0.fix.edits.isEmpty }) else {
            return findings
        }
        var shown = findings
        let fix = findings[first].fix
        shown[first] = findings[first].with(.review(fix.edits + additions, fix.notes))
        return shown
    }

    /// The file with everything made that this says; nil where the edits do not fit together.
    package func applied(to bytes: [UInt8]) -> [UInt8]? {
        EditList(findings.flatMap(\.fix.edits) + additions)?.applied(to: bytes)
    }

    /// The findings whose edits are made.
    package var converted: [Finding] { findings.enumerated().filter { done.contains($0.offset) }.map(\.element) }
}

extension [UInt8] {
    /// Whether the word stands somewhere in the text.
    fileprivate func contains(_ word: String) -> Bool {
        words(in: ByteRange(0, count)) { $0.isPackageNameByte }.contains { text($0) == word }
    }
}
