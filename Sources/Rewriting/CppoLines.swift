import OCamlSyntax

/// The lines of a text that cppo reads, and what cppo may make of the text.
///
/// Conditions are not computed: what a variable is decides whoever builds the code. Each distinct condition is taken as a
/// question by itself, and the variants are the texts for some answers to them: none true, all true, each alone true, each
/// alone false. Lines that cppo would drop are blank in a variant, so all else keeps its place. As in cppo, lines inside of strings
/// and comments are no directives.
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

    /// Why a text with `#include` is not judged.
    static let unseen = "what cppo's #include takes in cannot be seen here"

    /// What a text is to cppo.
    enum Reading {
        /// No line in it is cppo's.
        case plain
        /// cppo would refuse it, or what it takes in cannot be seen here.
        case obstacle(offset: Int, reason: String)
        case lines(CppoLines)
    }

    static func read(_ bytes: [UInt8]) -> Reading {
        guard hasHashFirst(bytes) else { return .plain }
        let lines = split(bytes)
        guard lines.contains(where: { directive(bytes[$0]) != nil }) else { return .plain }
        let inside = insides(bytes)
        var kinds: [Line] = []
        var (depth, isContinued, found) = (0, false, false)
        for range in lines {
            if isContinued {
                kinds.append(.continuation)
            } else if !inside.contains(range.lowerBound), let directive = directive(bytes[range]) {
                if let reason = obstacle(directive, depth: depth) {
                    return .obstacle(offset: range.lowerBound, reason: reason)
                }
                kinds.append(.directive(directive))
                found = true
                switch directive.word {
                case .if, .ifdef, .ifndef: depth += 1
                case .endif: depth -= 1
                default: break
                }
            } else {
                kinds.append(.text)
                continue
            }
            isContinued = bytes[range].last { $0 != 0x0A && $0 != 0x0D } == UInt8(ascii: "\\")
        }
        guard found else { return .plain }
        guard depth == 0 else { return .obstacle(offset: bytes.count, reason: "a conditional of cppo's has no #endif") }
        let starts = zip(lines, kinds).compactMap { if case .directive = $1 { $0.lowerBound } else { nil } }
        if let misuse = CppoMacros.misuse(in: bytes, lines: starts) {
            return .obstacle(offset: misuse.offset, reason: misuse.reason)
        }
        return .lines(CppoLines(bytes: bytes, lines: lines, kinds: kinds))
    }

    /// Whether any line's first character that is no blank is `#`: most files have none.
    private static func hasHashFirst(_ bytes: [UInt8]) -> Bool {
        var isStart = true
        for index in 0..<bytes.count {
            switch bytes[index] {
            case 0x0A: isStart = true
            case 0x20, 0x09: continue
            case UInt8(ascii: "#") where isStart: return true
            default: isStart = false
            }
        }
        return false
    }

    private init(bytes: [UInt8], lines: [Range<Int>], kinds: [Line]) {
        self.bytes = bytes
        self.lines = lines
        self.kinds = kinds
    }

    private static func split(_ bytes: [UInt8]) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = 0
        for (offset, byte) in bytes.enumerated() where byte == 0x0A {
            lines.append(start..<(offset + 1))
            start = offset + 1
        }
        if start < bytes.count { lines.append(start..<bytes.count) }
        return lines
    }

    private static func obstacle(_ directive: Directive, depth: Int) -> String? {
        switch directive.word {
        case .include: unseen
        case .endif where depth == 0: "cppo's #endif closes nothing"
        case .if, .elif: CppoCondition.isCondition(directive.condition) ? nil : "cppo reads no such condition"
        case .ifdef, .ifndef:
            CppoCondition.isName(directive.condition.dropFirst("defined ".count)) ? nil : "cppo wants one name here"
        default: nil
        }
    }

    /// The offsets of line starts that lie in a comment or string.
    private static func insides(_ bytes: [UInt8]) -> Set<Int> {
        let tokens = Lexer.tokenize(bytes, rules: .stock)
        var starts: Set<Int> = []
        for place in 0..<tokens.count {
            let kind = tokens.kind(place)
            guard kind.isComment || kind == .string || kind == .quotedString else { continue }
            for offset in tokens.start(place)..<tokens.end(place) where bytes[offset] == 0x0A {
                starts.insert(offset + 1)
            }
        }
        return starts
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
                if case .text = kind, isSeen { result += bytes[range] } else { result += blanked(range) }
                continue
            }
            result += blanked(range)
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

    /// As many blanks, and the same line end.
    private func blanked(_ range: Range<Int>) -> [UInt8] {
        bytes[range].map { $0 == 0x0A || $0 == 0x0D ? $0 : 0x20 }
    }
}
