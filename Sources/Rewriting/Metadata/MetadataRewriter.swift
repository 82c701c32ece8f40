import BuildFiles
package import Findings
import Text

/// Makes the edits of a build file, reads the result back, and takes them back where it is not what it should be.
package struct MetadataRewriter: Sendable {
    private let scanner: MetadataScanner

    package init(_ index: ExtensionIndex) {
        scanner = MetadataScanner(index)
    }

    package func rewrite(_ build: CheckoutBuild, _ outcome: MetadataMigration.Outcome) -> RewrittenFile {
        let path = build.file.path
        var leftovers = outcome.leftovers
        for note in outcome.notes {
            leftovers.append(
                Leftover(
                    kind: .manual, path: path, place: Position(offset: 0, line: 1, column: 0), rule: "camlp4/metadata",
                    reason: note))
        }
        let done = outcome.converted
        if !done.isEmpty || !outcome.additions.isEmpty {
            if let after = outcome.applied(to: build.bytes), harm(of: after, build, outcome) == nil {
                return RewrittenFile(
                    path: path, before: build.bytes, after: after, converted: done,
                    leftovers: sorted(leftovers), isAccepted: true, reviews: reviews(of: done))
            }
            let reason =
                outcome.applied(to: build.bytes).flatMap { harm(of: $0, build, outcome) }
                ?? "its edits touch the same text"
            leftovers += done.map { finding in
                Leftover(
                    kind: .refused, path: path, place: finding.start, rule: finding.rule,
                    reason: "\(finding.message): \(reason); \(finding.fix.advice)")
            }
            if done.isEmpty {
                leftovers.append(
                    Leftover(
                        kind: .refused, path: path, place: Position(offset: 0, line: 1, column: 0),
                        rule: "camlp4/metadata", reason: "what the ppx needs could not be written here: \(reason)"))
            }
        }
        return RewrittenFile(
            path: path, before: build.bytes, after: build.bytes, converted: [], leftovers: sorted(leftovers),
            isAccepted: true)
    }

    private func reviews(of findings: [Finding]) -> [Review] {
        findings.filter { $0.fix.safety == .review }.flatMap { finding in
            finding.fix.notes.map { Review(path: finding.path, place: finding.start, rule: finding.rule, note: $0) }
        }
    }

    /// What is wrong with the text: it reads worse than before, or something is found in it that should have gone.
    private func harm(
        of after: [UInt8], _ build: CheckoutBuild, _ outcome: MetadataMigration.Outcome
    ) -> String? {
        let file = build.file.format.read(after, path: build.file.path)
        let result = scanner.scan(file, after)
        if result.problems.count > build.result.problems.count { return "its edits make the file harder to read" }
        let left = outcome.findings.count - outcome.converted.count
        if result.findings.count > left { return "its edits leave what they were to replace" }
        return nil
    }

    private func sorted(_ leftovers: [Leftover]) -> [Leftover] {
        leftovers.sorted { left, right in
            left.place.offset != right.place.offset
                ? left.place.offset < right.place.offset : left.rule < right.rule
        }
    }
}
