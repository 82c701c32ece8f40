/// The lines of a text that cppo reads, and what cppo may make of the text.
///
/// Conditions are not computed: what a variable is decides whoever builds the code. Each distinct condition is taken as a
/// question by itself, and the variants are the texts for some answers to them: none true, all true, each alone true, each
/// alone false. Lines that cppo would drop are blank in a variant, so lines keep their numbers.
struct CppoLines {
    private enum Word: String {
        case `if`, ifdef, ifndef, elif, `else`, endif, define, undef, include, error, warning, line
    }

    private struct Directive {
        let word: Word
        /// The condition, blanks normalised, without `!` before it.
        let condition: String
        let isNegated: Bool
    }

    private enum Line {
        case text
        case directive(Directive)
        /// Goes on a directive whose line ends in a backslash.
        case continuation
    }

    private let bytes: [UInt8]
    private let lines: [Range<Int>]
    private let kinds: [Line]

    /// Nil where no line is cppo's, or its conditionals are not closed.
    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        var lines: [Range<Int>] = []
        var start = 0
        for (offset, byte) in bytes.enumerated() where byte == 0x0A {
            lines.append(start..<(offset + 1))
            start = offset + 1
        }
        if start < bytes.count { lines.append(start..<bytes.count) }
        var kinds: [Line] = []
        var (depth, isContinued, found) = (0, false, false)
        for range in lines {
            let line = bytes[range]
            if isContinued {
                kinds.append(.continuation)
            } else if let directive = Self.directive(line) {
                kinds.append(.directive(directive))
                found = true
                switch directive.word {
                case .if, .ifdef, .ifndef: depth += 1
                case .endif: depth -= 1
                case .include: return nil
                default: break
                }
                if depth < 0 { return nil }
            } else {
                kinds.append(.text)
                continue
            }
            isContinued = line.last { $0 != 0x0A && $0 != 0x0D } == UInt8(ascii: "\\")
        }
        guard found, depth == 0 else { return nil }
        self.lines = lines
        self.kinds = kinds
    }

    private static func directive(_ line: ArraySlice<UInt8>) -> Directive? {
        var rest = line.drop { $0 == 0x20 || $0 == 0x09 }
        guard rest.first == UInt8(ascii: "#") else { return nil }
        rest = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
        let text = String(decoding: rest, as: UTF8.self)
        let name = text.prefix { $0.isLetter }
        guard let word = Word(rawValue: String(name)) else { return nil }
        let condition = text.dropFirst(name.count).split { $0.isWhitespace }.joined(separator: " ")
        return switch word {
        case .ifdef: Directive(word: word, condition: "defined " + condition, isNegated: false)
        case .ifndef: Directive(word: word, condition: "defined " + condition, isNegated: true)
        default: Directive(word: word, condition: condition, isNegated: false)
        }
    }

    /// The distinct texts that cppo may make, at most about `limit` of them.
    var variants: [[UInt8]] {
        var conditions: [String] = []
        for case .directive(let directive) in kinds {
            switch directive.word {
            case .if, .ifdef, .ifndef, .elif:
                if !conditions.contains(directive.condition) { conditions.append(directive.condition) }
            default: continue
            }
        }
        let all = Set(conditions)
        var answers: [Set<String>] = [[], all]
        if conditions.count > 1 {
            for condition in conditions.prefix(Self.limit) {
                answers.append([condition])
                answers.append(all.subtracting([condition]))
            }
        }
        var seen: Set<[UInt8]> = []
        return answers.map { variant(whereTrue: $0) }.filter { seen.insert($0).inserted }
    }

    /// How many conditions are tried by themselves.
    private static let limit = 16

    private func variant(whereTrue: Set<String>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        // For each open conditional: whether what is around it is seen, whether a branch was taken, whether this one is.
        var open: [(isSeen: Bool, wasTaken: Bool, isTaken: Bool)] = []
        for (range, kind) in zip(lines, kinds) {
            let isSeen = open.last.map { $0.isSeen && $0.isTaken } ?? true
            guard case .directive(let directive) = kind else {
                if case .text = kind, isSeen { result += bytes[range] } else { result.append(0x0A) }
                continue
            }
            result.append(0x0A)
            let isTrue = whereTrue.contains(directive.condition) != directive.isNegated
            switch directive.word {
            case .if, .ifdef, .ifndef: open.append((isSeen, isTrue, isTrue))
            case .elif:
                if let last = open.popLast() {
                    open.append((last.isSeen, last.wasTaken || isTrue, !last.wasTaken && isTrue))
                }
            case .else: if let last = open.popLast() { open.append((last.isSeen, true, !last.wasTaken)) }
            case .endif: _ = open.popLast()
            default: break
            }
        }
        return result
    }
}
