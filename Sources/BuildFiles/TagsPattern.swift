/// The left side of a line of `_tags`: which paths it speaks of.
///
/// Source of the rules: ocamlbuild's manual, section "The `_tags` file" (glob and boolean patterns).
package indirect enum TagsPattern: Sendable, Hashable {
    case constant(Bool)
    case glob(Glob)
    case not(TagsPattern)
    case and([TagsPattern])
    case or([TagsPattern])

    package func matches(_ path: String) -> Bool {
        switch self {
        case .constant(let value): value
        case .glob(let glob): glob.matches(path)
        case .not(let pattern): !pattern.matches(path)
        case .and(let patterns): patterns.allSatisfy { $0.matches(path) }
        case .or(let patterns): patterns.contains { $0.matches(path) }
        }
    }
}

/// A file name pattern of ocamlbuild: `*`, `?`, `[a-z]`, `{a,b}`, and `**` for any number of directories.
package struct Glob: Sendable, Hashable {
    private enum Step: Sendable, Hashable {
        case byte(UInt8)
        /// `?`: one byte that is no slash.
        case one
        /// `*`: bytes that are no slash.
        case many
        /// `**`: any bytes at all.
        case all
        case set([ClosedRange<UInt8>], negated: Bool)
    }

    /// The pattern with its braces multiplied out.
    private let alternatives: [[Step]]

    /// A pattern that matches exactly these bytes.
    init(literal: [UInt8]) {
        alternatives = [literal.map(Step.byte)]
    }

    /// Nil where brackets do not close, or braces multiply to more than 4,096 patterns.
    init?(_ text: [UInt8]) {
        guard let expanded = Self.expand(text) else { return nil }
        var alternatives: [[Step]] = []
        for pattern in expanded {
            guard let steps = Self.steps(pattern) else { return nil }
            alternatives.append(steps)
        }
        self.alternatives = alternatives
    }

    package func matches(_ path: String) -> Bool {
        let bytes = Array(path.utf8)
        return alternatives.contains { Self.matches($0, bytes) }
    }

    /// All states at once, so that no pattern takes more than pattern times path.
    private static func matches(_ steps: [Step], _ bytes: [UInt8]) -> Bool {
        // Most patterns begin with a directory, and many are nothing but a path.
        var literal = 0
        while literal < steps.count, case .byte(let expected) = steps[literal] {
            guard literal < bytes.count, bytes[literal] == expected else { return false }
            literal += 1
        }
        if literal == steps.count { return bytes.count == literal }
        var states = closure([literal], steps)
        for byte in bytes[literal...] {
            var following: [Int] = []
            for state in states where state < steps.count {
                switch steps[state] {
                case .byte(let expected): if byte == expected { following.append(state + 1) }
                case .one: if byte != slash { following.append(state + 1) }
                case .many: if byte != slash { following.append(state) }
                case .all: following.append(state)
                case .set(let ranges, let negated):
                    if ranges.contains(where: { $0.contains(byte) }) != negated, byte != slash {
                        following.append(state + 1)
                    }
                }
            }
            states = closure(following, steps)
            if states.isEmpty { return false }
        }
        return states.contains(steps.count)
    }

    private static func closure(_ states: [Int], _ steps: [Step]) -> [Int] {
        var seen = Set<Int>()
        var pending = states
        while let state = pending.popLast() {
            guard seen.insert(state).inserted, state < steps.count else { continue }
            switch steps[state] {
            case .many: pending.append(state + 1)
            case .all:
                pending.append(state + 1)
                // `**/x` also is `x`: no directory at all.
                if state + 1 < steps.count, steps[state + 1] == .byte(slash),
                    state == 0 || steps[state - 1] == .byte(slash)
                {
                    pending.append(state + 2)
                }
            default: break
            }
        }
        return seen.sorted()
    }

    private static func expand(_ text: [UInt8]) -> [[UInt8]]? {
        var pending: [[UInt8]] = [text]
        var done: [[UInt8]] = []
        while let pattern = pending.popLast() {
            guard let open = pattern.firstIndex(of: UInt8(ascii: "{")) else {
                done.append(pattern)
                continue
            }
            guard let (choices, after) = choices(pattern, from: open) else { return nil }
            for choice in choices.reversed() {
                pending.append(Array(pattern[..<open]) + choice + Array(pattern[after...]))
            }
            if pending.count + done.count > 4096 { return nil }
        }
        return done
    }

    private static func choices(_ pattern: [UInt8], from open: Int) -> ([[UInt8]], Int)? {
        var choices: [[UInt8]] = [[]]
        var depth = 0
        for index in (open + 1)..<max(open + 1, pattern.count) {
            let byte = pattern[index]
            if byte == UInt8(ascii: "}"), depth == 0 { return (choices, index + 1) }
            if byte == UInt8(ascii: ","), depth == 0 {
                choices.append([])
                continue
            }
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") { depth -= 1 }
            choices[choices.count - 1].append(byte)
        }
        return nil
    }

    private static func steps(_ pattern: [UInt8]) -> [Step]? {
        var steps: [Step] = []
        var index = 0
        while index < pattern.count {
            let byte = pattern[index]
            index += 1
            switch byte {
            case UInt8(ascii: "*"):
                if index < pattern.count, pattern[index] == byte {
                    steps.append(.all)
                    index += 1
                } else {
                    steps.append(.many)
                }
            case UInt8(ascii: "?"): steps.append(.one)
            case UInt8(ascii: "["):
                guard let close = pattern[index...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
                steps.append(set(pattern[index..<close]))
                index = close + 1
            default: steps.append(.byte(byte))
            }
        }
        return steps
    }

    private static func set(_ body: ArraySlice<UInt8>) -> Step {
        var body = body
        let negated = body.first == UInt8(ascii: "^")
        if negated { body.removeFirst() }
        var ranges: [ClosedRange<UInt8>] = []
        while let low = body.popFirst() {
            if body.count >= 2, body.first == UInt8(ascii: "-"), let high = body.dropFirst().first, high >= low {
                body.removeFirst(2)
                ranges.append(low...high)
            } else {
                ranges.append(low...low)
            }
        }
        return .set(ranges, negated: negated)
    }
}

private let slash = UInt8(ascii: "/")
