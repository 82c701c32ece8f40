/// An operator, or the head of a phrase such as `let … in`, that waits for what stands to its right.
struct PendingOperator {
    enum Role: UInt8 {
        case ordinary
        /// `if … then`: an `else` may follow.
        case then
        case `else`
    }

    var node: NodeKind
    var mark: TreeBuilder.Mark
    var precedence: UInt8
    var role = Role.ordinary
}

/// How tightly operators bind, as in the reference grammar: higher is tighter.
enum Precedence {
    /// Bodies of `let`, `fun` and the like: reach as far as they can.
    static let body: UInt8 = 0
    static let sequence: UInt8 = 1
    /// Above `;`: elements of lists, fields of records.
    static let element: UInt8 = 2
    static let conditional: UInt8 = 4
    static let leftArrow: UInt8 = 5
    static let assignment: UInt8 = 6
    static let tuple: UInt8 = 8
    static let disjunction: UInt8 = 10
    static let conjunction: UInt8 = 11
    static let comparison: UInt8 = 12
    static let concatenation: UInt8 = 13
    static let attribute: UInt8 = 14
    static let cons: UInt8 = 15
    static let addition: UInt8 = 16
    static let multiplication: UInt8 = 17
    static let power: UInt8 = 18
    static let sign: UInt8 = 19

    /// Precedence and associativity of an infix operator; nil for any other token.
    @inline(__always)
    static func infix(_ kind: TokenKind) -> (precedence: UInt8, isRight: Bool)? {
        switch kind {
        case .colonEqual: (assignment, true)
        case .or, .barBar: (disjunction, true)
        case .ampersand, .ampersandAmpersand: (conjunction, true)
        case .infixOperator0, .equal, .less, .greater: (comparison, false)
        case .infixOperator1: (concatenation, true)
        case .colonColon: (cons, true)
        case .infixOperator2, .plus, .plusDot, .plusEqual, .minus, .minusDot: (addition, false)
        case .infixOperator3, .percent, .star, .wordOperator3: (multiplication, false)
        case .infixOperator4, .wordOperator4: (power, true)
        default: nil
        }
    }
}
