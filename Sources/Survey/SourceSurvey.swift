import BuildFiles
package import Findings
import Text

/// What the sources of one release say about camlp4, for those who plan: which extensions they use and where, how much there
/// is to convert, what their build files declare.
///
/// A pure function of files; the scan is the same as that of `caravan scan`.
package struct SourceSurvey: Sendable {
    /// A file of a release, its path relative to the root of the release.
    package struct File: Sendable {
        package let path: String
        package let bytes: [UInt8]

        package init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    /// What was found of one extension.
    package struct Use: Sendable, Hashable {
        /// Findings in sources.
        package var constructs = 0
        /// Source lines that they span.
        package var lines = 0
        /// Lines of build files that name it.
        package var declarations = 0
        /// `PATH:LINE: what`, in order of paths: the first few of the sources, then of build files.
        package var places: [String] = []
        /// Whether the package provides the extension itself.
        package var isProvided = false
        /// The first construct of each rule in sources, of the first few rules, before and after.
        package var samples: [UseSample] = []

        package init() {}
    }

    /// By the catalogue's ids.
    package let uses: [String: Use]
    /// Source files read, and those of them that were not understood to the end.
    package let files: Int
    package let partial: Int

    private static let placeLimit = 3
    private static let sampleLimit = 6

    /// Whether a file of this name tells anything.
    package static func isWanted(path: String) -> Bool {
        SourceLanguage.isSource(fileName: fileName(of: path)) || BuildFormat.of(path: path) != nil
    }

    package init(_ files: [File], _ index: ExtensionIndex) {
        let files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        let scanner = MetadataScanner(index)
        var builds: [BuildFile] = []
        var metadata: [MetadataScanner.Result] = []
        for file in files {
            guard let format = BuildFormat.of(path: file.path) else { continue }
            let build = format.read(file.bytes, path: file.path)
            builds.append(build)
            // An opam file tells of packages, not of what sources use: that is the planner's own reading.
            if format.name != "opam" { metadata.append(scanner.scan(build, file.bytes)) }
        }
        let knowledge = BuildKnowledge(builds, declarations: metadata.flatMap(\.declarations))
        let sources = SourceScanner(index, knowledge)
        var uses: [String: Use] = [:]
        var (read, partial) = (0, 0)
        for file in files where SourceLanguage.isSource(fileName: Self.fileName(of: file.path)) {
            guard case .scanned(let scanned) = sources.scan(file.bytes, path: file.path) else { continue }
            read += 1
            if scanned.partial != nil { partial += 1 }
            for finding in scanned.findings {
                uses[finding.extension, default: Use()].constructs += 1
                uses[finding.extension, default: Use()].lines += finding.end.line - finding.start.line + 1
                Self.note(finding, in: &uses)
                Self.show(finding, of: file, in: &uses)
            }
        }
        for finding in metadata.flatMap(\.findings) {
            uses[finding.extension, default: Use()].declarations += 1
            Self.note(finding, in: &uses)
        }
        for declaration in knowledge.declarations where declaration.provides {
            uses[declaration.extension, default: Use()].isProvided = true
        }
        self.uses = uses
        self.files = read
        self.partial = partial
    }

    init(uses: [String: Use], files: Int, partial: Int) {
        self.uses = uses
        self.files = files
        self.partial = partial
    }

    private static func note(_ finding: Finding, in uses: inout [String: Use]) {
        guard (uses[finding.extension]?.places.count ?? 0) < placeLimit else { return }
        uses[finding.extension, default: Use()].places
            .append("\(finding.path):\(finding.start.line): \(finding.message)")
    }

    /// One of each rule, so that they show something.
    private static func show(_ finding: Finding, of file: File, in uses: inout [String: Use]) {
        let shown = uses[finding.extension]?.samples ?? []
        guard shown.count < sampleLimit, !shown.contains(where: { $0.rule == finding.rule }) else { return }
        uses[finding.extension]?.samples.append(UseSample(finding, in: file.bytes))
    }

    private static func fileName(of path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) } ?? path
    }
}

extension ExtensionIndex {
    /// The extensions that an opam package ships, by the names under which findlib and opam know them: `cstruct.syntax` is
    /// of the package cstruct. Sorted.
    package func shipped(by package: String) -> [String] {
        all.filter { entry in
            entry.opam.contains(package) || entry.findlib.contains { $0 == package || $0.hasPrefix(package + ".") }
        }
        .map(\.id).sorted()
    }
}
