import BuildFiles
import Findings
import Text

/// What goes beyond single mentions: who runs cppo from now on, which variables of a Makefile stay, what Eliom's compilers are
/// given.
extension MetadataMigration {
    // MARK: cppo

    /// Whether a source has lines from now on that only cppo understands.
    func needsCppo(_ source: CheckoutSource) -> Bool {
        if case .none = source.lines { return false }
        guard aim.style.conditionals == .cppo else { return false }
        return source.edited.contains { id in
            packages(for: id).contains { $0.role == .tool && $0.opam == "cppo" }
        }
    }

    /// What stands in the place of a mention of camlp4 so that cppo is run; nil where none of its sources needs that, where
    /// nothing can stand there, or where it stands for the same sources already.
    func cppoCall(
        in mention: Mention, for reached: [CheckoutSource], _ build: CheckoutBuild, _ present: PresentPackages
    ) -> CppoCall? {
        let named = build.file.sourcesNamed(beside: mention, build.bytes)
        let sources = reached.filter { source in
            needsCppo(source) && (named.isEmpty || named.contains(fileName(of: source.path)))
        }
        guard !sources.isEmpty else { return nil }
        let asksForVersion = sources.contains { if case .lines(withVersion: true) = $0.lines { true } else { false } }
        guard let call = CppoCall(in: mention, build, asksForVersion: asksForVersion) else { return nil }
        return present.has(call.text, beside: mention) ? nil : call
    }

    /// Says of each source with cppo's lines that no edited line gives to cppo what is to be written where.
    mutating func noteCppo() {
        var notes: [String: [String]] = [:]
        for source in state.sources where needsCppo(source) && !cppoRuns.contains(source.path) {
            let speaking = builds.filter { build in
                !Self.callsNothing(build) && build.file.format.name != "meta"
                    && (build.file.governs.contains { $0.contains(source.path) }
                        || build.file.mentions.contains { $0.scope?.contains(source.path) ?? false })
            }
            let build = speaking.first { $0.file.format.name == "ocamlbuild-tags" } ?? speaking.first
            if let build { notes[build.file.path, default: []].append(source.path) }
        }
        for build in builds {
            guard let paths = notes[build.file.path] else { continue }
            outcomes[build.file.path, default: Outcome()].notes.append(
                CppoCall.advice(in: build, for: paths, beside: []))
        }
    }

    // MARK: variables of Makefiles

    /// A variable that holds camlp4 stays as it is where a line stays that uses it.
    func keepUsedVariables(
        _ build: CheckoutBuild, _ decisions: inout [Decision], _ editing: inout ListEditing
    ) {
        let origins = build.result.origins
        let kept = zip(origins, decisions).filter { $0.1.isKept }.map(\.0.mention)
        let texts = kept.map { build.bytes.text($0.range) }
        guard texts.contains(where: { $0.contains("$") }) else { return }
        for (position, origin) in origins.enumerated() where position < decisions.count && !decisions[position].isKept {
            guard let statement = origin.mention.statement, let name = firstWord(at: statement, build),
                let user = zip(kept, texts).first(where: { $0.1.contains("$(\(name))") || $0.1.contains("${\(name)}") })
            else { continue }
            let line = LineTable(build.bytes).position(of: user.0.range.start).line
            decisions[position] = .keep(.needed, "\(build.file.path):\(line) still uses it")
            if let entry = editing.entry(around: origin.mention.range) { editing.set(entry.range, .keep) }
        }
    }

    private func firstWord(at offset: Int, _ build: CheckoutBuild) -> String? {
        build.bytes.words(in: build.bytes.wholeLines(ByteRange(offset, offset))) { $0.isPackageNameByte }
            .first.map(build.bytes.text)
    }

    // MARK: Eliom

    /// The rewriters that Eliom's sources need beside Eliom's own, among the packages of both sides: `-ppx` brings Eliom's
    /// alone, where camlp4's extension brought those of Lwt and js_of_ocaml along.
    mutating func addEliomPackages() {
        for directory in Set(eliomMoved).sorted() {
            let inside = builds.filter { $0.file.directory == directory }
            let sources = state.sources.filter { source in
                directory.isEmpty || source.path.hasPrefix(directory + "/")
            }
            let ids = Set(sources.filter { $0.path.contains(".eliom") }.flatMap(\.uses)).subtracting([
                "eliom", "camlp4",
            ])
            let names = Set(ids.flatMap { packages(for: $0) }.filter { $0.role == .ppx }.compactMap(\.findlib)).sorted()
            guard !names.isEmpty else { continue }
            let listing = inside.filter { !$0.file.eliomPackages.isEmpty }
            for build in listing {
                for value in build.file.eliomPackages {
                    let known = Set(build.bytes.words(in: value) { $0.isPackageNameByte }.map(build.bytes.text))
                    let new = names.filter { !known.contains($0) }
                    guard !new.isEmpty else { continue }
                    // A list that one -package takes has commas, and no blanks.
                    let separator = build.bytes.text(value).contains(",") ? "," : " "
                    outcomes[build.file.path, default: Outcome()].additions.append(
                        Edit(ByteRange(value.end, value.end), ([""] + new).joined(separator: separator), side: .closing)
                    )
                }
            }
            if listing.isEmpty, let build = inside.first(where: { $0.file.format.name == "makefile" }) {
                outcomes[build.file.path, default: Outcome()].notes.append(
                    "give eliomc, eliomopt, js_of_eliom and eliomdep \(names.map { "-package \($0)" }.joined(separator: " "))"
                )
            }
        }
    }
}

extension BuildFile {
    /// The names of sources that stand in the command of a mention: nothing else is compiled there.
    fileprivate func sourcesNamed(beside mention: Mention, _ bytes: [UInt8]) -> [String] {
        guard mention.statement != nil else { return [] }
        return bytes.words(in: bytes.wholeLines(mention.range)) { !$0.isSpace }.map { fileName(of: bytes.text($0)) }
            .filter { ($0.hasSuffix(".ml") || $0.hasSuffix(".mli")) && !$0.contains("$") && !$0.contains("%") }
    }
}
