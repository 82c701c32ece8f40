import Universe

/// The packages whose migration frees most latest versions together, chosen one after another, and how far that may be
/// from the best choice.
package struct BestMigrations: Sendable {
    package struct Step: Sendable {
        /// What is migrated in this step: one package, or several where no single one frees anything.
        package let migrations: [Int]
        /// The latest versions that this step frees, ascending.
        package let freedLatest: [Int]
        /// All versions that this step frees, ascending.
        package let freed: [Int]
    }

    package private(set) var steps: [Step] = []
    /// No choice of as many migrations frees more latest versions than this.
    package private(set) var bound = 0
    /// A choice of as many migrations that frees more, where one was found on the way to the bound; ascending.
    package private(set) var better: [Int]?
    /// The latest versions that all migrations together would free.
    package private(set) var freeable = 0

    package init(_ count: Int, in analysis: MigrationAnalysis) {
        let search = Search(analysis)
        var open = analysis.freed(by: Set(analysis.candidates.indices))
        freeable = search.latest(open).count
        bound = freeable
        var chosen: Set<Int> = []
        while chosen.count < count, !open.isEmpty {
            guard let next = search.next(after: chosen, open: open, atMost: count - chosen.count) else { break }
            chosen.formUnion(next)
            let freed = analysis.freed(by: chosen, among: open)
            steps.append(Step(migrations: next, freedLatest: search.latest(freed), freed: freed))
            let isFreed = Set(freed)
            open.removeAll(where: isFreed.contains)
        }
        let freed = steps.map(\.freedLatest.count).reduce(0, +)
        let (limit, better) = search.bound(count, atLeast: freed)
        bound = min(freeable, limit)
        self.better = better
    }
}

private struct Search {
    let analysis: MigrationAnalysis

    init(_ analysis: MigrationAnalysis) {
        self.analysis = analysis
    }

    func latest(_ positions: [Int]) -> [Int] { positions.filter(analysis.universe.isLatest) }

    /// The migration that frees most latest versions, then most versions, then the first by name. Where none frees any,
    /// the smallest set that frees something.
    ///
    /// - Parameter open: the versions that can be freed and are not yet.
    func next(after chosen: Set<Int>, open: [Int], atMost limit: Int) -> [Int]? {
        // The fixpoint promises at least as much as comes true, so the best promises are checked first, and the rest is
        // not once they cannot win.
        let promises = analysis.candidates.indices.filter { !chosen.contains($0) }
            .map { candidate in
                let perhaps = analysis.perhapsFreed(by: chosen.union([candidate]), among: open)
                return Gain(candidate, latest: latest(perhaps).count, versions: perhaps.count)
            }
            .sorted(by: >)
        var best: Gain?
        for promise in promises {
            if let best, promise < best { break }
            let actual = analysis.freed(by: chosen.union([promise.candidate]), among: open)
            let gain = Gain(promise.candidate, latest: latest(actual).count, versions: actual.count)
            best = best.map { max($0, gain) } ?? gain
        }
        guard let best else { return nil }
        return best.latest > 0 ? [best.candidate] : smallestSet(after: chosen, open: open, atMost: limit)
    }

    /// What one more migration frees, ordered by the latest versions, then all versions, then the name, the first being
    /// the greatest.
    private struct Gain: Comparable {
        let candidate: Int
        let latest: Int
        let versions: Int

        init(_ candidate: Int, latest: Int, versions: Int) {
            self.candidate = candidate
            self.latest = latest
            self.versions = versions
        }

        static func < (left: Gain, right: Gain) -> Bool {
            (left.latest, left.versions, right.candidate) < (right.latest, right.versions, left.candidate)
        }
    }

    private func smallestSet(after chosen: Set<Int>, open: [Int], atMost limit: Int) -> [Int]? {
        var best: [Int]?
        for position in latest(open) {
            guard let set = FreeingSets(of: position, in: analysis, limit: 1).sets.first else { continue }
            let new = set.filter { !chosen.contains($0) }
            guard new.count <= limit, !new.isEmpty, best.map({ new.count < $0.count }) ?? true else { continue }
            best = new
        }
        return best
    }

    /// How many latest versions a choice of `count` migrations frees at most, and one that frees more than `found`, if there is.
    ///
    /// Each round takes the choice that meets the cores known so far of most versions. What it does not free after all gives new
    /// cores; once it frees all of them it is the best there is. (An implicit hitting set, as in MaxSAT.)
    func bound(_ count: Int, atLeast found: Int) -> (bound: Int, better: [Int]?) {
        var cover = CoreCover(elementCount: analysis.candidates.count)
        let versions = latest(analysis.needs.needing)
        for version in versions {
            var known: Set<Int> = []
            // Cores without a member in common; more of them than elements to choose say no more.
            while known.count < analysis.candidates.count, let core = analysis.core(of: version, after: known),
                !core.isEmpty
            {
                cover.add(core: core, of: version)
                known.formUnion(core)
            }
            if known.isEmpty { cover.add(core: [], of: version) }
        }
        var bound = versions.count
        var best: (count: Int, migrations: [Int]) = (found, [])
        for _ in 0..<Self.rounds {
            let answer = cover.best(count, effort: Self.effort)
            bound = min(bound, answer.bound)
            let freed = Set(analysis.freed(by: Set(answer.chosen), among: versions))
            if freed.count > best.count { best = (freed.count, answer.chosen) }
            if best.count >= bound { break }
            let missed = answer.met.filter { !freed.contains($0) }
            if missed.isEmpty { break }
            for version in missed {
                guard let core = analysis.core(of: version, after: Set(answer.chosen)), !core.isEmpty else { continue }
                cover.add(core: core, of: version)
            }
        }
        return (bound, best.migrations.isEmpty ? nil : best.migrations)
    }

    private static let rounds = 40
    private static let effort = 20_000
}
