/// The minimal sets of packages whose migration frees a version from the roots, the smallest first.
///
/// Each round takes a smallest set of migrations that meets every core known so far and asks the solver whether it frees
/// the version. If it does, it is minimal, and the search goes on for sets that do not contain it; if not, the answer is
/// one more core. (Reiter's hitting sets, as in implicit-hitting-set MaxSAT.)
package struct FreeingSets: Sendable {
    /// Sets of indices of migrations, each ascending; the sets by size, then in order.
    package private(set) var sets: [[Int]] = []
    /// Whether there are no others.
    package private(set) var isComplete = false

    /// - Parameters:
    ///   - limit: how many sets to look for.
    ///   - effort: how many partial sets to try in the search for the next one; where it runs out the sets found stand,
    ///     and `isComplete` is false.
    package init(of position: Int, in analysis: MigrationAnalysis, limit: Int, effort: Int = 200_000) {
        var cores: [[Int]] = []
        while true {
            var search = HittingSets(cores: cores, excluding: sets, effort: effort)
            guard let next = search.smallest() else {
                isComplete = !search.ranOut
                break
            }
            guard let core = analysis.core(of: position, after: Set(next)) else {
                if sets.count == limit { return }
                sets.append(next)
                continue
            }
            if core.isEmpty {
                // Nothing else helps: what has been found is all there is.
                isComplete = true
                break
            }
            cores.append(core)
        }
        sets.sort { $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1) }
    }
}

/// The search for a smallest set that has a member of each core and contains none of some sets.
private struct HittingSets {
    let cores: [[Int]]
    let excluded: [Set<Int>]
    private(set) var ranOut = false
    private var effort: Int

    init(cores: [[Int]], excluding excluded: [[Int]], effort: Int) {
        self.cores = cores
        self.excluded = excluded.map(Set.init)
        self.effort = effort
    }

    mutating func smallest() -> [Int]? {
        // No minimal hitting set has more elements than there are cores.
        for size in 0...cores.count {
            if let found = extend([], by: size) { return found.sorted() }
            if ranOut { return nil }
        }
        return nil
    }

    /// A set of exactly `size` more elements. Depth is bounded by the number of cores.
    private mutating func extend(_ chosen: Set<Int>, by size: Int) -> Set<Int>? {
        if excluded.contains(where: { $0.isSubset(of: chosen) }) { return nil }
        guard let core = cores.first(where: { chosen.isDisjoint(with: $0) }) else { return chosen }
        effort -= 1
        if effort < 0 { ranOut = true }
        guard size > 0, !ranOut else { return nil }
        for element in core {
            if let found = extend(chosen.union([element]), by: size - 1) { return found }
        }
        return nil
    }
}
