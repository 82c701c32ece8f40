package import BuildFiles
package import Findings
import OCamlSyntax

/// What is known of a text that stands where a file stood: asked before edits, and again after them.
package struct Judgement: Sendable {
    /// In source order.
    package let findings: [Finding]
    /// How many faults its reading has.
    package let problems: Int
    /// Whether stock OCaml takes it, after cppo where it has cppo's lines.
    package let isAccepted: Bool
    /// Where stock OCaml gives up.
    package let rejection: ScannedFile.Rejection?
    /// The ids of the extensions that it uses.
    package let extensions: [String]

    package init(
        findings: [Finding], problems: Int, isAccepted: Bool, rejection: ScannedFile.Rejection?,
        extensions: [String] = []
    ) {
        self.extensions = extensions
        self.findings = findings
        self.problems = problems
        self.isAccepted = isAccepted
        self.rejection = rejection
    }
}

/// Judges texts that stand where one file stood.
package protocol Judge: Sendable {
    /// Nil where the text is none that can be read.
    func judge(_ bytes: [UInt8]) -> Judgement?
}

/// Judges what stands where a source stood, with the extensions that are on there.
package struct SourceJudge: Judge {
    private let scanner: SourceScanner
    private let path: String

    package init(_ scanner: SourceScanner, path: String) {
        self.scanner = scanner
        self.path = path
    }

    package func judge(_ bytes: [UInt8]) -> Judgement? {
        guard case .scanned(let file) = scanner.scan(bytes, path: path) else { return nil }
        let isAccepted = file.acceptedByStock || file.rejection != nil && isAcceptedAfterCppo(bytes)
        return Judgement(
            findings: file.findings, problems: file.problems, isAccepted: isAccepted,
            rejection: isAccepted ? nil : file.rejection, extensions: file.extensions)
    }

    private func isAcceptedAfterCppo(_ bytes: [UInt8]) -> Bool {
        let isInterface = SourceLanguage.isInterface(path: path)
        guard let lines = CppoLines(bytes) else { return false }
        return lines.variants.allSatisfy { Syntax.rejectionByStock($0, interface: isInterface) == nil }
    }
}

/// Judges what stands where a build file stood.
package struct BuildFileJudge: Judge {
    private let scanner: MetadataScanner
    private let format: BuildFormat
    private let path: String

    package init(_ scanner: MetadataScanner, _ format: BuildFormat, path: String) {
        self.scanner = scanner
        self.format = format
        self.path = path
    }

    package func judge(_ bytes: [UInt8]) -> Judgement? {
        let file = format.read(bytes, path: path)
        let result = scanner.scan(file, bytes)
        return Judgement(
            findings: result.findings, problems: result.problems.count, isAccepted: true, rejection: nil)
    }
}
