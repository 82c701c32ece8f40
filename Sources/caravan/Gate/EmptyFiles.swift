import Text
import Workspace

/// Sources in which a run of this very program found nothing, so that they need not be parsed again: most of a checkout.
///
/// A digest stands for all that the answer depends on: the program, the extensions it knows, the path, the extensions that
/// build files turn on there, and the file's bytes.
struct EmptyFiles: Sendable {
    private let file: DigestFile
    private let reader: QuickDigest

    /// - Parameter extensions: those of the project's own, as text.
    init(path: String, extensions: String) {
        file = DigestFile(path: path)
        reader = QuickDigest(RunningProgram.identity).and(QuickDigest(extensions))
    }

    func digest(_ bytes: [UInt8], path: String, turnedOn: [String]?) -> QuickDigest {
        let on = turnedOn.map { "+" + $0.joined(separator: "+") } ?? "-"
        return reader.and(QuickDigest(path + "\n" + on)).and(QuickDigest(bytes))
    }

    func contains(_ digest: QuickDigest) -> Bool { file.contains(digest) }

    /// Where it cannot be kept, the next run works it out again.
    func keep(_ digests: [QuickDigest]) {
        try? file.adding(digests)
    }
}
