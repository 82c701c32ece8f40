import Findings
import Rewriting
import Text
import Workspace

/// Asks about each edit on standard error and reads the answers from standard input, as `git add -p` does.
struct Chooser {
    private enum Answer: String {
        case yes = "y"
        case no = "n"
        case quit = "q"
        case all = "a"
        case none = "d"
    }

    private static let help = """
        y - make this edit
        n - do not make it
        q - quit; do not make this edit or any of the remaining ones
        a - make this edit and all later ones in the file
        d - do not make this edit or any later one in the file
        """

    private var hasQuit = false

    /// The places of the edits that are wanted.
    mutating func choose(among findings: [Finding], in bytes: [UInt8], path: String) -> Set<Selection.Place> {
        var chosen: Set<Selection.Place> = []
        var later: Bool?
        for (number, finding) in findings.enumerated() {
            let isWanted: Bool
            if hasQuit {
                isWanted = false
            } else if let later {
                isWanted = later
            } else {
                show(finding, in: bytes, path: path)
                switch ask("(\(number + 1)/\(findings.count)) \(finding.rule): make this edit [y,n,q,a,d,?]? ") {
                case .yes: isWanted = true
                case .no: isWanted = false
                case .all: (isWanted, later) = (true, true)
                case .none: (isWanted, later) = (false, false)
                case .quit: (isWanted, hasQuit) = (false, true)
                }
            }
            if isWanted { chosen.insert(Selection.Place(rule: finding.rule, offset: finding.start.offset)) }
        }
        return chosen
    }

    private func show(_ finding: Finding, in bytes: [UInt8], path: String) {
        let diff = UnifiedDiff.render(path: path, from: bytes, to: Rewriter.preview(finding, in: bytes))
        try? StandardStream.error.write(diff)
        StandardStream.error.writeLine("\(finding.fix.safety.rawValue): \(finding.message)")
        for note in finding.fix.notes { StandardStream.error.writeLine("  \(note)") }
    }

    /// The end of the input quits.
    private func ask(_ prompt: String) -> Answer {
        while true {
            try? StandardStream.error.write(Array(prompt.utf8))
            guard let line = readLine() else { return .quit }
            if let answer = Answer(rawValue: line.lowercased()) { return answer }
            StandardStream.error.writeLine(Self.help)
        }
    }
}
