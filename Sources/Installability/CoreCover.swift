/// The choice of a number of elements that meets the demands of most items, where each item demands a member of every one of its
/// sets: a search that cuts off what cannot win.
///
/// It answers how many versions a number of migrations can free at most: a version is free only if one member of each of its
/// cores has migrated. Items beyond those cores may not be free all the same, so it never says too few.
struct CoreCover {
    private var coresOfItem: [Int: [[Int]]] = [:]
    private let elementCount: Int

    /// - Parameter elementCount: members of cores are numbers below this.
    init(elementCount: Int) {
        self.elementCount = elementCount
    }

    mutating func add(core: [Int], of item: Int) {
        coresOfItem[item, default: []].append(core)
    }

    struct Answer {
        let chosen: [Int]
        /// The items whose demands the choice meets, ascending.
        let met: [Int]
        /// No choice of so many elements meets more.
        let bound: Int
    }

    /// - Parameters:
    ///   - count: how many elements may be chosen.
    ///   - effort: how many partial choices to look at; where it runs out the bound is larger than it had to be.
    func best(_ count: Int, effort: Int) -> Answer {
        var groups: [[[Int]]: [Int]] = [:]
        for (item, cores) in coresOfItem {
            groups[cores.sorted { $0.lexicographicallyPrecedes($1) }, default: []].append(item)
        }
        let demands = groups.map { (cores: $0.key, items: $0.value.sorted()) }
            .sorted { ($0.items.first ?? 0) < ($1.items.first ?? 0) }
        var search = Search(
            demands: demands.map { ($0.cores, $0.items.count) }, elementCount: elementCount, effort: effort)
        search.explore([], Set(), count)
        let chosen = search.best
        let met = demands.filter { demand in
            demand.cores.allSatisfy { core in core.contains(where: chosen.contains) }
        }.flatMap(\.items).sorted()
        return Answer(chosen: chosen.sorted(), met: met, bound: max(search.bestValue, search.openBound))
    }

    private struct Search {
        let demands: [(cores: [[Int]], weight: Int)]
        let elementCount: Int
        var effort: Int
        private(set) var best: Set<Int> = []
        private(set) var bestValue = 0
        /// The largest bound of what was left unexplored.
        private(set) var openBound = 0

        init(demands: [(cores: [[Int]], weight: Int)], elementCount: Int, effort: Int) {
            self.demands = demands
            self.elementCount = elementCount
            self.effort = effort
        }

        /// Depth is bounded by the number of elements to choose.
        mutating func explore(_ chosen: Set<Int>, _ banned: Set<Int>, _ left: Int) {
            effort -= 1
            let (value, shares) = assess(chosen, banned)
            if value > bestValue {
                bestValue = value
                best = chosen
            }
            guard left > 0 else { return }
            let order = shares.indices.filter { shares[$0] > 0 }.sorted { (-shares[$0], $0) < (-shares[$1], $1) }
            var banned = banned
            for (index, element) in order.enumerated() {
                let rest = order[index...].prefix(left).map { shares[$0] }.reduce(0, +)
                let bound = value + Int(rest + 1e-6)
                if bound <= bestValue { return }
                if effort <= 0 {
                    openBound = max(openBound, bound)
                    return
                }
                explore(chosen.union([element]), banned, left - 1)
                banned.insert(element)
            }
        }

        /// What is met, and for each element the share of what is not that it may bring: cores that have no member in common need
        /// as many elements, so a demand with `n` of them gives an `n`-th to each.
        private func assess(_ chosen: Set<Int>, _ banned: Set<Int>) -> (value: Int, shares: [Double]) {
            var value = 0
            var shares = [Double](repeating: 0, count: elementCount)
            for demand in demands {
                let unmet = demand.cores.filter { core in !core.contains(where: chosen.contains) }
                if unmet.isEmpty {
                    value += demand.weight
                    continue
                }
                let open = unmet.map { core in core.filter { !banned.contains($0) } }
                guard open.allSatisfy({ !$0.isEmpty }) else { continue }
                var packed: Set<Int> = []
                var parts = 0
                for core in open.sorted(by: { $0.count < $1.count }) where packed.isDisjoint(with: core) {
                    packed.formUnion(core)
                    parts += 1
                }
                for element in packed.sorted() { shares[element] += Double(demand.weight) / Double(parts) }
            }
            return (value, shares)
        }
    }
}
