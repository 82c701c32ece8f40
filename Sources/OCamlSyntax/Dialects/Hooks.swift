/// Where dialects enter the grammar: each question is put to the dialects that are on.
extension Parser {
    /// Whether the keyword of a dialect at hand begins an expression.
    var startsExtensionExpression: Bool { false }
    var startsExtensionSimple: Bool { false }
    var startsEliomSimple: Bool { false }
    var endsExtensionBody: Bool { false }
    mutating func extensionPrefix(_ mark: Mark) -> Bool { false }
    mutating func extensionOperand(_ mark: Mark) -> Operand? { nil }
    mutating func extensionSimple(_ mark: Mark) -> SimpleClass {
        missing("an expression was expected")
        return .other
    }
    mutating func extensionPattern(_ mark: Mark) -> Bool { false }
    mutating func extensionModuleExpr(_ mark: Mark) -> Bool { false }
    mutating func extensionItem(_ item: Mark, inSignature: Bool) -> Bool { false }
    mutating func jsAccess(_ mark: Mark) {}
    mutating func derivedMethod(_ mark: Mark) -> Bool { false }
    mutating func eliomSimple(_ mark: Mark) -> Bool { false }
    mutating func streamExpression(_ mark: Mark) { advance() }
    mutating func streamPattern(_ mark: Mark) { advance() }
    mutating func comprehensionRest() {}
    mutating func typeClauses() {}
    mutating func fieldClauses() {}
}
