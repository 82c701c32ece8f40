/// A set of token kinds as bits, made for asking once a token.
struct KindSet: Sendable, ExpressibleByArrayLiteral {
    private var low: UInt64 = 0
    private var middle: UInt64 = 0
    private var high: UInt64 = 0

    init(arrayLiteral kinds: TokenKind...) {
        for kind in kinds { insert(kind) }
    }

    mutating func insert(_ kind: TokenKind) {
        let bit = UInt64(1) << UInt64(kind.rawValue & 63)
        switch kind.rawValue >> 6 {
        case 0: low |= bit
        case 1: middle |= bit
        default: high |= bit
        }
    }

    func union(_ other: KindSet) -> KindSet {
        var set = self
        set.low |= other.low
        set.middle |= other.middle
        set.high |= other.high
        return set
    }

    @inline(__always)
    func contains(_ kind: TokenKind) -> Bool {
        let word = kind.rawValue < 64 ? low : kind.rawValue < 128 ? middle : high
        return word >> UInt64(kind.rawValue & 63) & 1 != 0
    }

    static let literals: KindSet = [
        .integer, .float, .character, .string, .quotedString, .badNumber, .badCharacter, .emptyCharacter, .badString,
        .unterminatedString, .unterminatedQuotedString,
    ]

    /// What may begin a simple expression, and so an argument of an application.
    static let simpleStarts = literals.union([
        .lowercaseIdentifier, .rawIdentifier, .uppercaseIdentifier, .quotedExtension, .true, .false, .leftParen,
        .leftBracket, .leftBracketBar, .leftBrace, .leftBraceLess, .begin, .new, .bang, .prefixOperator, .backquote,
        .leftBracketPercent, .quotation, .unterminatedQuotation,
    ])

    static let labelStarts: KindSet = [.label, .optionalLabel, .tilde, .question, .keywordLabel, .keywordOptionalLabel]

    static let expressionStarts = simpleStarts.union([
        .let, .letOperator, .fun, .function, .match, .try, .if, .while, .for, .assert, .lazy, .object, .minus,
        .minusDot, .plus, .plusDot,
    ])

    static let simplePatternStarts = literals.union([
        .lowercaseIdentifier, .rawIdentifier, .uppercaseIdentifier, .underscore, .true, .false, .leftParen,
        .leftBracket, .leftBracketBar, .leftBrace, .backquote, .hash, .minus, .plus, .leftBracketPercent,
        .quotedExtension, .quotation, .unterminatedQuotation,
    ])

    static let patternStarts = simplePatternStarts.union([.lazy, .exception])

    /// What may begin a parameter of a function.
    static let parameterStarts = simplePatternStarts.union(labelStarts)

    static let typeStarts: KindSet = [
        .lowercaseIdentifier, .rawIdentifier, .uppercaseIdentifier, .quote, .underscore, .leftParen, .leftBracket,
        .leftBracketLess, .leftBracketGreater, .less, .leftBracketPercent, .quotedExtension, .hash, .quotation,
        .infixOperator0, .question, .optionalLabel, .label,
    ]

    /// Words that begin an item of a structure or signature and nothing inside an expression.
    static let itemStarts: KindSet = [
        .type, .exception, .external, .val, .module, .open, .include, .class, .semicolonSemicolon, .endOfFile,
    ]

    static let operatorNames: KindSet = [
        .prefixOperator, .bang, .letOperator, .andOperator, .hashOperator, .infixOperator0, .infixOperator1,
        .infixOperator2, .infixOperator3, .infixOperator4, .wordOperator3, .wordOperator4, .plus, .plusDot, .plusEqual,
        .minus, .minusDot, .star, .less, .greater, .or, .barBar, .ampersand, .ampersandAmpersand, .equal, .percent,
        .colonEqual,
    ]
}
