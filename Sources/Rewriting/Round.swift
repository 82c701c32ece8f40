import Findings
import Text

/// One round over a text: the largest set of edits that was found to do no harm.
struct Round<Judging: Judge> {
    struct Outcome {
        let result: EditScript.Result
        let judgement: Judgement
    }

    private let text: [UInt8]
    private let before: Judgement
    private let candidates: [Finding]
    private let judge: Judging
    private var judgementsLeft: Int
    private var goodIndices: [Int] = []
    private var badIndices: [(index: Int, reason: String)] = []
    private var refusedIndices: [Int] = []

    /// What the edits of `good` make; nil where there are none.
    private(set) var outcome: Outcome?

    init(_ text: [UInt8], _ before: Judgement, _ candidates: [Finding], _ judge: Judging, limit: Int) {
        self.text = text
        self.before = before
        self.candidates = candidates
        self.judge = judge
        judgementsLeft = limit
    }

    /// The findings whose edits are made.
    var good: [Finding] {
        let refused = Set(refusedIndices)
        return goodIndices.filter { !refused.contains($0) }.map { candidates[$0] }
    }

    /// Those whose edits do harm, and which.
    var bad: [(finding: Finding, reason: String)] { badIndices.map { (candidates[$0.index], $0.reason) } }

    /// Those whose edits touch bytes that the edits of others touch.
    var refusals: [(finding: Finding, reason: String)] {
        refusedIndices.map { (candidates[$0], "its edit and that of a construct around it touch the same text") }
    }

    mutating func settle() {
        add(Array(candidates.indices))
    }

    /// Takes these edits with all that are taken already, or the good ones of them.
    private mutating func add(_ indices: [Int]) {
        let attempt = (goodIndices + indices).sorted()
        guard judgementsLeft > 0 else {
            badIndices += indices.map { ($0, "not tried: too many edits of this file do harm") }
            return
        }
        judgementsLeft -= 1
        guard let harm = harm(of: attempt) else {
            goodIndices = attempt
            return
        }
        guard indices.count > 1 else {
            badIndices += indices.map { ($0, harm) }
            return
        }
        let half = indices.count / 2
        add(Array(indices[..<half]))
        add(Array(indices[half...]))
    }

    /// What is wrong with the text once these edits are made; nil where nothing is, and then `outcome` is theirs.
    private mutating func harm(of indices: [Int]) -> String? {
        let script = EditScript(
            indices.map { EditScript.Group(owner: candidates[$0].construct, edits: candidates[$0].fix.edits) })
        let refused = script.refused.map { indices[$0] }
        let made = indices.filter { !refused.contains($0) }
        let result = script.applied(to: text)
        guard let after = judge.judge(result.bytes) else { return "its edit makes a file that cannot be read" }
        if let harm = harm(of: made, result, after) { return harm }
        refusedIndices = refused
        outcome = made.isEmpty ? nil : Outcome(result: result, judgement: after)
        return nil
    }

    private func harm(of made: [Int], _ result: EditScript.Result, _ after: Judgement) -> String? {
        // `INCLUDE "f"` is an expression to stock OCaml; what stands in its place nobody can judge without the file.
        if before.isAccepted, !after.isAccepted, after.rejection?.reason != CppoLines.unseen {
            return "its edit makes OCaml reject the file: \(after.rejection?.reason ?? "a branch of cppo's lines")"
        }
        // In a text that stock OCaml takes there is nothing that was read wrongly.
        if !after.isAccepted, after.problems > before.problems { return "its edit makes the file harder to read" }
        let found = Set(after.findings.filter { !$0.fix.edits.isEmpty }.map { [$0.rule, "\($0.start.offset)"] })
        let isFoundAgain = made.contains { index in
            let finding = candidates[index]
            let place = result.offset(of: finding.start.offset)
            // Where the whole construct went, something else may begin at its place.
            let isItself = result.isNew(at: place) || result.origin(of: place) == finding.start.offset
            return isItself && found.contains([finding.rule, "\(place)"])
        }
        if isFoundAgain { return "its edit leaves what it was to replace" }
        let rules = Set(made.map { candidates[$0].rule })
        if after.findings.contains(where: {
            !$0.fix.edits.isEmpty && rules.contains($0.rule) && result.isNew(at: $0.start.offset)
        }) {
            return "its edit brings what would have to be replaced again"
        }
        return nil
    }
}
