import Findings
import OCamlSyntax

/// A condition of optcomp: what its expressions say that cppo and ppx_optcomp can say too.
///
/// optcomp knows the compiler's version as a pair, so `ocaml_version = (4, 2)` is any 4.02; the others know it as a triple.
indirect enum OptcompCondition {
    case constant(Bool)
    case flag(String)
    case version(comparison: String, [Int])
    case not(OptcompCondition)
    case both(OptcompCondition, OptcompCondition)
    case either(OptcompCondition, OptcompCondition)

    /// Nil where the tokens say something else.
    init?(_ tokens: [SyntaxToken]) {
        var reader = Reader(tokens: tokens)
        guard let condition = reader.disjunction(), reader.isAtEnd else { return nil }
        self = condition
    }

    /// Whether it compares the version with a pair, as only optcomp does.
    var hasPair: Bool {
        switch self {
        case .constant, .flag: false
        case .version(_, let numbers): numbers.count == 2
        case .not(let inner): inner.hasPair
        case .both(let left, let right), .either(let left, let right): left.hasPair || right.hasPair
        }
    }

    /// Whether all that it asks for are names in small letters, as optcomp's variables are.
    var asksForSmallNames: Bool {
        switch self {
        case .constant, .version: true
        case .flag(let name): name.first?.isLowercase ?? false
        case .not(let inner): inner.asksForSmallNames
        case .both(let left, let right), .either(let left, let right): left.asksForSmallNames && right.asksForSmallNames
        }
    }

    var isFlag: Bool { if case .flag = self { true } else { false } }

    // MARK: Writing

    func written(_ style: RewriteStyle.Conditionals) -> String {
        switch self {
        case .constant(let value): value ? "true" : "false"
        case .flag(let name): style == .cppo ? "defined \(name)" : name
        case .version(let comparison, let numbers): Self.version(comparison, numbers, style)
        case .not(let inner): "not (\(inner.written(style)))"
        case .both(let left, let right): "\(left.inConjunction(style)) && \(right.inConjunction(style))"
        case .either(let left, let right): "\(left.written(style)) || \(right.written(style))"
        }
    }

    private func inConjunction(_ style: RewriteStyle.Conditionals) -> String {
        if case .either = self { "(\(written(style)))" } else { written(style) }
    }

    private static func version(_ comparison: String, _ numbers: [Int], _ style: RewriteStyle.Conditionals) -> String {
        let name = style == .cppo ? "OCAML_VERSION" : "ocaml_version"
        func triple(_ minor: Int) -> String { "(\(numbers[0]), \(minor), \(numbers.count > 2 ? numbers[2] : 0))" }
        guard numbers.count == 2 else { return "\(name) \(comparison) \(triple(numbers[1]))" }
        let (this, next) = (triple(numbers[1]), triple(numbers[1] + 1))
        return switch comparison {
        case ">": "\(name) >= \(next)"
        case "<=": "\(name) < \(next)"
        case "=": "(\(name) >= \(this) && \(name) < \(next))"
        case "<>": "(\(name) < \(this) || \(name) >= \(next))"
        default: "\(name) \(comparison) \(this)"
        }
    }

    // MARK: Reading

    private struct Reader {
        let tokens: [SyntaxToken]
        var place = 0

        var isAtEnd: Bool { place == tokens.count }
        private var current: String { place < tokens.count ? tokens[place].text : "" }

        private mutating func take(_ word: String) -> Bool {
            guard current == word else { return false }
            place += 1
            return true
        }

        mutating func disjunction() -> OptcompCondition? {
            guard var left = conjunction() else { return nil }
            while take("||") || take("or") {
                guard let right = conjunction() else { return nil }
                left = .either(left, right)
            }
            return left
        }

        private mutating func conjunction() -> OptcompCondition? {
            guard var left = negation() else { return nil }
            while take("&&") || take("&") {
                guard let right = negation() else { return nil }
                left = .both(left, right)
            }
            return left
        }

        private mutating func negation() -> OptcompCondition? {
            if take("not") { return negation().map { .not($0) } }
            if take("(") {
                guard let inner = disjunction(), take(")") else { return nil }
                return inner
            }
            if take("true") { return .constant(true) }
            if take("false") { return .constant(false) }
            if take("ocaml_version") { return comparedVersion() }
            guard place < tokens.count,
                tokens[place].kind == .lowercaseIdentifier || tokens[place].kind == .uppercaseIdentifier
            else { return nil }
            place += 1
            return .flag(tokens[place - 1].text)
        }

        private mutating func comparedVersion() -> OptcompCondition? {
            let comparison = current
            guard ["=", "<>", "<", ">", "<=", ">="].contains(comparison) else { return nil }
            place += 1
            guard take("(") else { return nil }
            var numbers: [Int] = []
            repeat {
                guard let number = Int(current) else { return nil }
                numbers.append(number)
                place += 1
            } while take(",")
            guard take(")"), (2...3).contains(numbers.count) else { return nil }
            return .version(comparison: comparison, numbers)
        }
    }
}
