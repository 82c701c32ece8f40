package import BuildFiles
package import Findings
import Text

/// A source of a checkout, as the edits of build files see it: what it used, and what of that is left.
package struct CheckoutSource: Sendable {
    package let path: String
    /// The ids of the extensions that it uses.
    package let uses: Set<String>
    /// Those of them of which something is or will be converted.
    package let converted: Set<String>
    package let leftovers: [Leftover]
    /// Whether it names a module of camlp4's own library, which a build then needs though nothing is preprocessed.
    package let namesCamlp4: Bool
    /// The extensions whose constructs are edited, none that only goes along.
    let edited: Set<String>
    /// Its text from now on; empty where it is not at hand.
    let text: [UInt8]
    /// The same as far as cppo is concerned.
    let lines: CppoNeed
    /// Whether its first line ran camlp4 on it, and runs it no more.
    let lostHeadLine: Bool

    /// What a text asks of cppo.
    package enum CppoNeed: Sendable {
        /// It has lines that only cppo understands; some of these tell OCaml's version.
        case lines(withVersion: Bool)
        case none
        /// The text is not made yet.
        case unknown
    }

    package init(
        path: String, uses: some Sequence<String>, converted: some Sequence<String>, leftovers: [Leftover],
        namesCamlp4: Bool, edited: Set<String> = [], lines: CppoNeed = .none,
        lostHeadLine: Bool = false, text: [UInt8] = []
    ) {
        self.text = text
        self.lostHeadLine = lostHeadLine
        self.edited = edited
        self.lines = lines
        self.path = path
        self.uses = Set(uses)
        self.converted = Set(converted)
        self.leftovers = leftovers
        self.namesCamlp4 = namesCamlp4
    }

    /// After a conversion.
    package init(_ file: RewrittenFile) {
        // What stock rejects in a script of the toplevel are its directives, which camlp4 has nothing to do with. No more can
        // it read a line of cppo's.
        let isNotCamlp4s = Self.isScript(file.after) || CppoUse.takesInUnseen(file.after)
        self.init(
            path: file.path, uses: Set(file.extensions).union(file.converted.map(\.extension)),
            converted: file.converted.isEmpty ? [] : Set(file.extensions).union(file.converted.map(\.extension)),
            leftovers: file.leftovers.filter { !(isNotCamlp4s && $0.kind == .rejected) },
            namesCamlp4: Self.namesCamlp4(file.after), edited: Set(file.converted.map(\.extension)),
            lines: Self.cppoNeed(of: file.after),
            lostHeadLine: file.converted.contains { $0.rule == "camlp4/directive" }, text: file.after)
    }

    private static func cppoNeed(of bytes: [UInt8]) -> CppoNeed {
        guard CppoUse.isCalled(for: bytes) else { return .none }
        return .lines(withVersion: !version.matches(in: bytes).isEmpty)
    }

    private static let version = Pattern(
        ##"^ [ \t]* \# [ \t]* (?: if | elif | define ) \b .* \b OCAML_ (?: VERSION | MAJOR | MINOR )"##)

    /// Before one: what has no edit will be left, and so will what stock OCaml rejects where nothing explains it.
    package init(_ file: ScannedFile, namesCamlp4: Bool, isScript: Bool) {
        let manual = file.findings.filter { $0.fix.edits.isEmpty }
        var leftovers = manual.map { finding in
            Leftover(
                kind: .manual, path: file.path, place: finding.start, rule: finding.rule,
                reason: "\(finding.message): \(finding.fix.advice)")
        }
        if let rejection = file.rejection, file.findings.isEmpty, !isScript {
            leftovers.append(
                Leftover(
                    kind: .rejected, path: file.path, place: rejection.position,
                    rule: "ocaml/rejected", reason: rejection.reason))
        }
        let uses = Set(file.extensions).union(file.findings.map(\.extension))
        self.init(
            path: file.path, uses: uses, converted: manual.count < file.findings.count ? uses : [],
            leftovers: leftovers, namesCamlp4: namesCamlp4)
    }

    /// Whether a module of camlp4 or of type_conv's library is named: enough to tell, since nothing else is called so.
    package static func namesCamlp4(_ bytes: [UInt8]) -> Bool { !library.matches(in: bytes).isEmpty }

    /// Whether the file is a script of the toplevel, which no build compiles.
    package static func isScript(_ bytes: [UInt8]) -> Bool { !directive.matches(in: bytes).isEmpty }

    private static let directive = Pattern(
        ##"^ (?: \#! | [ \t]* \# (?: use | load | require | directory | thread | mod_use | install_printer | topfind ) \b )"##
    )
    private static let library = Pattern(#"\b (?: Camlp4 | Pa_type_conv ) \b"#)
}

/// A build file, read and scanned.
package struct CheckoutBuild: Sendable {
    package let file: BuildFile
    package let bytes: [UInt8]
    package let result: MetadataScanner.Result

    package init(file: BuildFile, bytes: [UInt8], result: MetadataScanner.Result) {
        self.file = file
        self.bytes = bytes
        self.result = result
    }
}

/// What sources of a checkout use, by the scopes that build files speak of.
struct CheckoutState: Sendable {
    let sources: [CheckoutSource]
    /// The paths under which builds know each of them, in the same order.
    private let places: [[String]]
    let links: SourceLinks
    private let index: ExtensionIndex
    /// What every extension implies: a leftover of these needs camlp4 itself, not each extension that stands on it.
    private let common: Set<String>

    init(_ sources: [CheckoutSource], _ index: ExtensionIndex, _ links: SourceLinks) {
        self.sources = sources
        places = sources.map { links.paths(of: $0.path) }
        self.links = links
        self.index = index
        common = Set(index.closure(of: ["camlp4"]))
    }

    /// The sources that a mention is about. One that speaks of no sources is about those of its file's directory, or about
    /// all where none lie there; a target such as `<bin/a.native>` is about the source that it is made of.
    func sources(of mention: Mention, in file: BuildFile) -> [CheckoutSource] {
        guard let scope = mention.scope else { return sources(around: file) }
        let direct = zip(sources, places).filter { $1.contains { scope.holds($0) } }.map(\.0)
        guard direct.isEmpty, case .pattern = scope else { return direct }
        return sources.filter { source in
            let directory = directoryName(of: source.path)
            let stem = (directory.isEmpty ? "" : directory + "/") + fileName(of: source.path).prefix { $0 != "." }
            return Self.targets.contains { scope.contains(stem + $0) }
        }
    }

    private static let targets = [
        ".native", ".byte", ".d.byte", ".p.native", ".cmx", ".cmo", ".cmi", ".cma", ".cmxa", ".cmxs", ".js",
    ]

    func sources(around file: BuildFile) -> [CheckoutSource] {
        var directory = file.directory
        // `opam/opam` and `name.opam/opam` describe what lies around their directory.
        if ["opam", "pkg"].contains(fileName(of: directory)) || directory.hasSuffix(".opam") {
            directory = directoryName(of: directory)
        }
        guard !directory.isEmpty else { return sources }
        let inside = sources.filter { links.isInside($0.path, .tree(directory)) }
        return inside.isEmpty ? sources : inside
    }

    /// Why one of the sources needs an extension to stay on; nil where none does.
    func reasonToKeep(_ id: String, for sources: [CheckoutSource]) -> String? {
        for source in sources {
            for leftover in source.leftovers where needs(String(leftover.rule.prefix { $0 != "/" }), id) {
                return "\(leftover.path):\(leftover.place.line) still needs it (\(leftover.rule))"
            }
        }
        return nil
    }

    /// Whether a source that uses one extension needs another to be on: one that it implies, or one that may be a part of
    /// what was left, as a generator is of a `with` clause.
    private func needs(_ used: String, _ other: String) -> Bool {
        // What stock OCaml rejects without a rule that explains it may need camlp4.
        if index.named(used) == nil { return common.contains(other) }
        if other == "camlp4", common.contains(used) { return true }
        if used == other || index.closure(of: [used]).contains(other) { return true }
        return !common.contains(used) && index.closure(of: [other]).contains(used)
    }

    /// Whether other extensions stand on this one, so that a library of it serves those who write them.
    func isFoundation(_ id: String) -> Bool {
        common.contains(id) || index.all.contains { $0.implies.contains(id) }
    }

    /// Whether one of the sources uses an extension; one that only gathers others (core.syntax) is used where any of them is.
    func isUsed(_ id: String, by sources: [CheckoutSource]) -> Bool {
        if sources.contains(where: { $0.uses.contains(id) }) { return true }
        guard let entry = index.named(id), entry.rules.isEmpty, entry.generators.isEmpty, entry.quotations.isEmpty
        else { return false }
        let parts = Set(index.closure(of: entry.implies)).subtracting(common)
        return sources.contains { !parts.isDisjoint(with: $0.uses) }
    }
}
