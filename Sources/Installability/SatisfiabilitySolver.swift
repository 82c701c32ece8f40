/// What Installability asks of a SAT solver: clauses that only ever grow, and questions under assumptions.
///
/// Literals are as in DIMACS: variables count from 1, a negative literal is the negation. The same calls in the same
/// order must give the same answers, models and cores.
package protocol SatisfiabilitySolver: AnyObject {
    /// Adds a clause: one of the literals must hold. An empty clause makes every question unsatisfiable.
    func add(clause: [Int32])

    /// Whether all clauses can hold together with all assumptions.
    func solve(assuming assumptions: [Int32]) -> Bool

    /// The value of a literal in the model found; only after a question answered with true.
    func value(of literal: Int32) -> Bool

    /// Those of the assumptions of the last question that contradict the clauses; only after an answer of false. Not
    /// minimal.
    func core(of assumptions: [Int32]) -> [Int32]
}
