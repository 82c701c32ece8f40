import Glibc
import OCamlSyntax
import Testing

/// Inputs that break parsers: they end, on the small stack of a task, and twice the input takes about twice the time.
///
/// Ratios within one test, since machines differ; of the processor time of its own thread, since they are busy; a case
/// that is quadratic gives four. The best of several rounds counts, and a shaky ratio gets a second chance.
@Suite(.serialized) struct HardInputTests {
    private static let inputs: [(name: String, piece: String, count: Int)] = [
        ("nested parentheses", "(", 100_000), ("comment openers", "(*", 500_000), ("quotations", "<:x<", 250_000),
        ("strings that do not end", "\"\\", 500_000), ("apostrophes in comments", "(* 1'1'", 150_000),
        ("closing brackets", ")%|]", 250_000), ("braces with names", "{a", 300_000),
        ("carriage returns", "\r", 500_000),
        ("one long line", "let x = f (y + 1) \"s\" ;; ", 200_000), ("a chain of operators", "1 + ", 300_000),
        ("a chain to the right", "a :: ", 200_000), ("attributes", "[@a ", 100_000), ("labels", "~a:", 200_000),
    ]

    @Test(arguments: inputs.indices) func timeIsLinear(_ index: Int) {
        let input = Self.inputs[index]
        for dialects in [[], .all] as [Dialects] {
            var ratio = 0.0
            for _ in 0..<3 {
                let once = Self.time(input.piece, input.count, dialects)
                let twice = Self.time(input.piece, input.count * 2, dialects)
                ratio = twice / once
                if ratio < 3 { break }
            }
            #expect(ratio < 3, "\(input.name), dialects: \(dialects.description)")
        }
    }

    /// A hundred million bytes without a line end, in the time and memory that a list of five bytes a token takes.
    @Test func hundredMegabytesInOneLine() {
        let piece = Array("let a_long_enough_name = another_name_that_is_long \"and a string\" ;; ".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(100_000_000 + piece.count)
        while bytes.count < 100_000_000 { bytes += piece }
        let tree = Syntax.tree(bytes, dialects: [])
        #expect(tree.errors.isEmpty)
        #expect(tree.children(of: 0).count == bytes.count / piece.count)
        #expect(tree.tokens.ends.last.map(Int.init) == bytes.count)
    }

    /// Seconds of the processor, the best of three.
    private static func time(_ piece: String, _ count: Int, _ dialects: Dialects) -> Double {
        let bytes = Array(String(repeating: piece, count: count).utf8)
        let times = (0..<3).map { _ in
            let start = secondsOfThisThread()
            _ = Syntax.tree(bytes, dialects: dialects).count
            return secondsOfThisThread() - start
        }
        return max(times.min() ?? 1, 1e-6)
    }

    private static func secondsOfThisThread() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
