/// Whether history kept to the order that a plan asks for: of pairs in which one package must go before another, how many went
/// the other way round.
package struct OrderCheck: Sendable {
    package struct Pair: Sendable, Hashable {
        package let first: String
        package let second: String

        package init(first: String, second: String) {
            self.first = first
            self.second = second
        }
    }

    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// The first went before the second, or the second not at all.
        case kept
        /// Both went between the same two points.
        case together
        /// The second went, and the first later or not at all.
        case contradicted
        /// Neither went.
        case open
        /// One of them had no tie of its own to a root when the plan was made, so that it went cannot be seen.
        case unseen
    }

    /// In the order of the pairs.
    package let outcomes: [(pair: Pair, outcome: Outcome)]

    /// - Parameter points: the history from the day of the plan on. A package has gone at the first point at which it is there
    ///   and its latest version does not depend on a root, nor has it as an optional dependency: what a library ships for
    ///   camlp4 hangs on that. That it was removed is no move.
    package init(_ pairs: [Pair], _ points: [BurnDownPoint]) {
        let start = points.first?.tied ?? []
        func went(_ name: String) -> Int? {
            points.indices.first { points[$0].latest[name] != nil && !points[$0].tied.contains(name) }
        }
        outcomes = pairs.map { pair in
            guard start.contains(pair.first), start.contains(pair.second) else { return (pair, .unseen) }
            switch (went(pair.first), went(pair.second)) {
            case (nil, nil): return (pair, .open)
            case (_?, nil): return (pair, .kept)
            case (nil, _?): return (pair, .contradicted)
            case (let first?, let second?):
                return (pair, first < second ? .kept : first == second ? .together : .contradicted)
            }
        }
    }

    package func count(_ outcome: Outcome) -> Int { outcomes.count { $0.outcome == outcome } }
}
