/// ulex's `lexer regexp -> e | …` and `let regexp name = …`.
///
/// - `lexerDefinition`: keyword, `matchCase`s of regexp and body. `regexpItem`: `name`, regexp.
/// - A regexp is one of: `regexpAlternative` (`a | b`), `regexpSequence` (`a b`), `regexpRepetition` (one child, behind
///   it `*`, `+` or `?`), `regexpSet` (`[ … ]`, `[^ … ]`: `constant`, `regexpRange`, `name`), `regexpRange` (two
///   constants around `-`), `parenthesised`, `constant`, `name`, `wildcardPattern`.
extension Parser {
    mutating func lexerDefinition(_ mark: Mark) {
        keyword()
        _ = take(.bar)
        repeat {
            let mark = self.mark()
            regexp()
            expect(.arrow, "-> was expected")
            seqExpr()
            close(.matchCase, mark)
        } while take(.bar)
        close(.lexerDefinition, mark)
    }

    /// Whether `let regexp name =` begins here.
    var startsRegexpDefinition: Bool {
        dialects.contains(.ulex) && current == .let && reads("regexp", ahead: 1) && peek(2) == .lowercaseIdentifier
    }

    mutating func regexpDefinition(_ item: Mark) {
        advance()
        advance()
        name("a name was expected")
        expect(.equal, "= was expected")
        regexp()
        close(.regexpItem, item)
    }

    mutating func regexp() {
        guard hasStack else { return skipNested() }
        let mark = mark()
        regexpSequence()
        guard current == .bar else { return }
        while take(.bar) { regexpSequence() }
        close(.regexpAlternative, mark)
    }

    private mutating func regexpSequence() {
        let mark = mark()
        regexpRepetition()
        guard startsRegexp else { return }
        while startsRegexp { regexpRepetition() }
        close(.regexpSequence, mark)
    }

    private mutating func regexpRepetition() {
        let mark = mark()
        regexpAtom(mark)
        while true {
            switch current {
            case .star, .plus, .question: advance()
            case .infixOperator3 where isSlash: return
            case .infixOperator2, .infixOperator3, .infixOperator4, .prefixOperator: advance()
            default:
                if regexpSuffix(mark) { continue }
                return
            }
            close(.regexpRepetition, mark)
        }
    }

    private var startsRegexp: Bool {
        switch current {
        case .lowercaseIdentifier, .string, .character, .integer, .leftParen, .leftBracket, .leftDelimiter, .underscore,
            .badCharacter:
            true
        case .bang, .percent: dialects.contains(.mikmatch)
        case .infixOperator1: dialects.contains(.mikmatch) && reads("@")
        default: false
        }
    }

    private mutating func regexpAtom(_ mark: Mark) {
        switch current {
        case .lowercaseIdentifier: leaf(.name)
        case .underscore: leaf(.wildcardPattern)
        // mikmatch's back reference, position and string computed elsewhere.
        case .bang, .percent, .infixOperator1:
            advance()
            simpleExpr()
            close(.regexpReference, mark)
        case .string: leaf(.constant)
        case .character, .integer, .badCharacter: regexpRange(mark)
        case .leftParen:
            advance()
            regexp()
            closeBracket(.rightParen, ") was expected")
            close(.parenthesised, mark)
        case .leftBracket, .leftDelimiter:
            advance()
            if current == .infixOperator1 { advance() }
            regexpSetElements()
            closeBracket(.rightBracket, "] was expected")
            close(.regexpSet, mark)
        default: missing("a regular expression was expected")
        }
    }

    private mutating func regexpSetElements() {
        while true {
            let mark = mark()
            switch current {
            case .character, .integer, .badCharacter: regexpRange(mark)
            case .string where dialects.contains(.mikmatch): regexpRange(mark)
            case .string: leaf(.constant)
            case .lowercaseIdentifier: leaf(.name)
            case .bar: advance()
            case .infixOperator1 where dialects.contains(.mikmatch): advance()
            default: return
            }
        }
    }

    /// A character or number, and what lies up to another behind `-`.
    private mutating func regexpRange(_ mark: Mark) {
        leaf(.constant)
        guard current == .minus,
            peek(1) == .character || peek(1) == .integer || peek(1) == .badCharacter || peek(1) == .string
        else { return }
        advance()
        leaf(.constant)
        close(.regexpRange, mark)
    }
}
