/// A formula of conjunctions and disjunctions over atoms; `empty` asks for nothing.
///
/// Built through `and` and `or`, which drop empty parts and flatten, as opam's own smart constructors do: a part that a
/// filter drops leaves no trace, so `a | b` without `b` is `a`.
package indirect enum Formula<Atom: Sendable>: Sendable {
    case empty
    case atom(Atom)
    case and([Formula])
    case or([Formula])

    @inlinable package static func conjunction(_ parts: [Formula]) -> Formula {
        var kept: [Formula] = []
        for part in parts {
            switch part {
            case .empty: continue
            case .and(let inner): kept += inner
            default: kept.append(part)
            }
        }
        return kept.count > 1 ? .and(kept) : kept.first ?? .empty
    }

    @inlinable package static func disjunction(_ parts: [Formula]) -> Formula {
        var kept: [Formula] = []
        for part in parts {
            switch part {
            case .empty: continue
            case .or(let inner): kept += inner
            default: kept.append(part)
            }
        }
        return kept.count > 1 ? .or(kept) : kept.first ?? .empty
    }

    @inlinable package var isEmpty: Bool {
        if case .empty = self { return true }
        return false
    }

    /// The parts of the outermost conjunction.
    package var conjuncts: [Formula] {
        switch self {
        case .empty: []
        case .and(let parts): parts
        default: [self]
        }
    }

    /// Each atom replaced by a formula.
    @inlinable package func flatMap<Other>(_ transform: (Atom) -> Formula<Other>) -> Formula<Other> {
        switch self {
        case .empty: .empty
        case .atom(let atom): transform(atom)
        case .and(let parts): .conjunction(parts.map { $0.flatMap(transform) })
        case .or(let parts): .disjunction(parts.map { $0.flatMap(transform) })
        }
    }

    @inlinable package func map<Other>(_ transform: (Atom) -> Other) -> Formula<Other> {
        flatMap { .atom(transform($0)) }
    }

    /// Whether the formula holds where `test` says which atoms hold.
    @inlinable package func holds(_ test: (Atom) -> Bool) -> Bool {
        switch self {
        case .empty: true
        case .atom(let atom): test(atom)
        case .and(let parts): parts.allSatisfy { $0.holds(test) }
        case .or(let parts): parts.contains { $0.holds(test) }
        }
    }

    @inlinable package func forEachAtom(_ body: (Atom) -> Void) {
        switch self {
        case .empty: return
        case .atom(let atom): body(atom)
        case .and(let parts), .or(let parts):
            for part in parts { part.forEachAtom(body) }
        }
    }

    package var atoms: [Atom] {
        var atoms: [Atom] = []
        forEachAtom { atoms.append($0) }
        return atoms
    }

    /// The conjunctive normal form: a list of clauses, each a list of alternatives. Nil where it would have more than
    /// `limit` clauses or alternatives in all, since it can grow exponentially.
    @inlinable package func clauses(limit: Int = 100_000) -> [[Atom]]? {
        switch self {
        case .empty: return []
        case .atom(let atom): return [[atom]]
        case .and(let parts):
            var result: [[Atom]] = []
            for part in parts {
                guard let clauses = part.clauses(limit: limit) else { return nil }
                result += clauses
                if result.count > limit { return nil }
            }
            return result
        case .or(let parts):
            var result: [[Atom]] = [[]]
            for part in parts {
                guard let clauses = part.clauses(limit: limit) else { return nil }
                var size = 0
                var product: [[Atom]] = []
                for left in result {
                    for right in clauses {
                        size += left.count + right.count
                        if size > limit { return nil }
                        product.append(left + right)
                    }
                }
                result = product
            }
            return result
        }
    }
}

extension Formula: Equatable where Atom: Equatable {}
extension Formula: Hashable where Atom: Hashable {}
