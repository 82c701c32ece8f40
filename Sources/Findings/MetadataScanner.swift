package import BuildFiles
import Text

/// Finds the lines of build files that bring camlp4 in, and what they declare for which sources.
package struct MetadataScanner: Sendable {
    /// The second parts of its rules' ids.
    static let slugs: Set = ["dependency", "package", "preprocessor", "provides", "syntax", "unknown-package"]

    private let index: ExtensionIndex

    package init(_ index: ExtensionIndex) {
        self.index = index
    }

    /// What a scan says of one build file.
    package struct Result: Sendable {
        package let path: String
        package let format: String
        package let findings: [Finding]
        /// What each finding is about, in the same order.
        package let origins: [Origin]
        package let declarations: [BuildKnowledge.Declaration]
        /// Where and why parts of it were not understood.
        package let problems: [String]

        /// The same with other findings: those that know what to write instead.
        package func with(_ findings: [Finding]) -> Result {
            Result(
                path: path, format: format, findings: findings, origins: origins, declarations: declarations,
                problems: problems)
        }
    }

    /// The word of a build file behind a finding.
    package struct Origin: Sendable {
        package let mention: Mention
        /// The extensions that it turns on, what they imply not counted.
        package let declares: [String]
    }

    package func scan(_ file: BuildFile, _ bytes: [UInt8]) -> Result {
        let lines = LineTable(bytes)
        var found: [(finding: Finding, origin: Origin)] = []
        var declarations: [BuildKnowledge.Declaration] = []
        for mention in file.mentions {
            guard let verdict = verdict(on: mention) else { continue }
            let start = lines.position(of: mention.range.start)
            let line = lines.range(ofLine: start.line, in: bytes) ?? ByteRange(0, 0)
            let finding = Finding(
                rule: verdict.rule, extension: verdict.extension, path: file.path, start: start,
                end: lines.position(of: mention.range.end), message: verdict.message, fix: .manual(verdict.advice),
                sourceLine: Array(bytes[line.start..<line.end].prefix(400)))
            found.append((finding, Origin(mention: mention, declares: verdict.declares)))
            for id in verdict.declares {
                declarations.append(
                    BuildKnowledge.Declaration(
                        extension: id, scope: mention.scope, component: mention.component,
                        place: "\(file.path):\(start.line)", provides: verdict.provides,
                        needsSyntax: needsSyntax(mention, in: file), isNamed: isNamed(id, by: mention)))
            }
        }
        found.sort { $0.finding.range < $1.finding.range }
        var findings = found.map(\.finding)
        let marks = file.format.commentMarks
        Fingerprint.assign(
            to: &findings, surroundings: findings.map { Fingerprint.line($0.sourceLine, commentsFrom: marks) })
        let problems = file.problems.map { problem in
            let place = lines.position(of: problem.range.start)
            return "line \(place.line), column \(place.column): \(problem.message)"
        }
        return Result(
            path: file.path, format: file.format.name, findings: findings, origins: found.map(\.origin),
            declarations: declarations, problems: problems)
    }

    private func isNamed(_ id: String, by mention: Mention) -> Bool {
        switch mention.subject {
        case .preprocessor(let words): words.contains { index.archive($0)?.id == id }
        case .syntax: false
        case .findlib, .opam, .archive: true
        }
    }

    private func needsSyntax(_ mention: Mention, in file: BuildFile) -> Bool {
        guard case .findlib(let name) = mention.subject else { return false }
        return !(["oasis", "ocamlbuild-tags"].contains(file.format.name) && name.hasSuffix("syntax"))
    }

    private struct Verdict {
        let rule: String
        let `extension`: String
        let message: String
        let advice: String
        var declares: [String] = []
        var provides = false
    }

    private func verdict(on mention: Mention) -> Verdict? {
        switch mention.subject {
        case .findlib(let name): findlib(name)
        case .opam(let name):
            index.opam(name).map { entry in
                Verdict(
                    rule: "\(entry.id)/dependency", extension: entry.id,
                    message: "depends on \(name), which brings camlp4 in",
                    advice:
                        "drop \(name) from the dependencies once no source needs it; instead: \(entry.replacement.summary)"
                )
            }
        case .syntax(let name):
            Verdict(
                rule: "camlp4/syntax", extension: "camlp4", message: "turns \(name) on",
                advice: "remove it once the sources are converted", declares: Self.loaded(by: [name]))
        case .preprocessor(let words) where words.first.map { $0.contains("eliom") } ?? false:
            Verdict(
                rule: "eliom/preprocessor", extension: "eliom",
                message: "\(words.first ?? "eliomc") preprocesses with camlp4 unless it is given -ppx",
                advice: "give it -ppx, and the ppx packages with -package, once the sources are converted",
                declares: ["eliom"])
        case .preprocessor(let words):
            Verdict(
                rule: "camlp4/preprocessor", extension: "camlp4",
                // Of an option for camlp4 the option is told, else the program.
                message:
                    "preprocesses with \(words.first == "camlp4's" ? words.joined(separator: " ") : words.first ?? "camlp4")",
                advice: "remove it once the sources are converted; ppx rewriters take its place",
                declares: Self.loaded(by: words) + words.compactMap { index.archive($0)?.id })
        case .archive(let name):
            Verdict(
                rule: "camlp4/provides", extension: index.archive(name)?.id ?? "camlp4",
                message: "provides a camlp4 syntax extension (\(name))",
                advice: "offer a ppx rewriter beside it, then drop this part",
                declares: [index.archive(name)?.id ?? name], provides: true)
        }
    }

    private func findlib(_ name: String) -> Verdict? {
        if let entry = index.findlib(name) {
            return Verdict(
                rule: "\(entry.id)/package", extension: entry.id, message: "uses \(name), a camlp4 syntax extension",
                advice: "instead of \(name): \(entry.replacement.summary)", declares: [entry.id])
        }
        // By findlib's custom a package of this name is a syntax extension; OASIS turns camlp4 on for it.
        guard name.hasSuffix(".syntax") || name.hasSuffix("-syntax") else { return nil }
        return Verdict(
            rule: "camlp4/unknown-package", extension: "camlp4",
            message: "uses \(name), by its name a camlp4 syntax extension that the catalogue does not know",
            advice: "look up what \(name) offers for ppx", declares: ["camlp4"])
    }

    /// What a camlp4 program has on by itself. All but the plain ones bring the macro language, `EXTEND` and quotations.
    static func loaded(by words: [String]) -> [String] {
        var loaded = ["camlp4"]
        let programs = Set(words.compactMap { camlp4Program(in: $0) })
        if !programs.isDisjoint(with: ["camlp4of", "camlp4oof", "camlp4orf", "camlp4rf", "camlp5"]) {
            loaded += ["camlp4-macro", "camlp4-extend", "camlp4-quotations", "camlp4-listcomprehension"]
        }
        if words.contains(where: { $0.hasPrefix("pa_macro") || $0.hasPrefix("Camlp4MacroParser") || $0 == "macro" }) {
            loaded.append("camlp4-macro")
        }
        if words.contains(where: { $0.hasPrefix("pa_extend") || $0.hasPrefix("q_MLast") }) {
            loaded.append("camlp4-extend")
        }
        return loaded
    }
}
