package import Findings
import Text

/// Converts one file: makes the edits of its findings, and keeps only those that do what they promise.
///
/// After the edits the text is judged anew. Its reading must not have more faults than before; what stock OCaml took it
/// must still take; no construct whose edit was made may be found again; and no other edit may appear beyond what better
/// reading brings to light, which a further round makes, so that a second run finds nothing to do. Where that does not
/// hold, the edits are halved until those to blame are alone, and these are not made. What lies outside of the edits is
/// copied, so nothing else can change.
package struct Rewriter: Sendable {
    private let selection: Selection

    /// Rounds after the first make what earlier ones brought to light: edits in what could not be read before, and those
    /// that were refused since they touched others.
    private static let roundLimit = 8
    /// How often the text may be judged in one round. Beyond it the edits that were not tried are not made.
    private static let judgementLimit = 300

    package init(_ selection: Selection = Selection()) {
        self.selection = selection
    }

    /// Nil where the bytes are none that the judge can read.
    package func rewrite(_ bytes: [UInt8], path: String, _ judge: some Judge) -> RewrittenFile? {
        guard let first = judge.judge(bytes) else { return nil }
        var state = State(path: path, text: bytes, judgement: first)
        for _ in 0..<Self.roundLimit {
            let candidates = sift(&state)
            guard !candidates.isEmpty else { break }
            var round = Round(state.text, state.judgement, candidates, judge, limit: Self.judgementLimit)
            round.settle()
            state.take(round)
            if round.good.isEmpty { break }
        }
        return state.file(before: bytes)
    }

    /// The findings whose edits a first round would try, in nesting order.
    package func candidates(_ bytes: [UInt8], path: String, _ judge: some Judge) -> [Finding] {
        guard let first = judge.judge(bytes) else { return [] }
        var state = State(path: path, text: bytes, judgement: first)
        return sift(&state)
    }

    /// The text with the edits of one finding made, and no others.
    package static func preview(_ finding: Finding, in bytes: [UInt8]) -> [UInt8] {
        EditScript([EditScript.Group(owner: finding.construct, edits: finding.fix.edits)]).applied(to: bytes).bytes
    }

    /// The findings whose edits are to be made, in nesting order; what else there is goes to the leftovers.
    private func sift(_ state: inout State) -> [Finding] {
        var candidates: [Finding] = []
        for finding in state.judgement.findings.inNestingOrder() {
            let place = state.place(of: finding)
            if finding.fix.edits.isEmpty {
                state.leave(finding, .manual, "\(finding.message): \(finding.fix.advice)")
            } else if let reason = selection.reason(against: finding, at: place) {
                state.leave(finding, .unselected, reason)
            } else if !state.hasFailed(place) {
                candidates.append(finding)
            }
        }
        return candidates
    }
}

/// Where the conversion of a file stands between two rounds.
private struct State {
    let path: String
    private(set) var text: [UInt8]
    private(set) var judgement: Judgement
    private var scripts: [EditScript.Result] = []
    private var converted: [Finding] = []
    private var reviews: [Review] = []
    private var leftovers: [Selection.Place: Leftover] = [:]
    private var failed: Set<Selection.Place> = []
    /// What the leftovers cover, in the file as it was.
    private var covered: [ByteRange] = []
    private let lines: LineTable
    /// Those that the file used at first.
    private let extensions: [String]

    init(path: String, text: [UInt8], judgement: Judgement) {
        extensions = judgement.extensions
        self.path = path
        self.text = text
        self.judgement = judgement
        lines = LineTable(text)
    }

    /// Where a byte of the text as it is now stood at first.
    private func origin(of offset: Int) -> Int {
        scripts.reversed().reduce(offset) { $1.origin(of: $0) }
    }

    func place(of finding: Finding) -> Selection.Place {
        Selection.Place(rule: finding.rule, offset: origin(of: finding.start.offset))
    }

    func hasFailed(_ place: Selection.Place) -> Bool { failed.contains(place) }

    mutating func leave(_ finding: Finding, _ kind: Leftover.Kind, _ reason: String) {
        let place = place(of: finding)
        if leftovers[place] == nil {
            let position = lines.position(of: place.offset)
            leftovers[place] = Leftover(kind: kind, path: path, place: position, rule: finding.rule, reason: reason)
        }
        covered.append(ByteRange(origin(of: finding.construct.start), origin(of: finding.construct.end)))
    }

    mutating func take(_ round: Round<some Judge>) {
        for (finding, reason) in round.refusals {
            leave(finding, .refused, reason)
        }
        for (finding, reason) in round.bad {
            failed.insert(place(of: finding))
            leave(finding, .refused, reason)
        }
        guard let outcome = round.outcome else { return }
        // An edit that collided with another in an earlier round may have been made now.
        for finding in round.good { leftovers[place(of: finding)] = nil }
        converted += round.good
        for finding in round.good where finding.fix.safety == .review {
            let place = place(of: finding)
            reviews += finding.fix.notes.map {
                Review(path: path, place: lines.position(of: place.offset), rule: place.rule, note: $0)
            }
        }
        scripts.append(outcome.result)
        text = outcome.result.bytes
        judgement = outcome.judgement
    }

    func file(before: [UInt8]) -> RewrittenFile {
        var list = Array(leftovers.values)
        if !judgement.isAccepted, let rejection = unexplainedRejection() { list.append(rejection) }
        list.sort {
            if $0.place.offset != $1.place.offset { return $0.place.offset < $1.place.offset }
            return $0.rule < $1.rule
        }
        return RewrittenFile(
            path: path, before: before, after: text, converted: converted, leftovers: list,
            isAccepted: judgement.isAccepted, extensions: extensions,
            reviews: reviews.sorted { $0.place.offset < $1.place.offset })
    }

    /// What stock OCaml does not take, where no leftover stands there.
    private func unexplainedRejection() -> Leftover? {
        let offset = judgement.rejection.map { origin(of: $0.position.offset) } ?? 0
        if covered.contains(where: { $0.start <= offset && offset <= $0.end }) { return nil }
        let reason = judgement.rejection?.reason ?? "it is none of its own"
        return Leftover(
            kind: .rejected, path: path, place: lines.position(of: offset), rule: "ocaml/rejected",
            reason: "stock OCaml does not take this: \(reason)")
    }
}
