import Synchronization

/// How far a long piece of work is, on one line of the terminal that people watch: done, rate, time left. Says nothing where
/// standard error is no terminal.
///
/// Steps may come from any task.
package final class Progress: Sendable {
    private struct State {
        var done = 0
        var shown: ContinuousClock.Instant?
    }

    private let what: String
    private let total: Int
    private let start = ContinuousClock.now
    private let state = Mutex(State())
    private let isShown: Bool

    /// - Parameters:
    ///   - what: the things that are counted, in the plural.
    ///   - total: how many there are.
    ///   - quiet: say nothing.
    package init(_ what: String, total: Int, quiet: Bool = false) {
        self.what = what
        self.total = total
        isShown = !quiet && total > 1 && StandardStream.error.isTerminal
    }

    /// One more is done.
    package func step() {
        guard isShown else { return }
        let now = ContinuousClock.now
        let done = state.withLock { state -> Int? in
            state.done += 1
            // Ten times a second is enough, and work of less than half a second needs no bar.
            guard now - start > .milliseconds(500), now - (state.shown ?? start) > .milliseconds(100) else {
                return nil
            }
            state.shown = now
            return state.done
        }
        if let done { StandardStream.error.overwrite(Self.line(what, done, total, now - start)) }
    }

    /// Takes the line away.
    package func finish() {
        guard isShown, state.withLock({ $0.shown != nil }) else { return }
        StandardStream.error.overwrite("")
    }

    /// `412 of 5000 files, 8 %, 824 a second, 6 s left`.
    package static func line(_ what: String, _ done: Int, _ total: Int, _ elapsed: Duration) -> String {
        let milliseconds = max(1, Int(elapsed / .milliseconds(1)))
        let rate = done * 1000 / milliseconds
        let left = done > 0 ? (total - done) * milliseconds / done / 1000 : 0
        let time = left < 100 ? "\(left) s" : "\(left / 60) min"
        return "\(done) of \(total) \(what), \(done * 100 / max(1, total)) %, \(rate) a second, \(time) left"
    }
}
