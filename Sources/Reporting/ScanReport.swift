package import Findings

/// Everything that a scan has to say, before it is put into words or JSON.
package struct ScanReport: Sendable {
    package let coverage: Coverage
    /// Sorted by path.
    package let files: [ScannedFile]
    /// Sorted by path.
    package let metadata: [MetadataScanner.Result]
    package let usage: [Usage]
    /// What documents and comments still show, sorted by path, those without findings left out; nil where nobody asked.
    package let documents: [DocumentScanner.Result]?

    package init(
        coverage: Coverage, files: [ScannedFile], metadata: [MetadataScanner.Result], usage: [Usage],
        documents: [DocumentScanner.Result]? = nil
    ) {
        self.documents = documents
        self.coverage = coverage
        self.files = files
        self.metadata = metadata
        self.usage = usage
    }

    /// How often one thing was found, and in how many files.
    package struct Count: Sendable, Hashable {
        package let name: String
        package let findings: Int
        package let files: Int
    }

    /// Findings in sources by extension, sorted by name.
    package var byExtension: [Count] { counts(\.extension) }

    /// Findings in sources by rule, sorted by name.
    package var byRule: [Count] { counts(\.rule) }

    package var sourceFindings: Int { files.reduce(0) { $0 + $1.findings.count } }
    package var documentFindings: Int { (documents ?? []).reduce(0) { $0 + $1.findings.count } }
    package var metadataFindings: Int { metadata.reduce(0) { $0 + $1.findings.count } }

    private func counts(_ key: (Finding) -> String) -> [Count] {
        var findings: [String: Int] = [:]
        var inFiles: [String: Int] = [:]
        for file in files {
            for finding in file.findings { findings[key(finding), default: 0] += 1 }
            for name in Set(file.findings.map(key)) { inFiles[name, default: 0] += 1 }
        }
        return findings.keys.sorted().map { Count(name: $0, findings: findings[$0] ?? 0, files: inFiles[$0] ?? 0) }
    }
}
