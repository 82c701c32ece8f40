import OCamlSyntax
import Workspace

/// What our own lexer and parser cost on files in memory.
enum Engine {
    struct Times: Sendable {
        var sum = Double.infinity
        var read = Double.infinity
        var stock = Double.infinity
        var camlp4 = Double.infinity
        var parse = Double.infinity

        mutating func keepBest(_ other: Times) {
            sum = min(sum, other.sum)
            read = min(read, other.read)
            stock = min(stock, other.stock)
            camlp4 = min(camlp4, other.camlp4)
            parse = min(parse, other.parse)
        }
    }

    /// One round over all files; wants a large stack.
    static func measure(_ files: [SourceFile]) -> Times {
        var times = Times()
        // What is found is added up and looked at, so that no work can be left out.
        var found = 0
        times.sum = Stopwatch.seconds {
            for file in files { found &+= file.bytes.reduce(0) { $0 &+ Int($1) } }
        }
        times.read = Stopwatch.seconds {
            for file in files { found &+= (try? FileReader.read(file.location).count) ?? 0 }
        }
        times.stock = Stopwatch.seconds {
            for file in files { found &+= Lexer.tokenize(file.bytes).count }
        }
        times.camlp4 = Stopwatch.seconds {
            for file in files { found &+= Lexer.tokenize(file.bytes, rules: .camlp4).count }
        }
        times.parse = Stopwatch.seconds {
            for file in files {
                found &+=
                    Syntax.tree(
                        file.bytes, interface: file.isInterface, dialects: [],
                        stackBudget: LargeStack.defaultSize / 2
                    ).count
            }
        }
        precondition(found != 0)
        return times
    }
}
