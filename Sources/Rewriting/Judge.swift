package import BuildFiles
package import Findings
import OCamlSyntax
import Text

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
    private let path: String
    private let scan: @Sendable ([UInt8]) -> SourceScanner.Outcome

    package init(_ scanner: SourceScanner, path: String) {
        self.path = path
        scan = { scanner.scan($0, path: path) }
    }

    /// With these extensions on, whatever build files say.
    package init(_ scanner: SourceScanner, path: String, turnedOn: [String]) {
        self.path = path
        scan = { scanner.scan($0, path: path, turnedOn: turnedOn) }
    }

    package func judge(_ bytes: [UInt8]) -> Judgement? {
        guard case .scanned(let file) = scan(bytes) else { return nil }
        let rejection = file.rejection.flatMap { rejectionAfterCppo(bytes, without: $0) }
        return Judgement(
            findings: file.findings, problems: file.problems,
            isAccepted: file.acceptedByStock || file.rejection != nil && rejection == nil, rejection: rejection,
            extensions: file.extensions)
    }

    /// Nil where stock OCaml takes whatever cppo makes of the text.
    private func rejectionAfterCppo(
        _ bytes: [UInt8], without plain: ScannedFile.Rejection
    ) -> ScannedFile.Rejection? {
        switch CppoLines.read(bytes) {
        case .plain: return plain
        case .obstacle(let offset, let reason):
            return ScannedFile.Rejection(position: LineTable(bytes).position(of: offset), reason: reason)
        case .lines(let lines):
            let isInterface = SourceLanguage.isInterface(path: path)
            for variant in lines.variants {
                let tree = Syntax.tree(variant, interface: isInterface, dialects: [])
                if let error = tree.rejectionByStock {
                    let place = LineTable(bytes).position(of: tree.tokens.start(error.token))
                    return ScannedFile.Rejection(position: place, reason: error.reason)
                }
            }
            return nil
        }
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
